"""Passes of units, one row each, clustered by learner."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from operator import itemgetter

from sqlalchemy import ColumnElement, Row, bindparam, or_, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from certificates.credential.snapshot import Basis
from competency_bank.domain.courses import ClassId
from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.domain.holdings import Holding
from competency_bank.domain.ledger import EntryKind
from competency_bank.domain.people import PersonId
from competency_bank.domain.recording import Pass
from competency_bank.storage.bulk_rows import insert_tuples
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.ledger_rows import entry_at
from competency_bank.storage.mapped_row import table
from competency_bank.storage.plain_statements import ask
from competency_bank.storage.tables import EnrolmentRow, RecordRow
from standards.model import EditionId, UnitKey

_records = table(RecordRow)
_enrolments = table(EnrolmentRow)
_KEY = (_records.c.learner_id, _records.c.unit_key, _records.c.entry)
_UNITS_HELD = "SELECT unit_key FROM records WHERE voided_entry IS NULL AND learner_id = ?"
_HELD_IN_CLASS = (
    select(_records.c.learner_id, _records.c.unit_key)
    .select_from(_records.join(_enrolments, _enrolments.c.learner_id == _records.c.learner_id))
    .where(_records.c.voided_entry.is_(None) & (_enrolments.c.class_id == bindparam("class")))
)
AT_ONCE = 400
"""Passes looked for in one statement."""
_RECORDED = (
    *("learner_id", "unit_key", "entry", "edition", "basis", "class_id"),
    *("passed_on", "recorded_at", "recorded_by", "score", "note", "salt"),
)
"""Columns of a pass that stands, in the order of ``add_passes``."""


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A holding with what is kept beside it: the salt of its commitment and its end, if any."""

    holding: Holding
    salt: bytes
    voided_entry: int | None


@dataclass(frozen=True, slots=True)
class Recording:
    """What the passes of one sheet share."""

    class_id: ClassId
    by: PersonId
    basis: Basis
    editions: Mapping[UnitKey, EditionId]
    """The edition that states each unit."""
    first_entry: int
    """Index of the ledger entry of the first pass; the others follow in order."""


def add_passes(
    transaction: Transaction,
    passes: Collection[Pass],
    salts: Collection[bytes],
    *,
    recording: Recording,
) -> None:
    """Add passes, each with the salt of its commitment.

    Raises Conflict("already-recorded") when one of them stands already.
    """
    class_id, by, basis = recording.class_id, recording.by, recording.basis.value
    editions, now = recording.editions, transaction.now
    entries = count(recording.first_entry)
    rows = [
        (who, unit, entry, editions[unit], basis, class_id, day, now, by, score, note, salt)
        for (who, unit, day, score, note), salt, entry in zip(passes, salts, entries, strict=False)
    ]
    try:
        # In the order of the table: the same pages are touched together, which halves the time
        # in a table of 100,000 passes.
        insert_tuples(transaction, _records, _RECORDED, rows=sorted(rows, key=itemgetter(0, 1)))
    except IntegrityError as fault:
        raise Conflict("already-recorded") from fault


def held_by(
    transaction: Transaction, learner: PersonId, *, as_of: datetime | None = None
) -> list[Holding]:
    """Return what the learner holds, oldest pass first; ``as_of`` looks back to a moment."""
    where = _standing(as_of) & (_records.c.learner_id == learner)
    query = select(_records).where(where).order_by(_records.c.passed_on, _records.c.entry)
    return [_holding_from(row) for row in transaction.connection.execute(query)]


def units_of(transaction: Transaction, learner: PersonId) -> frozenset[UnitKey]:
    """Return the units the learner holds: all that what is left is worked out from.

    The most frequent question, so it goes to the driver as text: building the statement anew and
    wrapping each row takes ten times as long as finding them.
    """
    found = ask(transaction.connection, _UNITS_HELD, (learner,))
    return frozenset([unit for (unit,) in found])


def held_in_class(transaction: Transaction, class_id: ClassId) -> dict[PersonId, list[Holding]]:
    """Return what each learner enrolled in a class holds, wherever it was earned."""
    joined = _records.join(_enrolments, _enrolments.c.learner_id == _records.c.learner_id)
    where = _standing(None) & (_enrolments.c.class_id == class_id)
    query = select(_records).select_from(joined).where(where).order_by(_records.c.entry)
    found: dict[PersonId, list[Holding]] = {}
    for row in transaction.connection.execute(query):
        holding = _holding_from(row)
        found.setdefault(holding.learner, []).append(holding)
    return found


