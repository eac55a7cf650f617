"""Trip: the audit. Everything is derived again from entry 0 and compared with what is kept.

It trusts the keys it is given and nothing else: not the order of rows, not the tables the bank
works with, not its own earlier answers. It ships with the bank and runs after every test scenario.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from certificates.sealing.merkle import leaf_hash
from competency_bank.domain.courses import EnrolmentState
from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.holdings import details_of_pass
from competency_bank.domain.ledger import Entry, commitment, read_entry, written
from competency_bank.domain.ledger_fold import Folded, fold
from competency_bank.domain.log_audit import audit_log
from competency_bank.domain.people import details_of_person
from competency_bank.storage import (
    certificate_rows,
    class_rows,
    course_rows,
    ledger_rows,
    people_rows,
    record_rows,
    succession_rows,
)
from competency_bank.storage.column_checks import differing_columns
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import stored_editions
from competency_bank.storage.erasing_rows import is_erased
from competency_bank.storage.log_state import CheckpointReader
from standards.course_map import map_digest
from standards.errors import StandardsError
from standards.reading_json import read_edition, write_edition


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that disagrees; ``entry`` is the ledger entry concerned, where there is one."""

    code: str
    entry: int | None
    values: Mapping[str, object]


Check = Callable[[Transaction, Folded], Iterator[Finding]]
"""Compares one part of the tables with what follows from the ledger."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit read and what disagrees; clean when there is no finding."""

    entries: int
    findings: tuple[Finding, ...]


def audit_bank(
    transaction: Transaction,
    *,
    open_checkpoint: CheckpointReader,
    document_digest: Callable[[str], str | None],
) -> Audit:
    """Derive everything again and return what disagrees, lowest entry first.

    ``document_digest`` gives the SHA-256 of the kept PDF of a serial, or None when it is gone.
    """
    leaves: list[bytes] = []
    entries: list[tuple[int, Entry]] = []
    findings = list(_entries(transaction, leaves, entries))
    findings += _log(transaction, leaves, open_checkpoint)
    try:
        state = fold(entries)
    except RecordDamaged as fault:
        findings.append(_finding(fault))
        state = None
    if state is not None:
        for check in (*CHECKS, lambda opened, kept: _documents(opened, kept, document_digest)):
            findings += _bounded(check, transaction, state)
    ordered = sorted(findings, key=lambda one: (one.entry is None, one.entry or 0, one.code))
    return Audit(len(leaves), tuple(ordered))


def _bounded(check: Check, transaction: Transaction, state: Folded) -> Iterator[Finding]:
    """Run one comparison; a cell that holds what cannot be there is a finding, not a crash."""
    try:
        yield from check(transaction, state)
    except (ValueError, TypeError, ArithmeticError, StandardsError) as fault:
        yield Finding("table-unreadable", None, {"reason": str(fault)[:200]})


def _entries(
    transaction: Transaction, leaves: list[bytes], entries: list[tuple[int, Entry]]
) -> Iterator[Finding]:
    """Check each stored entry against its place, its own form and the columns beside it."""
    for expected, (index, kind, at, body) in enumerate(ledger_rows.raw_entries(transaction)):
        if index != expected:
            yield Finding("entry-missing", expected, {"found": index})
            return
        leaves.append(leaf_hash(body))
        try:
            entry = read_entry(body)
        except RecordDamaged as fault:
            yield Finding(fault.code, index, fault.values)
            continue
        entries.append((index, entry))
        if (entry.kind.value, written(entry.at)) != (kind, at):
            yield Finding("entry-columns", index, {"kind": kind})


def _log(
    transaction: Transaction, leaves: list[bytes], open_checkpoint: CheckpointReader
) -> Iterator[Finding]:
    tiles = dict(ledger_rows.all_tiles(transaction))
    checkpoints = ledger_rows.all_checkpoints(transaction)
    for fault in audit_log(leaves, tiles, checkpoints, open_checkpoint=open_checkpoint):
        yield Finding(fault.code, fault.entry, fault.values)


def _records(transaction: Transaction, state: Folded) -> Iterator[Finding]:
    seen = set()
    for kept in record_rows.all_records(transaction):
        own = kept.holding
        if kept.voided_entry is not None:
            if own.entry in state.records:
                yield Finding("record-void-unproved", own.entry, {})
            continue
        seen.add(own.entry)
        stated = state.records.get(own.entry)
        if own.learner in state.erased:
            if kept.salt or own.score is not None or own.note is not None:
                yield Finding("not-erased", own.entry, {"person": own.learner})
            vouched = "" if stated is None else stated.commitment  # nobody can open it any more
        else:
            vouched = commitment(kept.salt, details_of_pass(own.score, own.note))
        shown = (own.learner, own.unit, own.edition, own.basis.value, own.class_id, own.passed_on)
        if stated is None or (*shown, vouched) != (
            stated.learner,
            stated.unit,
            stated.edition,
            stated.basis,
            stated.class_id,
            stated.passed_on,
            stated.commitment,
        ):
            yield Finding("record-differs", own.entry, {"learner": own.learner})
    for entry in sorted(set(state.records) - seen):
        yield Finding("record-missing", entry, {"learner": state.records[entry].learner})


