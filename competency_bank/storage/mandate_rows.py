"""Mandates of schools, read from the ledger: nothing else holds them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from competency_bank.domain.clock import BANGKOK, end_of_day
from competency_bank.domain.ledger import EntryKind
from competency_bank.storage import ledger_rows
from competency_bank.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class GivenMandate:
    """What a school may do for an owner of standards, and when."""

    id: str
    holder: str
    """Id of the school."""
    owner: str
    scope: tuple[str, ...]
    begins: datetime
    ends: datetime | None
    """The last moment, inclusive; None while no end is set."""
    withdrawn: bool


def given_mandates(transaction: Transaction) -> list[GivenMandate]:
    """Return every mandate ever given, oldest first; a withdrawn one ended with its withdrawal."""
    withdrawn = {
        entry.text("mandate"): entry.at
        for entry in ledger_rows.entries_of(transaction, EntryKind.MANDATE_WITHDRAWN)
    }
    found = []
    for entry in ledger_rows.entries_of(transaction, EntryKind.MANDATE_GIVEN):
        first, last = date.fromisoformat(entry.text("from")), entry.text("until")
        begins = datetime.combine(first, time(), BANGKOK)
        planned = end_of_day(date.fromisoformat(last)) if last else None
        gone = withdrawn.get(entry.text("mandate"))
        ends = min(each for each in (planned, gone) if each) if planned or gone else None
        if ends is None or ends >= begins:
            scope = tuple(str(part) for part in entry.items("scope"))
            found.append(
                GivenMandate(
                    id=entry.text("mandate"),
                    holder=entry.text("holder"),
                    owner=entry.text("owner"),
                    scope=scope,
                    begins=begins,
                    ends=ends,
                    withdrawn=gone is not None,
                )
            )
    return found
