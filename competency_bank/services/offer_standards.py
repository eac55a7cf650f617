"""Trip: standards and mapped courses offered to other systems as CASE 1.1."""

from competency_bank.domain import clock
from competency_bank.domain.courses import MapState
from competency_bank.domain.ledger import EntryKind
from competency_bank.storage import course_rows, ledger_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from standards.case_courses import CourseFacts
from standards.case_provider import CaseProvider, provider_of
from standards.course_map import CourseMap
from standards.model import OwnerCode

OFFERED_BY = OwnerCode("BMA")
"""Who offers the courses of this bank."""


def offered(transaction: Transaction) -> tuple[str, ...]:
    """Return what is on offer, by digests: equal answers, equal offers."""
    editions = (edition.digest for edition in load_catalogue(transaction).editions)
    mappings = (
        stored.digest
        for stored in course_rows.all_maps(transaction)
        if stored.state is MapState.APPROVED
    )
    return (*editions, *mappings)


def case_provider(transaction: Transaction, *, base: str) -> CaseProvider:
    """Return the provider of every edition, and of every course with its mapping in force."""
    catalogue = load_catalogue(transaction)
    courses = [
        (_facts(transaction, stored.course_map), stored.course_map)
        for stored in course_rows.all_maps(transaction)
        if stored.state is MapState.APPROVED
    ]
    return provider_of(catalogue.editions, courses=courses, base=base)


def _facts(transaction: Transaction, course_map: CourseMap) -> CourseFacts:
    course = course_rows.find_course(transaction, course_map.course_code)
    approvals = {
        (entry.text("course"), entry.number("version")): entry.at
        for entry in ledger_rows.entries_of(transaction, EntryKind.MAPPING_APPROVED)
    }
    return CourseFacts(
        code=course.code,
        owner=OFFERED_BY,
        title_th=course.title_th,
        title_en=course.title_en,
        hours=course.hours,
        released=clock.local_day(approvals[course.code, course_map.version]),
        made_up=True,
    )
