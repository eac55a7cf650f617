from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.domain.class_sheet import ClassSheet, SheetRow, read_class_sheet
from competency_bank.domain.learner_cells import LearnerRef
from standards.errors import UnreadableFile
from standards.reading_sheet import read_grid
from tests.class_sheets import CLEAN, DAY, HEADING, LINEN, ROOM, UNITS, codes, only, read
from tests.sheet_files import Value, Workbook, csv_of, xlsx, xlsx_of


def test_a_plain_sheet_says_who_passed_what_and_when() -> None:
    sheet = read(
        HEADING,
        ["1", "นายสมชาย ใจดี", "ผ่าน", "ผ่าน", "ผ่าน", "29/4/2566"],
        ["2", "นางสาวแก้ว น้ำใส", "ผ่าน", "ไม่ผ่าน", "", "2023-04-29"],
    )
    assert sheet.refused == ()
    first, second = sheet.rows
    assert first == SheetRow(
        row=2,
        learner=LearnerRef("1", None, "นายสมชาย ใจดี", None),
        passed=(ROOM, CLEAN, LINEN),
        failed=(),
        columns=((ROOM, "C"), (CLEAN, "D"), (LINEN, "E")),
        learner_column="A",
        date_column="F",
        passed_on=DAY,
        score=None,
        note=None,
    )
    assert (second.passed, second.failed, second.passed_on) == ((ROOM,), (CLEAN,), DAY)


@pytest.mark.parametrize(
    "word",
    [
        "ผ่าน",
        " ผ่าน ",
        "pass",
        "PASS",
        "Passed",
        "P",
        "1",
        "๑",
        "✓",
        "✔",
        "✔\ufe0f",
        "ผา\u0e48น",
        "ผ่\u200bาน",
    ],
)
def test_a_word_for_passed_banks_the_unit(word: str) -> None:
    assert only(read(HEADING, ["1", "", word, "", "", "29/4/2566"])).passed == (ROOM,)


@pytest.mark.parametrize("word", ["ไม่ผ่าน", "ไม่ ผ่าน", "ยังไม่ผ่าน", "fail", "Failed", "0", "๐"])
def test_a_word_for_not_passed_never_counts_as_passed(word: str) -> None:
    row = only(read(HEADING, ["1", "", word, "", "", "29/4/2566"]))
    assert (row.passed, row.failed) == ((), (ROOM,))


@pytest.mark.parametrize("word", ["", "-", "–", " "])
def test_a_blank_or_a_dash_says_nothing_of_the_unit(word: str) -> None:
    row = only(read(HEADING, ["1", "ก", word, "", "", ""]))
    assert (row.passed, row.failed, row.passed_on) == ((), (), None)


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("ผาน", "ผ่าน"),
        ("ไม่ผาน", "ไม่ผ่าน"),
        ("ผ่านบางส่วน", None),
        ("2", None),
        ("x", None),
        ("pas", "pass"),
    ],
)
def test_any_other_word_is_refused_and_the_nearest_suggested(
    word: str, suggestion: str | None
) -> None:
    sheet = read(HEADING, ["1", "ก", "ผ่าน", word, "", "29/4/2566"])
    assert sheet.rows == ()
    (refusal,) = sheet.refused
    assert (refusal.row, refusal.column, refusal.code) == (2, "D", "unknown-outcome")
    assert (refusal.values["value"], refusal.suggestion) == (word, suggestion)


def test_a_fault_in_one_row_leaves_the_others_alone_and_every_fault_of_a_row_is_named() -> None:
    sheet = read(
        HEADING,
        ["1", "ก", "ผ่าน", "", "", "29/4/2566"],
        ["2", "ข", "เกือบ", "ผ่าน", "", "เมื่อวาน"],
        ["3", "ค", "ผ่าน", "", "", "29/4/2566"],
    )
    assert [row.learner.number for row in sheet.rows] == ["1", "3"]
    assert codes(sheet) == [(3, "C", "unknown-outcome"), (3, "F", "bad-date")]


@pytest.mark.parametrize(
    ("written", "code"),
    [("", "no-date"), ("-", "no-date"), ("31/4/2566", "bad-date"), ("4/29/2023", "bad-date")],
)
def test_a_pass_without_a_date_that_exists_is_refused(written: str, code: str) -> None:
    sheet = read(HEADING, ["1", "ก", "ผ่าน", "", "", written])
    assert sheet.rows == ()
    assert codes(sheet) == [(2, "F", code)]


def test_without_a_pass_the_date_does_not_matter() -> None:
    assert only(read(HEADING, ["1", "ก", "ไม่ผ่าน", "", "", "ขาดสอบ"])).passed_on is None