def _enrolments(transaction: Transaction, state: Folded) -> Iterator[Finding]:
    for one in class_rows.all_enrolments(transaction):
        key = (str(one.class_id), str(one.learner))
        if state.enrolments.pop(key, EnrolmentState.ENROLLED) is not one.state:
            yield Finding("enrolment-differs", None, {"class": key[0], "learner": key[1]})
    for class_id, learner in state.enrolments:
        yield Finding("enrolment-missing", None, {"class": class_id, "learner": learner})


def _certificates(transaction: Transaction, state: Folded) -> Iterator[Finding]:
    kept = certificate_rows.all_certificates(transaction)
    for one in kept:
        stated = state.certificates.pop(one.serial, None)
        plan = hashlib.sha256(one.plan).hexdigest()
        if one.learner in state.erased:
            if one.plan:
                yield Finding("not-erased", None, {"person": one.learner})
            plan = "" if stated is None else stated[1]
        if stated != (one.state, plan, one.document_digest or ""):
            yield Finding("certificate-differs", None, {"serial": one.serial})
    for serial in state.certificates:
        yield Finding("certificate-missing", None, {"serial": serial})
    revoked = {one.serial for one in kept if one.revoked_at is not None}
    if certificate_rows.revoked_serials(transaction) != revoked:
        yield Finding("status-differs", None, {})


def _people(transaction: Transaction, state: Folded) -> Iterator[Finding]:
    for person, salt in people_rows.salted_people(transaction):
        if person.id in state.erased:
            if salt or not is_erased(person) or person.name.full or person.birth_date:
                yield Finding("not-erased", None, {"person": person.id})
            continue
        vouched = commitment(salt, details_of_person(person))
        if state.people.get(person.id) != vouched:
            yield Finding("person-differs", None, {"person": person.id})


def _rules(transaction: Transaction, state: Folded) -> Iterator[Finding]:
    """Check editions and mappings against the digests that were written down."""
    stored_rules = list(stored_editions(transaction))
    for edition in sorted(set(state.editions) - {name for name, _, _ in stored_rules}):
        yield Finding("edition-differs", None, {"edition": edition})
    for edition, digest, document in stored_rules:
        whole = _edition_digest(document)
        if not state.editions.get(edition) == digest == whole:
            yield Finding("edition-differs", None, {"edition": edition})
    maps = course_rows.all_maps(transaction)
    have = {(one.course_map.course_code, one.course_map.version) for one in maps}
    for course, version in sorted(set(state.mappings) - have):
        yield Finding("mapping-differs", None, {"course": course, "version": version})
    for stored in maps:
        key = (stored.course_map.course_code, stored.course_map.version)
        now = map_digest(stored.course_map)
        if stored.approved_by is not None and state.mappings.get(key) != now:
            yield Finding("mapping-differs", None, {"course": key[0], "version": key[1]})


def _decisions(transaction: Transaction, state: Folded) -> Iterator[Finding]:
    """Check decisions on succession, and what people completed, against the ledger."""
    in_force = {
        one.reference: (one.kind, one.old, one.new, one.edition, one.on)
        for one in succession_rows.all_decisions(transaction)
        if one.confirmed_by is not None
    }
    for reference in sorted(set(in_force) | set(state.decisions)):
        if in_force.get(reference) != state.decisions.get(reference):
            yield Finding("decision-differs", None, {"reference": reference})
    kept = {
        (str(learner), str(one.qualification), str(one.edition))
        for learner, own in succession_rows.completions(transaction).items()
        for one in own
    }
    for learner, qualification, _ in sorted(kept ^ state.completions):
        values = {"learner": learner, "qualification": qualification}
        yield Finding("completion-differs", None, values)


def _edition_digest(document: bytes) -> str | None:
    """Return the digest of an edition as its own bytes have it, None where they are damaged."""
    try:
        edition = read_edition(document, name="database")
    except StandardsError:
        return None
    return edition.digest if write_edition(edition) == document else None


def _documents(
    transaction: Transaction, state: Folded, document_digest: Callable[[str], str | None]
) -> Iterator[Finding]:
    for one in certificate_rows.all_certificates(transaction):
        if one.document_digest is None:
            continue
        found = document_digest(one.serial)
        if one.learner in state.erased:
            if found is not None:
                yield Finding("not-erased", None, {"person": one.learner})
            continue
        if found != one.document_digest:
            code = "document-missing" if found is None else "document-differs"
            yield Finding(code, None, {"serial": one.serial})


def _finding(fault: RecordDamaged) -> Finding:
    entry = fault.values.get("entry")
    return Finding(fault.code, entry if isinstance(entry, int) else None, fault.values)


def _columns(transaction: Transaction, _: Folded) -> Iterator[Finding]:
    for code, entry, values in differing_columns(transaction):
        yield Finding(code, entry, values)


CHECKS: tuple[Check, ...] = (
    _columns,
    _records,
    _enrolments,
    _certificates,
    _people,
    _rules,
    _decisions,
)
"""Every comparison of tables with the folded ledger."""
