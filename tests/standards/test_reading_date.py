from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.errors import FaultInFile
from standards.month_names import ENGLISH_MONTHS, THAI_MONTHS
from standards.reading_date import read_date

_THAI_NAMES = {n: [k for k, v in THAI_MONTHS.items() if v == n] for n in range(1, 13)}
_ENGLISH_NAMES = {n: [k for k, v in ENGLISH_MONTHS.items() if v == n] for n in range(1, 13)}


def _thai_digits(text: str) -> str:
    return "".join(chr(0x0E50 + int(c)) if c.isascii() and c.isdigit() else c for c in text)


_FORMS: list[Callable[[date, int], str]] = [
    lambda day, year: f"{year:04d}-{day.month:02d}-{day.day:02d}",
    lambda day, year: f"{day.day}/{day.month}/{year}",
    lambda day, year: f"{day.day:02d}/{day.month:02d}/{year}",
    lambda day, year: f"{day.day}-{day.month}-{year}",
    lambda day, year: f"{day.day}.{day.month}.{year}",
    lambda day, year: f"{day.day} {_THAI_NAMES[day.month][0]} {year}",
    lambda day, year: f"{day.day} {'.'.join(_THAI_NAMES[day.month][1])}. {year}",
    lambda day, year: f"วันที่ {day.day} {_THAI_NAMES[day.month][1]}{year}",
    lambda day, year: f"{day.day} {_ENGLISH_NAMES[day.month][0].title()} {year}",
    lambda day, year: f"{day.day} {_ENGLISH_NAMES[day.month][-1].upper()} {year}",
]


@settings(deadline=None)
@given(
    day=st.dates(date(1950, 1, 1), date(2100, 12, 31)),
    form=st.sampled_from(_FORMS),
    buddhist=st.booleans(),
    thai=st.booleans(),
)
def test_a_date_written_in_any_form_and_era_reads_back(
    day: date, form: Callable[[date, int], str], *, buddhist: bool, thai: bool
) -> None:
    text = form(day, day.year + 543 if buddhist else day.year)
    assert read_date(_thai_digits(text) if thai else text) == day


@settings(deadline=None)
@given(day=st.dates(date(1957, 1, 1), date(2056, 12, 31)))
def test_two_digits_of_a_year_are_buddhist_after_slashes_and_thai_months(day: date) -> None:
    short = f"{(day.year + 543) % 100:02d}"
    assert read_date(f"{day.day}/{day.month}/{short}") == day
    assert read_date(f"{day.day} {_THAI_NAMES[day.month][1]} {short}") == day


@settings(deadline=None)
@given(day=st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_a_date_from_a_spreadsheet_reads_as_itself(day: date) -> None:
    assert read_date(day) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2569, 11, 21), date(2026, 11, 21)),
        (datetime(2569, 11, 21, 9, 30), date(2026, 11, 21)),  # noqa: DTZ001 - as cells hold it
        ("29 ก.พ. 2567", date(2024, 2, 29)),
        ("2567-02-29", date(2024, 2, 29)),
        ("29 เมษายน พ.ศ. 2566", date(2023, 4, 29)),
        ("29 เมษายน ค.ศ. 2023", date(2023, 4, 29)),
        ("2026-04-29 00:00:00", date(2026, 4, 29)),
        ("2026-04-29T00:00:00", date(2026, 4, 29)),
        (" 29 / 4 / 2569 ", date(2026, 4, 29)),
    ],
)
def test_forms_seen_in_spreadsheets_are_read(value: str | date, day: date) -> None:
    assert read_date(value) == day


@pytest.mark.parametrize(
    "value",
    [
        "",
        "45000",
        "4/29/2026",
        "29/02/2568",
        date(2568, 2, 29),
        "31/04/2569",
        "29-4-69",
        "29.4.69",
        "29 Apr 69",
        "29 เมษายน ค.ศ. 69",
        "29 เมษายน ค.ศ. 2566",
        "29 เมษายน พ.ศ. 2023",
        "29/4/2569 บ่าย",
        "29/4-2569",
        "1/1/2300",
        "1/1/1850",
        "29/4/25690",
        "เมษายน 2569",
        "29 อะไร 2569",
        "๒๙๔๒๕๖๙",
    ],
)
def test_what_is_no_single_date_is_refused_with_its_value(value: str | date) -> None:
    with pytest.raises(FaultInFile) as caught:
        read_date(value)
    assert caught.value.code == "bad-date"
    assert caught.value.values["value"] == str(value)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    assert _code_or_year(text) in {"bad-date", *range(1900, 2200)}


def _code_or_year(text: str) -> str | int:
    try:
        return read_date(text).year
    except FaultInFile as fault:
        return fault.code
