"""What a learner holds: the units of competency banked, whatever became of the course."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from certificates.credential.snapshot import Basis
from competency_bank.domain.courses import ClassId
from competency_bank.domain.people import PersonId
from standards.model import EditionId, UnitKey


@dataclass(frozen=True, slots=True)
class Holding:
    """One unit that one learner passed, as recorded by one ledger entry."""

    learner: PersonId
    unit: UnitKey
    edition: EditionId
    """The edition the unit was earned on; a new edition never changes it."""
    basis: Basis
    class_id: ClassId
    passed_on: date
    entry: int
    """Index of the ledger entry that states it."""
    recorded_at: datetime
    recorded_by: PersonId
    score: Decimal | None = None
    note: str | None = None


def units_held(holdings: Iterable[Holding]) -> frozenset[UnitKey]:
    """Return the units held, each once however often and on whatever basis it was passed."""
    return frozenset(holding.unit for holding in holdings)


def details_of_pass(score: Decimal | None, note: str | None) -> dict[str, str | None]:
    """Return the details of a pass that its entry vouches for without showing them."""
    shown = None if score is None else f"{score.normalize():f}"
    return {"score": shown, "note": note}
