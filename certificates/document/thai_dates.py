"""Dates as they are printed: Buddhist era in Thai, Common Era in English.

The Buddhist year is the Common-Era year plus 543; the calendar is otherwise the same (Thailand
counts the year from 1 January since 1941, Calendar Year Act B.E. 2483).
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

BANGKOK: Final = timezone(timedelta(hours=7), "Asia/Bangkok")
"""UTC+7 all year; no summer time since 1920."""
ERA_OFFSET: Final = 543

_THAI_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_thai(day: date) -> str:
    """Return for example ``29 เมษายน พ.ศ. 2566``."""
    return f"{day.day} {_THAI_MONTHS[day.month - 1]} พ.ศ. {day.year + ERA_OFFSET}"


def in_english(day: date) -> str:
    """Return for example ``29 April 2023``."""
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"


def day_in_bangkok(moment: datetime) -> date:
    """Return the day on the calendar in Bangkok at ``moment`` (with a time zone)."""
    return moment.astimezone(UTC).astimezone(BANGKOK).date()
