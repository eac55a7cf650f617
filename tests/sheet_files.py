"""Small spreadsheet files made in memory, right ones and broken ones."""

import csv
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any, TypeAlias

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

Workbook: TypeAlias = Any
"""``xlsxwriter.Workbook``, which has no types."""

Value = str | int | float | bool | date | None
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xlsx(draw: Callable[[Workbook], None]) -> bytes:
    """Return the XLSX file that ``draw`` makes."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        draw(workbook)
    return buffer.getvalue()


def xlsx_of(rows: Sequence[Sequence[Value]]) -> bytes:
    """Return an XLSX file of one sheet that holds ``rows`` from A1 on; dates are true dates."""

    def draw(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet()
        as_date = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, as_date)
                elif value is not None:
                    sheet.write(r, c, value)

    return xlsx(draw)


def csv_of(
    rows: Sequence[Sequence[Value]], *, encoding: str = "utf-8", delimiter: str = ","
) -> bytes:
    """Return a CSV file that holds ``rows``."""
    buffer = StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode(encoding)


def ods_of(rows_xml: str) -> bytes:
    """Return an ODS file of one sheet with these ``table:table-row`` elements."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_SPACES}>'
        f'<office:body><office:spreadsheet><table:table table:name="S">{rows_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def ods_row(*texts: str, repeat: int = 1) -> str:
    """Return one row of text cells."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeat}">{cells}</table:table-row>'


def xls_of(cells: Sequence[tuple[int, int, str | float]]) -> bytes:
    """Return an XLS file (BIFF8) of one sheet with ``(row, column, value)`` cells."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, column, value in cells:
        if isinstance(value, str):
            text = struct.pack("<HHHHB", row, column, 0, len(value), 1) + value.encode("utf-16-le")
            sheet += _record(0x0204, text)
        else:
            sheet += _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    offset = len(start) + 4 + 8 + 1 + 4
    bound = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, 1, 0) + b"S")
    bound += _record(0x000A, b"")
    return _compound(start + bound + sheet)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes) -> bytes:
    """Return a compound file with one stream, ``Workbook``."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    fat = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, child=1, start=_END, size=0)
    entries += _entry("Workbook", 2, child=_FREE, start=2, size=len(stream))
    return header + fat + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    entry += struct.pack("<III", _FREE, _FREE, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)
