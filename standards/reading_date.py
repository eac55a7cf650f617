"""Dates as schools and standards write them, Buddhist and Common Era side by side.

Every year above 2400 is of the Buddhist Era (B.E. = C.E. + 543). Whether a 29 February exists is
asked of the Common-Era year, for B.E. 2567 is a leap year and B.E. 2568 is none. Day stands before
month, always: a date that only makes sense the other way round is refused, not turned.
"""

import re
from datetime import date, datetime

from standards.errors import FaultInFile
from standards.month_names import (
    BUDDHIST_ERA,
    COMMON_ERA,
    DATE_PREFIX,
    ENGLISH_MONTHS,
    THAI_MONTHS,
)
from standards.thai_text import digits, tidy

BUDDHIST_OFFSET = 543
LAST_COMMON_YEAR_TYPED = 2400
"""A larger year is of the Buddhist Era."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Common-Era years outside are taken for a slip of the hand."""
_SHORT_YEAR_BEGINS = 2500
_SHORT_YEAR_LENGTH = 2

_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_MIDNIGHT}")
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}}) ?([-/.]) ?([0-9]{{1,2}}) ?\2 ?([0-9]{{4}}|[0-9]{{2}}){_MIDNIGHT}"
)
_NAMED_MONTH = re.compile(r"([0-9]{1,2})([^0-9]+)([0-9]{4}|[0-9]{2})")
_NOISE = re.compile(r"[\s.,\-/]")


def read_date(value: str | date) -> date:
    """Return the Common-Era date that ``value`` states.

    Read are ``2026-04-29``, ``29/4/2569``, ``29-04-2026``, ``29.4.2569``, a day with a Thai or
    English month name in full or shortened, Thai digits, and a date whose year is of the Buddhist
    Era, as spreadsheets hold it. A year of two digits is read as B.E. 25yy, and only after slashes
    or a Thai month name; anywhere else it is refused. Serial numbers of spreadsheets are refused.

    Raises:
        FaultInFile: ``bad-date`` with ``value`` as it was given.

    """
    if isinstance(value, date):
        return _common(value.year, value.month, day=value.day, typed=_plain(value))
    text = digits(tidy(value)).removeprefix(DATE_PREFIX).strip()
    if match := _YEAR_FIRST.fullmatch(text):
        return _common(int(match[1]), int(match[3]), day=int(match[4]), typed=value)
    if match := _DAY_FIRST.fullmatch(text):
        year = _year(match[4], short_allowed=match[2] == "/", typed=value)
        return _common(year, int(match[3]), day=int(match[1]), typed=value)
    if match := _NAMED_MONTH.fullmatch(text):
        return _with_name(match, typed=value)
    raise FaultInFile("bad-date", value=value)


def _plain(value: date) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()


def _with_name(match: re.Match[str], *, typed: str) -> date:
    words = _NOISE.sub("", match[2]).lower()
    era = next((e for e in BUDDHIST_ERA | COMMON_ERA if words.endswith(e)), "")
    name = words.removesuffix(era)
    month = THAI_MONTHS.get(name) or ENGLISH_MONTHS.get(name)
    if month is None:
        raise FaultInFile("bad-date", value=typed)
    short = name in THAI_MONTHS and era not in COMMON_ERA
    year = _year(match[3], short_allowed=short, typed=typed)
    if era and (era in COMMON_ERA) != (year <= LAST_COMMON_YEAR_TYPED):
        raise FaultInFile("bad-date", value=typed)
    return _common(year, month, day=int(match[1]), typed=typed)


def _year(text: str, *, short_allowed: bool, typed: str) -> int:
    if len(text) > _SHORT_YEAR_LENGTH:
        return int(text)
    if not short_allowed:
        raise FaultInFile("bad-date", value=typed)
    return _SHORT_YEAR_BEGINS + int(text)


def _common(year: int, month: int, *, day: int, typed: str) -> date:
    if year > LAST_COMMON_YEAR_TYPED:
        year -= BUDDHIST_OFFSET
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FaultInFile("bad-date", value=typed)
    try:
        return date(year, month, day)
    except ValueError:
        raise FaultInFile("bad-date", value=typed) from None
