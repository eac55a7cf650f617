"""Decisions on what a unit of one edition is worth in another, and what people completed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.domain.people import PersonId
from competency_bank.storage.curriculum_tables import CompletionRow, SuccessionRow
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.record_rows import every_holding
from standards.edition_effects import Completed, Standing
from standards.model import EditionId, QualificationKey, UnitKey
from standards.succession import (
    Decision,
    DecisionKind,
    Decisions,
    Signed,
    Withdrawal,
    check_decisions,
)

WITHDRAWS = "withdraws"
"""Kind of the one decision that takes a completed qualification away."""

_successions = table(SuccessionRow)
_completions = table(CompletionRow)


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision as it is kept; in force once another person confirmed it."""

    reference: str
    kind: str
    old: str
    new: str
    """Unit that ``old`` is compared with; empty for a withdrawal."""
    edition: str
    """Edition of a withdrawn qualification; empty otherwise."""
    on: date
    reason: str
    decided_by: PersonId
    confirmed_by: PersonId | None


def add_decision(transaction: Transaction, decision: KeptDecision) -> None:
    """Keep a decision that waits for its second person; raises Conflict("reference-taken")."""
    row = {
        "reference": decision.reference,
        "kind": decision.kind,
        "old": decision.old,
        "new": decision.new,
        "edition": decision.edition,
        "on": decision.on,
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "confirmed_by": decision.confirmed_by,
    }
    try:
        transaction.connection.execute(insert(_successions), row)
    except IntegrityError as fault:
        raise Conflict("reference-taken", name=decision.reference) from fault


def confirm_decision(transaction: Transaction, reference: str, by: PersonId) -> None:
    """Note who confirmed a decision."""
    change = update(_successions).where(_successions.c.reference == reference)
    transaction.connection.execute(change.values(confirmed_by=by))


def find_decision(transaction: Transaction, reference: str) -> KeptDecision:
    """Return one decision; raises NotFound("unknown-decision")."""
    query = select(_successions).where(_successions.c.reference == reference)
    row = transaction.connection.execute(query).first()
    if row is None:
        raise NotFound("unknown-decision", name=reference)
    return _kept_from(row)


def all_decisions(transaction: Transaction) -> list[KeptDecision]:
    """Return every decision, confirmed or waiting, by reference."""
    rows = transaction.connection.execute(select(_successions).order_by(_successions.c.reference))
    return [_kept_from(row) for row in rows]


def decisions_in_force(transaction: Transaction) -> Decisions:
    """Return the confirmed decisions together."""
    return together(one for one in all_decisions(transaction) if one.confirmed_by is not None)


def together(kept: Iterable[KeptDecision]) -> Decisions:
    """Return decisions that do not contradict each other; raises RefusedDecision otherwise.

    One that is not confirmed yet is taken as it would be after its confirmation.
    """
    units, withdrawals = [], []
    for one in kept:
        confirmer = one.confirmed_by or PersonId("waiting")
        signed = Signed(one.reference, one.decided_by, confirmer, one.on, one.reason)
        if one.kind == WITHDRAWS:
            withdrawn = Withdrawal(QualificationKey(one.old), EditionId(one.edition), signed)
            withdrawals.append(withdrawn)
        else:
            decision = Decision(DecisionKind(one.kind), UnitKey(one.old), UnitKey(one.new), signed)
            units.append(decision)
    return check_decisions(units, withdrawals)


def completions(transaction: Transaction) -> dict[PersonId, frozenset[Completed]]:
    """Return what every learner was found to have completed before."""
    found: dict[PersonId, set[Completed]] = {}
    for row in transaction.connection.execute(select(_completions)):
        completed = Completed(QualificationKey(row.qualification), EditionId(row.edition))
        found.setdefault(PersonId(row.learner_id), set()).add(completed)
    return {learner: frozenset(own) for learner, own in found.items()}


def completions_of(transaction: Transaction, learner: PersonId) -> frozenset[Completed]:
    """Return what one learner was found to have completed before."""
    query = select(_completions).where(_completions.c.learner_id == learner)
    return frozenset(
        Completed(QualificationKey(row.qualification), EditionId(row.edition))
        for row in transaction.connection.execute(query)
    )


def standings(transaction: Transaction) -> dict[PersonId, Standing]:
    """Return the units and the completed qualifications of everybody who holds a unit."""
    units: dict[PersonId, set[UnitKey]] = {}
    for holding in every_holding(transaction):
        units.setdefault(holding.learner, set()).add(holding.unit)
    before = completions(transaction)
    return {
        learner: Standing(frozenset(own), before.get(learner, frozenset()))
        for learner, own in units.items()
    }


def add_completions(transaction: Transaction, found: Iterable[tuple[PersonId, Completed]]) -> None:
    """Write down completed qualifications for good."""
    rows = [
        {
            "learner_id": learner,
            "qualification": completed.qualification,
            "edition": completed.edition,
        }
        for learner, completed in found
    ]
    if rows:
        transaction.connection.execute(insert(_completions), rows)


def _kept_from(row: "Row[tuple[object, ...]]") -> KeptDecision:
    confirmed = None if row.confirmed_by is None else PersonId(row.confirmed_by)
    return KeptDecision(
        reference=row.reference,
        kind=row.kind,
        old=row.old,
        new=row.new,
        edition=row.edition,
        on=row.on,
        reason=row.reason,
        decided_by=PersonId(row.decided_by),
        confirmed_by=confirmed,
    )
