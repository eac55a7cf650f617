"""Trip: certificates. Plan and store what will be signed; then sign exactly that, once.

Two transactions on purpose: after a crash between them the plan says what was about to be signed,
and running again finishes it with the same serial, code and content.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from certificates.credential.open_badge import statement_of
from certificates.credential.paper_code import RANDOM_BYTES, new_paper_code
from certificates.credential.snapshot import CertificateKind
from certificates.issuing import Sealed, Ticket, prepare
from competency_bank.domain import clock
from competency_bank.domain.awards import CertificateState, Due, course_due, units_due
from competency_bank.domain.courses import EnrolmentState
from competency_bank.domain.ledger import Entry, EntryKind, json_bytes
from competency_bank.domain.statements import Facts, Numbers, Terms, statement
from competency_bank.storage import (
    certificate_rows,
    class_rows,
    course_rows,
    people_rows,
    record_rows,
)
from competency_bank.storage.certificate_rows import KeptCertificate
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.ledger_rows import append_entries


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which certificates to issue; None means all of them."""

    learner: str | None = None
    class_id: str | None = None
    kind: CertificateKind | None = None


def find_due(transaction: Transaction, wanted: Wanted) -> list[Due]:
    """Return every certificate that is due and wanted, unit letters first."""
    live = certificate_rows.standing_names(transaction)
    holdings = record_rows.every_holding(transaction)
    due = units_due(holdings, live) + _courses_due(transaction, live)
    person = None
    if wanted.learner is not None:
        person = people_rows.find_person(transaction, wanted.learner).id
    return [
        one
        for one in due
        if (person is None or one.learner == person)
        and (wanted.kind is None or one.kind is wanted.kind)
        and (wanted.class_id is None or one.rests_on[-1].class_id == wanted.class_id)
    ]


def plan_certificates(
    transaction: Transaction, due: Sequence[Due], *, terms: Terms, by: str
) -> list[tuple[KeptCertificate, Ticket]]:
    """Freeze, proof-read and store what each certificate will say; nothing is signed yet.

    What is due was found before this transaction began: a certificate whose record was voided
    since is left out. One that cannot be typeset raises CannotSet before anything is kept.
    """
    entries_needed = {holding.entry for one in due for holding in one.rests_on}
    standing = record_rows.standing_entries(transaction, entries_needed)
    planned = [
        _plan(transaction, one, terms)
        for one in due
        if all(holding.entry in standing for holding in one.rests_on)
    ]
    entries = [
        Entry(
            EntryKind.CERTIFICATE_PLANNED,
            transaction.now,
            by,
            {
                "serial": one.serial,
                "learner": one.learner,
                "certificate": one.kind,
                "subject": one.subject,
                "rests_on": list(one.rests_on),
                "digest": hashlib.sha256(one.plan).hexdigest(),
            },
        )
        for one, _ in planned
    ]
    if entries:
        append_entries(transaction, entries)
    return planned


def ticket_of(planned: KeptCertificate) -> Ticket:
    """Return the ticket of a stored plan: the same page and credential as when it was planned."""
    return prepare(statement_of(json.loads(planned.plan)))


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


def _plan(transaction: Transaction, due: Due, terms: Terms) -> tuple[KeptCertificate, Ticket]:
    said = statement(
        due,
        _facts(transaction, due),
        load_catalogue(transaction),
        drawn=(terms, _draw(transaction, terms)),
        at=transaction.now,
    )
    ticket = prepare(said)
    kept = KeptCertificate(
        learner=due.learner,
        serial=said.serial,
        kind=due.kind.value,
        subject=due.subject,
        class_id=due.rests_on[-1].class_id,
        state=CertificateState.PLANNED,
        plan=json_bytes(ticket.credential),
        rests_on=tuple(holding.entry for holding in due.rests_on),
        planned_at=transaction.now,
    )
    certificate_rows.add_certificate(transaction, kept, said.paper_code)
    return kept, ticket


def _facts(transaction: Transaction, due: Due) -> Facts:
    one = class_rows.find_class(transaction, due.rests_on[-1].class_id)
    if due.kind is CertificateKind.COURSE:
        one = class_rows.find_class(transaction, due.subject)
    stored = course_rows.find_map(transaction, one.course_code, one.map_version)
    return Facts(
        person=people_rows.find_person(transaction, due.learner),
        school=people_rows.find_school(transaction, one.school),
        course=course_rows.find_course(transaction, one.course_code),
        course_units=stored.course_map.units,
    )


def _draw(transaction: Transaction, terms: Terms) -> Numbers:
    year = clock.buddhist_year(transaction.now)
    number = certificate_rows.next_number(transaction, f"serial-{terms.serial_prefix}-{year}")
    serial = f"{terms.serial_prefix}-{year}-{number:06d}"
    status_list, status_index = certificate_rows.take_status_slot(transaction, serial)
    return Numbers(
        id=str(uuid.uuid4()),
        serial=serial,
        paper_code=new_paper_code(secrets.token_bytes(RANDOM_BYTES)),
        status_list=status_list,
        status_index=status_index,
    )
