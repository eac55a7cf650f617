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
    QUALIFICATION = "qualification"
    """ประกาศนียบัตรคุณวุฒิวิชาชีพ: every unit that a qualification asks for."""
    HONOUR = "honour"
    """ประกาศเกียรติคุณ: what somebody knows and gave to a trade, cited by two persons."""
    RECORD = "record"
    """Training record of an unfinished course: what was passed of it, and what is left."""
    PORTFOLIO = "portfolio"
    """แฟ้มสะสมสมรรถนะ: what one person holds, with its papers and where it leads."""


class Form(StrEnum):
    """How a statement is written as a credential; every form that was ever issued is kept."""

    FIRST = "first"
    """Release 0.1: unit letters and course certificates, without what was added later."""
    SECOND = "second"


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
class ElementShown:
    """An element of a unit (หน่วยสมรรถนะย่อย)."""

    code: str
    title_th: str


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
    case_uri: str | None = None
    """Address of the unit as a CASE 1.1 item of the bank that issues."""
    owner_name: str | None = None
    """Name of the owner of the standard, in Thai."""
    elements: tuple[ElementShown, ...] = ()
    """Its elements, where their texts may be passed on."""


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
    version: str | None = None
    """Version of the mapping from course to units."""


@dataclass(frozen=True, slots=True)
class QualificationShown:
    """A qualification (คุณวุฒิวิชาชีพ) as one edition composes it, and the units it rests on."""

    uri: str
    code: str
    title_th: str
    title_en: str | None
    owner: str
    edition: str
    occupation: str | None
    level: str | None
    made_up: bool
    units: tuple[UnitShown, ...]
    """The units that were counted, each as the edition it was earned on states it."""
    case_uri: str | None = None
    owner_name: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One of the persons by whom an honour is awarded."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class HonourShown:
    """What somebody is honoured for; no unit of competency follows from it."""

    uri: str
    title_th: str
    title_en: str | None
    field: str
    """The trade or the body of local wisdom, for example ``ช่างทอผ้าไหม``."""
    reason: str
    """Why, as the citation says it."""
    awarded_by: tuple[Citation, Citation]
    """Two different persons: who proposed it and who agreed."""


class Attendance(StrEnum):
    """Why a course is unfinished."""

    WITHDRAWN = "withdrawn"
    UNDER_WAY = "under-way"


@dataclass(frozen=True, slots=True)
class RecordShown:
    """An unfinished course: what was passed stays, what is left is named."""

    uri: str
    code: str
    title_th: str
    title_en: str | None
    hours: int | None
    attendance: Attendance
    units: tuple[UnitShown, ...]
    """Units of the course that the holder passed; may be none."""
    left: tuple[UnitShown, ...]
    """Units of the course still to pass; never none, or the course would be finished."""
    version: str | None = None


@dataclass(frozen=True, slots=True)
class HeldShown:
    """One unit in a portfolio."""

    unit: UnitShown
    basis: Basis
    passed_on: date
    school: str
    """Name of the school, in Thai."""
    course: str | None
    """Code of the course in which it was passed, or None."""
    serials: tuple[str, ...]
    """Serials of the papers in force that certify it; the unit letter first."""


@dataclass(frozen=True, slots=True)
class PathwayShown:
    """How far a portfolio reaches into one qualification."""

    uri: str
    code: str
    title_th: str
    title_en: str | None
    level: str | None
    held: tuple[str, ...]
    """URIs of units in the portfolio that count towards it."""
    missing: int
    """How many units are still needed; 0 for a qualification that is complete."""


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A file that shows what the holder can do; its digest is signed, the file stays outside."""

    name: str
    media_type: str
    """For example ``image/jpeg`` (RFC 6838)."""
    sha256: str
    """Digest of the file, 64 lower-case hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class PortfolioShown:
    """What one person holds on one day, or the part that was picked to be shown."""

    uri: str
    title_th: str
    title_en: str | None
    partial: bool
    """True when units were left out."""
    held: tuple[HeldShown, ...]
    pathways: tuple[PathwayShown, ...]
    courses: tuple[CourseShown, ...]
    """Courses in which units of the portfolio were passed, with those units only."""
    members: tuple[str, ...]
    """The certificates themselves, each as the VC-JWT that was issued; at least one."""


Shown = UnitShown | CourseShown | QualificationShown | HonourShown | RecordShown | PortfolioShown


@dataclass(frozen=True, slots=True)
class StatusRef:
    """Where the revocation status of this certificate is published."""

    list_uri: str
    index: int
    """Position in the list, 0 to 131,071, drawn at random."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything one certificate says.

    Of ``unit`` to ``portfolio`` exactly the one named as ``kind`` is present.
    """

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
    qualification: QualificationShown | None = None
    honour: HonourShown | None = None
    record: RecordShown | None = None
    portfolio: PortfolioShown | None = None
    started_on: date | None = None
    """First day of the training behind it, in Asia/Bangkok."""
    hours: int | None = None
    """Hours of training that led to it."""
    evidence: tuple[EvidenceShown, ...] = ()
    """Files behind it, by their digests."""
    endorsements: tuple[str, ...] = ()
    """Endorsements of what is certified by others, each a whole EndorsementCredential with its
    own proof, as canonical JSON (RFC 8785)."""
    replaces: str | None = None
    """Serial of the certificate in whose place this one stands."""
    form: Form = Form.SECOND
