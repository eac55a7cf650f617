"""The feed: stable, complete, with tombstones; read from nothing it gives the state of the bank."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from competency_bank.bank import Bank
from competency_bank.domain.errors import BadInput
from competency_bank.domain.pass_feed import (
    Event,
    Passed,
    Removed,
    cursor_after,
    place_of,
    replayed,
)
from competency_bank.domain.people import Role
from competency_bank.services import correct_record
from competency_bank.storage import people_rows, record_rows
from tests.banks import NOON
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import HOLDER, NATIONAL_NUMBER

FEED = "/api/v1/feeds/passed-units"


def follow(reader: TestClient, since: str | None = None, limit: int = 7) -> tuple[list[Any], str]:
    """Read the feed to its end; return the events and where to go on."""
    events: list[Any] = []
    while True:
        query: dict[str, Any] = {"limit": limit} | ({} if since is None else {"since": since})
        answer = reader.get(FEED, params=query).json()
        events += answer["events"]
        since = answer["next"]
        if not answer["more"]:
            return events, since


def fold(events: list[Any], state: dict[int, Any] | None = None) -> dict[int, Any]:
    """Hold what a reader of the feed holds."""
    state = {} if state is None else state
    for event in events:
        if event["event"] == "removed":
            state.pop(event["id"], None)
        else:
            state[event["id"]] = event
    return state


def standing(bank: Bank) -> dict[int, tuple[str, str, str]]:
    with bank.reading() as transaction:
        return {
            one.entry: (one.learner, one.unit, one.passed_on.isoformat())
            for one in record_rows.every_holding(transaction)
        }


def correct(bank: Bank, number: int, *, void: bool) -> None:
    with bank.writing() as transaction:
        teacher = people_rows.find_person(transaction, "T-001").id
        one = record_rows.every_holding(transaction)[number]
        if void:
            correct_record.void_record(transaction, one.entry, by=teacher, reason="x")
        else:
            change = correct_record.Correction(note="ดีมาก")
            correct_record.amend_record(transaction, one.entry, change, by=teacher, reason="x")


def test_replay_from_nothing_gives_the_passes_that_stand(bank: Bank, visit: Visit) -> None:
    found, reader = bank.audit().findings, visit(Role.TPQI)
    first, place = follow(reader)
    state = fold(first)
    assert {k: (v["learner"], v["unit"]["key"], v["passed_on"]) for k, v in state.items()} == (
        standing(bank)
    )
    correct(bank, 0, void=True)
    correct(bank, 3, void=False)
    correct(bank, 5, void=True)
    later, _ = follow(reader, place)
    assert [one["event"] for one in later] == ["removed", "passed", "removed"]
    both = fold(later, state)
    assert both == fold(follow(reader)[0])
    assert set(both) == set(standing(bank))
    assert bank.audit().findings == found


def test_a_cursor_read_again_gives_the_same_and_the_end_gives_nothing(visit: Visit) -> None:
    reader = visit(Role.TPQI)
    whole, end = follow(reader, limit=1000)
    for limit in (1, 2, 50):
        assert follow(reader, limit=limit) == (whole, end)
    assert follow(reader, end) == ([], end)
    assert [event["entry"] for event in whole] == sorted(event["entry"] for event in whole)


def test_no_name_number_or_reference_of_a_person_is_in_the_feed(visit: Visit) -> None:
    text = visit(Role.TPQI).get(FEED).text
    for personal in (HOLDER, NATIONAL_NUMBER, "ตัวอย่างดี"):
        assert personal not in text


def test_only_tpqi_reads_the_feed(visit: Visit) -> None:
    assert visit().get(FEED).status_code == 401
    for role in set(Role) - {Role.TPQI}:
        assert visit(role).get(FEED).status_code == 403


@pytest.mark.parametrize(
    "query", ["since=x", "since=AAAAAAAAAAAAAAAAAAAAAA", "limit=0", "limit=5000"]
)
def test_a_guessed_cursor_or_size_is_refused(query: str, visit: Visit) -> None:
    answer = visit(Role.TPQI).get(f"{FEED}?{query}")
    assert answer.status_code == 422
    assert answer.json()["detail_th"]


@given(st.integers(-1, 2**40), st.binary(min_size=32, max_size=32))
def test_a_cursor_is_read_by_whoever_made_it_alone(entry: int, pepper: bytes) -> None:
    cursor = cursor_after(pepper, entry)
    assert place_of(pepper, cursor) == entry + 1
    with pytest.raises(BadInput):
        place_of(pepper + b"x", cursor)


def event(number: int, *, gone: bool) -> Event:
    return (
        Removed(number, 0, NOON)
        if gone
        else Passed(number, 0, NOON, "l", "u", "e", "b", "2026-01-01")
    )


EVENTS = st.lists(st.builds(event, st.integers(0, 5), gone=st.booleans()))


@given(events=EVENTS, cut=st.integers(0, 20))
def test_reading_in_two_parts_is_reading_at_once(events: list[Event], cut: int) -> None:
    first = replayed(events[:cut])
    both = replayed([*first.values(), *events[cut:]])
    assert both == replayed(events)
