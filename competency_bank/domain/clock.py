"""Days as the people of Bangkok see them; moments are kept in UTC."""

from datetime import UTC, date, datetime, time, timedelta, timezone

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thailand has had no daylight-saving time since 1920: a fixed offset needs no time-zone data."""

BUDDHIST_OFFSET = 543


def local_day(moment: datetime) -> date:
    """Return the calendar day of a moment in Bangkok."""
    return moment.astimezone(BANGKOK).date()


def end_of_day(day: date) -> datetime:
    """Return the last whole second of a Bangkok day, in UTC."""
    return datetime.combine(day, time(23, 59, 59), BANGKOK).astimezone(UTC)


def buddhist_year(moment: datetime) -> int:
    """Return the Buddhist-era year of a moment in Bangkok, for numbers that people read."""
    return local_day(moment).year + BUDDHIST_OFFSET
