"""What a certificate says, frozen at the moment it is planned.

A certificate shows the unit as it stood on the day: the values below are copies of the record and
of the standard, so that nothing needs to be looked up to read or check it. Ledger entry,
credential and page are all built from one and the same ``Statement``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CertificateKind(StrEnum):
    """The kinds of paper that can be issued."""

    UNIT = "unit"
    """หนังสือรับรองสมรรถนะ: one unit of competency."""
    COURSE = "course"
    """Certificate of a completed course."""


class Basis(StrEnum):
    """On what a pass rests; training is not assessment (Royal Decree No. 2 B.E. 2562, s.7(6))."""

    TRAINING = "training"
    ASSESSMENT = "assessment"
    PRIOR_LEARNING = "prior-learning"
    OUTSIDE = "outside-certificate"


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation named on a certificate: its issuer, or the school where it was earned."""

    id: str
    """Absolute URI; for an issuer, the id under which the trust list knows it."""
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Holder:
    """The person a certificate speaks of, with no more than the paper needs."""

    id: str
    """``urn:uuid:...`` of the opaque learner id; never a national number."""
    name: str
    """Title, given name and family name as they stand at the moment of issue."""


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit of competency as the certificate shows it."""

    uri: str
    """Absolute URI of the unit in the bank that issues."""
    code: str
    title_th: str
    title_en: str | None
    owner: str
    """Code of the owner of the standard, for example ``TPQI``."""
    edition: str
    occupation: str | None
    level: str | None
    """Level with its scale in words, for example ``ระดับ 3``; None where no source gives one."""
    made_up: bool
    """True for a unit of a demonstration standard."""


@dataclass(frozen=True, slots=True)
class CourseShown:
    """A course as the certificate shows it."""

    uri: str
    code: str
    title_th: str
    title_en: str | None
    hours: int | None
    units: tuple[UnitShown, ...]
    """The units the course's approved mapping names, all of which the holder passed."""


@dataclass(frozen=True, slots=True)
class StatusRef:
    """Where the revocation status of this certificate is published."""

    list_uri: str
    index: int
    """Position in the list, 0 to 131,071, drawn at random."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything one certificate says. Exactly one of ``unit`` and ``course`` is present."""

    id: str
    """``urn:uuid:...``, new for every certificate."""
    serial: str
    """Printed number, for example ``BMA-2569-000123``; unique in the bank, never used again."""
    paper_code: str
    """Code for the check page: 25 random Crockford base32 characters and a check character."""
    check_url: str
    """Address of the check page for this code, as in the QR."""
    kind: CertificateKind
    issuer: Party
    holder: Holder
    school: Party
    basis: Basis
    unit: UnitShown | None
    course: CourseShown | None
    passed_on: date
    """Day of the (last) pass, in Asia/Bangkok."""
    issued_at: datetime
    """Moment of issue, UTC, whole seconds."""
    valid_until: datetime | None
    """End of validity, UTC; None for no expiry."""
    status: StatusRef
    demonstration: bool
    """True when issued with development keys: the page then says so."""
