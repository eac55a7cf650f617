"""Trip: a standard into the bank, whole, once, and written in the ledger.

Before a new edition speaks for its owner, what people completed under the old ones is written
down: a later edition may ask for more, and takes nothing from anybody.
"""

from collections.abc import Iterable

from competency_bank.domain import clock
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind
from competency_bank.domain.people import PersonId
from competency_bank.storage import succession_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import add_edition, load_catalogue
from competency_bank.storage.ledger_rows import append_entries
from standards.edition_effects import Basis, Completed, completed_by
from standards.model import Edition


def load_editions(
    transaction: Transaction, editions: Iterable[Edition], *, by: str = SYSTEM
) -> list[Edition]:
    """Store the editions that are new and return them; a stored one is left as it is.

    Raises Conflict("edition-differs") when an edition of this name says something else.
    """
    completed = _completed_now(transaction)
    new = [edition for edition in editions if add_edition(transaction, edition)]
    if not new:
        return []
    succession_rows.add_completions(transaction, completed)
    entries = [
        Entry(
            EntryKind.STANDARD_RELEASED,
            transaction.now,
            by,
            {"edition": edition.id, "owner": edition.owner, "digest": edition.digest},
        )
        for edition in new
    ]
    entries += [
        Entry(
            EntryKind.QUALIFICATION_COMPLETED,
            transaction.now,
            by,
            {"learner": learner, "qualification": one.qualification, "edition": one.edition},
        )
        for learner, one in completed
    ]
    append_entries(transaction, entries)
    return new


def _completed_now(transaction: Transaction) -> list[tuple[PersonId, Completed]]:
    """Return what people have completed and was not written down yet."""
    standings = succession_rows.standings(transaction)
    if not standings:
        return []
    basis = Basis(load_catalogue(transaction), succession_rows.decisions_in_force(transaction))
    today = clock.local_day(transaction.now)
    return [
        (learner, one)
        for learner, standing in standings.items()
        for one in sorted(completed_by(basis, standing, today) - standing.completed)
    ]
