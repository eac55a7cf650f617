"""From the record to what a certificate says: values are copied, nothing is looked up later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from certificates.credential.snapshot import (
    CertificateKind,
    CourseShown,
    Holder,
    Party,
    Statement,
    StatusRef,
    UnitShown,
)
from competency_bank.domain.awards import Due
from competency_bank.domain.courses import Course
from competency_bank.domain.people import Person, School
from standards.catalogue import Catalogue
from standards.model import EditionId, Level, LevelScale, UnitKey

LEVEL_WORDS = {
    LevelScale.EIGHT: "ระดับ",
    LevelScale.SEVEN: "ชั้น",
    LevelScale.THREE: "ระดับ (3 ขั้น)",
}
"""How each ladder names its steps; the words are part of the official titles."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for everything a bank issues."""

    issuer: Party
    public_url: str
    """Address of the bank's pages, without a slash at the end; only the QR code holds it."""
    serial_prefix: str
    demonstration: bool
    """True when the keys are development keys."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is drawn or counted for one certificate only."""

    id: str
    serial: str
    paper_code: str
    status_list: int
    status_index: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The record behind one certificate."""

    person: Person
    school: School
    course: Course
    course_units: tuple[UnitKey, ...]


def statement(
    due: Due, facts: Facts, catalogue: Catalogue, *, drawn: tuple[Terms, Numbers], at: datetime
) -> Statement:
    """Return what the certificate that is due says."""
    terms, numbers = drawn
    by_unit = {holding.unit: holding.edition for holding in due.rests_on}
    shown = [unit_shown(catalogue, key, edition, terms) for key, edition in by_unit.items()]
    is_unit = due.kind is CertificateKind.UNIT
    return Statement(
        id=f"urn:uuid:{numbers.id}",
        serial=numbers.serial,
        paper_code=numbers.paper_code,
        check_url=check_url(terms.public_url, numbers.paper_code),
        kind=due.kind,
        issuer=terms.issuer,
        holder=Holder(f"urn:uuid:{facts.person.id}", facts.person.name.full),
        school=Party(
            f"{terms.issuer.id}/schools/{facts.school.id}",
            facts.school.name_th,
            facts.school.name_en,
        ),
        basis=due.rests_on[0].basis,
        unit=shown[0] if is_unit else None,
        course=None if is_unit else _course_shown(facts.course, shown, terms),
        passed_on=max(holding.passed_on for holding in due.rests_on),
        issued_at=at,
        valid_until=None,
        status=StatusRef(status_list_uri(terms, numbers.status_list), numbers.status_index),
        demonstration=terms.demonstration,
    )


def unit_shown(catalogue: Catalogue, key: UnitKey, edition: EditionId, terms: Terms) -> UnitShown:
    """Return a unit as the edition it was earned on states it."""
    unit = catalogue.unit(key, edition=edition)
    stated_by = catalogue.edition(edition)
    return UnitShown(
        uri=f"{terms.issuer.id}/units/{unit.key}",
        code=unit.shown_code,
        title_th=unit.title_th,
        title_en=unit.title_en,
        owner=unit.owner,
        edition=edition,
        occupation=unit.occupation,
        level=level_text(unit.levels),
        made_up=stated_by.made_up,
    )


def level_text(levels: Iterable[Level]) -> str | None:
    """Return levels in words, or None; numbers of different ladders are not mixed."""
    by_scale: dict[LevelScale, list[str]] = {}
    for level in sorted(levels):
        by_scale.setdefault(level.scale, []).append(str(level.value))
    words = [f"{LEVEL_WORDS[scale]} {', '.join(steps)}" for scale, steps in by_scale.items()]
    return " / ".join(words) or None


def check_url(public_url: str, paper_code: str) -> str:
    """Return the address in the QR: upper case, so that it needs the fewest modules."""
    return f"{public_url}/v/{paper_code}".upper()


def status_list_uri(terms: Terms, number: int) -> str:
    """Return the name of one status list.

    It stands below the issuer's own URI, which lasts as long as the keys: a name below the address
    of the pages would be lost with the next move, and every older certificate with it.
    """
    return f"{terms.issuer.id}/status/{number}"


def _course_shown(course: Course, units: list[UnitShown], terms: Terms) -> CourseShown:
    return CourseShown(
        uri=f"{terms.issuer.id}/courses/{course.code}",
        code=course.code,
        title_th=course.title_th,
        title_en=course.title_en,
        hours=course.hours,
        units=tuple(units),
    )
