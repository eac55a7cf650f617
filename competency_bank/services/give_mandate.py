"""Trip: an owner of standards lets a school teach and assess its units, or ends that."""

import uuid
from dataclasses import dataclass
from datetime import date

from competency_bank.domain.errors import BadInput, Conflict, NotFound
from competency_bank.domain.ledger import Entry, EntryKind, Fact
from competency_bank.domain.mandates import require
from competency_bank.domain.people import PersonId, Role, SchoolId
from competency_bank.storage import mandate_rows, people_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.ledger_rows import append_entries


@dataclass(frozen=True, slots=True)
class WantedMandate:
    """A mandate to be given."""

    school: str
    owner: str
    scope: tuple[str, ...]
    """Unit codes or their leading parts; empty for all of the owner's units."""
    begins: date
    ends: date | None


def give_mandate(transaction: Transaction, wanted: WantedMandate, *, by: PersonId) -> str:
    """Give a school a mandate; return its id. Somebody of the standards' owner may.

    From the first mandate on, verifiers ask for one of every school. Raises BadInput("bad-mandate")
    for an owner of no standard or a mandate that ends before it begins, NotFound for the school.
    """
    require(Role.TPQI, among=people_rows.roles_of(transaction, by))
    people_rows.find_school(transaction, SchoolId(wanted.school))
    owners = {edition.owner for edition in load_catalogue(transaction).editions}
    if wanted.owner not in owners or (wanted.ends is not None and wanted.ends < wanted.begins):
        raise BadInput("bad-mandate")
    mandate = str(uuid.uuid4())
    facts: dict[str, Fact] = {
        "mandate": mandate,
        "holder": wanted.school,
        "owner": wanted.owner,
        "scope": sorted(set(wanted.scope)),
        "from": wanted.begins.isoformat(),
        "until": wanted.ends.isoformat() if wanted.ends else "",
    }
    append_entries(transaction, [Entry(EntryKind.MANDATE_GIVEN, transaction.now, by, facts)])
    return mandate


def withdraw_mandate(transaction: Transaction, mandate: str, *, by: PersonId) -> None:
    """End a mandate now; what was issued under it keeps its authority.

    Raises NotFound("unknown-mandate"), Conflict("mandate-ended").
    """
    require(Role.TPQI, among=people_rows.roles_of(transaction, by))
    known = {each.id: each for each in mandate_rows.given_mandates(transaction)}
    if mandate not in known:
        raise NotFound("unknown-mandate", name=mandate)
    if known[mandate].withdrawn:
        raise Conflict("mandate-ended", name=mandate)
    facts: dict[str, Fact] = {"mandate": mandate, "reason": "withdrawn"}
    append_entries(transaction, [Entry(EntryKind.MANDATE_WITHDRAWN, transaction.now, by, facts)])
