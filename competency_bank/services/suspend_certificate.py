"""Trip: a certificate suspended for a time, and resumed. Nothing about it is lost either way."""

from enum import StrEnum

from competency_bank.domain.awards import CertificateState
from competency_bank.domain.errors import BadInput, Conflict
from competency_bank.domain.ledger import Entry, EntryKind
from competency_bank.domain.mandates import require
from competency_bank.domain.people import PersonId, Role
from competency_bank.storage import certificate_rows, people_rows, status_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import append_entries


class SuspensionReason(StrEnum):
    """Why a certificate is suspended or resumed; a closed list: the ledger holds no free words."""

    UNDER_REVIEW = "under-review"
    RECORD_IN_DOUBT = "record-in-doubt"
    HOLDER_REQUEST = "holder-request"
    CLEARED = "cleared"
    IN_ERROR = "in-error"


def suspend_certificate(
    transaction: Transaction, serial: str, *, reason: str, by: PersonId
) -> None:
    """Let a certificate not hold until it is resumed; readers see it as changed.

    A registrar may. Raises Conflict("not-in-force") for one that is not issued or is revoked,
    Conflict("already-suspended"), BadInput("unknown-reason").
    """
    _require(transaction, reason, by)
    if certificate_rows.find_certificate(transaction, serial).state is not CertificateState.ISSUED:
        raise Conflict("not-in-force", name=serial)
    if serial in status_rows.suspended_serials(transaction):
        raise Conflict("already-suspended", name=serial)
    _state(transaction, EntryKind.CERTIFICATE_SUSPENDED, serial, reason=reason, by=by)


def resume_certificate(transaction: Transaction, serial: str, *, reason: str, by: PersonId) -> None:
    """Let a suspended certificate hold again.

    A registrar may. Raises NotFound("unknown-certificate"), Conflict("not-suspended"),
    BadInput("unknown-reason").
    """
    _require(transaction, reason, by)
    certificate_rows.find_certificate(transaction, serial)
    if serial not in status_rows.suspended_serials(transaction):
        raise Conflict("not-suspended", name=serial)
    _state(transaction, EntryKind.CERTIFICATE_RESUMED, serial, reason=reason, by=by)


def _require(transaction: Transaction, reason: str, by: PersonId) -> None:
    require(Role.REGISTRAR, among=people_rows.roles_of(transaction, by))
    reasons = [one.value for one in SuspensionReason]
    if reason not in reasons:
        raise BadInput("unknown-reason", value=reason, reasons=", ".join(reasons))


def _state(
    transaction: Transaction, kind: EntryKind, serial: str, *, reason: str, by: PersonId
) -> None:
    facts = {"serial": serial, "reason": reason}
    append_entries(transaction, [Entry(kind, transaction.now, by, facts)])
