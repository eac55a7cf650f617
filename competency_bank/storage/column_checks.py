"""What the tables hold beside the ledger, compared with the entries and plans it follows from.

The audit folds the ledger and compares what the bank works with; here are the columns and tables
that only repeat what an entry or a plan says: moments, names, places on status lists, paper codes.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, func, select

from certificates.sealing.merkle import HASH_BYTES
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.ledger import EntryKind, written
from competency_bank.storage.certificate_rows import KeptCertificate, all_certificates
from competency_bank.storage.curriculum_tables import CourseMapRow, EditionRow
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.ledger_rows import indexed_entries_of
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import (
    CheckpointRow,
    LedgerEntryRow,
    LogTileRow,
    PaperCodeRow,
    RecordRow,
    StatusSlotRow,
)

NOWHERE = b"\0"
"""Stands in no plan."""

PLACES = 2
"""Tables that hold one row for every certificate: status slots and paper codes."""

Difference: TypeAlias = tuple[str, int | None, Mapping[str, object]]
"""Code of the finding, the entry concerned where there is one, and the values of its sentence."""

_entries = table(LedgerEntryRow)
_records = table(RecordRow)
_checkpoints = table(CheckpointRow)
_editions = table(EditionRow)
_maps = table(CourseMapRow)
_hashes = table(LogTileRow)


def differing_columns(transaction: Transaction) -> Iterator[Difference]:
    """Yield every difference; the database's own structure first, as nothing else holds without."""
    connection = transaction.connection
    yield from _structure(connection)
    yield from _tiles(transaction)
    yield from _moments(connection)
    yield from _recorded(connection)
    yield from _voided(connection)
    yield from _edition_columns(connection)
    yield from _map_columns(connection)
    yield from _certificates(transaction)
    yield from _addresses(transaction)


def _structure(connection: Connection) -> Iterator[Difference]:
    """Let SQLite look at its own pages and indexes; PostgreSQL has no such question."""
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(1)"):
        if said != "ok":
            yield "database-damaged", None, {}
    for broken in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield "table-unreadable", None, {"reason": f"{broken[0]} refers to {broken[2]}"}
        return


def _tiles(transaction: Transaction) -> Iterator[Difference]:
    """Tiles hold the entries and nothing beyond them."""
    leaves = select(func.sum(func.length(_hashes.c.hashes))).where(_hashes.c.level == 0)
    held = (transaction.connection.execute(leaves).scalar() or 0) // HASH_BYTES
    size = transaction.connection.execute(select(func.count()).select_from(_entries)).scalar() or 0
    if held > size:
        yield "tile-changed", size, {}


def _moments(connection: Connection) -> Iterator[Difference]:
    """Hold that a checkpoint bears the time of the last entry that it covers."""
    last = _entries.c.index == _checkpoints.c.size - 1
    query = select(_checkpoints.c.size, _checkpoints.c.at, _entries.c.at.label("stated"))
    for row in connection.execute(query.select_from(_checkpoints.join(_entries, last))):
        if _moment(row.at) != row.stated:
            yield "entry-columns", row.size - 1, {}


def _recorded(connection: Connection) -> Iterator[Difference]:
    """When and by whom a pass was recorded answers for what was held on a past day."""
    own = _records.join(_entries, _entries.c.index == _records.c.entry)
    query = select(
        _records.c.entry,
        _records.c.recorded_at,
        _records.c.recorded_by,
        _entries.c.at,
        _entries.c.body,
    ).select_from(own)
    for entry, recorded_at, by, at, body in connection.execute(query):
        stated = f'"by":{json.dumps(by, ensure_ascii=False)}'.encode()
        if _moment(recorded_at) != at or stated not in stored_bytes(body):
            yield "record-differs", entry, {}


