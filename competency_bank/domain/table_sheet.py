"""Plain tables that offices send: a header row, then one thing a row."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from competency_bank.domain.errors import BadInput
from standards.errors import StandardsError
from standards.reading_date import read_date
from standards.reading_sheet import Grid, column_letter
from standards.thai_text import forgiving_key, tidy

HEADER_ROWS = 15
"""How many rows of titles may stand above the header."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, its cells found by the name of their column."""

    number: int
    """Row as the spreadsheet numbers it, from 1."""
    cells: Mapping[str, str | date | None]
    letters: Mapping[str, str]

    def optional(self, column: str) -> str | None:
        """Return the cell as tidied text, or None when it is empty or the column is absent."""
        value = self.cells.get(column)
        text = value.isoformat() if isinstance(value, date) else tidy(value or "")
        return text or None

    def text(self, column: str) -> str:
        """Return the cell as text; raises BadInput("cell-empty") naming the place."""
        value = self.optional(column)
        if value is None:
            raise BadInput("cell-empty", **self.place(column))
        return value

    def day(self, column: str) -> date | None:
        """Return the cell as a date, or None; raises BadInput("cell-date") naming the place."""
        value = self.cells.get(column)
        if value is None or value == "":
            return None
        try:
            return read_date(value)
        except StandardsError as fault:
            raise BadInput("cell-date", value=str(value), **self.place(column)) from fault

    def place(self, column: str) -> dict[str, object]:
        """Return where a cell stands, for an error."""
        return {"row": self.number, "column": self.letters.get(column, "?"), "name": column}


def table_rows(
    grid: Grid, columns: Mapping[str, Collection[str]], *, required: Collection[str]
) -> Iterator[TableRow]:
    """Yield the rows below the header.

    ``columns`` gives for each name the headers, Thai or English, that mean it. Raises
    BadInput("table-header") when no row of the first fifteen has all required columns.
    """
    names = {forgiving_key(word): name for name, words in columns.items() for word in words}
    for start, row in enumerate(grid.rows[:HEADER_ROWS]):
        found = {names.get(forgiving_key(str(cell or ""))): i for i, cell in enumerate(row)}
        found.pop(None, None)
        where = {str(name): index for name, index in found.items()}
        if set(required) <= set(where):
            yield from _below(grid, start, where)
            return
    raise BadInput("table-header", columns=", ".join(sorted(required)))


def _below(grid: Grid, start: int, where: Mapping[str, int]) -> Iterator[TableRow]:
    letters = {name: column_letter(index) for name, index in where.items()}
    for offset, row in enumerate(grid.rows[start + 1 :], start=start + 2):
        if any(cell not in (None, "") for cell in row):
            cells = {name: row[i] if i < len(row) else None for name, i in where.items()}
            yield TableRow(offset, cells, letters)
