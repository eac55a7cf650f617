"""Trip: a course mapped to units; proposed by one person, approved by another."""

from collections.abc import Iterable
from dataclasses import replace

from competency_bank.domain.courses import Course, MapState
from competency_bank.domain.errors import Conflict, NotAllowed
from competency_bank.domain.ledger import Entry, EntryKind, Fact
from competency_bank.domain.mandates import require
from competency_bank.domain.people import PersonId, Role
from competency_bank.storage import course_rows, people_rows
from competency_bank.storage.course_rows import StoredMap
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.ledger_rows import append_entries
from standards.course_map import CourseMap, check_map


def add_courses(transaction: Transaction, courses: Iterable[Course]) -> int:
    """Add courses and return how many were new; a course that is there may not differ."""
    return sum(course_rows.put_course(transaction, course) for course in courses)


def propose_map(transaction: Transaction, course_map: CourseMap, *, by: PersonId) -> int:
    """Keep a mapping as the next version, for another person to approve; returns the version.

    Proposing again what one has just proposed is the same as proposing once.
    Every unit must exist in the edition named (StandardsError otherwise); the proposer must be a
    curriculum officer.
    """
    require(Role.CURRICULUM, among=people_rows.roles_of(transaction, by))
    course_rows.find_course(transaction, course_map.course_code)
    check_map(course_map, load_catalogue(transaction))
    latest = course_rows.latest_version(transaction, course_map.course_code)
    if latest and _waits(
        course_rows.find_map(transaction, course_map.course_code, latest), course_map, by
    ):
        return latest
    version = latest + 1
    course_rows.add_map(transaction, replace(course_map, version=version), by)
    return version


def _waits(stored: StoredMap, course_map: CourseMap, by: PersonId) -> bool:
    """Tell whether this person proposed this very mapping and nobody decided on it yet."""
    same = stored.course_map == replace(course_map, version=stored.course_map.version)
    return same and stored.state is MapState.PROPOSED and stored.proposed_by == by


def approve_map(transaction: Transaction, course_code: str, *, by: PersonId) -> int:
    """Put the newest proposed version into force; the one before is retired, never changed.

    Raises NotAllowed("approver-is-author") and Conflict("nothing-proposed").
    """
    require(Role.CURRICULUM, among=people_rows.roles_of(transaction, by))
    version = course_rows.latest_version(transaction, course_code)
    course_rows.find_course(transaction, course_code)
    if version == 0:
        raise Conflict("nothing-proposed", name=course_code)
    stored = course_rows.find_map(transaction, course_code, version)
    if stored.state is not MapState.PROPOSED:
        raise Conflict("nothing-proposed", name=course_code)
    if stored.proposed_by == by:
        raise NotAllowed("approver-is-author", name=course_code)
    course_rows.approve_map(transaction, course_code, version, by)
    facts: dict[str, Fact] = {
        "course": course_code,
        "version": version,
        "digest": stored.digest,
        "proposed_by": stored.proposed_by,
    }
    entry = Entry(EntryKind.MAPPING_APPROVED, transaction.now, by, facts)
    append_entries(transaction, [entry])
    return version
