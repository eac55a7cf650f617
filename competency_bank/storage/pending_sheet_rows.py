"""Class sheets between upload and decision."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select

from competency_bank.domain.courses import ClassId
from competency_bank.domain.errors import NotFound
from competency_bank.domain.people import PersonId
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import PendingSheetRow

KEPT_FOR = timedelta(days=1)
"""A sheet nobody decided on holds personal data and goes after a day."""

_pending = table(PendingSheetRow)


@dataclass(frozen=True, slots=True)
class PendingSheet:
    """A sheet as it was uploaded."""

    id: str
    class_id: ClassId
    teacher: PersonId
    name: str
    data: bytes


def keep_sheet(transaction: Transaction, sheet: PendingSheet) -> None:
    """Keep an uploaded sheet for review; older forgotten ones go."""
    forget_stale(transaction)
    row = {
        "id": sheet.id,
        "class_id": sheet.class_id,
        "teacher_id": sheet.teacher,
        "name": sheet.name,
        "data": sheet.data,
        "created_at": transaction.now,
    }
    transaction.connection.execute(insert(_pending), row)


def forget_stale(transaction: Transaction) -> int:
    """Forget sheets that nobody decided on in time; returns how many."""
    stale = _pending.c.created_at < transaction.now - KEPT_FOR
    return transaction.connection.execute(delete(_pending).where(stale)).rowcount


def find_sheet(transaction: Transaction, sheet_id: str, teacher: PersonId) -> PendingSheet:
    """Return a teacher's own pending sheet; raises NotFound("unknown-sheet")."""
    where = (_pending.c.id == sheet_id) & (_pending.c.teacher_id == teacher)
    row = transaction.connection.execute(select(_pending).where(where)).first()
    if row is None:
        raise NotFound("unknown-sheet", name=sheet_id)
    return PendingSheet(row.id, ClassId(row.class_id), teacher, row.name, bytes(row.data))


def drop_sheet(transaction: Transaction, sheet_id: str) -> None:
    """Forget a sheet after the decision."""
    transaction.connection.execute(delete(_pending).where(_pending.c.id == sheet_id))
