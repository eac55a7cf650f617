"""Class sheets in memory, and what the tests ask of them."""

from collections.abc import Sequence
from datetime import date

import pytest

from competency_bank.domain.class_sheet import ClassSheet, SheetRow, SheetUnusable, read_class_sheet
from standards.model import UnitKey
from standards.reading_sheet import read_grid
from tests.sheet_files import Value, csv_of

ROOM, CLEAN, LINEN = UnitKey("u-room"), UnitKey("u-clean"), UnitKey("u-linen")
UNITS = {
    ROOM: ["THR-HOH-1-194ZB", "14790"],
    CLEAN: ["THR-HOH-1-200ZB", "14796"],
    LINEN: ["THR-HOH-1-202ZB", "std1949:10302", "10302"],
}
HEADING = ["เลขที่", "ชื่อ-สกุล", "THR-HOH-1-194ZB", "THR-HOH-1-200ZB", "THR-HOH-1-202ZB", "วันที่ผ่าน"]
DAY = date(2023, 4, 29)


def read(*rows: Sequence[Value]) -> ClassSheet:
    """Return what a CSV sheet of these rows says."""
    return read_class_sheet(read_grid(csv_of(rows), name="sheet"), units=UNITS)


def codes(sheet: ClassSheet) -> list[tuple[int, str | None, str]]:
    """Return row, column and code of everything refused."""
    return [(refusal.row, refusal.column, refusal.code) for refusal in sheet.refused]


def only(sheet: ClassSheet) -> SheetRow:
    """Return the one row of a sheet in which nothing was refused."""
    assert sheet.refused == ()
    (row,) = sheet.rows
    return row


def unusable(*rows: Sequence[Value]) -> SheetUnusable:
    """Return why no row of the sheet can be read."""
    with pytest.raises(SheetUnusable) as caught:
        read(*rows)
    return caught.value
