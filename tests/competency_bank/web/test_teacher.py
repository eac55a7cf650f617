"""Tables handed out are safe to open in a spreadsheet."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.web.teacher import FORMULA_SIGNS, csv_bytes


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.text("=+-@＝＋\t\rกa,\"' 1", max_size=6), min_size=1, max_size=4), max_size=5
    )
)
def test_no_cell_begins_like_a_formula_and_none_is_lost(rows: list[list[str]]) -> None:
    data = csv_bytes(rows)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read if row] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(cell.startswith(FORMULA_SIGNS) for row in read for cell in row)
