"""A teacher's class sheet: who passed which units of the course, and when.

Good rows are kept, bad ones are named; nothing of a row is taken if anything in it is doubtful.

SheetError
`-- SheetUnusable      no row of the sheet can be read: a column that everything hangs on is
                       missing (or stands twice); names the place
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from competency_bank.domain.learner_cells import (
    LearnerRef,
    identities,
    may_be_one,
    read_learner,
)
from competency_bank.domain.sheet_cells import (
    CellFault,
    Outcome,
    date_of,
    holds_result,
    note_of,
    outcome_of,
    score_of,
    shown,
)
from competency_bank.domain.sheet_columns import (
    HEADING_ROWS,
    Columns,
    OddColumn,
    find_columns,
    unit_names,
)
from competency_bank.domain.sheet_words import Field, begins_footer
from standards.codes import normalise_code
from standards.model import UnitKey
from standards.reading_sheet import Cell, Grid, column_letter

__all__ = [
    "ClassSheet",
    "LearnerRef",
    "Refusal",
    "SheetError",
    "SheetRow",
    "SheetUnusable",
    "read_class_sheet",
]

T = TypeVar("T")


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
class SheetRow:
    """What one row says of one learner."""

    row: int
    """Row of the spreadsheet, counted from 1."""
    learner: LearnerRef
    passed: tuple[UnitKey, ...]
    failed: tuple[UnitKey, ...]
    """Units said to be not passed; a blank cell or a dash says nothing, so it is in neither."""
    columns: tuple[tuple[UnitKey, str], ...]
    """Column letter of every unit on the sheet."""
    learner_column: str
    """Letter of the column that names the learner, for what is found wrong later."""
    date_column: str
    passed_on: date | None
    """Never None where a unit is passed."""
    score: Decimal | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that could not be taken; ``sheet_messages`` says it in words."""

    row: int
    column: str | None
    """Letter of the column, None where the whole row is meant."""
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    """What the sentence names; no national ID is ever whole in it."""
    suggestion: str | None = None
    """What may have been meant."""


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
    for index, cells in enumerate(grid.rows):
        if index <= columns.heading_row or cells == heading or not any(cells):
            continue
        reader = _RowReader(index + 1, cells, columns, [])
        row = reader.read()
        if row is not None and not reader.refused:
            _add(row, rows, seen=seen, refused=reader.refused)
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


@dataclass(frozen=True, slots=True)
class _RowReader:
    """Reads one row and gathers everything that is wrong in it."""

    number: int
    cells: tuple[Cell, ...]
    columns: Columns
    refused: list[Refusal]

    def read(self) -> SheetRow | None:
        """Return what the row says; None if it says nothing or names no learner."""
        learner = read_learner(self.cells, self.columns.fields, take=self._taken)
        if learner is None and not self._holds_result():
            self.refused.clear()
            return None
        if learner is None and not self.refused:
            self.refused.append(Refusal(self.number, None, "no-learner"))
        outcomes = [(unit, self._taken(outcome_of, index)) for unit, index in self.columns.units]
        passed = tuple(unit for unit, outcome in outcomes if outcome is Outcome.PASS)
        passed_on = self._passed_on(needed=bool(passed))
        score = self._optional(Field.SCORE, score_of)
        note = self._optional(Field.NOTE, note_of)
        if learner is None:
            return None
        return SheetRow(
            row=self.number,
            learner=learner,
            passed=passed,
            failed=tuple(unit for unit, outcome in outcomes if outcome is Outcome.FAIL),
            columns=tuple((unit, column_letter(index)) for unit, index in self.columns.units),
            learner_column=column_letter(self.columns.learner_index),
            date_column=column_letter(self.columns.fields[Field.PASSED_ON]),
            passed_on=passed_on,
            score=score,
            note=note,
        )

    def _holds_result(self) -> bool:
        """Say whether the row is more than a line below the table: totals, signatures."""
        first = next((cell for cell in self.cells if isinstance(cell, str)), "")
        is_footer = begins_footer(first)
        said = (self.cells[index] for _, index in self.columns.units)
        return any(holds_result(cell, is_footer=is_footer) for cell in said)

    def _passed_on(self, *, needed: bool) -> date | None:
        index = self.columns.fields[Field.PASSED_ON]
        if not needed:
            # Nothing of this row will be recorded on any date.
            return None
        before = len(self.refused)
        day = self._taken(lambda cell: date_of(cell, fault="bad-date"), index)
        if day is None and len(self.refused) == before:
            self.refused.append(Refusal(self.number, column_letter(index), "no-date"))
        return day

    def _optional(self, name: Field, read: Callable[[Cell], T | None]) -> T | None:
        index = self.columns.fields.get(name)
        return None if index is None else self._taken(read, index)

    def _taken(self, read: Callable[[Cell], T], index: int) -> T | None:
        """Return what ``read`` finds in a cell, or note why the cell is refused."""
        try:
            return read(self.cells[index])
        except CellFault as fault:
            self.refused.append(
                Refusal(
                    self.number, column_letter(index), fault.code, fault.values, fault.suggestion
                )
            )
            return None


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
    known_as = identities(row.learner)
    first = next((seen[each] for each in known_as if each in seen), None)
    if first is None:
        rows.append(row)
        seen.update(dict.fromkeys(known_as, row))
    elif not (_same_results(first, row) and may_be_one(first.learner, row.learner)):
        refused.append(Refusal(row.row, None, "duplicate-row", {"first": str(first.row)}))


def _same_results(one: SheetRow, other: SheetRow) -> bool:
    return (one.passed, one.failed, one.passed_on, one.score) == (
        other.passed,
        other.failed,
        other.passed_on,
        other.score,
    )
