"""Dates: the Buddhist era in Thai, the Common Era in English, the calendar of Bangkok."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.document.thai_dates import day_in_bangkok, in_english, in_thai


def test_a_date_is_printed_in_both_eras() -> None:
    assert in_thai(date(2023, 4, 29)) == "29 เมษายน พ.ศ. 2566"
    assert in_english(date(2023, 4, 29)) == "29 April 2023"


def test_an_evening_in_utc_is_the_next_day_in_bangkok() -> None:
    assert day_in_bangkok(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert day_in_bangkok(datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC)) == date(2027, 1, 1)


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2399, 1, 1)), st.dates(date(1990, 1, 1), date(2399, 1, 1)))
def test_different_days_are_never_printed_alike(one: date, other: date) -> None:
    assert (in_thai(one) == in_thai(other)) == (one == other)
    assert (in_english(one) == in_english(other)) == (one == other)
