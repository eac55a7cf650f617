"""Certificates: their frozen plans, codes, serials and status positions."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from competency_bank.domain.awards import CertificateState
from competency_bank.domain.courses import ClassId
from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.domain.people import PersonId
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import CertificateRow, CounterRow, PaperCodeRow, StatusSlotRow

STATUS_LIST_LENGTH = 131_072
"""Entries of one status list (Bitstring Status List: the least that hides one among many)."""

_certificates = table(CertificateRow)
_codes = table(PaperCodeRow)
_slots = table(StatusSlotRow)
_counters = table(CounterRow)


@dataclass(frozen=True, slots=True)
class KeptCertificate:
    """A certificate as the bank keeps it."""

    learner: PersonId
    serial: str
    kind: str
    subject: str
    class_id: ClassId
    state: CertificateState
    plan: bytes
    """The credential to sign, as canonical JSON; the ledger holds its digest."""
    rests_on: tuple[int, ...]
    """Ledger entries the certificate rests on."""
    planned_at: datetime
    document_digest: str | None = None
    """SHA-256 (hex) of the sealed PDF."""
    revoked_at: datetime | None = None
    reason: str | None = None


def add_certificate(transaction: Transaction, certificate: KeptCertificate, code: str) -> None:
    """Store a plan; raises Conflict("already-planned") when the same certificate stands."""
    row = {
        "learner_id": certificate.learner,
        "serial": certificate.serial,
        "kind": certificate.kind,
        "subject": certificate.subject,
        "class_id": certificate.class_id,
        "state": certificate.state.value,
        "plan": certificate.plan,
        "rests_on": json.dumps(list(certificate.rests_on)),
        "planned_at": certificate.planned_at,
    }
    paper = {"code": code, "learner_id": certificate.learner, "serial": certificate.serial}
    try:
        transaction.connection.execute(insert(_certificates), row)
        transaction.connection.execute(insert(_codes), paper)
    except IntegrityError as fault:
        raise Conflict("already-planned", serial=certificate.serial) from fault


def next_number(transaction: Transaction, counter: str) -> int:
    """Return the next number of a counter, from 1; a number is given out once."""
    where = _counters.c.name == counter
    value = transaction.connection.execute(select(_counters.c.value).where(where)).scalar()
    if value is None:
        transaction.connection.execute(insert(_counters), {"name": counter, "value": 1})
        return 1
    transaction.connection.execute(update(_counters).where(where).values(value=int(value) + 1))
    return int(value) + 1


def move_numbers_past(transaction: Transaction, used: Mapping[str, int], lost: int) -> None:
    """Move every counter of serials past what may have been given out, and close status lists.

    ``used`` holds the highest number seen for a counter outside the database; ``lost`` is how many
    entries were lost, and each lost certificate had one. The positions that lost certificates have
    on the status lists are not known, so the next certificate begins a new list.
    """
    known = {str(n): int(v) for n, v in transaction.connection.execute(select(_counters))}
    for name in sorted({*known, *used}):
        value = max(known.get(name, 0), used.get(name, 0)) + lost
        transaction.connection.execute(delete(_counters).where(_counters.c.name == name))
        transaction.connection.execute(insert(_counters), {"name": name, "value": value})
    newest = transaction.connection.execute(select(func.max(_slots.c.list_number))).scalar()
    row = {"list_number": int(newest or 1) + 1, "index": 0, "serial": "", "revoked": False}
    transaction.connection.execute(insert(_slots), row)


def take_status_slot(transaction: Transaction, serial: str) -> tuple[int, int]:
    """Draw an unused position at random; a list is closed when half full.

    Random, so that the position tells nothing about when or in what order one was issued.
    """
    number = int(
        transaction.connection.execute(select(func.max(_slots.c.list_number))).scalar() or 1
    )
    count = select(func.count()).where(_slots.c.list_number == number)
    if int(transaction.connection.execute(count).scalar() or 0) >= STATUS_LIST_LENGTH // 2:
        number += 1
    while True:
        index = secrets.randbelow(STATUS_LIST_LENGTH)
        taken = (_slots.c.list_number == number) & (_slots.c.index == index)
        if transaction.connection.execute(select(_slots.c.serial).where(taken)).first() is None:
            row = {"list_number": number, "index": index, "serial": serial, "revoked": False}
            transaction.connection.execute(insert(_slots), row)
            return number, index


def revoked_slots(transaction: Transaction) -> dict[int, list[int]]:
    """Return, for each status list in use, the positions of revoked certificates."""
    lists = transaction.connection.execute(select(_slots.c.list_number).distinct())
    found: dict[int, list[int]] = {1: []}
    for (number,) in lists:
        found[int(number)] = []
    query = select(_slots.c.list_number, _slots.c.index).where(_slots.c.revoked)
    for number, index in transaction.connection.execute(query):
        found[int(number)].append(int(index))
    return found


def revoked_serials(transaction: Transaction) -> set[str]:
    """Return the serials whose status bit is set, for the audit."""
    query = select(_slots.c.serial).where(_slots.c.revoked)
    return {str(serial) for (serial,) in transaction.connection.execute(query)}


def mark_issued(transaction: Transaction, serial: str, digest: str) -> None:
    """Note that a certificate was sealed, with the digest of the document."""
    change = {"state": CertificateState.ISSUED.value, "document_digest": digest}
    where = _certificates.c.serial == serial
    transaction.connection.execute(update(_certificates).where(where).values(change))


def mark_revoked(transaction: Transaction, serial: str, reason: str) -> None:
    """Note that a certificate is revoked and set its status bit."""
    change = {"state": CertificateState.REVOKED.value, "reason": reason}
    where = _certificates.c.serial == serial
    transaction.connection.execute(
        update(_certificates).where(where).values(change | {"revoked_at": transaction.now})
    )
    bit = update(_slots).where(_slots.c.serial == serial).values(revoked=True)
    transaction.connection.execute(bit)


def find_certificate(transaction: Transaction, serial: str) -> KeptCertificate:
    """Return a certificate by serial; raises NotFound("unknown-certificate")."""
    found = list(_select(transaction, _certificates.c.serial == serial))
    if not found:
        raise NotFound("unknown-certificate", name=serial)
    return found[0]


def certificate_by_code(transaction: Transaction, code: str) -> KeptCertificate:
    """Return a certificate by the code on its paper; raises NotFound("unknown-code")."""
    query = select(_codes.c.serial).where(_codes.c.code == code)
    serial = transaction.connection.execute(query).scalar()
    if serial is None:
        raise NotFound("unknown-code", name=code)
    return find_certificate(transaction, str(serial))


def certificates_of(transaction: Transaction, learner: PersonId) -> list[KeptCertificate]:
    """Return the certificates of one learner, oldest first."""
    return list(_select(transaction, _certificates.c.learner_id == learner))


def certificates_in(transaction: Transaction, state: CertificateState) -> list[KeptCertificate]:
    """Return every certificate in one state, by serial."""
    return list(_select(transaction, _certificates.c.state == state.value))


def all_certificates(transaction: Transaction) -> list[KeptCertificate]:
    """Return every certificate ever planned, by serial."""
    return list(_select(transaction, None))


def standing_names(transaction: Transaction) -> frozenset[tuple[str, str, str]]:
    """Return (learner, kind, subject) of every certificate that is planned or issued."""
    columns = (_certificates.c.learner_id, _certificates.c.kind, _certificates.c.subject)
    query = select(*columns).where(_certificates.c.state != CertificateState.REVOKED.value)
    return frozenset((str(a), str(b), str(c)) for a, b, c in transaction.connection.execute(query))


def _select(
    transaction: Transaction, where: ColumnElement[bool] | None
) -> Iterable[KeptCertificate]:
    query = select(_certificates).order_by(_certificates.c.serial)
    if where is not None:
        query = query.where(where)
    for row in transaction.connection.execute(query):
        yield _certificate_from(row)


def _certificate_from(row: "Row[tuple[object, ...]]") -> KeptCertificate:
    return KeptCertificate(
        learner=PersonId(row.learner_id),
        serial=row.serial,
        kind=row.kind,
        subject=row.subject,
        class_id=ClassId(row.class_id),
        state=CertificateState(row.state),
        plan=stored_bytes(row.plan),
        rests_on=tuple(int(one) for one in json.loads(row.rests_on)),
        planned_at=row.planned_at,
        document_digest=row.document_digest,
        revoked_at=row.revoked_at,
        reason=row.reason,
    )
