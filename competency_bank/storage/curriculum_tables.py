"""The tables of the curriculum office: standards, courses, mappings, decisions on editions."""

from datetime import date, datetime

from sqlmodel import Field

from competency_bank.storage.instants import Instant
from competency_bank.storage.mapped_row import Row


class EditionRow(Row, table=True):
    """One edition of a standard, whole. Personal data: none; never erased or edited."""

    __tablename__ = "editions"
    id: str = Field(primary_key=True)
    owner: str
    released: date
    digest: str
    document: bytes


class CourseRow(Row, table=True):
    """A course. Personal data: none."""

    __tablename__ = "courses"
    code: str = Field(primary_key=True)
    title_th: str
    title_en: str | None = None
    hours: int | None = None
    days: int | None = None
    note_th: str | None = None
    note_en: str | None = None
    source_url: str | None = None
    papers: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})


class CourseMapRow(Row, table=True):
    """One version of a course's mapping. Personal data: who proposed and approved; kept."""

    __tablename__ = "course_maps"
    course_code: str = Field(primary_key=True, foreign_key="courses.code")
    version: int = Field(primary_key=True)
    state: str
    proposed_by: str = Field(foreign_key="people.id")
    approved_by: str | None = Field(default=None, foreign_key="people.id")
    digest: str
    document: bytes


class QuarantineRow(Row, table=True):
    """A standard's source that waits for a person. Personal data: who decided; kept with it."""

    __tablename__ = "quarantine"
    id: str = Field(primary_key=True)
    name: str
    owner: str
    data: bytes
    decisions: str
    created_at: datetime = Field(sa_type=Instant)


class SuccessionRow(Row, table=True):
    """What one unit is worth in the place of another. Personal data: who decided; kept."""

    __tablename__ = "successions"
    reference: str = Field(primary_key=True)
    kind: str
    old: str
    new: str
    edition: str
    on: date
    reason: str
    decided_by: str = Field(foreign_key="people.id")
    confirmed_by: str | None = Field(default=None, foreign_key="people.id")


class CompletionRow(Row, table=True):
    """A qualification once completed on an edition. Personal data: by opaque id; never erased."""

    __tablename__ = "completions"
    learner_id: str = Field(primary_key=True)
    qualification: str = Field(primary_key=True)
    edition: str = Field(primary_key=True)
