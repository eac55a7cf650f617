"""Sources of standards that wait for a person, whole, with the decisions taken so far."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, insert, select, update

from competency_bank.domain.errors import NotFound
from competency_bank.storage.curriculum_tables import QuarantineRow
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.mapped_row import table
from standards.model import OwnerCode
from standards.quarantine import Decision, Reading, Verdict, release
from standards.reading_any import read_standard

_quarantine = table(QuarantineRow)

ID_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One source and what became of it."""

    id: str
    name: str
    reading: Reading
    """As its source reads today, with the decisions carried out."""


def keep_source(transaction: Transaction, data: bytes, name: str, owner: OwnerCode) -> str:
    """Keep a source until a person releases it; the same source twice is kept once."""
    digest = hashlib.sha256(owner.encode() + b"\n" + data).hexdigest()[:ID_LETTERS]
    known = select(_quarantine.c.id).where(_quarantine.c.id == digest)
    if transaction.connection.execute(known).first() is None:
        row = {"id": digest, "name": name, "owner": owner, "data": data, "decisions": "[]"}
        transaction.connection.execute(insert(_quarantine), row | {"created_at": transaction.now})
    return digest


def find_source(transaction: Transaction, source: str) -> Quarantined:
    """Return one source; raises NotFound("unknown-reading")."""
    query = select(_quarantine).where(_quarantine.c.id == source)
    row = transaction.connection.execute(query).first()
    if row is None:
        raise NotFound("unknown-reading", name=source)
    return _quarantined_from(row)


def all_sources(transaction: Transaction) -> list[Quarantined]:
    """Return every source that was kept, oldest first."""
    query = select(_quarantine).order_by(_quarantine.c.created_at, _quarantine.c.id)
    return [_quarantined_from(row) for row in transaction.connection.execute(query)]


def keep_decisions(transaction: Transaction, source: str, reading: Reading) -> None:
    """Keep the decisions of a reading beside its source."""
    taken = [
        {
            "doubt": one.doubt,
            "verdict": one.verdict.value,
            "text": one.text,
            "by": one.by,
            "at": one.at.isoformat(),
        }
        for one in reading.decisions
    ]
    change = update(_quarantine).where(_quarantine.c.id == source)
    written = json.dumps(taken, ensure_ascii=False)
    transaction.connection.execute(change.values(decisions=written))


def _quarantined_from(row: "Row[tuple[object, ...]]") -> Quarantined:
    reading = read_standard(stored_bytes(row.data), name=row.name, owner=OwnerCode(row.owner))
    return Quarantined(row.id, row.name, release(reading, _decisions(row.decisions)))


def _decisions(text: str) -> Iterable[Decision]:
    for one in json.loads(text):
        yield Decision(
            doubt=one["doubt"],
            verdict=Verdict(one["verdict"]),
            text=one["text"],
            by=one["by"],
            at=datetime.fromisoformat(one["at"]),
        )
