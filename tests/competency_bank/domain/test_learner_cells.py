from collections.abc import Sequence
from datetime import date

import pytest

from competency_bank.domain.class_sheet import read_class_sheet
from competency_bank.domain.learner_cells import LearnerRef
from standards.reading_sheet import read_grid
from tests.class_sheets import HEADING, UNITS, codes, only, read
from tests.sheet_files import Value, xlsx_of


@pytest.mark.parametrize(
    "heading",
    ["เลขที่", "เลขที่ ", "รหัสผู้เรียน", "ลำดับ", "ลำดับที่", "Learner No.", "STUDENT ID", "เลข\u200bที่"],
)
def test_a_learner_is_told_by_a_number(heading: str) -> None:
    sheet = read([heading, "10302", "วันที่"], ["๗", "ผ่าน", "29/4/2566"])
    assert only(sheet).learner == LearnerRef("7", None, None, None)


def test_a_code_beats_the_number_in_the_list_and_that_beats_a_running_number() -> None:
    head: list[Value] = ["ลำดับ", "เลขที่", "รหัสผู้เรียน", "10302", "วันที่"]
    assert only(read(head, ["1", "2", "65003", "ผ่าน", "29/4/2566"])).learner.number == "65003"
    assert only(read(head[:2] + head[3:], ["1", "2", "ผ่าน", "29/4/2566"])).learner.number == "2"


def test_a_running_number_tells_nobody_where_there_are_national_ids() -> None:
    sheet = read(
        ["ลำดับ", "เลขบัตรประชาชน", "10302", "วันที่"],
        ["1", "1-2345-67890-12-1", "ผ่าน", "29/4/2566"],
        ["2", "", "ผ่าน", "29/4/2566"],
    )
    assert [row.learner for row in sheet.rows] == [LearnerRef(None, "1234567890121", None, None)]
    assert codes(sheet) == [(3, None, "no-learner")]


@pytest.mark.parametrize(
    "written",
    [
        "1234567890121",
        1234567890121.0,
        "1-2345-67890-12-1",
        "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑",
        "1 2345 67890 12 1",
    ],
)
@pytest.mark.parametrize(
    "heading", ["เลขบัตรประชาชน", "เลขประจำตัวประชาชน (13 หลัก)", "National ID", "รหัส"]
)
def test_a_national_id_is_read_as_text_as_number_and_with_dashes(
    heading: str, written: str | int
) -> None:
    data = xlsx_of([[heading, "10302", "วันที่"], [written, "ผ่าน", "29/4/2566"]])
    sheet = read_class_sheet(read_grid(data, name="sheet"), units=UNITS)
    assert only(sheet).learner == LearnerRef(None, "1234567890121", None, None)


@pytest.mark.parametrize(
    ("written", "code", "shown"),
    [
        ("1234567890122", "national-id-check", "1-XXXX-XXXXX-12-2"),
        ("1-2345-67890-12-2", "national-id-check", "1-XXXX-XXXXX-12-2"),
        ("123456789012", "national-id-length", "XXXXXXXXX012"),
        ("1.23457E+12", "national-id-length", "XXXXX712"),
    ],
)
def test_a_wrong_national_id_is_refused_and_never_shown_whole(
    written: str, code: str, shown: str
) -> None:
    sheet = read(["เลขที่", "เลขบัตรประชาชน", "10302", "วันที่"], ["1", written, "ผ่าน", "29/4/2566"])
    assert sheet.rows == ()
    (refusal,) = sheet.refused
    assert (refusal.column, refusal.code) == ("B", code)
    assert dict(refusal.values) == {"value": shown}


def test_a_national_id_typed_anywhere_else_is_never_shown_whole() -> None:
    wrong = "1-2345-67890-12-2"
    sheet = read(
        ["รหัส", "ชื่อ-สกุล", "10302", "คะแนน", "หมายเหตุ", "วันที่", "วันเกิด"],
        ["1", "ก", wrong, wrong, "", wrong, wrong],
        [wrong, "ก", "ผ่าน", "", "", "29/4/2566", ""],
        ["3", f"ก {wrong}", "ผ่าน", "", "", "29/4/2566", ""],
        ["4", "ก", "ผ่าน", "", f"โทร 0812345678 บัตร {wrong}", "29/4/2566", ""],
    )
    assert "67890" not in repr(sheet)
    assert [row.note for row in sheet.rows] == ["โทร XXXXXXX678 บัตร 1-XXXX-XXXXX-12-2"]
    assert {code for _, _, code in codes(sheet)} == {
        "unknown-outcome",
        "bad-score",
        "bad-birth-date",
        "national-id-check",
        "number-in-name",
    }


