"""Trip: a portfolio. What a learner holds on this day, with the certificates themselves."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from certificates.credential.phrases import KIND_NAME
from certificates.credential.snapshot import (
    CertificateKind,
    CourseShown,
    HeldShown,
    PathwayShown,
    PortfolioShown,
)
from certificates.issuing import prepare_for_print
from competency_bank.domain import clock
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.courses import ClassId, SchoolClass
from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.domain.holdings import Holding, units_held
from competency_bank.domain.people import Person
from competency_bank.domain.shown_units import Sayer, course_shown, level_text, shown_code
from competency_bank.domain.statements import each_unit_once, framed, weakest
from competency_bank.domain.terms import Terms
from competency_bank.storage import (
    certificate_rows,
    class_rows,
    course_rows,
    people_rows,
    plan_rows,
    record_rows,
    succession_rows,
)
from competency_bank.storage.certificate_rows import KeptCertificate
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.plan_rows import Planned, Purpose
from standards.model import Unit
from standards.qualifying import Progress, completed, nearest, progress
from standards.succession import counts_for

MOST_WAYS = 12
"""Pathways shown: every complete one, then the nearest."""

TokenOf = Callable[[str], str | None]
"""Gives the VC-JWT inside the kept document of a serial, or None when the document is gone."""

_MEMBERS = frozenset(
    {
        CertificateKind.UNIT.value,
        CertificateKind.COURSE.value,
        CertificateKind.QUALIFICATION.value,
        CertificateKind.HONOUR.value,
    }
)
"""Kinds of certificate that go into a portfolio."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose portfolio, and which units; None means all of them."""

    learner: str
    units: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Picked:
    person: Person
    holdings: tuple[Holding, ...]
    certificates: tuple[KeptCertificate, ...]
    partial: bool


def standing_portfolio(transaction: Transaction, wish: Wish) -> KeptCertificate | None:
    """Return the portfolio of exactly this content if one was made; raises as plan_portfolio."""
    picked = _picked(transaction, wish)
    subject = _subject(picked)
    for one in certificate_rows.certificates_of(transaction, picked.person.id):
        same = one.kind == CertificateKind.PORTFOLIO.value and one.subject == subject
        if same and one.state is not CertificateState.REVOKED:
            return one
    return None


def plan_portfolio(
    transaction: Transaction, wish: Wish, *, token_of: TokenOf, terms: Terms
) -> list[Planned]:
    """Freeze and store a portfolio; returns it, waiting for its seal.

    Raises NotFound("unit-not-held") for a code that the learner does not hold, and
    Conflict("no-certificates") where no certificate was issued yet: nothing could be proved.
    """
    picked = _picked(transaction, wish)
    tokens = [token_of(one.serial) for one in picked.certificates]
    members = tuple(token for token in tokens if token is not None)
    if not members:
        raise Conflict("no-certificates", name=picked.person.ref)
    said = framed(
        _shown(transaction, picked, members, Sayer(load_catalogue(transaction), terms)),
        CertificateKind.PORTFOLIO,
        picked.person,
        basis=weakest(holding.basis for holding in picked.holdings),
        drawn=(terms, plan_rows.draw_numbers(transaction, terms)),
        at=transaction.now,
    )
    last = max(holding.passed_on for holding in picked.holdings)
    entries = tuple(holding.entry for holding in picked.holdings)
    purpose = Purpose(picked.person.id, _subject(picked), rests_on=entries)
    ticket = prepare_for_print(replace(said, passed_on=last), terms.marks)
    return plan_rows.keep_plans(transaction, [(purpose, ticket)], by=picked.person.id)


def _picked(transaction: Transaction, wish: Wish) -> _Picked:
    """Return the units wanted, and the certificates that speak of nothing else."""
    person = people_rows.find_person(transaction, wish.learner)
    held = record_rows.held_by(transaction, person.id)
    whole = each_unit_once(held)
    catalogue = load_catalogue(transaction)
    some = whole
    if wish.units is not None:
        names = {one.unit: names_of(catalogue.unit(one.unit, edition=one.edition)) for one in whole}
        for code in wish.units:
            if not any(code in each for each in names.values()):
                raise NotFound("unit-not-held", name=code)
        some = tuple(one for one in whole if names[one.unit] & set(wish.units))
    if not some:
        raise Conflict("no-certificates", name=person.ref)
    partial = len(some) < len(whole)
    entries = {one.entry for one in held if any(one.unit == each.unit for each in some)}
    certificates = tuple(
        one
        for one in certificate_rows.certificates_of(transaction, person.id)
        if one.state is CertificateState.ISSUED
        and one.kind in _MEMBERS
        and set(one.rests_on) <= entries
        and (one.rests_on or not partial)
    )
    return _Picked(person, some, certificates, partial)


