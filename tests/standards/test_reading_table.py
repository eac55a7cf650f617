from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.errors import UnreadableFile
from standards.model import Level, LevelScale
from standards.quarantine import Reading
from standards.reading_table import read_table
from tests.sheet_files import Workbook, csv_of, xlsx, xlsx_of
from tests.standards.readings import codes, proposed, the

_THAI = [
    "รหัสหน่วยสมรรถนะ",
    "ชื่อหน่วยสมรรถนะ",
    "ระดับ",
    "รหัสหน่วยสมรรถนะย่อย",
    "หน่วยสมรรถนะย่อย",
    "เกณฑ์การปฏิบัติงาน",
    "วิธีการประเมิน",
]
_ENGLISH = [
    "Unit code",
    "Unit title",
    "ระดับ",
    "Element code",
    "Element",
    "Performance criteria",
    "Assessment method",
]
_ROWS = [
    ["TST-WTRA-001A", "รดน้ำ", "3", "90101.01", "ต่อสาย", "1.1 ต่อได้", "การสัมภาษณ์"],
    ["TST-WTRA-001A", "รดน้ำ", "3", "90101.01", "ต่อสาย", "1.2 เปิดได้", "การสัมภาษณ์"],
    ["TST-WTRA-001A", "รดน้ำ", "3", "90101.02", "รด", "2.1 รดได้", "แฟ้มสะสมผลงาน"],
    ["TST-WTRB-002A", "ตัดหญ้า", "ชั้น 2", "90102.01", "ตัด", "1.1 ตัดได้", "การสัมภาษณ์"],
]


def _read(rows: list[list[str]]) -> Reading:
    return read_table(csv_of(rows), name="units.csv")


def test_a_row_for_each_criterion_gives_units_with_elements() -> None:
    reading = _read([_THAI, *_ROWS])
    first, second = reading.units
    assert reading.doubts == ()
    assert (first.code, first.title_th) == ("TST-WTRA-001A", "รดน้ำ")
    assert first.levels == (Level(3, LevelScale.EIGHT),)
    assert second.levels == (Level(2, LevelScale.SEVEN),)
    assert [(e.code, len(e.criteria)) for e in first.elements or ()] == [
        ("90101.01", 2),
        ("90101.02", 1),
    ]
    assert (first.elements or ())[0].assessment_methods == ("การสัมภาษณ์",)


@settings(deadline=None, max_examples=30)
@given(order=st.permutations(range(len(_THAI))), english=st.booleans())
def test_the_order_and_language_of_the_columns_make_no_difference(
    order: list[int], *, english: bool
) -> None:
    rows = [_ENGLISH if english else _THAI, *_ROWS]
    shuffled = [[row[n] for n in order] for row in rows]
    assert _read(shuffled).units == _read([_THAI, *_ROWS]).units


