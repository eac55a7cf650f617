"""Courses and the versions of their mappings."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache

from sqlalchemy import Row, bindparam, func, insert, select, update

from competency_bank.domain.courses import Course, MapState, PlannedPaper
from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.domain.people import PersonId
from competency_bank.storage.curriculum_tables import CourseMapRow, CourseRow
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.mapped_row import table
from standards.course_map import CourseMap, from_dict, map_bytes, map_digest

_courses = table(CourseRow)
_maps = table(CourseMapRow)
_ONE_MAP = select(_maps).where(
    (_maps.c.course_code == bindparam("course")) & (_maps.c.version == bindparam("version"))
)
"""Built once: every sheet asks for the mapping of its class."""


@dataclass(frozen=True, slots=True)
class StoredMap:
    """One version of a mapping and where it stands."""

    course_map: CourseMap
    state: MapState
    digest: str
    proposed_by: PersonId
    approved_by: PersonId | None


def put_course(transaction: Transaction, course: Course) -> bool:
    """Add a course; True when it was new.

    Raises Conflict("course-differs") when another course has this code: a course that people
    completed is not rewritten.
    """
    row = {
        "code": course.code,
        "title_th": course.title_th,
        "title_en": course.title_en,
        "hours": course.hours,
        "days": course.days,
        "note_th": course.note_th,
        "note_en": course.note_en,
        "source_url": course.source_url,
        "papers": json.dumps([asdict(one) for one in course.papers], ensure_ascii=False),
    }
    known = transaction.connection.execute(select(_courses).where(_courses.c.code == course.code))
    old = known.mappings().first()
    if old is None:
        transaction.connection.execute(insert(_courses), row)
        return True
    if dict(old) != row:
        raise Conflict("course-differs", name=course.code)
    return False


def find_course(transaction: Transaction, code: str) -> Course:
    """Return a course; raises NotFound("unknown-course")."""
    row = transaction.connection.execute(select(_courses).where(_courses.c.code == code)).first()
    if row is None:
        raise NotFound("unknown-course", name=code)
    return _course_from(row)


def all_courses(transaction: Transaction) -> list[Course]:
    """Return every course by code."""
    rows = transaction.connection.execute(select(_courses).order_by(_courses.c.code))
    return [_course_from(row) for row in rows]


def _course_from(row: "Row[tuple[object, ...]]") -> Course:
    values = row._asdict()
    papers = tuple(PlannedPaper(**one) for one in json.loads(values.pop("papers")))
    return Course(**values, papers=papers)


def add_map(transaction: Transaction, course_map: CourseMap, proposed_by: PersonId) -> None:
    """Add a proposed version of a mapping."""
    row = {
        "course_code": course_map.course_code,
        "version": course_map.version,
        "state": MapState.PROPOSED.value,
        "proposed_by": proposed_by,
        "digest": map_digest(course_map),
        "document": map_bytes(course_map),
    }
    transaction.connection.execute(insert(_maps), row)


def approve_map(transaction: Transaction, course: str, version: int, by: PersonId) -> None:
    """Mark a version approved and every earlier approved one retired."""
    same = _maps.c.course_code == course
    retire = same & (_maps.c.state == MapState.APPROVED.value)
    transaction.connection.execute(update(_maps).where(retire).values(state=MapState.RETIRED.value))
    this = same & (_maps.c.version == version)
    approved = {"state": MapState.APPROVED.value, "approved_by": by}
    transaction.connection.execute(update(_maps).where(this).values(approved))


def latest_version(transaction: Transaction, course: str) -> int:
    """Return the number of the newest version of a course's mapping, 0 when there is none."""
    query = select(func.max(_maps.c.version)).where(_maps.c.course_code == course)
    return int(transaction.connection.execute(query).scalar() or 0)


def find_map(transaction: Transaction, course: str, version: int) -> StoredMap:
    """Return one version of a mapping; raises NotFound("unknown-mapping")."""
    asked = {"course": course, "version": version}
    row = transaction.connection.execute(_ONE_MAP, asked).first()
    if row is None:
        raise NotFound("unknown-mapping", name=f"{course} {version}")
    return StoredMap(
        course_map=read_map(stored_bytes(row.document)),
        state=MapState(row.state),
        digest=row.digest,
        proposed_by=PersonId(row.proposed_by),
        approved_by=None if row.approved_by is None else PersonId(row.approved_by),
    )


@lru_cache(maxsize=64)
def read_map(document: bytes) -> CourseMap:
    """Return the mapping that a stored document states; the same bytes are read once."""
    return from_dict(json.loads(document), file="database")


def approved_map(transaction: Transaction, course: str) -> StoredMap:
    """Return the mapping in force; raises NotFound("no-approved-mapping")."""
    where = (_maps.c.course_code == course) & (_maps.c.state == MapState.APPROVED.value)
    version = transaction.connection.execute(select(_maps.c.version).where(where)).scalar()
    if version is None:
        raise NotFound("no-approved-mapping", name=course)
    return find_map(transaction, course, int(version))


def all_maps(transaction: Transaction) -> list[StoredMap]:
    """Return every version of every mapping, for the audit."""
    keys = transaction.connection.execute(select(_maps.c.course_code, _maps.c.version))
    return [find_map(transaction, code, int(version)) for code, version in keys]
