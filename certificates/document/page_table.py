"""Tables over several pages: a head, rows of one line, thin rules between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from certificates.document.page_items import Align, Item, Ornament, Words
from certificates.document.palette import GREEN, GREY, INK, PALE_GREEN
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_shortened, set_text

ROW: Final = 21.0
_PAD: Final = 8.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called in two languages, and its width in points."""

    label: tuple[str, str]
    width: float
    bold: bool = False
    shortened: bool = False
    """True where a text too long may end in an ellipsis: it stands whole in the credential."""


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, left: float, top: float, field: str
) -> list[Item]:
    """Return head and rows downwards from ``top``; raises ``CannotSet`` naming ``field``."""
    width = sum(column.width for column in columns)
    items = _head(columns, left, top)
    y = top - 22.0
    items.append(_rule(left, y + 5, width, colour_width=(GREEN, 0.9)))
    for row in rows:
        y -= ROW
        x = left
        for column, text in zip(columns, row, strict=True):
            if text:
                weight = Weight.BOLD if column.bold else Weight.REGULAR
                room = Room(column.width - _PAD, 9, 7.5 if column.shortened else 5.5, weight)
                fit = set_shortened if column.shortened else set_text
                items.append(Words(fit(text, room, field=field), x, y + 8, INK, Align.LEFT))
            x += column.width
        items.append(_rule(left, y + 1, width, colour_width=(PALE_GREEN, 0.4)))
    return items


def _head(columns: Sequence[Column], left: float, top: float) -> list[Item]:
    items: list[Item] = []
    x = left
    for column in columns:
        thai, english = column.label
        above = set_text(thai, Room(column.width - _PAD, 9, 6, Weight.BOLD), field="head")
        below = set_text(english, Room(column.width - _PAD, 7, 5), field="head")
        items += [
            Words(above, x, top, GREEN, Align.LEFT, tag="P"),
            Words(below, x, top - 10, GREY, Align.LEFT, language="en"),
        ]
        x += column.width
    return items


def _rule(
    left: float, y: float, width: float, *, colour_width: tuple[tuple[float, float, float], float]
) -> Ornament:
    colour, thickness = colour_width
    path = f"{thickness} w {left:.2f} {y:.2f} m {left + width:.2f} {y:.2f} l S"
    return Ornament(path, colour, (left, y - 0.5, left + width, y + 0.5))
