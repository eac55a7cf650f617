"""Courses, the classes that run them, and who is enrolled."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, NewType

from competency_bank.domain.people import PersonId, SchoolId

ClassId = NewType("ClassId", str)


class MapState(StrEnum):
    """Where a mapping of a course to units stands on its way to being used."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETIRED = "retired"


class EnrolmentState(StrEnum):
    """How a learner stands to a class; leaving never touches the units already passed."""

    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class PlannedPaper:
    """One certificate that a course leads to, and who gives it.

    A course may lead to several, each from another issuer with a key of its own; this bank issues
    only those that name it as ``OWN_ISSUER``.
    """

    kind: str
    """``unit``, ``course`` or ``qualification``."""
    issuer_th: str
    issuer_en: str


OWN_ISSUER = "this-bank"
"""English issuer name of a planned paper that this bank issues itself."""


@dataclass(frozen=True, slots=True)
class Course:
    """A course (หลักสูตร) as a school offers it."""

    code: str
    title_th: str
    title_en: str | None
    hours: int | None
    """Hours of teaching, or None where no source gives them."""
    days: int | None
    note_th: str | None
    note_en: str | None
    source_url: str | None
    papers: tuple[PlannedPaper, ...] = ()
    """Certificate plan; empty where no source says which papers the course leads to."""


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """One run of a course at a school (รุ่น), pinned to one version of the course's mapping."""

    id: ClassId
    course_code: str
    map_version: int
    school: SchoolId
    starts: date
    ends: date
    teachers: tuple[PersonId, ...]


class Enrolment(NamedTuple):
    """One learner in one class; a tuple, because a large class has thousands."""

    class_id: ClassId
    learner: PersonId
    number: str
    """Number on the class list, unique in the class."""
    state: EnrolmentState