def test_a_learner_is_told_by_name_and_birth_date() -> None:
    sheet = read(
        ["คำนำหน้า", "ชื่อ", "นามสกุล", "วันเกิด", "10302", "วันที่ผ่าน"],
        ["นาย", "สมชาย", "ใจดี", "1 ม.ค. 2540", "ผ่าน", "29/4/2566"],
        ["Ms.", "Ann", "", "1/1/1990", "ผ่าน", "29/4/2566"],
        ["นาย", "ไม่มีวันเกิด", "", "", "ผ่าน", "29/4/2566"],
        ["นาย", "วันเกิดผิด", "", "32/1/2540", "ผ่าน", "29/4/2566"],
    )
    assert [row.learner for row in sheet.rows] == [
        LearnerRef(None, None, "นายสมชาย ใจดี", date(1997, 1, 1)),
        LearnerRef(None, None, "Ms. Ann", date(1990, 1, 1)),
    ]
    assert codes(sheet) == [(4, None, "no-learner"), (5, "D", "bad-birth-date")]


def test_one_word_means_family_name_beside_a_column_for_the_given_name() -> None:
    sheet = read(["เลขที่", "ชื่อ", "ชื่อสกุล", "10302", "วันที่"], ["1", "สมชาย", "ใจดี", "", ""])
    assert only(sheet).learner.name == "สมชาย ใจดี"


@pytest.mark.parametrize(
    ("name", "code", "sign"),
    [
        ("<b>สมชาย</b>", "markup", "<"),
        ("สม>ชาย", "markup", ">"),
        ("สม\u202eชาย", "hidden-character", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("สม\u200bชาย", "hidden-character", "U+200B ZERO WIDTH SPACE"),
        ("สม\uf70aชาย", "hidden-character", "U+F70A PRIVATE-USE"),
    ],
)
def test_a_name_that_would_print_as_something_else_is_refused_with_the_sign(
    name: str, code: str, sign: str
) -> None:
    sheet = read(HEADING, ["1", name, "ผ่าน", "", "", "29/4/2566"])
    assert codes(sheet) == [(2, "B", code)]
    assert sheet.refused[0].values["character"] == sign


def test_a_name_typed_with_split_signs_is_kept_whole() -> None:
    row = only(read(HEADING, ["1", "นางเเก้ว  น\u0e4d\u0e49\u0e32ใส", "", "", "", ""]))
    assert row.learner.name == "นางแก้ว น้ำใส"


def test_the_same_learner_twice_counts_once_if_the_rows_agree() -> None:
    row: list[Value] = ["1", "นายสมชาย", "ผ่าน", "", "", "29/4/2566"]
    assert only(read(HEADING, row, list(row))).row == 2


@pytest.mark.parametrize(
    "second",
    [
        ["1", "นายสมชาย", "ผ่าน", "ผ่าน", "", "29/4/2566"],
        ["1", "นายสมชาย", "ผ่าน", "", "", "30/4/2566"],
        ["1", "นายสมหมาย", "ผ่าน", "", "", "29/4/2566"],
    ],
    ids=["other results", "other date", "other name"],
)
def test_the_same_learner_twice_with_anything_different_is_refused(second: Sequence[Value]) -> None:
    sheet = read(HEADING, ["1", "นายสมชาย", "ผ่าน", "", "", "29/4/2566"], [], second)
    assert [row.row for row in sheet.rows] == [2]
    assert codes(sheet) == [(4, None, "duplicate-row")]
    assert sheet.refused[0].values == {"first": "2"}


def test_namesakes_with_different_numbers_are_two_learners() -> None:
    sheet = read(
        HEADING, ["1", "ก", "ผ่าน", "", "", "29/4/2566"], ["2", "ก", "", "ผ่าน", "", "29/4/2566"]
    )
    assert len(sheet.rows) == 2


def test_a_row_that_names_nobody_is_still_read_to_its_end() -> None:
    sheet = read(
        ["วันที่", "เลขบัตรประชาชน", "10302", "หมายเหตุ"],
        ["31/2/2566", "1234567890122", "ผ่าน", "<"],
        ["31/2/2566", "", "ผ่าน", ""],
    )
    assert codes(sheet) == [
        (2, "A", "bad-date"),
        (2, "B", "national-id-check"),
        (2, "D", "markup"),
        (3, None, "no-learner"),
        (3, "A", "bad-date"),
    ]