@pytest.mark.parametrize(
    "written",
    [
        "29/4/2566",
        "29/04/2023",
        "29-4-2566",
        "๒๙/๔/๒๕๖๖",
        "29 เม.ย. 66",
        "29 เมษายน พ.ศ. 2566",
        "2023-04-29",
        "2566-04-29",
        date(2023, 4, 29),
        date(2566, 4, 29),
    ],
)
def test_dates_of_both_eras_and_all_forms_mean_the_same_day(written: str | date) -> None:
    data = xlsx_of([list(HEADING), ["1", "ก", "ผ่าน", "", "", written]])
    sheet = read_class_sheet(read_grid(data, name="sheet"), units=UNITS)
    assert only(sheet).passed_on == DAY


def test_score_and_note_are_read_where_there_are_such_columns() -> None:
    head: list[Value] = ["เลขที่", "10302", "วันที่", "คะแนน", "หมายเหตุ"]
    row = only(read(head, ["1", "ผ่าน", "29/4/2566", "๘๕.๕๐", " ดีมาก "]))
    assert (row.score, row.note) == (Decimal("85.50"), "ดีมาก")
    bad = read(head, ["1", "ผ่าน", "29/4/2566", "85/100", ""], ["2", "ผ่าน", "29/4/2566", "NaN", ""])
    assert codes(bad) == [(2, "D", "bad-score"), (3, "D", "bad-score")]


def test_blank_rows_repeated_headings_totals_and_signatures_are_passed_over() -> None:
    sheet = read(
        HEADING,
        ["1", "ก", "ผ่าน", "", "", "29/4/2566"],
        [],
        HEADING,
        ["2", "ข", "ผ่าน", "", "", "29/4/2566"],
        ["รวม", "", "2", "0", "0", ""],
        ["", "รวมผ่าน", "2 คน", "", "", ""],
        ["", "ลงชื่อ ................ ครูผู้สอน", "", "", "", ""],
    )
    assert [row.learner.number for row in sheet.rows] == ["1", "2"]
    assert sheet.refused == ()


def test_totals_without_a_result_word_are_passed_over() -> None:
    sheet = read(
        HEADING,
        ["1", "ก", "ผ่าน", "", "", "29/4/2566"],
        ["รวม", "", "22", "2 คน", "", ""],
        ["", "", "22", "", "", ""],
    )
    assert (len(sheet.rows), sheet.refused) == (1, ())


@pytest.mark.parametrize("word", ["ผ่าน", "ไม่ผ่าน", "ผาน", "1", "0"])
def test_a_result_that_belongs_to_nobody_is_never_passed_over(word: str) -> None:
    sheet = read(HEADING, ["", "ก", word, "", "", "29/4/2566"])
    assert sheet.rows == ()
    assert codes(sheet)[0] == (2, None, "no-learner")


def test_results_that_are_formulas_count_for_what_they_show() -> None:
    def draw(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row("A1", ["เลขที่", "10302", "วันที่"])
        sheet.write_row("A2", [1, "", "29/4/2566"])
        sheet.write_formula("B2", '=IF(D2>49,"ผ่าน","ไม่ผ่าน")', None, "ไม่ผ่าน")

    sheet = read_class_sheet(read_grid(xlsx(draw), name="sheet"), units=UNITS)
    assert only(sheet).failed == (LINEN,)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_one_sheet_says_the_same_in_every_encoding(encoding: str, delimiter: str) -> None:
    rows: list[Sequence[Value]] = [
        list(HEADING),
        ["1", "นายสมชาย ใจดี", "ผ่าน", "ไม่ผ่าน", "-", "๒๙/๔/๒๕๖๖"],
    ]
    data = csv_of(rows, encoding=encoding, delimiter=delimiter)
    assert read_class_sheet(read_grid(data, name="s"), units=UNITS) == read(*rows)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "1", "2", "ผ่าน", "ไม่ผ่าน", "ก", "29/4/2566", "รวม", "1234567890121", "x", "<"]
            )
            | st.text(max_size=4),
            min_size=6,
            max_size=6,
        ),
        max_size=6,
    )
)
def test_whatever_stands_in_the_rows_a_pass_has_a_date_and_a_learner(
    rows: list[Sequence[Value]],
) -> None:
    sheet = read_or_nothing([list(HEADING), *rows])
    refused = {refusal.row for refusal in sheet.refused}
    for row in sheet.rows:
        assert row.row not in refused
        assert bool(row.passed) == (row.passed_on is not None)
        assert row.learner.number or row.learner.national_id
        assert not set(row.passed) & set(row.failed)
    assert len({row.learner.number for row in sheet.rows if row.learner.number}) == sum(
        row.learner.number is not None for row in sheet.rows
    )


def read_or_nothing(rows: Sequence[Sequence[Value]]) -> ClassSheet:
    """Return what the sheet says; lone surrogates and zeros may make it no CSV at all."""
    try:
        grid = read_grid(csv_of(rows, encoding="utf-8"), name="sheet")
    except (UnreadableFile, UnicodeEncodeError):
        return ClassSheet((), ())
    return read_class_sheet(grid, units=UNITS)
