"""Trip: what a unit is worth in another edition; decided by one person, confirmed by another."""

from dataclasses import dataclass, replace

from competency_bank.domain import clock
from competency_bank.domain.errors import BadInput, Conflict, NotAllowed
from competency_bank.domain.ledger import Entry, EntryKind
from competency_bank.domain.mandates import require
from competency_bank.domain.people import PersonId, Role
from competency_bank.storage import people_rows, succession_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.ledger_rows import append_entries
from competency_bank.storage.succession_rows import WITHDRAWS, KeptDecision
from standards.model import EditionId
from standards.succession import DecisionKind


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be decided, in the words they use for units."""

    kind: str
    old: str
    """Unit by code, alias or key; for a withdrawal the qualification."""
    new: str
    """Unit; for a withdrawal the edition on which the qualification was completed."""
    reason: str


def propose_decision(transaction: Transaction, asked: Asked, *, by: PersonId) -> KeptDecision:
    """Keep a decision for another person to confirm; it counts for nothing until then.

    Raises StandardsError when a unit is unknown or the decision contradicts one in force.
    """
    require(Role.CURRICULUM, among=people_rows.roles_of(transaction, by))
    kinds = [*(kind.value for kind in DecisionKind), WITHDRAWS]
    if asked.kind not in kinds:
        raise BadInput("unknown-decision-kind", value=asked.kind, kinds=", ".join(kinds))
    if not asked.reason.strip():
        raise BadInput("reason-missing")
    known = succession_rows.all_decisions(transaction)
    decision = replace(_named(transaction, asked, by), reference=f"D-{len(known) + 1:04d}")
    succession_rows.together([*(one for one in known if one.confirmed_by), decision])
    succession_rows.add_decision(transaction, decision)
    return decision


def confirm_decision(transaction: Transaction, reference: str, *, by: PersonId) -> KeptDecision:
    """Put a decision into force from its day on.

    Raises NotAllowed("approver-is-author") and Conflict("already-confirmed").
    """
    require(Role.CURRICULUM, among=people_rows.roles_of(transaction, by))
    decision = succession_rows.find_decision(transaction, reference)
    if decision.decided_by == by:
        raise NotAllowed("approver-is-author", name=reference)
    if decision.confirmed_by is not None:
        raise Conflict("already-confirmed", name=reference)
    confirmed = replace(decision, confirmed_by=by)
    in_force = [one for one in succession_rows.all_decisions(transaction) if one.confirmed_by]
    succession_rows.together([*in_force, confirmed])
    succession_rows.confirm_decision(transaction, reference, by)
    facts = {
        "reference": confirmed.reference,
        "decision": confirmed.kind,
        "old": confirmed.old,
        "new": confirmed.new,
        "edition": confirmed.edition,
        "on": confirmed.on.isoformat(),
        "reason": confirmed.reason,
        "decided_by": confirmed.decided_by,
    }
    entry = Entry(EntryKind.SUCCESSION_DECIDED, transaction.now, by, facts)
    append_entries(transaction, [entry])
    return confirmed


def _named(transaction: Transaction, asked: Asked, by: PersonId) -> KeptDecision:
    catalogue = load_catalogue(transaction)
    old, new, edition = "", "", ""
    if asked.kind == WITHDRAWS:
        old = catalogue.one_qualification(asked.old).key
        edition = catalogue.edition(EditionId(asked.new)).id
    else:
        old, new = catalogue.one_unit(asked.old).key, catalogue.one_unit(asked.new).key
    return KeptDecision(
        reference="",
        kind=asked.kind,
        old=old,
        new=new,
        edition=edition,
        on=clock.local_day(transaction.now),
        reason=asked.reason.strip(),
        decided_by=by,
        confirmed_by=None,
    )
