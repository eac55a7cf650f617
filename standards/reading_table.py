"""Read a table of units: CSV or a workbook, Thai or English headings in any order.

A row is a unit, or a criterion with the columns of its unit and element repeated, merged, or left
blank below the first. Places in doubts are cells: ``C7``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from standards.errors import UnreadableFile
from standards.model import OwnerCode
from standards.noting import Notes, key_of
from standards.page_elements import ElementDraft, note_drafts
from standards.parts import Field
from standards.printed_text import printed
from standards.quarantine import TPQI, Doubt, Reading, reading_of
from standards.reading_sheet import Cell, column_letter, read_grid
from standards.table_cells import Given, note_column
from standards.table_headings import COLUMNS, SCALES, Column
from standards.thai_text import digits, forgiving_key

_HEADING_WITHIN = 20
"""Headings stand in the first rows; above them at most a title and some remarks."""
_OF_ELEMENT = frozenset(
    {
        Column.ELEMENT_CODE,
        Column.ELEMENT,
        Column.CRITERION_CODE,
        Column.CRITERION,
        Column.METHOD,
    }
)
_NAMES = (Column.CODE, Column.LOCAL_CODE, Column.TITLE)


@dataclass(frozen=True, slots=True)
class _Heading:
    """The heading row: which column holds what."""

    row: int
    columns: Mapping[Column, int]
    others: Mapping[int, str]
    """Columns that no rule knows, by index."""
    doubts: tuple[Doubt, ...]


@dataclass(slots=True)
class _UnitDraft:
    """A unit while its rows are read."""

    names: tuple[str, ...]
    given: dict[Column, list[Given]] = field(default_factory=dict)
    elements: list[ElementDraft] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    oddities: list[tuple[str, str, str]] = field(default_factory=list)
    """Code, cell and text of remarks."""


def read_table(data: bytes, *, name: str, owner: OwnerCode = TPQI) -> Reading:
    """Return what the table in ``data`` says; ``name`` only names the file in errors.

    Raises:
        UnreadableFile: codes of ``reading_sheet.read_grid``; ``no-unit-columns``: in the first 20
            rows stands no heading of a unit's code or title.

    """
    rows = read_grid(data, name=name).rows
    heading = _find_heading(rows)
    if heading is None:
        raise UnreadableFile("no-unit-columns", file=name)
    units: list[_UnitDraft] = []
    doubts = list(heading.doubts)
    for index in range(heading.row + 1, len(rows)):
        doubts += _take_row(rows[index], index, heading, units)
    notes = [_noted(unit, rows[heading.row], heading, owner) for unit in units]
    doubts += [doubt for each in notes for doubt in each.doubts]
    return reading_of((part for each in notes for part in each.parts), doubts, owner=owner)


def is_table_of_units(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether the first rows hold a heading of a unit's code or title."""
    return _find_heading(rows) is not None


def _find_heading(rows: Sequence[Sequence[Cell]]) -> _Heading | None:
    for index, row in enumerate(rows[:_HEADING_WITHIN]):
        known = [COLUMNS.get(forgiving_key(cell)) for cell in row if isinstance(cell, str)]
        distinct = {column for column in known if column is not None}
        if distinct & set(_NAMES) and len(distinct) > 1:
            return _heading(row, index)
    return None


def _heading(row: Sequence[Cell], index: int) -> _Heading:
    columns: dict[Column, int] = {}
    others: dict[int, str] = {}
    doubts = []
    for n, cell in enumerate(row):
        text = printed(_text(cell))
        column = COLUMNS.get(forgiving_key(text)) if text else None
        if column is not None and column not in columns:
            columns[column] = n
            continue
        others[n] = text
        code = "unknown-column" if column is None else "column-repeated"
        if text:
            doubts.append(Doubt(code, place=_place(index, n), raw=text, cleaned=None))
    return _Heading(row=index, columns=columns, others=others, doubts=tuple(doubts))


