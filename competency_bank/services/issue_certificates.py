"""Trip: certificates. Plan and store what will be signed; then sign exactly that, once.

Two transactions on purpose: after a crash between them the plan says what was about to be signed,
and running again finishes it with the same serial, code and content.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certificates.credential.open_badge import statement_of
from certificates.credential.snapshot import CertificateKind
from certificates.document.issuer_marks import IssuerMarks
from certificates.issuing import Sealed, Ticket, prepare_for_print
from competency_bank.domain import clock
from competency_bank.domain.awards import (
    DUE_BY_ITSELF,
    CertificateState,
    Due,
    course_due,
    qualifications_due,
    record_due,
    units_due,
)
from competency_bank.domain.courses import EnrolmentState
from competency_bank.domain.errors import BadInput
from competency_bank.domain.holdings import Holding
from competency_bank.domain.ledger import Entry, EntryKind
from competency_bank.domain.people import PersonId
from competency_bank.domain.statements import Facts, statement
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
from competency_bank.storage.erasing_rows import erased_people
from competency_bank.storage.ledger_rows import append_entries
from competency_bank.storage.plan_rows import Planned, Purpose
from standards.edition_effects import Basis, Standing, completed_by
from standards.succession import counts_for

Live = frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which certificates to issue; None means all of them (of the kinds due by themselves)."""

    learner: str | None = None
    class_id: str | None = None
    kind: CertificateKind | None = None


def find_due(transaction: Transaction, wanted: Wanted) -> list[Due]:
    """Return every certificate that is due and wanted, unit letters first.

    Qualification certificates and training records only where their kind is wanted; a training
    record needs learner and class. Raises BadInput("kind-on-request") for a portfolio or an honour
    and for a record of nobody in particular.
    """
    live = certificate_rows.standing_names(transaction)
    if wanted.kind is CertificateKind.RECORD:
        return _record(transaction, wanted, live)
    if wanted.kind is CertificateKind.QUALIFICATION:
        due = _qualifications(transaction, wanted, live)
    elif wanted.kind is None or wanted.kind in DUE_BY_ITSELF:
        due = units_due(record_rows.every_holding(transaction), live)
        due += _courses_due(transaction, live)
    else:
        raise BadInput("kind-on-request", kind=wanted.kind.value)
    person = None
    if wanted.learner is not None:
        person = people_rows.find_person(transaction, wanted.learner).id
    gone = erased_people(transaction)
    return [
        one
        for one in due
        if one.learner not in gone
        and (person is None or one.learner == person)
        and (wanted.kind is None or one.kind is wanted.kind)
        and (wanted.class_id is None or one.class_id == wanted.class_id)
    ]


def plan_certificates(
    transaction: Transaction, due: Sequence[Due], *, terms: Terms, by: str
) -> list[Planned]:
    """Freeze, proof-read and store what each certificate will say; nothing is signed yet.

    What is due was found before this transaction began: a certificate whose record was voided
    since is left out. One that cannot be typeset raises CannotSet before anything is kept.
    """
    entries_needed = {holding.entry for one in due for holding in one.rests_on}
    standing = record_rows.standing_entries(transaction, entries_needed)
    plans = [
        (_purpose(one), _prepared(transaction, one, terms))
        for one in due
        if all(holding.entry in standing for holding in one.rests_on)
    ]
    return plan_rows.keep_plans(transaction, plans, by=by)


def left_unsealed(transaction: Transaction, marks: IssuerMarks) -> list[Planned]:
    """Return what an earlier run planned and did not finish: the same credential and page.

    Its pages have the issuer's ``marks`` of today.
    """
    waiting = unsealed(transaction)
    entries = plan_rows.plan_entries(transaction, [one.serial for one in waiting])
    return [Planned(one, ticket_of(one, marks), entries[one.serial]) for one in waiting]


def ticket_of(planned: KeptCertificate, marks: IssuerMarks) -> Ticket:
    """Return the ticket of a stored plan: the same credential and texts as when it was planned."""
    return prepare_for_print(statement_of(json.loads(planned.plan)), marks)


def record_issued(
    transaction: Transaction, sealed: list[tuple[KeptCertificate, Sealed]], *, by: str
) -> list[KeptCertificate]:
    """Write down which documents were sealed, by their digests, and return which these are.

    A plan that was revoked while it was being sealed stays revoked and is left out.
    """
    waiting = {one.serial for one in unsealed(transaction)}
    sealed = [pair for pair in sealed if pair[0].serial in waiting]
    entries = [
        Entry(
            EntryKind.CERTIFICATE_ISSUED,
            transaction.now,
            by,
            {"serial": planned.serial, "document": document.pdf_sha256},
        )
        for planned, document in sealed
    ]
    for planned, document in sealed:
        certificate_rows.mark_issued(transaction, planned.serial, document.pdf_sha256)
    if entries:
        append_entries(transaction, entries)
    return [planned for planned, _ in sealed]


