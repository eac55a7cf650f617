"""What the ledger says happened to certificates after they were issued, by status list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from competency_bank.domain.ledger import Entry, EntryKind
from competency_bank.storage import ledger_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import StatusSlotRow

_slots = table(StatusSlotRow)
_ENDINGS = (EntryKind.CERTIFICATE_REVOKED, EntryKind.CERTIFICATE_REPLACED)
_AT_ONCE = 500
"""Serials asked for in one statement: SQLite takes a limited number of values."""


@dataclass(frozen=True, slots=True)
class Setback:
    """A time in which one certificate did not hold; without an end where none is known."""

    serial: str
    index: int
    for_good: bool
    start: datetime
    end: datetime | None


def setbacks(transaction: Transaction) -> dict[int, list[Setback]]:
    """Return every suspension and revocation, by the number of the status list."""
    events = list(_episodes(transaction))
    places = dict(_places(transaction, {serial for serial, *_ in events}))
    found: dict[int, list[Setback]] = defaultdict(list)
    for serial, for_good, start, end in events:
        if serial in places:
            number, index = places[serial]
            found[number].append(Setback(serial, index, for_good, start, end))
    return found


def suspended_serials(transaction: Transaction) -> set[str]:
    """Return the certificates that are suspended now."""
    return {
        serial
        for serial, for_good, _, end in _episodes(transaction)
        if not for_good and end is None
    }


def _episodes(
    transaction: Transaction,
) -> Iterator[tuple[str, bool, datetime, datetime | None]]:
    for kind in _ENDINGS:
        for entry in ledger_rows.entries_of(transaction, kind):
            yield entry.text("serial"), True, entry.at, None
    resumed: dict[str, list[Entry]] = defaultdict(list)
    for entry in ledger_rows.entries_of(transaction, EntryKind.CERTIFICATE_RESUMED):
        resumed[entry.text("serial")].append(entry)
    for entry in ledger_rows.entries_of(transaction, EntryKind.CERTIFICATE_SUSPENDED):
        waiting = resumed[entry.text("serial")]  # suspended and resumed in turn: the ledger's order
        yield entry.text("serial"), False, entry.at, waiting.pop(0).at if waiting else None


def _places(
    transaction: Transaction, serials: Iterable[str]
) -> Iterator[tuple[str, tuple[int, int]]]:
    wanted = sorted(serials)
    for start in range(0, len(wanted), _AT_ONCE):
        some = _slots.c.serial.in_(wanted[start : start + _AT_ONCE])
        columns = (_slots.c.serial, _slots.c.list_number, _slots.c.index)
        for serial, number, index in transaction.connection.execute(select(*columns).where(some)):
            yield str(serial), (int(number), int(index))
