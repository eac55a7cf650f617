"""A teacher's class sheet: who passed which units of the course, and when.

Good rows are kept, bad ones are named; nothing of a row is taken if anything in it is doubtful.

SheetError
`-- SheetUnusable      no row of the sheet can be read: a column that everything hangs on is
                       missing (or stands twice); names the place
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from competency_bank.domain.learner_cells import LearnerRef, identities, may_be_one
from competency_bank.domain.sheet_cells import shown
from competency_bank.domain.sheet_columns import (
    HEADING_ROWS,
    Columns,
    OddColumn,
    find_columns,
    unit_names,
)
from competency_bank.domain.sheet_rows import Refusal, RowReader, SheetRow
from competency_bank.domain.sheet_words import Field
from standards.codes import normalise_code
from standards.model import UnitKey
from standards.reading_sheet import Grid, column_letter

__all__ = [
    "ClassSheet",
    "LearnerRef",
    "Refusal",
    "SheetError",
    "SheetRow",
    "SheetUnusable",
    "read_class_sheet",
]


class SheetError(Exception):
    """Base of what reading a class sheet raises."""


class SheetUnusable(SheetError):
    """No row can be read.

    Codes: ``no-heading``, ``no-learner-column``, ``no-unit-column``, ``no-date-column``,
    ``repeated-column``; ``values`` hold ``place`` and what the sentence names.
    """

    def __init__(self, code: str, **values: str) -> None:
        """Keep the stable ``code`` and the values that its sentence names."""
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """What a sheet says: good rows, and everything that was refused, from top to bottom."""

    rows: tuple[SheetRow, ...]
    refused: tuple[Refusal, ...]


def read_class_sheet(grid: Grid, *, units: Mapping[UnitKey, Collection[str]]) -> ClassSheet:
    """Return what the sheet says about the course's ``units``.

    ``units`` gives for each unit every code or alias by which a column may name it. Blank rows,
    repeated headings and lines below the table are passed over if they name no learner and hold no
    result. A learner who stands in two rows with the same results counts once; with different
    results the later row is refused.

    Raises:
        SheetUnusable: see there.

    """
    columns = find_columns(grid, unit_names(units))
    if columns is None:
        raise SheetUnusable("no-heading", place=f"1-{min(HEADING_ROWS, len(grid.rows))}")
    _check_usable(columns)
    refused = _heading_refusals(columns, units)
    rows: list[SheetRow] = []
    seen: dict[tuple[str, ...], SheetRow] = {}
    heading = grid.rows[columns.heading_row]
    reader = RowReader(columns)
    for index, cells in enumerate(grid.rows):
        if index <= columns.heading_row or cells == heading or not any(cells):
            continue
        row = reader.read(index + 1, cells)
        if row is not None and not reader.refused:
            _add(row, rows, seen=seen, refused=reader.refused)
        if reader.refused:
            refused.extend(sorted(reader.refused, key=_from_the_left))
    return ClassSheet(rows=tuple(rows), refused=tuple(refused))


def _check_usable(columns: Columns) -> None:
    place = str(columns.heading_row + 1)
    for column in columns.repeated:
        first = column_letter(column.first or 0)
        letter = column_letter(column.index)
        raise SheetUnusable(
            "repeated-column", place=place, column=letter, first=first, text=shown(column.text)
        )
    if not columns.names_learners:
        raise SheetUnusable("no-learner-column", place=place)
    if not columns.units:
        odd = (*columns.foreign, *columns.ambiguous, *columns.doubled)
        raise SheetUnusable(
            "no-unit-column", place=place, found=", ".join(shown(c.text) for c in odd) or "-"
        )
    if Field.PASSED_ON not in columns.fields:
        raise SheetUnusable("no-date-column", place=place)


def _heading_refusals(columns: Columns, units: Mapping[UnitKey, Collection[str]]) -> list[Refusal]:
    if not (columns.foreign or columns.ambiguous or columns.doubled):
        return []
    known = [normalise_code(name) for names in units.values() for name in names]
    row = columns.heading_row + 1

    def refusal(code: str, column: OddColumn, *, suggestion: str | None = None) -> Refusal:
        values = {"value": shown(column.text)}
        if column.first is not None:
            values["first"] = column_letter(column.first)
        return Refusal(row, column_letter(column.index), code, values, suggestion)

    def nearest(column: OddColumn) -> str | None:
        typed = normalise_code(column.code)
        return next(iter(get_close_matches(typed, known, n=1, cutoff=0.8)), None)

    found = [
        refusal("unit-not-in-course", each, suggestion=nearest(each)) for each in columns.foreign
    ]
    found += [refusal("ambiguous-unit-column", each) for each in columns.ambiguous]
    found += [refusal("repeated-unit-column", each) for each in columns.doubled]
    return found


def _from_the_left(refusal: Refusal) -> tuple[int, str]:
    column = refusal.column or ""
    return len(column), column


def _add(
    row: SheetRow,
    rows: list[SheetRow],
    *,
    seen: dict[tuple[str, ...], SheetRow],
    refused: list[Refusal],
) -> None:
    first = None
    known_as = identities(row.learner)
    for key in known_as:
        first = first or seen.get(key)
    if first is None:
        rows.append(row)
        for key in known_as:
            seen[key] = row
    elif not (_same_results(first, row) and may_be_one(first.learner, row.learner)):
        refused.append(Refusal(row.row, None, "duplicate-row", {"first": str(first.row)}))


def _same_results(one: SheetRow, other: SheetRow) -> bool:
    return (one.passed, one.failed, one.passed_on, one.score) == (
        other.passed,
        other.failed,
        other.passed_on,
        other.score,
    )
