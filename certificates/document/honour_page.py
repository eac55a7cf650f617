"""The body of an honorary award: whom, as what, why, and the two persons who award it.

Two sprays of leaves, made up for this bank, stand beside the name.
"""

from math import cos, radians, sin
from typing import Final

from certificates.credential.snapshot import HonourShown, Statement
from certificates.document import page_words
from certificates.document.body_blocks import WIDE, Body, divider
from certificates.document.guilloche import petal
from certificates.document.page_items import Align, Item, Ornament, Words
from certificates.document.palette import GOLD, GREY, INK, PAGE_HEIGHT, PAGE_WIDTH, PALE_GOLD
from certificates.document.paragraph import set_paragraph
from certificates.document.stacking import MIDDLE, Block, centred
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_text

_FIELD: Final = Room(width=WIDE, size=11, smallest=7)
_REASON_WIDTH: Final = 560.0
_REASON_LINES: Final = 4
_PERSON: Final = Room(width=230, size=11, smallest=7, weight=Weight.BOLD)
_POSITION: Final = Room(width=230, size=8.5, smallest=5.5)
_LABEL: Final = Room(width=230, size=8, smallest=6)
_BETWEEN: Final = 270.0
_LEAVES: Final = 9
_SPRAY_HEIGHT: Final = 150.0


def honour_blocks(statement: Statement, shown: HonourShown, body: Body) -> list[Block]:
    """Say whom it honours, as what, in which field and why; then who awards it."""
    sizes = (10.0, 7.0) if body.compact else (11.5, 10.0)
    reason = set_paragraph(
        shown.reason, width=_REASON_WIDTH, sizes=sizes, lines=_REASON_LINES, field="honour.reason"
    )
    field = f"{' · '.join(page_words.FIELD)}: {shown.field}"
    return [
        *body.wording(page_words.HONOUR_OPENING, 0),
        body.holder(statement),
        divider(),
        *body.titled(shown.title_th, shown.title_en, field="honour"),
        Block((centred(field, _FIELD, INK, field="honour.field"),), gap=2),
        Block((Words(reason, MIDDLE, 0.0, INK),), gap=4),
        _persons(shown),
    ]


def _persons(shown: HonourShown) -> Block:
    items: list[Item] = []
    labels = (page_words.PROPOSED_BY, page_words.AGREED_BY)
    for side, label, person in zip((-1, 1), labels, shown.awarded_by, strict=True):
        x = MIDDLE + side * _BETWEEN / 2
        texts = (
            (" · ".join(label), _LABEL, 25.0, GREY),
            (person.name, _PERSON, 11.0, INK),
            (person.position, _POSITION, 0.0, INK),
        )
        for text, room, y, colour in texts:
            setting = set_text(text, room, field="honour.awarded_by")
            items.append(Words(setting, x, y, colour, Align.CENTRE))
    return Block(tuple(items), gap=6)


def sprays() -> list[Item]:
    """Draw a spray of leaves on the left and its mirror image on the right."""
    items: list[Item] = []
    for side in (-1, 1):
        edge = PAGE_WIDTH / 2 + side * 335
        middle = PAGE_HEIGHT / 2 + 22
        frame = (edge - 34, middle - _SPRAY_HEIGHT / 2, edge + 34, middle + _SPRAY_HEIGHT / 2)
        stem, leaves = _spray(edge, middle, side)
        items += [Ornament(leaves, PALE_GOLD, frame), Ornament(stem, GOLD, frame)]
    return items


def _spray(edge: float, middle: float, side: int) -> tuple[str, str]:
    """Return a stem that bends outwards, and leaves in pairs along it."""
    bend = 20.0
    places = []
    for number in range(_LEAVES + 1):
        share = number / _LEAVES
        swing = radians(-55 + 110 * share)
        places.append(
            (
                edge + side * bend * (cos(swing) - 0.6),
                middle + _SPRAY_HEIGHT / 2 * sin(swing) / sin(radians(55)),
            )
        )
    stem = [f"0.8 w {places[0][0]:.2f} {places[0][1]:.2f} m"]
    stem += [f"{x:.2f} {y:.2f} l" for x, y in places[1:]]
    leaves: list[str] = []
    for number, (x, y) in enumerate(places[1:], start=1):
        length = 19 - 0.9 * number
        leaves += [_leaf((x, y), length, 90 + lean) for lean in (38, -38)]
    return " ".join([*stem, "S"]), "\n".join(leaves)


def _leaf(root: tuple[float, float], length: float, angle: float) -> str:
    shape = petal(centre=root, length=length, width=length * 0.36, angle=radians(angle))
    start, *curve = [f"{x:.2f} {y:.2f}" for x, y in shape]
    return f"{start} m {' '.join(curve[:3])} c {' '.join(curve[3:])} c f"
