"""Days as the people of Bangkok see them; moments are kept in UTC."""

from datetime import UTC, date, datetime, time, timedelta, timezone

from competency_bank.domain.errors import NotNow

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thailand has had no daylight-saving time since 1920: a fixed offset needs no time-zone data."""

BUDDHIST_OFFSET = 543

CLOCK_TOLERANCE = timedelta(minutes=5)
"""By how much clocks may differ, between two servers of one bank or before and after a repair."""


def steady(now: datetime, *, last: datetime | None) -> datetime:
    """Return the time to write at: ``now``, or ``last`` while the clock is a little behind it.

    Entries never go back in time: what was held on a past day is answered by these times. Raises
    NotNow("clock-behind") when the clock is behind by more than the tolerance: it jumped, and a
    bank that went on would date what it records before what it recorded.
    """
    if last is None or now >= last:
        return now
    if last - now > CLOCK_TOLERANCE:
        raise NotNow(
            "clock-behind", now=f"{now:%Y-%m-%d %H:%M:%S}", last=f"{last:%Y-%m-%d %H:%M:%S}"
        )
    return last


def local_day(moment: datetime) -> date:
    """Return the calendar day of a moment in Bangkok."""
    return moment.astimezone(BANGKOK).date()


def end_of_day(day: date) -> datetime:
    """Return the last whole second of a Bangkok day, in UTC."""
    return datetime.combine(day, time(23, 59, 59), BANGKOK).astimezone(UTC)


def buddhist_year(moment: datetime) -> int:
    """Return the Buddhist-era year of a moment in Bangkok, for numbers that people read."""
    return local_day(moment).year + BUDDHIST_OFFSET