def _take_row(
    row: Sequence[Cell], index: int, heading: _Heading, units: list[_UnitDraft]
) -> Iterator[Doubt]:
    if not any(cell is not None for cell in row):
        return
    names = tuple(_named(row, heading, column) for column in _NAMES)
    if any(names):
        current = units[-1].names if units else None
        # A blank name below the first row of a unit is the name above it.
        if current is None or any(
            new not in {"", old} for new, old in zip(names, current, strict=True)
        ):
            units.append(_UnitDraft(names=names))
    elif not units or not any(_named(row, heading, column) for column in _OF_ELEMENT):
        text = " | ".join(printed(_text(cell)) for cell in row if cell is not None)
        yield Doubt("row-without-unit", place=_place(index, 0), raw=text, cleaned=None)
        return
    _take_cells(row, index, heading, units[-1])
    _take_element(row, index, heading, units[-1])


def _take_cells(row: Sequence[Cell], index: int, heading: _Heading, unit: _UnitDraft) -> None:
    for column, n in heading.columns.items():
        if row[n] is not None and column not in _OF_ELEMENT:
            given = Given(text=_text(row[n]), place=_place(index, n), is_date=_is_date(row[n]))
            listed = unit.given.setdefault(column, [])
            if given.text not in {each.text for each in listed}:
                listed.append(given)
    for n, text in heading.others.items():
        if row[n] is not None:
            unit.kept.append(f"{_place(index, n)} {text}: {_text(row[n])}")


def _take_element(row: Sequence[Cell], index: int, heading: _Heading, unit: _UnitDraft) -> None:
    cells = {column: printed(_named(row, heading, column)) for column in _OF_ELEMENT}
    if not any(cells.values()):
        return
    place = _place(index, min(heading.columns[c] for c in _OF_ELEMENT if cells[c]))
    code, title = digits(cells[Column.ELEMENT_CODE]), cells[Column.ELEMENT]
    current = unit.elements[-1] if unit.elements else None
    if current is None or code not in {"", current.code} or title not in {"", current.title}:
        current = ElementDraft(code=code, title=title, line=place, raw=[])
        unit.elements.append(current)
    current.raw.append(" | ".join(text for text in cells.values() if text))
    if cells[Column.CRITERION]:
        number = digits(cells[Column.CRITERION_CODE]).replace(" ", "") or None
        current.criteria.append((number, cells[Column.CRITERION]))
    elif cells[Column.CRITERION_CODE]:
        current.oddities["text-left-over"] = cells[Column.CRITERION_CODE]
    if cells[Column.METHOD]:
        current.methods.append(cells[Column.METHOD])


def _noted(
    unit: _UnitDraft, headings: Sequence[Cell], heading: _Heading, owner: OwnerCode
) -> Notes:
    notes = Notes(key_of(owner, " ".join(unit.names[:2]).strip(), unit.names[2]))
    scale_heading = (
        headings[heading.columns[Column.LEVEL]] if Column.LEVEL in heading.columns else None
    )
    scale = SCALES.get(forgiving_key(_text(scale_heading)))
    for column, given in unit.given.items():
        note_column(column, given, notes, scale=scale)
    if Column.TITLE not in unit.given:
        place = next(each.place for given in unit.given.values() for each in given)
        held = notes.doubt("title-missing", place, " ".join(unit.names).strip())
        notes.part(Field.TITLE, "", held)
    note_drafts(unit.elements, notes)
    for text in unit.kept:
        notes.keep(text)
    return notes


def _named(row: Sequence[Cell], heading: _Heading, column: Column) -> str:
    n = heading.columns.get(column)
    return "" if n is None else printed(_text(row[n]))


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _is_date(cell: Cell) -> bool:
    return isinstance(cell, date)


def _place(row: int, column: int) -> str:
    return f"{column_letter(column)}{row + 1}"
