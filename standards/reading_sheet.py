"""Read a table from the bytes of a CSV, XLSX, XLS or ODS file.

Every way in which the bytes can be wrong ends in ``UnreadableFile``; cells are cleaned but not
interpreted. Row and column numbers are those that the person sees in the spreadsheet.
"""

import csv
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from standards.errors import UnreadableFile
from standards.zip_limits import UNPACKED_LIMIT, check_zip

SIZE_LIMIT = 10 * 1024 * 1024
"""Most bytes of a file."""
ROW_LIMIT = 20_000
COLUMN_LIMIT = 200
CELL_LIMIT = 2_000
"""Most characters of a cell."""
READER_SECONDS = 20
"""A workbook that takes longer is given up."""

Cell = str | date | None
"""A cell: text without blanks around it, a date, or nothing."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_MARKUP = (b"<", b"{\\rtf")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF16_ZEROS = 50
"""One byte in so many at least is a zero on one side; a stray zero in other text is no sign."""
_DELIMITERS = ",;\t"
_CSV_CELL_TOO_LONG = "field larger than field limit"
_DELIMITER_SAMPLE = 50
_PROGRAM = Path(__file__).with_name("workbook_process.py")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in the file, from row 1 and column A on; all rows are equally long."""

    rows: tuple[tuple[Cell, ...], ...]
    sheet: str | None
    """Name of the sheet: the first one that is shown and not empty; None for CSV."""
    encoding: str | None
    """``utf-8``, ``utf-16-le``, ``utf-16-be`` or ``cp874`` for CSV, None for workbooks."""


def read_grid(data: bytes, *, name: str) -> Grid:
    """Return the table in ``data``; ``name`` is only used to name the file in errors.

    What kind of file it is, is read from its first bytes and never from its name. A cell merged
    over several rows counts for each of them; a formula counts for its stored result.

    Raises:
        UnreadableFile: ``empty-file``, ``file-too-large``, ``unpacked-too-large``, ``not-a-table``,
            ``damaged-file``, ``encrypted-file``, ``unknown-encoding``, ``reader-stopped``,
            ``too-many-rows``, ``too-many-columns`` or ``cell-too-long``.

    """
    if len(data) > SIZE_LIMIT:
        raise UnreadableFile("file-too-large", file=name, limit=SIZE_LIMIT)
    if not data.strip():
        raise UnreadableFile("empty-file", file=name)
    if data.startswith(_OTHER_KINDS) or data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_MARKUP):
        raise UnreadableFile("not-a-table", file=name)
    if data.startswith(_ZIP):
        check_zip(data, name=name)
        return _read_workbook(data, name=name)
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise UnreadableFile("encrypted-file", file=name)
        return _read_workbook(data, name=name)
    return _read_csv(data, name=name)


def column_letter(index: int) -> str:
    """Return the spreadsheet's name of column ``index``, counted from 0: A, B, ... Z, AA, ..."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _read_workbook(data: bytes, *, name: str) -> Grid:
    answer = _ask_program(data, name=name)
    match answer.get("error"):
        case None:
            rows = [[_from_json(cell) for cell in row] for row in answer["rows"]]
            return _grid(rows, name=name, sheet=answer["sheet"], encoding=None)
        case "too-many-rows":
            raise UnreadableFile("too-many-rows", file=name, limit=ROW_LIMIT, count=answer["count"])
        case "too-many-columns":
            raise UnreadableFile(
                "too-many-columns", file=name, limit=COLUMN_LIMIT, count=answer["count"]
            )
        case "encrypted-file":
            raise UnreadableFile("encrypted-file", file=name)
        case "unpacked-too-large":
            raise UnreadableFile("unpacked-too-large", file=name, limit=UNPACKED_LIMIT)
        case "not-a-table":
            raise UnreadableFile("not-a-table", file=name)
        case _:
            raise UnreadableFile("empty-file", file=name)


def _ask_program(data: bytes, *, name: str) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_PROGRAM), str(ROW_LIMIT), str(COLUMN_LIMIT)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no word of the command is from outside
            command, input=data, capture_output=True, timeout=READER_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("reader-stopped", file=name) from error
    except OSError as error:
        raise UnreadableFile("reader-stopped", file=name) from error
    if done.returncode < 0:
        raise UnreadableFile("reader-stopped", file=name)
    if done.returncode != 0:
        raise UnreadableFile("damaged-file", file=name)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _from_json(cell: object) -> Cell:
    return date.fromisoformat(cell["date"]) if isinstance(cell, dict) else str(cell)


def _read_csv(data: bytes, *, name: str) -> Grid:
    text, encoding = _decode(data, name=name)
    delimiter = _delimiter(text)
    if text[:4].lower() == "sep=":
        delimiter, _, text = text[4:].partition("\n")
        delimiter = delimiter.rstrip("\r")[:1] or ","
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(list(row))
            if len(rows) > ROW_LIMIT:
                raise UnreadableFile("too-many-rows", file=name, limit=ROW_LIMIT, count=len(rows))
    except csv.Error as error:
        if _CSV_CELL_TOO_LONG in str(error):  # the module's own limit, met before ours
            place = str(len(rows) + 1)
            raise UnreadableFile(
                "cell-too-long", file=name, place=place, limit=CELL_LIMIT
            ) from error
        raise UnreadableFile("damaged-file", file=name) from error
    return _grid(rows, name=name, sheet=None, encoding=encoding)


def _decode(data: bytes, *, name: str) -> tuple[str, str]:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff"), encoding
    raise UnreadableFile("unknown-encoding", file=name)


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return (encoding,)
    # Commas, digits and line ends have a zero byte in UTF-16, the second one if little-endian.
    first, second = data[::2].count(0), data[1::2].count(0)
    if max(first, second) * _UTF16_ZEROS < len(data):
        return ("utf-8", "cp874")
    return ("utf-16-le" if second > first else "utf-16-be",)


def _delimiter(text: str) -> str:
    sample = "\n".join(text.splitlines()[:_DELIMITER_SAMPLE])
    counts = Counter({mark: sample.count(mark) for mark in _DELIMITERS})
    return max(_DELIMITERS, key=lambda mark: counts[mark])


def _grid(rows: list[list[Cell]], *, name: str, sheet: str | None, encoding: str | None) -> Grid:
    cleaned = [_cleaned(row, number, name=name) for number, row in enumerate(rows, start=1)]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    if not cleaned:
        raise UnreadableFile("empty-file", file=name)
    width = max(len(row) for row in cleaned)
    if width > COLUMN_LIMIT:
        raise UnreadableFile("too-many-columns", file=name, limit=COLUMN_LIMIT, count=width)
    padded = tuple(tuple(row + [None] * (width - len(row))) for row in cleaned)
    return Grid(rows=padded, sheet=sheet, encoding=encoding)


def _cleaned(row: list[Cell], number: int, *, name: str) -> list[Cell]:
    cells: list[Cell] = []
    for index, cell in enumerate(row):
        kept = (cell.strip() or None) if isinstance(cell, str) else cell
        if isinstance(kept, str) and len(kept) > CELL_LIMIT:
            place = f"{column_letter(index)}{number}"
            raise UnreadableFile("cell-too-long", file=name, place=place, limit=CELL_LIMIT)
        cells.append(kept)
    while cells and cells[-1] is None:
        cells.pop()
    return cells