def _voided(connection: Connection) -> Iterator[Difference]:
    own = _records.outerjoin(_entries, _entries.c.index == _records.c.voided_entry)
    query = select(
        _records.c.entry,
        _records.c.voided_entry,
        _records.c.voided_at,
        _entries.c.kind,
        _entries.c.at,
        _entries.c.body,
    ).select_from(own)
    gone = (_records.c.voided_entry.is_not(None)) | (_records.c.voided_at.is_not(None))
    for row in connection.execute(query.where(gone)):
        names = f'"entry":{row.entry},'.encode() in stored_bytes(row.body)
        told = (row.kind, row.at) == (EntryKind.RECORD_VOIDED.value, _moment(row.voided_at))
        if not (told and names):
            yield "record-void-unproved", row.entry, {}


def _edition_columns(connection: Connection) -> Iterator[Difference]:
    columns = (_editions.c.id, _editions.c.owner, _editions.c.released, _editions.c.document)
    for edition, owner, released, document in connection.execute(select(*columns)):
        try:
            whole = json.loads(stored_bytes(document))
            same = (whole["id"], whole["owner"], whole["released"]) == (
                edition,
                owner,
                released.isoformat(),
            )
        except (ValueError, LookupError, TypeError):
            same = False
        if not same:
            yield "edition-differs", None, {"edition": edition}


def _map_columns(connection: Connection) -> Iterator[Difference]:
    columns = (_maps.c.course_code, _maps.c.version, _maps.c.document)
    for course, version, document in connection.execute(select(*columns)):
        try:
            whole = json.loads(stored_bytes(document))
            same = (whole["course_code"], whole["version"]) == (course, version)
        except (ValueError, LookupError, TypeError):
            same = False
        if not same:
            yield "mapping-differs", None, {"course": course, "version": version}


def _certificates(transaction: Transaction) -> Iterator[Difference]:
    """Who a certificate is for, what it rests on, and when it was planned and revoked."""
    planned = {
        entry.text("serial"): (index, entry)
        for index, entry in indexed_entries_of(transaction, EntryKind.CERTIFICATE_PLANNED)
    }
    revoked = {
        entry.text("serial"): (written(entry.at), entry.text("reason"))
        for _, entry in indexed_entries_of(transaction, EntryKind.CERTIFICATE_REVOKED)
    }
    for one in all_certificates(transaction):
        if one.serial not in planned:
            continue  # the audit names it already
        _, entry = planned[one.serial]
        stated = (entry.text("learner"), entry.text("certificate"), entry.text("subject"))
        same = (
            stated == (one.learner, one.kind, one.subject)
            and entry.items("rests_on") == list(one.rests_on)
            and _moment(one.planned_at) == written(entry.at)
        )
        if one.state is not CertificateState.REVOKED:
            same &= one.revoked_at is None and one.reason is None
        elif one.serial in revoked:
            same &= (_moment(one.revoked_at), one.reason) == revoked[one.serial]
        if not same:
            yield "certificate-differs", None, {"serial": one.serial}


def _addresses(transaction: Transaction) -> Iterator[Difference]:
    """Each certificate has one place on a status list and one paper code, those of its plan."""
    slots, codes = table(StatusSlotRow), table(PaperCodeRow)
    plans: dict[str, KeptCertificate] = {
        one.serial: one for one in all_certificates(transaction) if one.plan
    }
    said: dict[str, list[bytes]] = {serial: [] for serial in plans}
    for row in transaction.connection.execute(select(slots)):
        place, on = f'"statusListIndex":"{row.index}"', f'/{row.list_number}"'
        plan = plans[row.serial].plan if row.serial in plans else b""
        same = on.encode() in plan
        said.setdefault(row.serial, []).append(place.encode() if same else NOWHERE)
    for row in transaction.connection.execute(select(codes)):
        whole = plans.get(row.serial)
        same = whole is None or whole.learner == row.learner_id
        said.setdefault(row.serial, []).append(str(row.code).encode() if same else NOWHERE)
    for serial, words in sorted(said.items()):
        planned = plans.get(serial)
        if planned is not None and (
            len(words) != PLACES or not all(word in planned.plan for word in words)
        ):
            yield "certificate-differs", None, {"serial": serial}


def _moment(value: datetime | None) -> str | None:
    return None if value is None else written(value)