def units_in_class(transaction: Transaction, class_id: ClassId) -> dict[PersonId, set[UnitKey]]:
    """Return the units that each learner enrolled in a class holds, wherever they were earned."""
    found: dict[PersonId, set[UnitKey]] = {}
    for learner, unit in transaction.connection.execute(_HELD_IN_CLASS, {"class": class_id}).all():
        found.setdefault(learner, set()).add(unit)
    return found


def every_holding(transaction: Transaction) -> list[Holding]:
    """Return every pass that stands, in ledger order."""
    query = select(_records).where(_standing(None)).order_by(_records.c.entry)
    return [_holding_from(row) for row in transaction.connection.execute(query)]


def all_records(transaction: Transaction) -> Iterable[KeptRecord]:
    """Yield every pass ever recorded, for the audit."""
    for row in transaction.connection.execute(select(_records).order_by(_records.c.entry)):
        yield _kept_from(row)


def standing_entries(transaction: Transaction, entries: Collection[int]) -> frozenset[int]:
    """Return those of the ledger entries whose pass stands."""
    found: set[int] = set()
    wanted = list(entries)
    for at in range(0, len(wanted), AT_ONCE):
        places = [_place(transaction, entry) for entry in wanted[at : at + AT_ONCE]]
        query = select(_records.c.entry).where(_standing(None) & tuple_(*_KEY).in_(places))
        found |= {int(entry) for (entry,) in transaction.connection.execute(query)}
    return frozenset(found)


def record_of_entry(transaction: Transaction, entry: int) -> KeptRecord:
    """Return the pass that one ledger entry states; raises NotFound("unknown-record")."""
    row = transaction.connection.execute(select(_records).where(_at(transaction, entry))).first()
    if row is None:
        raise NotFound("unknown-record", name=entry)
    return _kept_from(row)


def void_record(transaction: Transaction, entry: int, *, by_entry: int) -> None:
    """Mark a pass void from now on; raises NotFound("unknown-record")."""
    change = {"voided_entry": by_entry, "voided_at": transaction.now}
    where = _at(transaction, entry)
    transaction.connection.execute(update(_records).where(where).values(change))


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a corrected pass says, with the new salt of its commitment."""

    passed_on: date
    score: Decimal | None
    note: str | None
    salt: bytes


def amend_record(transaction: Transaction, entry: int, amendment: Amendment) -> None:
    """Write the corrected details of a pass; what it said before stays vouched for in the log.

    Raises NotFound("unknown-record").
    """
    change = {
        "passed_on": amendment.passed_on,
        "score": amendment.score,
        "note": amendment.note,
        "salt": amendment.salt,
    }
    where = _at(transaction, entry)
    transaction.connection.execute(update(_records).where(where).values(change))


def _at(transaction: Transaction, entry: int) -> ColumnElement[bool]:
    """Return the condition that finds the row of an entry by its whole key, learner first."""
    learner, unit, _ = _place(transaction, entry)
    learnt, same = _records.c.learner_id == learner, _records.c.unit_key == unit
    return learnt & same & (_records.c.entry == entry)


def _place(transaction: Transaction, entry: int) -> tuple[str, str, int]:
    """Return the key of the row that an entry states; raises NotFound("unknown-record")."""
    try:
        stated = entry_at(transaction, entry)
    except NotFound as fault:
        raise NotFound("unknown-record", name=entry) from fault
    if stated.kind is not EntryKind.UNIT_PASSED:
        raise NotFound("unknown-record", name=entry)
    return stated.text("learner"), stated.text("unit"), entry


def _standing(as_of: datetime | None) -> ColumnElement[bool]:
    if as_of is None:
        return _records.c.voided_entry.is_(None)
    later_void = or_(_records.c.voided_at.is_(None), _records.c.voided_at > as_of)
    return (_records.c.recorded_at <= as_of) & later_void


def _kept_from(row: "Row[tuple[object, ...]]") -> KeptRecord:
    return KeptRecord(_holding_from(row), stored_bytes(row.salt), row.voided_entry)


def _holding_from(row: "Row[tuple[object, ...]]") -> Holding:
    return Holding(
        learner=PersonId(row.learner_id),
        unit=UnitKey(row.unit_key),
        edition=EditionId(row.edition),
        basis=Basis(row.basis),
        class_id=ClassId(row.class_id),
        passed_on=row.passed_on,
        entry=row.entry,
        recorded_at=row.recorded_at,
        recorded_by=PersonId(row.recorded_by),
        score=row.score,
        note=row.note,
    )
