"""Trip: what a learner holds, and what is left."""

from dataclasses import dataclass
from datetime import date

from competency_bank.domain import clock
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.courses import Course, EnrolmentState, SchoolClass
from competency_bank.domain.holdings import Holding
from competency_bank.domain.people import Person
from competency_bank.storage import (
    certificate_rows,
    class_rows,
    course_rows,
    people_rows,
    record_rows,
    succession_rows,
)
from competency_bank.storage.certificate_rows import KeptCertificate
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from standards.edition_effects import Basis, Standing, completed_by
from standards.model import EditionId, Qualification, Unit
from standards.qualifying import Progress, nearest, progress
from standards.succession import counts_for

NEAREST = 3
"""How many qualifications are shown when the learner named no goal."""


@dataclass(frozen=True, slots=True)
class HeldUnit:
    """One unit a learner holds, ready to be shown."""

    holding: Holding
    unit: Unit
    """As the edition it was earned on states it."""
    certificate: KeptCertificate | None
    """The unit letter in force, if one was issued."""


@dataclass(frozen=True, slots=True)
class CompletedQualification:
    """A qualification whose units a learner holds, as the edition composed it that was met.

    All units held is not yet the qualification itself: TPQI's certifying bodies award that.
    """

    qualification: Qualification
    edition: EditionId


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """One class of a learner and what of its course is left."""

    school_class: SchoolClass
    course: Course
    state: EnrolmentState
    held: tuple[Unit, ...]
    left: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything a learner sees of the own bank."""

    person: Person
    held: tuple[HeldUnit, ...]
    courses: tuple[CourseStanding, ...]
    goals: tuple[Progress, ...]
    """Progress to qualifications, nearest first."""
    completed: tuple[CompletedQualification, ...]
    """Once completed stays here, whatever later editions ask for."""
    certificates: tuple[KeptCertificate, ...]
    """Sealed certificates, oldest first, revoked ones among them."""


def holdings_of(
    transaction: Transaction, learner: str, *, as_of: date | None = None
) -> tuple[HeldUnit, ...]:
    """Return the units a learner holds, or held at the end of a past day in Bangkok."""
    person = people_rows.find_person(transaction, learner)
    moment = None if as_of is None else clock.end_of_day(as_of)
    catalogue = load_catalogue(transaction)
    letters = {
        one.subject: one
        for one in certificate_rows.certificates_of(transaction, person.id)
        if one.kind == "unit" and one.state is CertificateState.ISSUED
    }
    return tuple(
        HeldUnit(one, catalogue.unit(one.unit, edition=one.edition), letters.get(str(one.unit)))
        for one in record_rows.held_by(transaction, person.id, as_of=moment)
    )


def path_of(
    transaction: Transaction, learner: str, *, goal: str | None = None
) -> tuple[Progress, ...]:
    """Return what is left for a qualification, or for the nearest ones when none is named.

    Units count by the decisions on succession that are in force today. Raises StandardsError
    when no qualification has the name.
    """
    person = people_rows.find_person(transaction, learner)
    catalogue = load_catalogue(transaction)
    held = record_rows.units_of(transaction, person.id)
    decisions = succession_rows.decisions_in_force(transaction)
    today = clock.local_day(transaction.now)
    counted = counts_for(held, decisions, today)
    if goal is not None:
        return (progress(catalogue.one_qualification(goal), counted),)
    return tuple(nearest(catalogue, counted, limit=NEAREST))


def completed_of(transaction: Transaction, learner: str) -> tuple[CompletedQualification, ...]:
    """Return what a learner completed, on whatever edition, and nobody withdrew."""
    person = people_rows.find_person(transaction, learner)
    catalogue = load_catalogue(transaction)
    held = record_rows.units_of(transaction, person.id)
    standing = Standing(held, succession_rows.completions_of(transaction, person.id))
    basis = Basis(catalogue, succession_rows.decisions_in_force(transaction))
    today = clock.local_day(transaction.now)
    return tuple(
        CompletedQualification(
            catalogue.qualification(one.qualification, edition=one.edition), one.edition
        )
        for one in sorted(completed_by(basis, standing, today))
    )


def bank_of(transaction: Transaction, learner: str) -> Bank:
    """Return everything the learner sees: units, courses, goals and certificates."""
    person = people_rows.find_person(transaction, learner)
    sealed = certificate_rows.certificates_of(transaction, person.id)
    return Bank(
        person=person,
        held=holdings_of(transaction, person.id),
        courses=courses_of(transaction, person),
        goals=path_of(transaction, person.id),
        completed=completed_of(transaction, person.id),
        certificates=tuple(one for one in sealed if one.state is not CertificateState.PLANNED),
    )


def courses_of(transaction: Transaction, person: Person) -> tuple[CourseStanding, ...]:
    """Return every class of a learner with the units of its course that are held and left."""
    catalogue = load_catalogue(transaction)
    held = record_rows.units_of(transaction, person.id)
    found = []
    for enrolment in class_rows.enrolments_of(transaction, person.id):
        one = class_rows.find_class(transaction, enrolment.class_id)
        stored = course_rows.find_map(transaction, one.course_code, one.map_version)
        units = [catalogue.unit(key) for key in stored.course_map.units]
        standing = CourseStanding(
            school_class=one,
            course=course_rows.find_course(transaction, one.course_code),
            state=enrolment.state,
            held=tuple(unit for unit in units if unit.key in held),
            left=tuple(unit for unit in units if unit.key not in held),
        )
        found.append(standing)
    return tuple(sorted(found, key=lambda standing: standing.school_class.starts, reverse=True))
