"""From the record to what a certificate says: values are copied, nothing is looked up later."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from certificates.credential.snapshot import (
    Attendance,
    Basis,
    CertificateKind,
    Holder,
    RecordShown,
    Shown,
    Statement,
    StatusRef,
    UnitShown,
)
from competency_bank.domain import clock
from competency_bank.domain.awards import Due
from competency_bank.domain.courses import Course
from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.holdings import Holding
from competency_bank.domain.people import Person, School
from competency_bank.domain.shown_units import Sayer, course_shown
from competency_bank.domain.terms import (
    Numbers,
    Terms,
    check_url,
    school_party,
    status_list_uri,
)
from standards.catalogue import Catalogue
from standards.course_map import CourseMap
from standards.model import (
    EditionId,
    QualificationKey,
    UnitKey,
)

CLAIM = (Basis.TRAINING, Basis.OUTSIDE, Basis.PRIOR_LEARNING, Basis.ASSESSMENT)
"""Bases of a pass, from the one that claims least."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The record behind one certificate."""

    person: Person
    school: School
    course: Course
    course_map: CourseMap
    starts: date
    """First day of the class."""
    withdrawn: bool = False
    """Whether the learner left the class."""


def statement(
    due: Due, facts: Facts, catalogue: Catalogue, *, drawn: tuple[Terms, Numbers], at: datetime
) -> Statement:
    """Return what the certificate that is due says."""
    terms, _ = drawn
    sayer = Sayer(catalogue, terms)
    units = tuple(sayer.unit(h.unit, h.edition) for h in each_unit_once(due.rests_on))
    shown = _shown(due, facts, units, sayer=sayer)
    of_course = due.kind in (CertificateKind.COURSE, CertificateKind.RECORD)
    passed = [holding.passed_on for holding in due.rests_on]
    said = framed(
        shown,
        due.kind,
        facts.person,
        basis=weakest(holding.basis for holding in due.rests_on),
        drawn=drawn,
        at=at,
    )
    return replace(
        said,
        school=school_party(facts.school, terms),
        passed_on=max(passed, default=said.passed_on),
        started_on=min(facts.starts, *passed) if of_course and passed else None,
        hours=_hours(due, facts),
    )


def framed(  # noqa: PLR0913  (one parameter for each thing a paper is made of)
    shown: Shown,
    kind: CertificateKind,
    person: Person,
    *,
    basis: Basis,
    drawn: tuple[Terms, Numbers],
    at: datetime,
) -> Statement:
    """Return a statement of the bank as a whole, passed on the day of issue."""
    terms, numbers = drawn
    parts: dict[str, Any] = {"unit": None, "course": None} | {kind.value: shown}
    return Statement(
        id=f"urn:uuid:{numbers.id}",
        serial=numbers.serial,
        paper_code=numbers.paper_code,
        check_url=check_url(terms.public_url, numbers.paper_code),
        kind=kind,
        issuer=terms.issuer,
        holder=Holder(f"urn:uuid:{person.id}", person.name.full),
        school=terms.issuer,
        basis=basis,
        passed_on=clock.local_day(at),
        issued_at=at,
        valid_until=None,
        status=StatusRef(status_list_uri(terms, numbers.status_list), numbers.status_index),
        demonstration=terms.demonstration,
        **parts,
    )


def each_unit_once(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """Return one holding for each unit, in the order of the first."""
    return tuple({holding.unit: holding for holding in holdings}.values())


def weakest(bases: Iterable[Basis]) -> Basis:
    """Return the basis that claims least: training before all, an assessment last.

    A paper over several passes must not claim more than any of them; where there is none it
    claims training only.
    """
    return min(bases, key=CLAIM.index, default=Basis.TRAINING)


def _shown(due: Due, facts: Facts, units: tuple[UnitShown, ...], *, sayer: Sayer) -> Shown:
    if due.kind is CertificateKind.UNIT:
        return units[0]
    if due.kind is CertificateKind.QUALIFICATION and due.edition is not None:
        return sayer.qualification(QualificationKey(due.subject), due.edition, units)
    course = course_shown(facts.course, facts.course_map, units, sayer.terms)
    if due.kind is CertificateKind.COURSE:
        return course
    held = {holding.unit for holding in due.rests_on}
    left = (unit for unit in facts.course_map.units if unit not in held)
    return RecordShown(
        uri=course.uri,
        code=course.code,
        title_th=course.title_th,
        title_en=course.title_en,
        hours=course.hours,
        attendance=Attendance.WITHDRAWN if facts.withdrawn else Attendance.UNDER_WAY,
        units=units,
        left=tuple(sayer.unit(key, _edition_of(key, facts.course_map, sayer)) for key in left),
        version=course.version,
    )


def _edition_of(unit: UnitKey, course_map: CourseMap, sayer: Sayer) -> EditionId:
    """Return the edition on which the course looked the unit up."""
    for edition in course_map.editions:
        if any(each.key == unit for each in sayer.catalogue.edition(edition).units):
            return edition
    raise RecordDamaged("map-unit", unit=unit)


def _hours(due: Due, facts: Facts) -> int | None:
    """Return the hours of training behind a paper, where the course says them."""
    if due.kind is CertificateKind.COURSE:
        return facts.course.hours
    if due.kind is not CertificateKind.UNIT:
        return None
    unit = due.rests_on[0].unit
    hours = [link.hours for link in facts.course_map.links if link.unit == unit and link.hours]
    return sum(hours) or None
