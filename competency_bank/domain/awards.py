"""What is due: a unit letter for every unit banked, a course certificate for every course finished.

A certificate rests on ledger entries and names them; when one of these is voided, the certificate
no longer rests on anything and must be revoked.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from certificates.credential.snapshot import CertificateKind
from competency_bank.domain.courses import ClassId
from competency_bank.domain.holdings import Holding
from competency_bank.domain.people import PersonId
from standards.model import UnitKey


class CertificateState(StrEnum):
    """How far a certificate has come."""

    PLANNED = "planned"
    """Its plan is stored; a crash before sealing loses nothing, the next run finishes it."""
    ISSUED = "issued"
    REVOKED = "revoked"


class RevocationReason(StrEnum):
    """Why a certificate is revoked; a closed list, because readers act on it."""

    ERROR = "issued-in-error"
    RECORD_VOIDED = "record-voided"
    NAME_CHANGED = "name-changed"
    KEY_COMPROMISED = "key-compromised"
    MISCONDUCT = "misconduct"


@dataclass(frozen=True, slots=True)
class Due:
    """A certificate that ought to be issued."""

    learner: PersonId
    kind: CertificateKind
    subject: str
    """The unit's key, or the class's id for a course certificate."""
    rests_on: tuple[Holding, ...]


def units_due(holdings: Iterable[Holding], live: Collection[tuple[str, str, str]]) -> list[Due]:
    """Return a unit letter for every holding that has none.

    ``live`` holds (learner, kind, subject) of the certificates that are planned or issued and not
    revoked.
    """
    due: dict[tuple[PersonId, UnitKey], Due] = {}
    for holding in holdings:
        name = (holding.learner, CertificateKind.UNIT.value, str(holding.unit))
        if name not in live:
            one = Due(holding.learner, CertificateKind.UNIT, str(holding.unit), (holding,))
            due.setdefault((holding.learner, holding.unit), one)
    return list(due.values())


def course_due(
    class_id: ClassId,
    units: Collection[UnitKey],
    holdings: Mapping[UnitKey, Holding],
    live: Collection[tuple[str, str, str]],
) -> Due | None:
    """Return the course certificate of one learner who completed a class, unless it stands.

    ``holdings`` are the learner's own, by unit. None as well where a unit of the course is not
    held any more: then there is nothing the certificate could rest on.
    """
    if not units or any(unit not in holdings for unit in units):
        return None
    learner = next(iter(holdings.values())).learner
    if (learner, CertificateKind.COURSE.value, str(class_id)) in live:
        return None
    rests_on = tuple(holdings[unit] for unit in units)
    return Due(learner, CertificateKind.COURSE, str(class_id), rests_on)
