"""The feed of passed units: the ledger as events that another system can replay to the same state.

Each event is about one pass, named by its ledger entry. ``passed`` adds it or, for an amendment,
writes it again; ``removed`` is the tombstone of a pass that was voided. Read from the beginning in
order, they give exactly the passes that stand. No name and no national number is in them.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competency_bank.domain.errors import BadInput
from competency_bank.domain.ledger import Entry, EntryKind

KINDS = (EntryKind.UNIT_PASSED, EntryKind.RECORD_AMENDED, EntryKind.RECORD_VOIDED)
"""Entries that say something of passes."""
_INDEX_BYTES, _MARK_BYTES = 8, 8


@dataclass(frozen=True, slots=True)
class Passed:
    """A pass that stands: new, or written again after an amendment."""

    pass_entry: int
    """Name of the pass, for ever: the index of the entry that first stated it."""
    entry: int
    at: datetime
    learner: str
    """Opaque id."""
    unit: str
    edition: str
    basis: str
    passed_on: str


@dataclass(frozen=True, slots=True)
class Removed:
    """The tombstone of a pass."""

    pass_entry: int
    entry: int
    at: datetime


Event = Passed | Removed


def event_of(index: int, entry: Entry, origin: Entry | None = None) -> Event:
    """Return the event that an entry makes; ``origin`` is the pass that an amendment is about."""
    if entry.kind is EntryKind.RECORD_VOIDED:
        return Removed(entry.number("entry"), index, entry.at)
    first = entry if origin is None else origin
    return Passed(
        pass_entry=index if origin is None else entry.number("entry"),
        entry=index,
        at=entry.at,
        learner=first.text("learner"),
        unit=first.text("unit"),
        edition=first.text("edition"),
        basis=first.text("basis"),
        passed_on=entry.text("passed_on"),
    )


def replayed(events: Iterable[Event]) -> dict[int, Passed]:
    """Return the passes that stand after these events: what any reader of the feed should hold."""
    state: dict[int, Passed] = {}
    for event in events:
        if isinstance(event, Removed):
            state.pop(event.pass_entry, None)
        else:
            state[event.pass_entry] = event
    return state


def cursor_after(pepper: bytes, entry: int) -> str:
    """Return the opaque place after an entry; -1 stands for the beginning."""
    place = (entry + 1).to_bytes(_INDEX_BYTES, "big")
    return base64.urlsafe_b64encode(place + _mark(pepper, place)).decode().rstrip("=")


def place_of(pepper: bytes, cursor: str) -> int:
    """Return the first entry that a cursor has not seen.

    Raises BadInput("feed-cursor") for one that we did not make: a guessed place could skip events.
    """
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError as fault:
        raise BadInput("feed-cursor") from fault
    place, mark = data[:_INDEX_BYTES], data[_INDEX_BYTES:]
    whole = len(data) == _INDEX_BYTES + _MARK_BYTES
    if not whole or not hmac.compare_digest(mark, _mark(pepper, place)):
        raise BadInput("feed-cursor")
    return int.from_bytes(place, "big")


def written(event: Event, *, code: str | None, titles: Mapping[str, str | None]) -> dict[str, Any]:
    """Return an event as JSON; code and titles are those of the edition the unit was earned on."""
    common = {
        "id": event.pass_entry,
        "entry": event.entry,
        "at": event.at.isoformat().replace("+00:00", "Z"),
    }
    if isinstance(event, Removed):
        return {"event": "removed", **common}
    return {
        "event": "passed",
        **common,
        "learner": event.learner,
        "unit": {
            "key": event.unit,
            "code": code,
            "edition": event.edition,
            "title": dict(titles),
        },
        "basis": event.basis,
        "passed_on": event.passed_on,
    }


def _mark(pepper: bytes, place: bytes) -> bytes:
    return hmac.new(pepper, b"feed-cursor\n" + place, hashlib.sha256).digest()[:_MARK_BYTES]