def test_blank_and_merged_cells_repeat_what_stands_above() -> None:
    blank = [row[:] for row in _ROWS]
    blank[1][:5] = [""] * 5
    blank[2][:3] = [""] * 3
    assert _read([_THAI, *blank]).units == _read([_THAI, *_ROWS]).units

    def merged(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet()
        for n, row in enumerate([_THAI, *_ROWS]):
            sheet.write_row(n, 0, row)
        for column in range(3):
            sheet.merge_range(1, column, 3, column, _ROWS[0][column])

    assert read_table(xlsx(merged), name="x").units == _read([_THAI, *_ROWS]).units


def test_a_workbook_says_what_a_csv_says() -> None:
    rows = [["บัญชีหน่วยสมรรถนะ", "", "", "", "", "", ""], _THAI, *_ROWS]
    assert read_table(xlsx_of(rows), name="x").units == _read(rows).units


def test_a_table_of_units_alone_knows_nothing_of_elements() -> None:
    reading = _read([row[:3] for row in [_THAI, *_ROWS]])
    assert [unit.elements for unit in reading.units] == [None, None]


@pytest.mark.parametrize(
    ("row", "column", "text", "code", "place"),
    [
        (0, 2, "สีที่ชอบ", "unknown-column", "C1"),
        (0, 6, "หน่วยสมรรถนะย่อย", "column-repeated", "G1"),
        (1, 0, "tst-wtra-001a", "code-respelt", "A2"),
        (1, 0, "?? 12-34-56-78", "code-malformed", "A2"),
        (1, 2, "9", "level-unclear", "C2"),
        (4, 2, "ขั้น 2", "level-scale-unknown", "C5"),
        (4, 4, "", "element-without-title", "D5"),
        (4, 3, "", "element-without-code", "E5"),
        (4, 5, "", "element-without-criteria", "D5"),
        (2, 5, "1.1 ต่อได้", "criterion-repeated", "D2"),
        (4, 5, "1.1 ตัดได้1.2 เก็บได้", "criteria-glued", "D5"),
        (3, 3, "90101.01", "element-code-not-unique", "D2"),
    ],
)
def test_each_oddity_is_a_doubt_at_its_cell(
    row: int, column: int, text: str, code: str, place: str
) -> None:
    rows = [[*cells] for cells in [_THAI, *_ROWS]]
    rows[row][column] = text
    found = [doubt.place for doubt in _read(rows).doubts if doubt.code == code]
    assert found[:1] == [place]


def test_a_row_that_names_no_unit_is_a_doubt_with_its_text() -> None:
    doubt = the(_read([_THAI, ["", "", "", "", "", "ลอย", ""], *_ROWS]), "row-without-unit")
    assert (doubt.place, doubt.raw) == ("A2", "ลอย")


def test_cells_of_one_unit_that_differ_wait_for_a_person() -> None:
    heading = ["code", "title", "sector", "element code", "element"]
    reading = _read(
        [
            heading,
            ["TST-WTRA-001A", "รดน้ำ", "งานสวน", "10101", "ก"],
            ["TST-WTRA-001A", "รดน้ำ", "งานบ้าน", "10102", "ข"],
        ]
    )
    doubt = the(reading, "cells-differ")
    assert (doubt.place, doubt.raw, doubt.cleaned) == ("C3", "งานสวน | งานบ้าน", "งานสวน")
    assert reading.units[0].sector is None
    assert proposed(reading).units[0].sector == "งานสวน"


def test_a_revision_that_a_spreadsheet_made_a_date_is_not_read() -> None:
    day = date(2023, 2, 1)
    rows: list[list[str | date]] = [["code", "title", "revision"], ["TST-WTRA-001A", "รดน้ำ", day]]
    reading = read_table(xlsx_of(rows), name="x")
    assert the(reading, "cell-is-date").place == "C2"
    assert reading.units[0].revision.raw is None


def test_a_unit_without_a_title_waits() -> None:
    reading = _read([["code", "title"], ["TST-WTRA-001A", ""], ["TST-WTRB-002A", "ตัดหญ้า"]])
    assert the(reading, "title-missing").place == "A2"
    assert [unit.code for unit in reading.units] == ["TST-WTRB-002A"]


@settings(deadline=None, max_examples=50)
@given(
    cells=st.lists(
        st.lists(st.sampled_from(["", "ก", "3", "10101.01", "1.1 ข", "TST-WTRA-001A"]), min_size=8),
        max_size=6,
    )
)
def test_nothing_in_a_row_is_lost(cells: list[list[str]]) -> None:
    """Every cell stands in a part or in a doubt."""
    rows = [[*_THAI, "อื่น"], *(row[:8] for row in cells)]
    reading = _read(rows)
    parts = {part.text for part in reading.parts}
    raw = "".join([*parts, *(doubt.raw for doubt in reading.doubts)])
    for row in rows[1:]:
        for cell in row:
            assert cell in raw


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (csv_of([["ก", "ข"], ["1", "2"]]), "no-unit-columns"),
        (b"", "empty-file"),
        (csv_of([_THAI, ["ก" * 1_000_000]]), "cell-too-long"),
    ],
)
def test_what_is_no_table_of_units_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_table(data, name="x")
    assert caught.value.code == code


def test_the_other_columns_of_a_unit_are_read() -> None:
    rows = [
        ["code", "local code", "title", "title en", "ISCO", "target groups", "description", "ชั้น"],
        ["TST-WTRA-001A", "10101", "รดน้ำ", "Watering", "6113; 9214", "คนสวน, ครู", "รดน้ำได้", "๔"],
        ["N/A", "10102", "ตัดหญ้า", "-", "หกพัน", "", "", "8"],
    ]
    reading = _read(rows)
    first, second = reading.units
    assert [alias.value for alias in first.aliases] == ["TST-WTRA-001A", "10101"]
    assert (first.title_en, first.isco) == ("Watering", ("6113", "9214"))
    assert first.target_groups == ("คนสวน", "ครู")
    assert first.levels == (Level(4, LevelScale.SEVEN),)
    assert "6: รดน้ำได้" in {part.text for part in reading.parts}
    assert (second.code, second.shown_code, second.title_en) == (None, "10102", None)
    assert (second.isco, second.levels) == ((), ())
    assert [(d.code, d.place) for d in reading.doubts] == [
        ("isco-unclear", "E3"),
        ("level-scale-unknown", "H3"),
    ]


def test_dates_and_odd_revisions_in_cells_are_doubts() -> None:
    day = date(2026, 3, 1)
    rows: list[list[str | date]] = [
        ["code", "title", "level", "revision", "PC code", "criteria", "EoC code", "EoC"],
        ["TST-WTRA-001A", "รดน้ำ", day, "ครั้งแรก", "1.1", "", "10101", "ก"],
    ]
    reading = read_table(xlsx_of(rows), name="x")
    assert {"cell-is-date", "revision-unclear", "text-left-over"} <= codes(reading)
    assert reading.units[0].levels == ()


def test_unknown_columns_are_kept_with_their_unit() -> None:
    reading = _read([["code", "title", "สี"], ["TST-WTRA-001A", "รดน้ำ", "แดง"]])
    assert codes(reading) == {"unknown-column"}
    assert "C2 สี: แดง" in {part.text for part in reading.parts}
