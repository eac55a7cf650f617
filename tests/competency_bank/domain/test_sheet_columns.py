from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.domain.class_sheet import read_class_sheet
from competency_bank.domain.learner_cells import LearnerRef
from standards.reading_sheet import read_grid
from tests.class_sheets import CLEAN, DAY, HEADING, LINEN, ROOM, UNITS, codes, only, read, unusable
from tests.sheet_files import Value, Workbook, csv_of, xlsx


@pytest.mark.parametrize(
    "heading",
    [
        "THR-HOH-1-200ZB",
        "thr-hoh-1-200zb",
        "THR HOH 1 200ZB",
        "THR–HOH–๑–๒๐๐ZB",
        "THR-HOH-1-200ZB ทำความสะอาดและเตรียมห้องพัก",
        "THR-HOH-1-200ZBทำความสะอาด",
        "THR-HOH-1-200ZB Cleaning rooms",
        "THR-HOH-1-200ZB: ทำความสะอาด 2 ห้อง",
        "ทำความสะอาดห้อง (THR-HOH-1-200ZB)",
        "ทำความสะอาดห้อง\nTHR-HOH-1-200ZB",
        "หน่วยสมรรถนะ THR-HOH-1-200ZB เเละอื่นๆ",
        "\ufeffTHR-HOH-1-200ZB",
    ],
)
def test_a_unit_is_known_by_its_code_whatever_stands_around_it(heading: str) -> None:
    sheet = read(["เลขที่", heading, "วันที่"], ["1", "ผ่าน", "29/4/2566"])
    assert only(sheet).passed == (CLEAN,)


@pytest.mark.parametrize("heading", ["10302", "std1949:10302", "10302 สระผม", "๑๐๓๐๒ สระผม"])
def test_a_unit_is_known_by_an_alias(heading: str) -> None:
    sheet = read(["เลขที่", heading, "วันที่"], ["1", "ผ่าน", "29/4/2566"])
    assert only(sheet).passed == (LINEN,)


def test_a_score_of_a_unit_is_no_column_of_its_results() -> None:
    sheet = read(["เลขที่", "10302", "คะแนน 10302", "วันที่"], ["1", "ผ่าน", "1", "29/4/2566"])
    assert only(sheet).columns == ((LINEN, "B"),)


def test_a_longer_code_is_another_unit() -> None:
    error = unusable(["เลขที่", "THR-HOH-1-200ZBX", "วันที่"], ["1", "ผ่าน", "29/4/2566"])
    assert error.code == "no-unit-column"


def test_a_unit_of_another_course_is_refused_once_and_the_rest_is_read() -> None:
    sheet = read(
        ["เลขที่", "THR-HOH-1-201ZB ซักผ้า", "THR-HOH-1-200ZB", "วันที่"],
        ["1", "ผ่าน", "ผ่าน", "29/4/2566"],
        ["2", "อะไร", "ผ่าน", "29/4/2566"],
    )
    assert [row.passed for row in sheet.rows] == [(CLEAN,), (CLEAN,)]
    (refusal,) = sheet.refused
    assert (refusal.row, refusal.column, refusal.code) == (1, "B", "unit-not-in-course")
    assert refusal.suggestion is not None
    assert refusal.suggestion.startswith("THR-HOH-1-20")


def test_a_unit_with_two_columns_is_read_from_neither() -> None:
    sheet = read(
        ["เลขที่", "THR-HOH-1-200ZB", "14796", "THR-HOH-1-194ZB", "วันที่"],
        ["1", "ผ่าน", "ไม่ผ่าน", "ผ่าน", "29/4/2566"],
    )
    assert [row.passed for row in sheet.rows] == [(ROOM,)]
    assert codes(sheet) == [(1, "C", "repeated-unit-column")]
    assert sheet.refused[0].values["first"] == "B"


def test_a_heading_that_fits_two_units_of_the_course_is_refused() -> None:
    grid = read_grid(
        csv_of([["เลขที่", "10302", "x-1", "วันที่"], ["1", "ผ่าน", "ผ่าน", "1/1/2566"]]), name="s"
    )
    sheet = read_class_sheet(grid, units={ROOM: ["10302"], CLEAN: ["10302"], LINEN: ["x-1"]})
    assert [row.passed for row in sheet.rows] == [(LINEN,)]
    assert codes(sheet) == [(1, "B", "ambiguous-unit-column")]


