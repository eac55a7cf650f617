"""The tables of the record: ledger, people, classes, passes, certificates, sign-in.

Those of the curriculum office are in ``curriculum_tables``.

Rows live only in this room: a SQLModel table does not validate, so domain values are parsed before
they come here. Every table says what personal data it holds and when that goes. The keys of a
table that holds something for each learner start with ``learner_id``, so that the bank can be
spread over several databases by learner.

Trust: whoever can write to this database can stop the bank, but cannot forge silently: entries,
tiles and checkpoints are recomputed by the audit, and checkpoints are signed with a key that does
not lie here. Triggers refuse to change or delete any of the three (migration ``guarded_log``): that
stops a slip of the hand, not somebody who drops them first.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field

from competency_bank.storage.instants import Instant
from competency_bank.storage.mapped_row import LogPlace, Row

RARE = text("kind <> 'unit-passed'")


class LedgerEntryRow(Row, table=True):
    """One entry of the ledger. Personal data: none (opaque ids and commitments); never erased."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        # Nearly all entries are passes, and nobody asks for all passes.
        Index("ix_ledger_entries_kind", "kind", sqlite_where=RARE, postgresql_where=RARE),
    )
    index: int = Field(
        primary_key=True, sa_type=LogPlace, sa_column_kwargs={"autoincrement": False}
    )
    kind: str
    at: str
    """As in the body; text, so that the audit can read whatever somebody wrote here."""
    body: bytes


class LogTileRow(Row, table=True):
    """One hash tile of the log. Personal data: none; never erased."""

    __tablename__ = "log_tiles"
    level: int = Field(primary_key=True)
    index: int = Field(primary_key=True, sa_type=LogPlace)
    hashes: bytes


