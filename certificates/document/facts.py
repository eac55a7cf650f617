"""The facts under a title: code, occupation, level, hours; and the units of a course."""

from collections.abc import Sequence
from typing import Final

from certificates.credential.snapshot import QualificationShown, UnitShown
from certificates.document import page_words
from certificates.document.page_items import Align, Item, Ornament, Words
from certificates.document.palette import GREY, INK, PALE_GREEN
from certificates.document.stacking import MIDDLE, Block
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, Setting, set_shortened, set_text

UNITS_LISTED: Final = 10
"""Units named on the page of a course; the credential names all of them."""
_ROW: Final = 12.5
"""From unit to unit: at 8 points a vowel below and a tone mark under it just clear each other."""
_LIST_WIDTH: Final = 660.0
_GUTTER: Final = 24.0
_COLUMNS_FROM: Final = 5
"""With so many units or more the list takes two columns."""
_FACT_GAP: Final = 36.0
_FACT_VALUE: Final = Room(width=236, size=12, smallest=6.5, weight=Weight.BOLD)
_FACT_INLINE: Final = Room(width=180, size=10, smallest=6.5, weight=Weight.BOLD)
_LABEL_GAP: Final = 6.0
_FACT_LABEL: Final = Room(width=236, size=8, smallest=6)
_CODE: Final = Room(width=120, size=8, smallest=5.5, weight=Weight.BOLD)


Fact = tuple[tuple[str, str], str, str]
"""Label in two languages, value, and the field that a refusal names."""


def fact_row(facts: Sequence[Fact], *, compact: bool) -> Block:
    """Return the facts side by side, thin rules between them; label above or before its value."""
    cells = [
        (
            set_text(f"{label[0]} · {label[1]}", _FACT_LABEL, field=field),
            set_text(value, _FACT_INLINE if compact else _FACT_VALUE, field=field),
        )
        for label, value, field in facts
    ]
    widths = [_cell_width(label, value, compact=compact) for label, value in cells]
    left = MIDDLE - (sum(widths) + _FACT_GAP * (len(cells) - 1)) / 2
    height = 9.0 if compact else 24.0
    items: list[Item] = []
    for (label, value), width in zip(cells, widths, strict=True):
        if items:
            x = left - _FACT_GAP / 2
            rule = f"0.6 w {x:.2f} -3 m {x:.2f} {height:.2f} l S"
            items.append(Ornament(rule, PALE_GREEN, (x - 0.3, -3.0, x + 0.3, height)))
        if compact:
            items.append(Words(label, left, 0.0, GREY, Align.LEFT))
            items.append(Words(value, left + width, 0.0, INK, Align.RIGHT))
        else:
            items.append(Words(label, left + width / 2, 18.0, GREY))
            items.append(Words(value, left + width / 2, 0.0, INK))
        left += width + _FACT_GAP
    return Block(tuple(items), gap=3 if compact else 7)


def _cell_width(label: Setting, value: Setting, *, compact: bool) -> float:
    if compact:
        return label.width + _LABEL_GAP + value.width
    return max(label.width, value.width)


def unit_facts(
    shown: UnitShown | QualificationShown, code: tuple[str, str], *, field: str
) -> list[Fact]:
    """Return code, occupation and level, as far as they are known."""
    named = [
        (code, shown.code, f"{field}.code"),
        (page_words.OCCUPATION, shown.occupation, f"{field}.occupation"),
        (page_words.LEVEL, shown.level, f"{field}.level"),
    ]
    return [(label, value, name) for label, value, name in named if value is not None]


def unit_list(
    units: tuple[UnitShown, ...],
    *,
    heading: tuple[str, str] = page_words.UNITS_PASSED,
    field: str = "course",
) -> Block:
    """Return the units of a course or a qualification, code and title, in one or two columns.

    A title too long for its line ends in an ellipsis; the code beside it and the credential keep
    it whole. From the eleventh unit on only their number is given.
    """
    listed, rest = units[:UNITS_LISTED], len(units) - UNITS_LISTED
    columns = 2 if len(listed) >= _COLUMNS_FROM else 1
    width = (_LIST_WIDTH - _GUTTER * (columns - 1)) / columns
    rows = -(-len(listed) // columns)
    codes = [
        set_text(unit.code, _CODE, field=f"{field}.units[{number}].code")
        for number, unit in enumerate(listed)
    ]
    indent = max(code.width for code in codes) + 10
    room = Room(width=width - indent, size=8, smallest=7)
    titles = [
        set_shortened(unit.title_th, room, field=f"{field}.units[{number}].title_th")
        for number, unit in enumerate(listed)
    ]
    column = indent + max(title.width for title in titles)
    start = MIDDLE - (column * columns + _GUTTER * (columns - 1)) / 2
    items: list[Item] = [_heading(heading, len(units), field)]
    for number, (code, title) in enumerate(zip(codes, titles, strict=True)):
        left = start + number // rows * (column + _GUTTER)
        y = -_ROW * (number % rows + 1) - 3
        items.append(Words(code, left, y, INK, Align.LEFT))
        items.append(Words(title, left + indent, y, INK, Align.LEFT))
    if rest > 0:
        items.append(_more(rest, y=-_ROW * (rows + 1) - 2.5))
    return Block(tuple(items), gap=4)


def _heading(texts: tuple[str, str], count: int, field: str) -> Words:
    thai, english = texts
    text = f"{thai.format(count=count)} · {english.format(count=count)}"
    return Words(set_text(text, Room(600, 8, 6), field=f"{field}.units"), MIDDLE, 0.0, GREY)


def _more(count: int, *, y: float) -> Words:
    thai, english = page_words.MORE_UNITS
    text = f"{thai.format(count=count)} / {english.format(count=count)}"
    setting = set_text(text, Room(400, 8, 6), field="course.units")
    return Words(setting, MIDDLE, y, GREY)
