"""Trip: a messy source of a standard, kept whole until a person released what is doubtful."""

from collections.abc import Iterable

from competency_bank.domain.mandates import require
from competency_bank.domain.people import PersonId, Role
from competency_bank.storage import people_rows, quarantine_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.quarantine_rows import Quarantined
from standards.model import Edition, OwnerCode
from standards.quarantine import Decision, Verdict, accept_all, as_edition, joined, release


def keep_source(
    transaction: Transaction, data: bytes, *, name: str, owner: OwnerCode
) -> Quarantined:
    """Keep a source that was read with or without doubts; raises StandardsError if unreadable."""
    source = quarantine_rows.keep_source(transaction, data, name, owner)
    return quarantine_rows.find_source(transaction, source)


def decide(
    transaction: Transaction,
    source: str,
    verdicts: Iterable[tuple[str, Verdict, str | None]],
    *,
    by: PersonId,
) -> Quarantined:
    """Carry out a person's decisions on doubts: (doubt, verdict, text or reason).

    Raises StandardsError for an unknown doubt or one decided otherwise before.
    """
    require(Role.CURRICULUM, among=people_rows.roles_of(transaction, by))
    kept = quarantine_rows.find_source(transaction, source)
    taken = [
        Decision(doubt, verdict, text, str(by), transaction.now)
        for doubt, verdict, text in verdicts
    ]
    return _keep(transaction, kept, taken)


def accept_everything(transaction: Transaction, source: str, *, by: PersonId) -> Quarantined:
    """Accept every open doubt that can be accepted; the others stay open."""
    require(Role.CURRICULUM, among=people_rows.roles_of(transaction, by))
    kept = quarantine_rows.find_source(transaction, source)
    return _keep(transaction, kept, accept_all(kept.reading, by=str(by), at=transaction.now))


def compiled(transaction: Transaction, sources: Iterable[str], head: Edition) -> Edition:
    """Return an edition of what counts in these sources; what still waits is not in it."""
    kept = [quarantine_rows.find_source(transaction, one) for one in sources]
    whole = joined((one.reading for one in kept), owner=head.owner)
    taken = [decision for one in kept for decision in one.reading.decisions]
    return as_edition(release(whole, taken), head)


def _keep(transaction: Transaction, kept: Quarantined, taken: Iterable[Decision]) -> Quarantined:
    released = release(kept.reading, taken)
    quarantine_rows.keep_decisions(transaction, kept.id, released)
    return quarantine_rows.find_source(transaction, kept.id)
