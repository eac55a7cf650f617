import struct
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standards import reading_sheet
from standards.errors import UnreadableFile
from standards.reading_sheet import Grid, column_letter, read_grid
from tests.sheet_files import Workbook, csv_of, ods_of, ods_row, xls_of, xlsx, xlsx_of
from tests.strategies import plain_text

_ROWS = [["เลขที่", "ชื่อ"], ["1", "น้ำ"], ["2", "แก้ว"]]
_READ = tuple(tuple(row) for row in _ROWS)
_PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF"


def _refusal(data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_grid(data, name="sheet")
    assert caught.value.values["file"] == "sheet"
    return caught.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp874", "cp874"),
    ],
)
def test_a_csv_reads_in_every_encoding_and_with_every_delimiter(
    encoding: str, found: str, delimiter: str
) -> None:
    grid = read_grid(csv_of(_ROWS, encoding=encoding, delimiter=delimiter), name="sheet")
    assert grid == Grid(rows=_READ, sheet=None, encoding=found)


@settings(deadline=None)
@given(
    rows=st.lists(
        st.lists(plain_text.map(str.strip), min_size=2, max_size=4), min_size=1, max_size=5
    ),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp874"]),
)
def test_what_was_written_as_csv_is_read(rows: list[list[str]], encoding: str) -> None:
    grid = read_grid(csv_of(rows, encoding=encoding), name="sheet")
    width = max(map(len, rows))
    assert grid.rows == tuple(tuple(row + [None] * (width - len(row))) for row in rows)


def test_the_delimiter_named_by_the_first_line_is_used_and_the_line_is_not_counted() -> None:
    assert read_grid(b"sep=;\r\na;b,c\r\n", name="sheet").rows == (("a", "b,c"),)


def test_blank_lines_keep_their_row_numbers() -> None:
    assert read_grid(b"\n\na,b\n,\nc,d\n\n", name="sheet").rows == (
        (None, None),
        (None, None),
        ("a", "b"),
        (None, None),
        ("c", "d"),
    )


def test_cells_of_a_workbook_are_cleaned_by_kind() -> None:
    rows = read_grid(
        xlsx_of([[], [None, 1234567890121, 1.0, 0.5, True, False, date(2026, 4, 29), "  ผ่าน "]]),
        name="sheet",
    ).rows
    assert rows == (
        (None,) * 8,
        (None, "1234567890121", "1", "0.5", "1", "0", date(2026, 4, 29), "ผ่าน"),
    )


def test_a_date_typed_in_the_buddhist_era_comes_through_as_it_stands() -> None:
    assert read_grid(xlsx_of([[date(2569, 11, 21)]]), name="sheet").rows == ((date(2569, 11, 21),),)


def test_a_formula_counts_for_its_stored_result() -> None:
    def draw(workbook: Workbook) -> None:
        workbook.add_worksheet("ผล").write_formula("A1", '=IF(1,"ผ่าน","")', None, "ผ่าน")

    assert read_grid(xlsx(draw), name="sheet") == Grid((("ผ่าน",),), sheet="ผล", encoding=None)


