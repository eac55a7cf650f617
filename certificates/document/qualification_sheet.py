"""The body of a qualification certificate: the qualification, and the units it rests on.

It says no more than the record knows: that every unit is banked. A second frame of gold, with
hollowed corners, sets it apart from the letters.
"""

from typing import Final

from certificates.credential.snapshot import QualificationShown, Statement
from certificates.document import page_words
from certificates.document.body_blocks import Body, divider
from certificates.document.facts import fact_row, unit_facts, unit_list
from certificates.document.page_items import Item, Ornament
from certificates.document.palette import GOLD, PAGE_HEIGHT, PAGE_WIDTH, PALE_GOLD, SAFE
from certificates.document.stacking import Block

_INSET: Final = SAFE - 3.0
_HOLLOW: Final = 7.0
_ARC: Final = 0.5523
"""Length of the handles of a quarter circle of radius 1, as a Bezier curve."""


def qualification_blocks(
    statement: Statement, shown: QualificationShown, body: Body
) -> list[Block]:
    """Say whom it speaks of and which qualification is complete; then facts and units."""
    facts = unit_facts(shown, page_words.QUALIFICATION_CODE, field="qualification")
    return [
        *body.wording(page_words.OPENING, 0),
        body.holder(statement),
        divider(),
        *body.wording(page_words.QUALIFICATION_DONE, 3),
        *body.titled(shown.title_th, shown.title_en, field="qualification"),
        fact_row(facts, compact=body.compact),
        unit_list(shown.units, heading=page_words.RESTS_ON, field="qualification"),
    ]


def gold_frame() -> list[Item]:
    """Draw the second frame: two gold lines with hollowed corners."""
    items: list[Item] = []
    for inset, width, colour in ((_INSET, 0.9, GOLD), (_INSET + 2.5, 0.4, PALE_GOLD)):
        box = (inset, inset, PAGE_WIDTH - inset, PAGE_HEIGHT - inset)
        items.append(Ornament(_hollowed(box, width), colour, box))
    return items


def _hollowed(box: tuple[float, float, float, float], width: float) -> str:
    """Return the path of a frame whose corners are quarter circles turned inwards."""
    left, bottom, right, top = box
    r, k = _HOLLOW, _HOLLOW * _ARC
    corners = (
        (
            (right - r, bottom),
            (right - r, bottom + k),
            (right - k, bottom + r),
            (right, bottom + r),
        ),
        ((right, top - r), (right - k, top - r), (right - r, top - k), (right - r, top)),
        ((left + r, top), (left + r, top - k), (left + k, top - r), (left, top - r)),
        ((left, bottom + r), (left + k, bottom + r), (left + r, bottom + k), (left + r, bottom)),
    )
    path = [f"{width} w {left + r:.2f} {bottom:.2f} m"]
    for start, *curve in corners:
        path.append(f"{start[0]:.2f} {start[1]:.2f} l")
        path.append(" ".join(f"{x:.2f} {y:.2f}" for x, y in curve) + " c")
    return "\n".join([*path, "h S"])
