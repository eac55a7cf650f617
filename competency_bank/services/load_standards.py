"""Trip: a standard into the bank, whole, once, and written in the ledger."""

from collections.abc import Iterable

from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import add_edition
from competency_bank.storage.ledger_rows import append_entries
from standards.model import Edition


def load_editions(
    transaction: Transaction, editions: Iterable[Edition], *, by: str = SYSTEM
) -> list[Edition]:
    """Store the editions that are new and return them; a stored one is left as it is.

    Raises Conflict("edition-differs") when an edition of this name says something else.
    """
    new = [edition for edition in editions if add_edition(transaction, edition)]
    entries = [
        Entry(
            EntryKind.STANDARD_RELEASED,
            transaction.now,
            by,
            {"edition": edition.id, "owner": edition.owner, "digest": edition.digest},
        )
        for edition in new
    ]
    if entries:
        append_entries(transaction, entries)
    return new
