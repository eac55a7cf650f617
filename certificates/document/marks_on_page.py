"""An issuer's own marks on the page: its emblem, and the persons who sign."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from certificates.document import page_words
from certificates.document.artwork import EMBLEM_CENTRE, EMBLEM_RADIUS, SMALL_EMBLEM, ArtStyle
from certificates.document.issuer_marks import EMBLEM, SIGNATURES, Raster, Signatory
from certificates.document.page_items import Box, Figure, Item, Ornament, Words
from certificates.document.palette import GREY, INK, PAGE_WIDTH, Colour
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_text
from certificates.errors import CannotSet

_WIDE_EMBLEM: Final = 3.0
"""How much wider than high an emblem may be before it is drawn less high than the neutral one."""
_SIGNATURE_HEIGHT: Final = 33.0
_ABOVE_LINE: Final = 2.0


class _Column(NamedTuple):
    """Where one person signs."""

    middle: float
    line: float
    """Length of the line, in points."""
    rooms: tuple[Room, ...]
    """Of name, office and both in English."""
    steps: tuple[float, ...]
    """From baseline to baseline, from the line on."""


_LINE: Final = 113.0
"""Height of the line to sign on: a little above that of nobody in particular, for more below."""
_LOWEST: Final = 63.7
"""No text of a person comes below this: there stands the note on the digital signature."""
_ALONE: Final = (
    _Column(
        PAGE_WIDTH / 2,
        160.0,
        (
            Room(184, 9.5, 6, Weight.BOLD),
            Room(184, 8, 5),
            Room(184, 6.5, 4.5),
            Room(184, 6.5, 4.5),
        ),
        (13.5, 10.75, 9.0, 7.5),
    ),
)
_PAIR: Final = tuple(
    _Column(
        middle,
        100.0,
        (
            Room(110, 9, 5.5, Weight.BOLD),
            Room(110, 7.5, 4.5),
            Room(110, 6.5, 4.5),
            Room(110, 6.5, 4.5),
        ),
        (13.5, 10.5, 9.0, 7.5),
    )
    for middle in (389.0, 506.0)
)
_COLOURS: Final[tuple[Colour, ...]] = (INK, INK, GREY, GREY)


def emblem_figure(emblem: Raster, issuer_name: str) -> Figure:
    """Return the emblem at the head of a first page, described by its issuer's name."""
    frame = _emblem_frame(emblem, ArtStyle.CERTIFICATE)
    alt = page_words.EMBLEM_ALT.format(name=issuer_name)
    return Figure(_drawn(EMBLEM, frame), INK, alt, frame)


def emblem_ornament(emblem: Raster, style: ArtStyle) -> Ornament:
    """Return the emblem as it is repeated on further pages, which readers' programs skip."""
    frame = _emblem_frame(emblem, style)
    return Ornament(_drawn(EMBLEM, frame), INK, frame)


def signature_block(signatories: Sequence[Signatory]) -> list[Item]:
    """Set a line for each person, the signature above it, name and office below.

    Raises ``CannotSet`` that names the person by number, and the text.
    """
    columns = _ALONE if len(signatories) == 1 else _PAIR
    items: list[Item] = []
    for number, (one, column) in enumerate(zip(signatories, columns, strict=False)):
        items += [*_signed(one, number, column), *_names(one, number, column)]
    return items


def middle_of(signatories: Sequence[Signatory]) -> float:
    """Return the middle of all the columns, under which more may stand."""
    columns = _PAIR if len(signatories) > 1 else _ALONE
    return sum(column.middle for column in columns) / len(columns)


def _signed(one: Signatory, number: int, column: _Column) -> list[Item]:
    left, right = column.middle - column.line / 2, column.middle + column.line / 2
    rule = f"0.7 w {left:.2f} {_LINE:.2f} m {right:.2f} {_LINE:.2f} l S"
    items: list[Item] = [Ornament(rule, INK, (left, _LINE - 0.4, right, _LINE + 0.4))]
    if one.signature is not None:
        bottom = _LINE + _ABOVE_LINE
        frame = _fitted(one.signature, (left, bottom, right, bottom + _SIGNATURE_HEIGHT), 0.0)
        alt = page_words.SIGNATURE_ALT.format(thai=one.name_th, english=one.name_en)
        items.append(Figure(_drawn(SIGNATURES[number], frame), INK, alt, frame))
    return items


def _names(one: Signatory, number: int, column: _Column) -> list[Item]:
    texts = ("name_th", "office_th", "name_en", "office_en")
    items: list[Item] = []
    y = above = _LINE
    for name, room, step, colour in zip(texts, column.rooms, column.steps, _COLOURS, strict=True):
        setting = set_text(getattr(one, name), room, field=f"signatory {number + 1}: {name}")
        words = Words(setting, column.middle, y - step, colour, language=name[-2:])
        # Thai marks reach far up and down: lower, where they would touch what is above.
        y = words.y - max(0.0, words.box()[3] - above)
        words = replace(words, y=y)
        above = words.box()[1]
        items.append(words)
    if above < _LOWEST:
        raise CannotSet("page-full", field=f"signatory {number + 1}")
    return items


def _emblem_frame(emblem: Raster, style: ArtStyle) -> Box:
    centre, radius = EMBLEM_CENTRE, EMBLEM_RADIUS
    if style is ArtStyle.SHEET:
        centre, radius = SMALL_EMBLEM
    (x, y), wide = centre, radius * _WIDE_EMBLEM
    return _fitted(emblem, (x - wide, y - radius, x + wide, y + radius), 0.5)


def _fitted(picture: Raster, room: Box, share: float) -> Box:
    """Return the largest frame of the picture's shape in ``room``, in its middle.

    ``share`` of the height that is left stands below it.
    """
    left, bottom, right, top = room
    scale = min((right - left) / picture.width, (top - bottom) / picture.height)
    width, height = scale * picture.width, scale * picture.height
    x, y = (left + right - width) / 2, bottom + share * (top - bottom - height)
    return x, y, x + width, y + height


def _drawn(name: str, frame: Box) -> str:
    left, bottom, right, top = frame
    sides = f"{right - left:.3f} 0 0 {top - bottom:.3f} {left:.3f} {bottom:.3f}"
    return f"{sides} cm /{name} Do"
