"""What is due, and on what each certificate rests.

A unit letter for every unit banked and a course certificate for every course finished are due by
themselves. A qualification certificate is due once every unit is banked, but only issued when asked
for by name: awarding the qualification is a decision of its certifying body. Training records,
portfolios and honours are made on request.

A certificate rests on ledger entries and names them; when one of these is voided, the certificate
no longer rests on anything and must be revoked.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from certificates.credential.snapshot import CertificateKind
from competency_bank.domain.courses import ClassId
from competency_bank.domain.holdings import Holding
from competency_bank.domain.people import PersonId
from standards.model import EditionId, Qualification, QualificationKey, UnitKey


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
    ERASED = "holder-erased"
    """The holder's data are gone; stated by an erasure, never by a revocation."""
    REPLACED = "replaced"
    """Another certificate stands in its place; stated by a replacement, never by a revocation."""


CountsFor = Callable[[UnitKey], frozenset[UnitKey]]
"""Says for which units one held unit counts, itself among them."""


@dataclass(frozen=True, slots=True)
class Due:
    """A certificate that ought to be issued."""

    learner: PersonId
    kind: CertificateKind
    subject: str
    """What it is about: a unit's or a qualification's key, a class's id; one stands at a time."""
    rests_on: tuple[Holding, ...]
    of_class: ClassId | None = None
    """The class of a course certificate or a training record."""
    edition: EditionId | None = None
    """The edition on which a qualification was completed."""

    @property
    def class_id(self) -> ClassId | None:
        """The class it comes from: its own, or that of the last pass it rests on."""
        return self.of_class or (self.rests_on[-1].class_id if self.rests_on else None)


DUE_BY_ITSELF = frozenset({CertificateKind.UNIT, CertificateKind.COURSE})
"""Kinds that are issued without being asked for by name."""


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
    return Due(learner, CertificateKind.COURSE, str(class_id), rests_on, of_class=class_id)


def qualifications_due(
    learner: PersonId,
    completed: Iterable[tuple[Qualification, EditionId]],
    holdings: Sequence[Holding],
    *,
    counting: CountsFor,
    live: Collection[tuple[str, str, str]],
) -> list[Due]:
    """Return the certificate of every completed qualification that has none.

    ``counting`` says for which units a held one counts (decisions on succession). A certificate
    rests on every holding that counts for a unit of the qualification, each unit once.
    """
    due: dict[QualificationKey, Due] = {}
    for qualification, edition in completed:
        wanted = frozenset(qualification.units)
        own = {h.unit: h for h in holdings if counting(h.unit) & wanted}
        kind, subject = CertificateKind.QUALIFICATION, str(qualification.key)
        if own and (learner, kind.value, subject) not in live:
            one = Due(learner, kind, subject, tuple(own.values()), edition=edition)
            due[qualification.key] = one
    return list(due.values())


def record_due(
    learner: PersonId,
    class_id: ClassId,
    units: Collection[UnitKey],
    holdings: Mapping[UnitKey, Holding],
    live: Collection[tuple[str, str, str]],
) -> Due | None:
    """Return the training record of an unfinished course, unless the very same one stands.

    It is the same as long as it rests on the same passes; after another pass it is another one.
    None as well where no unit of the course is left.
    """
    passed = tuple(holdings[unit] for unit in units if unit in holdings)
    if len(passed) == len(units):
        return None
    entries = "+".join(str(holding.entry) for holding in passed)
    subject = f"{class_id}/{entries}"
    if (learner, CertificateKind.RECORD.value, subject) in live:
        return None
    return Due(learner, CertificateKind.RECORD, subject, passed, of_class=class_id)
