"""Trip: a correction. The old entry stays; a new one says what is true instead."""

import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from competency_bank.domain.awards import CertificateState, RevocationReason
from competency_bank.domain.courses import EnrolmentState
from competency_bank.domain.errors import BadInput, Conflict, NotAllowed
from competency_bank.domain.holdings import details_of_pass
from competency_bank.domain.ledger import SALT_BYTES, Entry, EntryKind, Fact, commitment
from competency_bank.domain.people import PersonId, Role
from competency_bank.storage import (
    certificate_rows,
    class_rows,
    course_rows,
    people_rows,
    record_rows,
)
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import append_entries
from competency_bank.storage.record_rows import Amendment, KeptRecord


@dataclass(frozen=True, slots=True)
class Correction:
    """What a pass should have said; None keeps what it says."""

    passed_on: date | None = None
    score: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did."""

    entry: int
    """Index of the new entry."""
    revoked: tuple[str, ...]
    """Serials of certificates that rested on a voided entry and are revoked with it."""


def void_record(transaction: Transaction, entry: int, *, by: PersonId, reason: str) -> Corrected:
    """Void a pass; certificates that rest on it are revoked in the same transaction.

    A teacher of the class or a registrar may. Raises Conflict("already-voided").
    """
    kept = _open_record(transaction, entry, by, reason)
    holding = kept.holding
    reopened = _reopened(transaction, kept)
    facts: dict[str, Fact] = {"entry": entry, "reason": reason, "reopens": reopened}
    resting = [
        one
        for one in certificate_rows.certificates_of(transaction, holding.learner)
        if entry in one.rests_on and one.state is not CertificateState.REVOKED
    ]
    cause = RevocationReason.RECORD_VOIDED.value
    revocations = [
        Entry(
            EntryKind.CERTIFICATE_REVOKED,
            transaction.now,
            by,
            {"serial": one.serial, "reason": cause},
        )
        for one in resting
    ]
    voided = Entry(EntryKind.RECORD_VOIDED, transaction.now, by, facts)
    appended = append_entries(transaction, [voided, *revocations])
    record_rows.void_record(transaction, entry, by_entry=appended.first)
    for class_id in reopened:
        enrolment = class_rows.find_enrolment(transaction, holding.learner, class_id)
        again = EnrolmentState.ENROLLED
        class_rows.set_enrolment_states(transaction, [holding.learner], enrolment.class_id, again)
    for one in resting:
        certificate_rows.mark_revoked(transaction, one.serial, cause)
    return Corrected(appended.first, tuple(one.serial for one in resting))


def amend_record(
    transaction: Transaction, entry: int, correction: Correction, *, by: PersonId, reason: str
) -> Corrected:
    """Amend day, score or note of a pass; what is not given stays as it is.

    Raises Conflict("nothing-to-amend") when it says so already, as after a repeated request.
    """
    kept = _open_record(transaction, entry, by, reason)
    old = kept.holding
    score = old.score if correction.score is None else correction.score
    note = old.note if correction.note is None else correction.note
    day = correction.passed_on or old.passed_on
    if (day, score, note) == (old.passed_on, old.score, old.note):
        raise Conflict("nothing-to-amend", name=entry)
    school_class = class_rows.find_class(transaction, old.class_id)
    if not school_class.starts <= day <= school_class.ends:
        raise BadInput("day-outside-class", value=day.isoformat())
    salt = secrets.token_bytes(SALT_BYTES)
    facts: dict[str, Fact] = {
        "entry": entry,
        "reason": reason,
        "passed_on": day.isoformat(),
        "commitment": commitment(salt, details_of_pass(score, note)),
    }
    amended = Entry(EntryKind.RECORD_AMENDED, transaction.now, by, facts)
    appended = append_entries(transaction, [amended])
    record_rows.amend_record(transaction, entry, Amendment(day, score, note, salt))
    return Corrected(appended.first, ())


def _open_record(transaction: Transaction, entry: int, by: PersonId, reason: str) -> KeptRecord:
    """Return the record of an entry if it stands and this person may correct it."""
    if not reason.strip():
        raise BadInput("reason-missing")
    kept = record_rows.record_of_entry(transaction, entry)
    school_class = class_rows.find_class(transaction, kept.holding.class_id)
    registrar = Role.REGISTRAR in people_rows.roles_of(transaction, by)
    if by not in school_class.teachers and not registrar:
        raise NotAllowed("not-own-class", class_id=school_class.id)
    if kept.voided_entry is not None:
        raise Conflict("already-voided", name=entry)
    return kept


def _reopened(transaction: Transaction, kept: KeptRecord) -> list[str]:
    """Return the finished classes of the learner whose course needs the unit that goes."""
    unit = kept.holding.unit
    held = record_rows.held_by(transaction, kept.holding.learner)
    if sum(one.unit == unit for one in held) > 1:
        return []
    found = []
    for enrolment in class_rows.enrolments_of(transaction, kept.holding.learner):
        if enrolment.state is EnrolmentState.COMPLETED:
            one = class_rows.find_class(transaction, enrolment.class_id)
            stored = course_rows.find_map(transaction, one.course_code, one.map_version)
            if unit in stored.course_map.units:
                found.append(str(enrolment.class_id))
    return sorted(found)
