"""Trip: a person's data erased (PDPA B.E. 2562 sections 33 and 34).

Personal data and the salts of all commitments go in one transaction with an entry that says so.
Every proof still holds: the ledger hashes opaque ids and commitments, and a commitment without its
salt says nothing. Certificates that were issued stay valid in their holder's hands, for the
signature vouches for them and the status list names nobody; the bank's own copies are destroyed.
A certificate that was planned and not yet sealed is revoked: there is nobody left to seal it for.
"""

from dataclasses import dataclass
from enum import StrEnum

from competency_bank.domain.awards import CertificateState, RevocationReason
from competency_bank.domain.errors import BadInput, NotAllowed
from competency_bank.domain.ledger import Entry, EntryKind
from competency_bank.domain.mandates import require
from competency_bank.domain.people import PersonId, Role
from competency_bank.storage import certificate_rows, people_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.erasing_rows import erase_details, is_erased
from competency_bank.storage.ledger_rows import append_entries


class ErasureReason(StrEnum):
    """Why somebody's data are erased; a closed list, so that no reason tells about the person."""

    ASKED = "asked-by-the-person"
    OVER = "retention-over"
    ERROR = "known-in-error"


@dataclass(frozen=True, slots=True)
class Erased:
    """Whose data went, and what the bank must still destroy outside the database."""

    person: PersonId
    serials: tuple[str, ...]
    """Certificates whose kept documents must go."""
    anew: bool
    """False when the data had gone before; destroying the documents again does no harm."""


def erase_person(transaction: Transaction, name: str, *, by: PersonId, reason: str) -> Erased:
    """Erase the person with this school number or id; safe to repeat by id.

    A registrar may, and not herself. Raises NotFound("unknown-person"), NotAllowed, and
    BadInput("unknown-erasure-reason").
    """
    if reason not in set(ErasureReason):
        raise BadInput("unknown-erasure-reason", value=reason, reasons=", ".join(ErasureReason))
    require(Role.REGISTRAR, among=people_rows.roles_of(transaction, by))
    person = people_rows.find_person(transaction, name)
    if person.id == by:
        raise NotAllowed("erase-oneself")
    kept = certificate_rows.certificates_of(transaction, person.id)
    serials = tuple(one.serial for one in kept)
    if is_erased(person):
        return Erased(person.id, serials, anew=False)
    waiting = [one.serial for one in kept if one.state is CertificateState.PLANNED]
    cause = RevocationReason.ERASED.value
    facts = [{"serial": serial, "reason": cause} for serial in waiting]
    now = transaction.now
    revocations = [Entry(EntryKind.CERTIFICATE_REVOKED, now, by, dict(each)) for each in facts]
    gone = Entry(EntryKind.PERSON_ERASED, now, by, {"person": person.id, "reason": reason})
    append_entries(transaction, [*revocations, gone])
    for serial in waiting:
        certificate_rows.mark_revoked(transaction, serial, cause)
    erase_details(transaction, person)
    return Erased(person.id, serials, anew=True)
