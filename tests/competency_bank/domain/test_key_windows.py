"""When a key may have signed follows from the ledger alone."""

from datetime import UTC, datetime, timedelta

from competency_bank.domain.key_windows import RetirementReason, key_windows
from competency_bank.domain.ledger import Entry, EntryKind, written

DAY = datetime(2026, 11, 21, tzinfo=UTC)


def introduced(kid: str = "k") -> Entry:
    facts = {"kid": kid, "purpose": "credential"}
    return Entry(EntryKind.KEY_INTRODUCED, DAY, "system", facts)


def retired(reason: str, days: int) -> Entry:
    until = written(DAY + timedelta(days=days))
    facts = {"kid": "k", "purpose": "credential", "reason": reason, "until": until}
    return Entry(EntryKind.KEY_RETIRED, DAY + timedelta(days=30), "system", facts)


def test_a_key_begins_with_its_introduction_and_ends_with_its_retirement() -> None:
    found = key_windows([introduced(), introduced("other"), retired("rotated", 31)])

    assert found["k"].begins == DAY
    assert found["k"].until == DAY + timedelta(days=31)
    assert found["k"].reason is RetirementReason.ROTATED
    assert found["other"].until is None


def test_a_later_statement_can_only_shorten_a_keys_time() -> None:
    earlier = key_windows([introduced(), retired("rotated", 31), retired("compromised", 12)])
    later = key_windows([introduced(), retired("compromised", 12), retired("compromised", 20)])

    assert earlier["k"].until == later["k"].until == DAY + timedelta(days=12)
