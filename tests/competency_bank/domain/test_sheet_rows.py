"""Rows of a class sheet: what one row says never depends on the others."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.class_sheets import HEADING, codes, read
from tests.sheet_files import Value

OUTCOMES = st.sampled_from(["ผ่าน", "ไม่ผ่าน", "1", "", "-", "ผาน", "<", "\u202e"])
DATES = st.sampled_from(["29/4/2566", "2023-04-30", "", "31/4/2566", "-"])
SCORES = st.sampled_from(["", "80", "๘๐", "much", "<"])
NOTES = st.sampled_from(["", "ดี", "<b>", "โทร 0812345678"])
HEAD: list[Value] = [*HEADING, "คะแนน", "หมายเหตุ"]
ROWS = st.lists(
    st.tuples(OUTCOMES, OUTCOMES, OUTCOMES, DATES, SCORES, NOTES), min_size=1, max_size=8
)


def test_a_fault_that_stands_in_two_rows_is_named_in_both() -> None:
    sheet = read(
        HEADING,
        ["1", "ก", "เกือบ", "", "", "29/4/2566"],
        ["2", "ข", "เกือบ", "", "", "29/4/2566"],
        ["3", "ค", "ผ่าน", "", "", "เมื่อวาน"],
        ["4", "ง", "ผ่าน", "", "", "เมื่อวาน"],
    )

    assert codes(sheet) == [
        (2, "C", "unknown-outcome"),
        (3, "C", "unknown-outcome"),
        (4, "F", "bad-date"),
        (5, "F", "bad-date"),
    ]


@settings(deadline=None, max_examples=60)
@given(ROWS)
def test_each_row_says_what_it_says_on_a_sheet_of_its_own(rows: list[tuple[str, ...]]) -> None:
    """What was read once is remembered for a sheet; remembering must not show."""
    lines: list[list[Value]] = [[str(n), f"ชื่อ{'ก' * n}", *row] for n, row in enumerate(rows, 1)]
    together = read(HEAD, *lines)
    alone = [read(HEAD, *([] if other is not line else line for other in lines)) for line in lines]

    assert list(together.rows) == [row for sheet in alone for row in sheet.rows]
    assert list(together.refused) == [fault for sheet in alone for fault in sheet.refused]
