"""Trip: a certificate revoked. The record it rested on is not touched."""

from competency_bank.domain.awards import CertificateState, RevocationReason
from competency_bank.domain.errors import BadInput, Conflict
from competency_bank.domain.ledger import Entry, EntryKind
from competency_bank.domain.mandates import require
from competency_bank.domain.people import PersonId, Role
from competency_bank.storage import certificate_rows, people_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import append_entries


def revoke_certificate(
    transaction: Transaction, serial: str, *, reason: str, by: PersonId
) -> RevocationReason:
    """Revoke a certificate for good; it can be issued anew, with another serial.

    A registrar may. Raises BadInput("unknown-reason"), Conflict("already-revoked").
    """
    never = {RevocationReason.REPLACED, RevocationReason.ERASED}
    given = {one.value: one for one in RevocationReason if one not in never}
    if reason not in given:
        raise BadInput("unknown-reason", value=reason, reasons=", ".join(given))
    cause = given[reason]
    require(Role.REGISTRAR, among=people_rows.roles_of(transaction, by))
    kept = certificate_rows.find_certificate(transaction, serial)
    if kept.state is CertificateState.REVOKED:
        raise Conflict("already-revoked", name=serial)
    facts = {"serial": serial, "reason": cause.value}
    entry = Entry(EntryKind.CERTIFICATE_REVOKED, transaction.now, by, facts)
    append_entries(transaction, [entry])
    certificate_rows.mark_revoked(transaction, serial, cause.value)
    return cause
