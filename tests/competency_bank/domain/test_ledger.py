"""Entries: one fact, one string of bytes, and nothing personal in it."""

import json
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.ledger import (
    FACTS,
    VERSION_LINE,
    Entry,
    EntryKind,
    Fact,
    canonical_bytes,
    commitment,
    commitment_to,
    json_bytes,
    read_entry,
    written,
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
VALUES = st.one_of(TEXTS, st.integers(0, 2**40), st.lists(st.integers(0, 99)), st.lists(TEXTS))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  (bounds are naive by contract)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    kind = draw(st.sampled_from(EntryKind))
    facts: dict[str, Fact] = {name: draw(VALUES) for name in sorted(FACTS[kind])}
    return Entry(kind, draw(MOMENTS).replace(microsecond=0), draw(TEXTS), facts)


@settings(deadline=None)
@given(entries())
def test_an_entry_reads_back_from_its_bytes(entry: Entry) -> None:
    assert read_entry(canonical_bytes(entry)) == entry


@settings(deadline=None)
@given(entries())
def test_the_bytes_are_the_canonical_json_of_the_published_standard(entry: Entry) -> None:
    body = canonical_bytes(entry).removeprefix(VERSION_LINE)

    assert body == rfc8785.dumps(json.loads(body))


@settings(deadline=None)
@given(entries(), st.data())
def test_no_other_bytes_state_the_same_entry(entry: Entry, data: st.DataObject) -> None:
    good = canonical_bytes(entry)
    place = data.draw(st.integers(0, len(good) - 1))
    other = good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :]
    try:
        read = read_entry(other)
    except RecordDamaged:
        return

    assert read != entry
    assert canonical_bytes(read) == other


@pytest.mark.parametrize("spoilt", ["missing", "extra"])
def test_an_entry_states_exactly_the_facts_of_its_kind(spoilt: str) -> None:
    facts: dict[str, Fact] = {"learner": "a", "class": "b"}
    if spoilt == "missing":
        del facts["class"]
    else:
        facts["name"] = "c"

    with pytest.raises(RecordDamaged, match="entry-facts"):
        Entry(EntryKind.COURSE_WITHDRAWN, datetime(2026, 1, 1, tzinfo=UTC), "x", facts)


def test_a_fact_of_another_type_is_damage() -> None:
    facts: dict[str, Fact] = {"entry": "1", "reason": "x", "reopens": "y"}
    entry = Entry(EntryKind.RECORD_VOIDED, datetime(2026, 1, 1, tzinfo=UTC), "x", facts)

    with pytest.raises(RecordDamaged, match="entry-fact-type"):
        entry.number("entry")
    with pytest.raises(RecordDamaged, match="entry-fact-type"):
        entry.items("reopens")
    other = Entry(entry.kind, entry.at, entry.by, {"entry": 1, "reason": 2, "reopens": []})
    with pytest.raises(RecordDamaged, match="entry-fact-type"):
        other.text("reason")


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_the_same_details_have_another_commitment_under_another_salt(
    one: bytes, other: bytes
) -> None:
    details = {"score": "87", "note": None}

    assert (commitment(one, details) == commitment(other, details)) == (one == other)


@settings(deadline=None)
@given(st.sampled_from(EntryKind), TEXTS, st.data())
def test_an_entry_of_strings_alone_has_the_bytes_of_the_general_rule(
    kind: EntryKind, by: str, data: st.DataObject
) -> None:
    facts: dict[str, Fact] = {name: data.draw(TEXTS) for name in sorted(FACTS[kind])}
    at = data.draw(MOMENTS)
    body = {"kind": kind.value, "at": written(at), "by": by, **facts}

    assert canonical_bytes(Entry(kind, at, by, facts)) == VERSION_LINE + json_bytes(body)


@settings(deadline=None)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()))  # noqa: DTZ001  (bounds are naive by contract)
def test_a_moment_is_written_in_whole_seconds_of_utc(moment: datetime) -> None:
    assert written(moment) == moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@settings(deadline=None)
@given(st.binary(max_size=16), st.dictionaries(TEXTS, st.none() | TEXTS, max_size=3))
def test_a_commitment_is_the_same_to_details_and_to_their_bytes(
    salt: bytes, details: dict[str, str | None]
) -> None:
    assert commitment(salt, details) == commitment_to(salt, json_bytes(details))
