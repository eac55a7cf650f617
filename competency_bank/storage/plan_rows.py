"""Plans of certificates: what is drawn for each, and the ledger entries that state them."""

import hashlib
import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from certificates.credential.paper_code import RANDOM_BYTES, new_paper_code
from certificates.issuing import Ticket
from competency_bank.domain import clock
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.courses import ClassId
from competency_bank.domain.ledger import Entry, EntryKind, Fact, json_bytes
from competency_bank.domain.people import PersonId
from competency_bank.domain.terms import Numbers, Terms
from competency_bank.storage.certificate_rows import (
    KeptCertificate,
    add_certificate,
    next_number,
    take_status_slot,
)
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import append_entries, indexed_entries_of


@dataclass(frozen=True, slots=True)
class Purpose:
    """For whom a certificate is, what it is about, and on what it rests."""

    learner: PersonId
    subject: str
    """One certificate of a learner, kind and subject stands at a time."""
    class_id: ClassId | None = None
    rests_on: tuple[int, ...] = ()
    """Indexes of ledger entries of passes."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that is stored and waits for its seal."""

    kept: KeptCertificate
    ticket: Ticket
    entry: int
    """Index of the ledger entry that states it."""


def draw_numbers(transaction: Transaction, terms: Terms) -> Numbers:
    """Draw id, serial, paper code and status position for one certificate."""
    year = clock.buddhist_year(transaction.now)
    number = next_number(transaction, f"serial-{terms.serial_prefix}-{year}")
    serial = f"{terms.serial_prefix}-{year}-{number:06d}"
    status_list, status_index = take_status_slot(transaction, serial)
    return Numbers(
        id=str(uuid.uuid4()),
        serial=serial,
        paper_code=new_paper_code(secrets.token_bytes(RANDOM_BYTES)),
        status_list=status_list,
        status_index=status_index,
    )


def keep_plans(
    transaction: Transaction,
    plans: Sequence[tuple[Purpose, Ticket]],
    *,
    by: str,
    beside: Sequence[Entry] = (),
) -> list[Planned]:
    """Store plans with their paper codes and state them in the ledger.

    Entries ``beside`` are written after them, under the same checkpoint. Raises
    Conflict("already-planned") when the same certificate stands.
    """
    kept = [_kept(transaction, purpose, ticket) for purpose, ticket in plans]
    for one, (_, ticket) in zip(kept, plans, strict=True):
        add_certificate(transaction, one, ticket.statement.paper_code)
    entries = [_entry(transaction, one, by) for one in kept]
    if not entries and not beside:
        return []
    first = append_entries(transaction, [*entries, *beside]).first
    return [
        Planned(one, ticket, first + place)
        for place, (one, (_, ticket)) in enumerate(zip(kept, plans, strict=True))
    ]


def plan_entries(transaction: Transaction, serials: Collection[str]) -> dict[str, int]:
    """Return the index of the ledger entry that states the plan of each serial.

    Reads every plan ever stated: for the few that a torn-off run left.
    """
    wanted = frozenset(serials)
    planned = indexed_entries_of(transaction, EntryKind.CERTIFICATE_PLANNED) if wanted else ()
    return {
        entry.text("serial"): index for index, entry in planned if entry.text("serial") in wanted
    }


def _kept(transaction: Transaction, purpose: Purpose, ticket: Ticket) -> KeptCertificate:
    return KeptCertificate(
        learner=purpose.learner,
        serial=ticket.statement.serial,
        kind=ticket.statement.kind.value,
        subject=purpose.subject,
        class_id=purpose.class_id or ClassId(""),
        state=CertificateState.PLANNED,
        plan=json_bytes(ticket.credential),
        rests_on=purpose.rests_on,
        planned_at=transaction.now,
    )


def _entry(transaction: Transaction, kept: KeptCertificate, by: str) -> Entry:
    facts: dict[str, Fact] = {
        "serial": kept.serial,
        "learner": kept.learner,
        "certificate": kept.kind,
        "subject": kept.subject,
        "rests_on": list(kept.rests_on),
        "digest": hashlib.sha256(kept.plan).hexdigest(),
    }
    return Entry(EntryKind.CERTIFICATE_PLANNED, transaction.now, by, facts)