def unsealed(transaction: Transaction) -> list[KeptCertificate]:
    """Return every plan that still waits for its seal."""
    return certificate_rows.certificates_in(transaction, CertificateState.PLANNED)


def _courses_due(transaction: Transaction, live: frozenset[tuple[str, str, str]]) -> list[Due]:
    due = []
    for enrolment in class_rows.all_enrolments(transaction):
        if enrolment.state is not EnrolmentState.COMPLETED:
            continue
        one = class_rows.find_class(transaction, enrolment.class_id)
        stored = course_rows.find_map(transaction, one.course_code, one.map_version)
        own = {h.unit: h for h in record_rows.held_by(transaction, enrolment.learner)}
        found = course_due(one.id, stored.course_map.units, own, live)
        if found is not None:
            due.append(found)
    return due


def _qualifications(transaction: Transaction, wanted: Wanted, live: Live) -> list[Due]:
    """Return a certificate for everything that a learner completed, on whatever edition."""
    catalogue = load_catalogue(transaction)
    decisions = succession_rows.decisions_in_force(transaction)
    basis, today = Basis(catalogue, decisions), clock.local_day(transaction.now)
    by_learner = _by_learner(record_rows.every_holding(transaction))
    if wanted.learner is not None:
        learner = people_rows.find_person(transaction, wanted.learner).id
        by_learner = {learner: by_learner.get(learner, [])}
    earlier = succession_rows.completions(transaction)
    due = []
    for learner, own in by_learner.items():
        standing = Standing(
            frozenset(holding.unit for holding in own), earlier.get(learner, frozenset())
        )
        completed = [
            (catalogue.qualification(one.qualification, edition=one.edition), one.edition)
            for one in sorted(completed_by(basis, standing, today))
        ]
        due += qualifications_due(
            learner,
            completed,
            own,
            counting=lambda unit: counts_for((unit,), decisions, today),
            live=live,
        )
    return due


def _by_learner(holdings: Iterable[Holding]) -> dict[PersonId, list[Holding]]:
    found: dict[PersonId, list[Holding]] = {}
    for holding in holdings:
        found.setdefault(holding.learner, []).append(holding)
    return found


def _record(transaction: Transaction, wanted: Wanted, live: Live) -> list[Due]:
    """Return the training record of one learner in one class, where something is left."""
    if wanted.learner is None or wanted.class_id is None:
        raise BadInput("kind-on-request", kind=CertificateKind.RECORD.value)
    learner = people_rows.find_person(transaction, wanted.learner).id
    enrolment = class_rows.find_enrolment(transaction, learner, wanted.class_id)
    one = class_rows.find_class(transaction, enrolment.class_id)
    units = course_rows.find_map(transaction, one.course_code, one.map_version).course_map.units
    own = {h.unit: h for h in record_rows.held_by(transaction, learner)}
    due = record_due(learner, one.id, units, own, live)
    return [] if due is None else [due]


def is_unfinished(transaction: Transaction, learner: PersonId, class_id: str) -> bool:
    """Tell whether units of a learner's course are left to pass."""
    one = class_rows.find_class(transaction, class_id)
    units = course_rows.find_map(transaction, one.course_code, one.map_version).course_map.units
    held = {holding.unit for holding in record_rows.held_by(transaction, learner)}
    return not held >= set(units)


def _prepared(transaction: Transaction, due: Due, terms: Terms) -> Ticket:
    said = statement(
        due,
        _facts(transaction, due),
        load_catalogue(transaction),
        drawn=(terms, plan_rows.draw_numbers(transaction, terms)),
        at=transaction.now,
    )
    return prepare_for_print(said, terms.marks)


def _purpose(due: Due) -> Purpose:
    entries = tuple(holding.entry for holding in due.rests_on)
    return Purpose(due.learner, due.subject, due.class_id, entries)


def _facts(transaction: Transaction, due: Due) -> Facts:
    one = class_rows.find_class(transaction, due.class_id or "")
    stored = course_rows.find_map(transaction, one.course_code, one.map_version)
    withdrawn = False
    if due.kind is CertificateKind.RECORD:
        state = class_rows.find_enrolment(transaction, due.learner, one.id).state
        withdrawn = state is EnrolmentState.WITHDRAWN
    return Facts(
        person=people_rows.find_person(transaction, due.learner),
        school=people_rows.find_school(transaction, one.school),
        course=course_rows.find_course(transaction, one.course_code),
        course_map=stored.course_map,
        starts=one.starts,
        withdrawn=withdrawn,
    )