def test_a_cell_merged_over_rows_counts_for_each_of_them() -> None:
    def draw(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.merge_range("A1:C1", "หัวเรื่อง")
        sheet.merge_range("A2:A4", "29/4/2569")
        sheet.write("B4", "ก")

    assert read_grid(xlsx(draw), name="sheet").rows == (
        ("หัวเรื่อง", None),
        ("29/4/2569", None),
        ("29/4/2569", None),
        ("29/4/2569", "ก"),
    )


def test_the_first_sheet_that_is_shown_and_filled_is_read() -> None:
    def draw(workbook: Workbook) -> None:
        hidden = workbook.add_worksheet("ซ่อน")
        hidden.write("A1", "ลับ")
        workbook.add_worksheet("ว่าง").activate()
        workbook.add_worksheet("จริง").write("A1", "ก")
        hidden.hide()

    assert read_grid(xlsx(draw), name="sheet").sheet == "จริง"


def test_the_old_and_the_open_format_are_read_by_their_first_bytes() -> None:
    assert read_grid(xls_of([(0, 0, "ชื่อ"), (1, 1, 7.0)]), name="x.csv").rows == (
        ("ชื่อ", None),
        (None, "7"),
    )
    assert read_grid(ods_of(ods_row("ชื่อ", "ก")), name="x.xlsx").rows == (("ชื่อ", "ก"),)


_WORKBOOK = xlsx_of(_ROWS)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_SHEETS = {
    "nothing": (b"", "empty-file"),
    "blanks": (b" \r\n\t", "empty-file"),
    "only delimiters": (b",,,\r\n,,", "empty-file"),
    "empty workbook": (xlsx_of([]), "empty-file"),
    "pdf": (_PDF, "not-a-table"),
    "picture": (b"\x89PNG\r\n\x1a\n", "not-a-table"),
    "web page": (b"\xef\xbb\xbf<html><table><tr><td>1", "not-a-table"),
    "workbook without its last bytes": (_WORKBOOK[:-40], "damaged-file"),
    "half a workbook": (_WORKBOOK[: len(_WORKBOOK) // 2], "damaged-file"),
    "archive without a workbook": (
        _WORKBOOK.replace(b"xl/workbook.xml", b"xl/workbook.xmm"),
        "not-a-table",
    ),
    "old workbook of noise": (_OLE + b"\xff" * 2000, "damaged-file"),
    "open quote": (b'a,b\n"never closed,c\n', "damaged-file"),
    "password": (_OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted-file"),
    "bytes of no encoding": (b"a,b\n\xdb\xdc\xfc", "unknown-encoding"),
    "odd utf-16": (b"\xff\xfea\x00,", "unknown-encoding"),
    "a stray zero": (b"number,name\n1,\x00" + b"a" * 100, "unknown-encoding"),
    "zeros": (b"\x00\x00\x00\x00", "unknown-encoding"),
    "long cell": (b"a," + b"b" * 2001, "cell-too-long"),
    "wide csv": (b"a," * 200 + b"b", "too-many-columns"),
    "long csv": (b"a\n" * 20_001, "too-many-rows"),
    "wide workbook": (xlsx_of([["a"] * 201]), "too-many-columns"),
    "long workbook": (xls_of([(0, 0, "a"), (20_000, 1, 1.0)]), "too-many-rows"),
    "endless rows": (ods_of(ods_row("a", repeat=1_048_576)), "too-many-rows"),
    "heavy": (b"a" * (10 * 1024 * 1024 + 1), "file-too-large"),
}


@pytest.mark.parametrize("kind", _NO_SHEETS)
def test_a_file_that_is_no_sheet_is_refused_with_its_reason(kind: str) -> None:
    data, code = _NO_SHEETS[kind]
    assert _refusal(data).code == code


def test_the_place_of_a_cell_that_is_too_long_is_named() -> None:
    assert _refusal(b"a,b\na," + b"b" * 2001).values["place"] == "B2"


def test_a_password_on_the_members_of_the_archive_is_told_from_damage() -> None:
    first = _WORKBOOK.index(b"PK\x01\x02")
    flagged = bytearray(_WORKBOOK)
    flagged[first + 8] |= 1
    assert _refusal(bytes(flagged)).code == "encrypted-file"


def _archive(content: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", content)
    return buffer.getvalue()


def test_an_archive_that_unpacks_to_far_more_than_it_weighs_is_not_opened() -> None:
    assert _refusal(_archive(bytes(8 * 1024 * 1024))).code == "unpacked-too-large"


def test_one_long_text_in_very_many_cells_is_not_unpacked() -> None:
    def draw(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet()
        for row in range(1100):
            sheet.write(row, 0, "ก" * 32_000)

    assert _refusal(xlsx(draw)).code == "unpacked-too-large"


def test_an_archive_that_lies_about_its_size_is_not_opened() -> None:
    bomb = _archive(bytes(8 * 1024 * 1024))
    size = struct.pack("<I", 8 * 1024 * 1024)
    assert _refusal(bomb.replace(size, struct.pack("<I", 1000))).code == "damaged-file"


def _far_apart(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(200_000, 3_000, 1)


@pytest.mark.parametrize(
    "data",
    [xlsx(_far_apart), xls_of([(0, 0, "a"), (65_535, 65_535, 1.0)])],
    ids=["xlsx", "xls"],
)
def test_two_cells_far_apart_do_not_take_the_process_down(data: bytes) -> None:
    """Making room for the cells between them asks for 19 and 100 GB and aborts the reader."""
    assert len(data) < 10_000
    assert _refusal(data).code == "reader-stopped"


def test_a_reader_that_does_not_answer_in_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_sheet, "READER_SECONDS", 0)
    assert _refusal(_WORKBOOK).code == "reader-stopped"


@settings(deadline=None)
@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"PK\x03\x04")
@example(b"sep=")
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(data: bytes) -> None:
    assert _rows_or_file(data)


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_a_workbook_with_a_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    broken = bytearray(_WORKBOOK)
    broken[data.draw(st.integers(0, len(broken) - 1))] ^= data.draw(st.integers(1, 255))
    assert _rows_or_file(bytes(broken))


def _rows_or_file(data: bytes) -> object:
    try:
        return read_grid(data, name="sheet").rows
    except UnreadableFile as refusal:
        return refusal.values["file"]


@settings(deadline=None)
@given(st.integers(0, 20_000))
def test_column_letters_count_as_spreadsheets_do(index: int) -> None:
    number = 0
    for letter in column_letter(index):
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number == index + 1
