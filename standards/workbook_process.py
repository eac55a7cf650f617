"""Read one workbook in a process of its own: workbook bytes on stdin, one JSON document on stdout.

Run as a program, never imported by the package: the library that reads workbooks makes room for
every cell between the first and the last one used, so a file of 5 KB with two cells far apart asks
for 19 GB and takes the whole process down with it. Here only this process ends, and its limits
are set before the first byte is read. It imports nothing of the package, so that it starts quickly
and in isolated mode.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY_LIMIT = 1536 * 1024 * 1024
"""Bytes of address space; a full sheet within the limits of ``reading_sheet`` needs half of it."""

TEXT_LIMIT = 32 * 1024 * 1024
"""Characters of all cells together: one long text, stored once, may be used in every cell."""

_Json = str | dict[str, str]


def main() -> None:
    """Print ``{"sheet", "rows"}`` or ``{"error", ...}``; arguments: most rows, most columns."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    try:
        answer = _read(
            sys.stdin.buffer.read(), most_rows=int(sys.argv[1]), most_columns=int(sys.argv[2])
        )
    except PasswordError:
        answer = {"error": "encrypted-file"}
    json.dump(answer, sys.stdout)


def _read(data: bytes, *, most_rows: int, most_columns: int) -> dict[str, object]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for sheet in _shown_sheets(workbook):
            if sheet.end is None:
                continue
            last_row, last_column = sheet.end
            if last_row >= most_rows:
                return {"error": "too-many-rows", "count": last_row + 1}
            if last_column >= most_columns:
                return {"error": "too-many-columns", "count": last_column + 1}
            rows = _rows(sheet)
            if sum(len(cell) for row in rows for cell in row) > TEXT_LIMIT:
                return {"error": "unpacked-too-large"}
            return {"sheet": sheet.name, "rows": rows}
    # Archives of other kinds, documents among them, are opened without a word and have no sheets.
    return {"error": "empty-file" if workbook.sheets_metadata else "not-a-table"}


def _shown_sheets(workbook: CalamineWorkbook) -> Iterator[CalamineSheet]:
    for data in workbook.sheets_metadata:
        if data.typ == SheetTypeEnum.WorkSheet and data.visible == SheetVisibleEnum.Visible:
            yield workbook.get_sheet_by_name(data.name)


def _rows(sheet: CalamineSheet) -> list[list[_Json]]:
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        for below in range(top + 1, min(bottom + 1, len(rows))):
            # A date or a heading merged over several rows is meant for each of them.
            if left < len(rows[below]):
                rows[below][left] = rows[top][left]
    return rows


def _cell(value: object) -> _Json:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return str(value)


if __name__ == "__main__":
    main()