@settings(deadline=None, max_examples=40)
@given(st.permutations(range(6)), st.integers(0, 10))
def test_columns_may_stand_in_any_order_under_any_titles(order: list[int], titles: int) -> None:
    table: list[Sequence[Value]] = [
        list(HEADING),
        ["7", "นายสมชาย", "ผ่าน", "", "fail", "29/4/2566"],
    ]
    turned = [[row[n] for n in order] for row in table]
    above: list[Sequence[Value]] = [[f"โรงเรียนฝึกอาชีพ วันที่ {n}", "", ""] for n in range(titles)]
    row = only(read(*above, *turned))
    assert (row.learner, row.passed, row.failed) == (
        LearnerRef("7", None, "นายสมชาย", None),
        (ROOM,),
        (LINEN,),
    )
    assert row.row == titles + 2


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["ก", "ข"], ["1", "2"]], "no-heading"),
        ([["ชื่อ-สกุล", "10302", "วันที่"], ["ก", "ผ่าน", "1/1/2566"]], "no-learner-column"),
        ([["10302", "วันที่"], ["ผ่าน", "1/1/2566"]], "no-learner-column"),
        ([["เลขที่", "ชื่อ", "วันที่"], ["1", "ก", "1/1/2566"]], "no-unit-column"),
        ([["เลขที่", "10302"], ["1", "ผ่าน"]], "no-date-column"),
        ([["เลขที่", "10302", "วันที่", "วันที่"], ["1", "ผ่าน", "1/1/2566", ""]], "repeated-column"),
        ([*[["โรงเรียน", ""]] * 15, ["เลขที่", "10302", "วันที่"]], "no-heading"),
    ],
)
def test_a_sheet_without_what_everything_hangs_on_is_unusable(
    rows: list[Sequence[Value]], code: str
) -> None:
    assert unusable(*rows).code == code


def test_an_unusable_sheet_names_the_codes_it_found_instead() -> None:
    error = unusable(["เลขที่", "DG-WPJL-028", "วันที่"], ["1", "ผ่าน", "1/1/2566"])
    assert error.values == {"place": "1", "found": "DG-WPJL-028"}


def test_a_heading_of_merged_cells_on_two_storeys_is_read() -> None:
    def draw(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.merge_range("A1:F1", "ใบรายงานผล หลักสูตรแม่บ้านโรงแรม รุ่นที่ 1")
        sheet.merge_range("A2:A3", "เลขที่")
        sheet.merge_range("B2:B3", "ชื่อ-สกุล")
        sheet.merge_range("C2:D2", "หน่วยสมรรถนะ")
        sheet.merge_range("E2:E3", "วันที่ผ่าน")
        sheet.write_row("C3", ["THR-HOH-1-194ZB", "THR-HOH-1-200ZB"])
        sheet.write_row("A4", [1, "นายสมชาย", "ผ่าน", "✓"])
        sheet.write_row("A5", [2, "นางแก้ว", 1, 0])
        sheet.merge_range("E4:E5", "29 เม.ย. 2566")

    sheet = read_class_sheet(read_grid(xlsx(draw), name="sheet"), units=UNITS)
    assert sheet.refused == ()
    assert [(row.row, row.passed, row.passed_on) for row in sheet.rows] == [
        (4, (ROOM, CLEAN), DAY),
        (5, (ROOM,), DAY),
    ]


def test_a_heading_on_two_storeys_is_read_from_csv_where_merging_is_lost() -> None:
    sheet = read(
        ["วันที่พิมพ์ 1/5/2566"],
        ["เลขที่", "ชื่อ-สกุล", "หน่วยสมรรถนะ", "", "วันที่ผ่าน"],
        ["", "", "THR-HOH-1-194ZB", "THR-HOH-1-200ZB", ""],
        ["1", "ก", "ผ่าน", "ผ่าน", "29/4/2566"],
    )
    assert only(sheet).passed == (ROOM, CLEAN)