class CheckpointRow(Row, table=True):
    """One signed checkpoint of the log. Personal data: none; never erased."""

    __tablename__ = "checkpoints"
    size: int = Field(primary_key=True, sa_type=LogPlace, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    note: str


class CosignatureRow(Row, table=True):
    """What a witness signed on a checkpoint. Personal data: none; never erased."""

    __tablename__ = "cosignatures"
    size: int = Field(primary_key=True, foreign_key="checkpoints.size")
    witness: str = Field(primary_key=True)
    line: str
    at: datetime = Field(sa_type=Instant)


class SchoolRow(Row, table=True):
    """A school. Personal data: none."""

    __tablename__ = "schools"
    id: str = Field(primary_key=True)
    name_th: str
    name_en: str


class PersonRow(Row, table=True):
    """A person. Personal data: name, birth date, matching code; erased on request, id stays."""

    __tablename__ = "people"
    id: str = Field(primary_key=True)
    ref: str = Field(unique=True)
    title: str | None = None
    given: str
    family: str | None = None
    birth_date: date | None = None
    national_id_code: str | None = Field(default=None, unique=True)
    national_id_shown: str | None = None
    salt: bytes


class RoleRow(Row, table=True):
    """What a person is to a school. Personal data: employment; goes when the role ends."""

    __tablename__ = "roles"
    person_id: str = Field(primary_key=True, foreign_key="people.id")
    role: str = Field(primary_key=True)
    school_id: str = Field(primary_key=True, foreign_key="schools.id")


class ClassRow(Row, table=True):
    """One run of a course. Personal data: none."""

    __tablename__ = "classes"
    id: str = Field(primary_key=True)
    course_code: str = Field(foreign_key="courses.code")
    map_version: int
    school_id: str = Field(foreign_key="schools.id")
    starts: date
    ends: date


class ClassTeacherRow(Row, table=True):
    """Who teaches a class. Personal data: employment; kept with the records it explains."""

    __tablename__ = "class_teachers"
    class_id: str = Field(primary_key=True, foreign_key="classes.id")
    teacher_id: str = Field(primary_key=True, foreign_key="people.id", index=True)


class EnrolmentRow(Row, table=True):
    """Who attends a class. Personal data: attendance by opaque id; the person can be erased."""

    __tablename__ = "enrolments"
    __table_args__ = (Index("ix_enrolments_class_number", "class_id", "number"),)
    learner_id: str = Field(primary_key=True)
    class_id: str = Field(primary_key=True)
    number: str
    state: str


class RecordRow(Row, table=True):
    """One pass of one unit. Personal data: score and note, with their salt; erased on request.

    Clustered by learner (WITHOUT ROWID): ten times more records change nothing for one learner.
    By its ledger entry a pass is found through the entry, which names learner and unit.
    """

    __tablename__ = "records"
    __table_args__ = (
        Index(
            "uq_records_standing",
            "learner_id",
            "unit_key",
            "basis",
            unique=True,
            sqlite_where=text("voided_entry IS NULL"),
            postgresql_where=text("voided_entry IS NULL"),
        ),
        {"sqlite_with_rowid": False},
    )
    learner_id: str = Field(primary_key=True)
    unit_key: str = Field(primary_key=True)
    entry: int = Field(primary_key=True, sa_type=LogPlace)
    edition: str
    basis: str
    class_id: str
    passed_on: date
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str
    voided_entry: int | None = Field(default=None, sa_type=LogPlace)
    voided_at: datetime | None = Field(default=None, sa_type=Instant)
    score: Decimal | None = Field(default=None, max_digits=8, decimal_places=3)
    note: str | None = None
    salt: bytes


class CertificateRow(Row, table=True):
    """One certificate and its frozen plan. Personal data: the name at issue; erased on request."""

    __tablename__ = "certificates"
    __table_args__ = (
        Index(
            "uq_certificates_standing",
            "learner_id",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("state <> 'revoked'"),
            postgresql_where=text("state <> 'revoked'"),
        ),
    )
    learner_id: str = Field(primary_key=True)
    serial: str = Field(primary_key=True, index=True)
    kind: str
    subject: str
    class_id: str = Field(index=True)
    state: str = Field(index=True)
    plan: bytes
    rests_on: str
    planned_at: datetime = Field(sa_type=Instant)
    document_digest: str | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    reason: str | None = None


class PaperCodeRow(Row, table=True):
    """Which certificate a paper code names. Personal data: none."""

    __tablename__ = "paper_codes"
    code: str = Field(primary_key=True)
    learner_id: str
    serial: str


class StatusSlotRow(Row, table=True):
    """A position on a status list, used once for ever. Personal data: none."""

    __tablename__ = "status_slots"
    list_number: int = Field(primary_key=True)
    index: int = Field(primary_key=True)
    serial: str = Field(index=True)
    revoked: bool = False


class CounterRow(Row, table=True):
    """Numbers that are given out once, for example serials of a year. Personal data: none."""

    __tablename__ = "counters"
    name: str = Field(primary_key=True)
    value: int


class SignInLinkRow(Row, table=True):
    """A sign-in link, by the hash of its secret. Personal data: who may sign in; until expiry."""

    __tablename__ = "sign_in_links"
    secret_hash: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="people.id")
    role: str
    expires_at: datetime = Field(sa_type=Instant)


class SessionRow(Row, table=True):
    """A signed-in browser, by the hash of its secret. Personal data: who; until sign-out."""

    __tablename__ = "sessions"
    secret_hash: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="people.id")
    role: str
    expires_at: datetime = Field(sa_type=Instant)


class PendingSheetRow(Row, table=True):
    """A class sheet under review. Personal data: the sheet; gone on decision or in a day."""

    __tablename__ = "pending_sheets"
    id: str = Field(primary_key=True)
    class_id: str = Field(foreign_key="classes.id")
    teacher_id: str = Field(foreign_key="people.id")
    name: str
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = Field(sa_type=Instant)


class AnsweredRequestRow(Row, table=True):
    """What a request with a key was answered. Personal data: the answer; gone within two days."""

    __tablename__ = "answered_requests"
    account: str = Field(primary_key=True)
    route: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    digest: str
    status: int
    media_type: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    answered_at: datetime = Field(sa_type=Instant, index=True)


class PublicKeyRow(Row, table=True):
    """The public half of a key the bank signs or signed with. Personal data: none; never erased."""

    __tablename__ = "public_keys"
    kid: str = Field(primary_key=True)
    jwk: str
    """Canonical JSON; ``kid`` is its thumbprint, and stands in the ledger."""
    ends: datetime = Field(sa_type=Instant)
    """When the key's time was to end as it was made."""