def names_of(unit: Unit) -> set[str]:
    """Return the names under which a unit may be picked."""
    return {unit.shown_code, str(unit.key), *(alias.value for alias in unit.aliases)}


def _subject(picked: _Picked) -> str:
    """Return one name for one content: passes and certificates."""
    parts = [str(one.entry) for one in picked.holdings]
    parts += [one.serial for one in picked.certificates]
    return hashlib.sha256("+".join(parts).encode()).hexdigest()


def _shown(
    transaction: Transaction, picked: _Picked, members: tuple[str, ...], sayer: Sayer
) -> PortfolioShown:
    classes = {
        one.class_id: class_rows.find_class(transaction, one.class_id) for one in picked.holdings
    }
    return PortfolioShown(
        uri=f"{sayer.terms.issuer.id}/portfolios/{picked.person.id}",
        title_th=KIND_NAME[CertificateKind.PORTFOLIO],
        title_en="Competency portfolio",
        partial=picked.partial,
        held=tuple(_held(transaction, one, picked, classes, sayer) for one in picked.holdings),
        pathways=tuple(_pathways(transaction, picked.holdings, sayer)),
        courses=tuple(_courses(transaction, picked.holdings, classes.values(), sayer)),
        members=members,
    )


def _held(
    transaction: Transaction,
    holding: Holding,
    picked: _Picked,
    classes: Mapping[ClassId, SchoolClass],
    sayer: Sayer,
) -> HeldShown:
    one = classes[holding.class_id]
    serials = (kept.serial for kept in picked.certificates if holding.entry in kept.rests_on)
    return HeldShown(
        unit=sayer.unit(holding.unit, holding.edition),
        basis=holding.basis,
        passed_on=holding.passed_on,
        school=people_rows.find_school(transaction, one.school).name_th,
        course=one.course_code,
        serials=tuple(serials),
    )


def _courses(
    transaction: Transaction,
    holdings: Sequence[Holding],
    classes: Iterable[SchoolClass],
    sayer: Sayer,
) -> Iterator[CourseShown]:
    """Yield each course once, with those of its units that are in the portfolio."""
    for one in {each.course_code: each for each in classes}.values():
        stored = course_rows.find_map(transaction, one.course_code, one.map_version)
        units = tuple(
            sayer.unit(each.unit, each.edition)
            for each in holdings
            if each.unit in stored.course_map.units
        )
        course = course_rows.find_course(transaction, one.course_code)
        yield course_shown(course, stored.course_map, units, sayer.terms)


def _pathways(
    transaction: Transaction, holdings: Sequence[Holding], sayer: Sayer
) -> Iterator[PathwayShown]:
    """Yield complete qualifications, then the nearest, by the units in the portfolio."""
    decisions = succession_rows.decisions_in_force(transaction)
    today = clock.local_day(transaction.now)
    counted = counts_for(units_held(holdings), decisions, today)
    done = [progress(each, counted) for each in completed(sayer.catalogue, counted)]
    open_ways = nearest(sayer.catalogue, counted, limit=max(0, MOST_WAYS - len(done)))
    for way in (*done, *open_ways):
        wanted = frozenset(way.qualification.units)
        held = tuple(
            f"{sayer.terms.issuer.id}/units/{each.unit}"
            for each in holdings
            if counts_for((each.unit,), decisions, today) & wanted
        )
        yield _pathway(way, held, sayer)


def _pathway(way: Progress, held: tuple[str, ...], sayer: Sayer) -> PathwayShown:
    found = way.qualification
    return PathwayShown(
        uri=f"{sayer.terms.issuer.id}/qualifications/{found.key}",
        code=shown_code(found),
        title_th=found.title_th,
        title_en=found.title_en,
        level=None if found.level is None else level_text((found.level,)),
        held=held,
        missing=way.missing_count,
    )
