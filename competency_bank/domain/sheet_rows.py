"""One row of a class sheet: what it says, and what is wrong in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from competency_bank.domain.learner_cells import LearnerReader, LearnerRef
from competency_bank.domain.sheet_cells import (
    CellFault,
    Outcome,
    holds_result,
    note_of,
    outcome_of,
    passed_on_of,
    score_of,
)
from competency_bank.domain.sheet_columns import Columns
from competency_bank.domain.sheet_words import Field, begins_footer
from standards.model import UnitKey
from standards.reading_sheet import Cell, column_letter

T = TypeVar("T")
Units = tuple[UnitKey, ...]
Results = tuple[Units, Units, date | None, Decimal | None, str | None]
"""Units passed and failed, day, score and note of a row."""


class SheetRow(NamedTuple):
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


class RowReader:
    """Reads the rows of one sheet, one at a time, and gathers everything wrong in the last one."""

    def __init__(self, columns: Columns) -> None:
        """Look up once what is the same for every row."""
        self._learner = LearnerReader(columns.fields)
        self._passed_on_index = columns.fields[Field.PASSED_ON]
        self._score_index = columns.fields.get(Field.SCORE)
        self._note_index = columns.fields.get(Field.NOTE)
        self._units = columns.units
        self._date_letter = column_letter(self._passed_on_index)
        self._letters = (
            tuple((unit, column_letter(index)) for unit, index in columns.units),
            column_letter(columns.learner_index),
            self._date_letter,
        )
        extra = (self._passed_on_index, self._score_index, self._note_index)
        indexes = [index for _, index in columns.units]
        indexes += [index for index in extra if index is not None]
        self._result_cells: Callable[[tuple[Cell, ...]], Any] = itemgetter(*indexes)
        self._known: dict[tuple[Cell, ...], Results] = {}
        self._said: dict[tuple[Callable[[Cell], object], Cell], Any] = {}
        self._number = 0
        self._cells: tuple[Cell, ...] = ()
        self.refused: list[Refusal] = []

    def read(self, number: int, cells: tuple[Cell, ...]) -> SheetRow | None:
        """Return what the row says; None if it says nothing or names no learner."""
        self._number, self._cells = number, cells
        if self.refused:
            self.refused = []
        learner = self._learner.read(cells, take=self._taken)
        if learner is None and not self._holds_result():
            self.refused.clear()
            return None
        if learner is None and not self.refused:
            self.refused.append(Refusal(number, None, "no-learner"))
        passed, failed, day, score, note = self._results()
        if learner is None:
            return None
        return SheetRow(number, learner, passed, failed, *self._letters, day, score, note)

    def _results(self) -> Results:
        """Return what the row says of the units; a sheet says the same of learner after learner."""
        cells = self._result_cells(self._cells)
        known = self._known.get(cells)
        if known is None:
            before = len(self.refused)
            known = self._read_results()
            if len(self.refused) == before:
                self._known[cells] = known
        return known

    def _read_results(self) -> Results:
        outcomes = [(unit, self._once(outcome_of, index)) for unit, index in self._units]
        passed = tuple(unit for unit, outcome in outcomes if outcome is Outcome.PASS)
        failed = tuple(unit for unit, outcome in outcomes if outcome is Outcome.FAIL)
        passed_on = self._passed_on(needed=bool(passed))
        score = None if self._score_index is None else self._once(score_of, self._score_index)
        note = None if self._note_index is None else self._once(note_of, self._note_index)
        return passed, failed, passed_on, score, note

    def _holds_result(self) -> bool:
        """Say whether the row is more than a line below the table: totals, signatures."""
        first = next((cell for cell in self._cells if isinstance(cell, str)), "")
        is_footer = begins_footer(first)
        said = (self._cells[index] for _, index in self._units)
        return any(holds_result(cell, is_footer=is_footer) for cell in said)

    def _passed_on(self, *, needed: bool) -> date | None:
        if not needed:
            # Nothing of this row will be recorded on any date.
            return None
        before = len(self.refused)
        day = self._once(passed_on_of, self._passed_on_index)
        if day is None and len(self.refused) == before:
            self.refused.append(Refusal(self._number, self._date_letter, "no-date"))
        return day

    def _once(self, read: Callable[[Cell], T], index: int) -> T | None:
        """Return what ``read`` finds in a cell, looking at each distinct cell of the sheet once.

        For results and days, which a sheet repeats by the thousand.
        """
        key = (read, self._cells[index])
        said = self._said
        found: T | _Unread = said[key] if key in said else said.setdefault(key, _reading(*key))
        return self._refusing(found, index)

    def _taken(self, read: Callable[[Cell], T], index: int) -> T | None:
        """Return what ``read`` finds in a cell, or note why the cell is refused."""
        return self._refusing(_reading(read, self._cells[index]), index)

    def _refusing(self, found: "T | _Unread", index: int) -> T | None:
        if not isinstance(found, _Unread):
            return found
        self.refused.append(
            Refusal(self._number, column_letter(index), found.code, found.values, found.suggestion)
        )
        return None


@dataclass(frozen=True, slots=True)
class _Unread:
    """Why a cell could not be taken: a ``CellFault`` without the frames it came through."""

    code: str
    values: Mapping[str, str]
    suggestion: str | None


def _reading(read: Callable[[Cell], T], cell: Cell) -> T | _Unread:
    try:
        return read(cell)
    except CellFault as fault:
        return _Unread(fault.code, fault.values, fault.suggestion)
