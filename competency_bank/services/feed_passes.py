"""Trip: what another system has not seen yet of the passes, in the order of the ledger."""

from dataclasses import dataclass
from typing import Any

from competency_bank.domain.ledger import Entry, EntryKind
from competency_bank.domain.pass_feed import KINDS, Event, Passed, event_of, written
from competency_bank.storage import ledger_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from standards.catalogue import Catalogue
from standards.model import EditionId, UnitKey


@dataclass(frozen=True, slots=True)
class Batch:
    """One page of the feed."""

    events: tuple[Event, ...]
    last: int
    """Entry after which to go on: the same cursor again gives what came since."""
    more: bool


def events_from(transaction: Transaction, place: int, *, limit: int) -> Batch:
    """Return at most ``limit`` events from ledger entry ``place`` on."""
    found = ledger_rows.entries_from(transaction, place, kinds=KINDS, limit=limit + 1)
    page = found[:limit]
    events = tuple(_event(transaction, index, entry) for index, entry in page)
    last = page[-1][0] if page else place - 1
    return Batch(events, last, more=len(found) > limit)


def shown_events(transaction: Transaction, events: tuple[Event, ...]) -> list[dict[str, Any]]:
    """Return events as JSON, with code and titles of the edition each unit was earned on."""
    catalogue = load_catalogue(transaction)
    return [_shown(catalogue, event) for event in events]


def _event(transaction: Transaction, index: int, entry: Entry) -> Event:
    origin = None
    if entry.kind is EntryKind.RECORD_AMENDED:
        origin = ledger_rows.entry_at(transaction, entry.number("entry"))
    return event_of(index, entry, origin)


def _shown(catalogue: Catalogue, event: Event) -> dict[str, Any]:
    if not isinstance(event, Passed):
        return written(event, code=None, titles={})
    unit = catalogue.unit(UnitKey(event.unit), edition=EditionId(event.edition))
    titles = {"th": unit.title_th, "en": unit.title_en}
    return written(event, code=unit.shown_code, titles=titles)
