"""Guessing is slowed, in bounded memory."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.web import miss_limit
from competency_bank.web.miss_limit import MISSES, WINDOW, MissLimit

START = datetime(2026, 11, 21, tzinfo=UTC)


@settings(deadline=None)
@given(st.lists(st.integers(0, 90), min_size=1, max_size=80))
def test_an_address_is_slowed_exactly_when_over_twenty_misses_lie_in_ten_minutes(
    gaps: list[int],
) -> None:
    limit = MissLimit()
    moments: list[datetime] = []
    for gap in gaps:
        at = (moments[-1] if moments else START) + timedelta(seconds=gap)
        moments.append(at)
        recent = sum(one > at - WINDOW for one in moments)
        assert limit.note("192.0.2.1", at) is (recent > MISSES)


def test_one_address_does_not_slow_another() -> None:
    limit = MissLimit()
    assert [limit.note("192.0.2.1", START) for _ in range(MISSES + 1)][-1] is True
    assert limit.note("192.0.2.2", START) is False


def test_the_longest_silent_address_is_forgotten_first() -> None:
    limit = MissLimit()
    for _ in range(MISSES + 1):
        limit.note("first", START)
    for number in range(miss_limit.ADDRESSES):
        limit.note(str(number), START)
    assert limit.note("first", START) is False
