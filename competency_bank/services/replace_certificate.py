"""Trip: a certificate replaced. The new one names the old; the old is no longer valid."""

import json
from dataclasses import replace

from certificates.credential.open_badge import statement_of
from certificates.credential.snapshot import Form, Holder
from certificates.issuing import Ticket, prepare_for_print
from competency_bank.domain.awards import CertificateState, RevocationReason
from competency_bank.domain.errors import Conflict
from competency_bank.domain.ledger import Entry, EntryKind, Fact
from competency_bank.domain.mandates import require
from competency_bank.domain.people import PersonId, Role
from competency_bank.domain.terms import Terms, check_url, status_list_uri
from competency_bank.storage import certificate_rows, people_rows, plan_rows
from competency_bank.storage.certificate_rows import KeptCertificate
from competency_bank.storage.database import Transaction
from competency_bank.storage.plan_rows import Planned, Purpose


def plan_replacement(
    transaction: Transaction, serial: str, *, terms: Terms, by: PersonId
) -> list[Planned]:
    """Put a new certificate in the place of one that is in force; returns what to seal.

    It says what the old one said, with the name as it stands today, under a serial and a paper
    code of its own. A registrar may. The old one ends in the same transaction: whatever happens to
    the seal, never are both in force. Raises Conflict("not-in-force").
    """
    require(Role.REGISTRAR, among=people_rows.roles_of(transaction, by))
    old = certificate_rows.find_certificate(transaction, serial)
    if old.state is not CertificateState.ISSUED:
        raise Conflict("not-in-force", name=serial)
    ticket = _ticket(transaction, old, terms)
    facts: dict[str, Fact] = {"serial": serial, "by_serial": ticket.statement.serial}
    ended = Entry(EntryKind.CERTIFICATE_REPLACED, transaction.now, by, facts)
    certificate_rows.mark_revoked(transaction, serial, RevocationReason.REPLACED.value)
    purpose = Purpose(old.learner, old.subject, old.class_id, old.rests_on)
    return plan_rows.keep_plans(transaction, [(purpose, ticket)], by=by, beside=[ended])


def _ticket(transaction: Transaction, old: KeptCertificate, terms: Terms) -> Ticket:
    numbers = plan_rows.draw_numbers(transaction, terms)
    person = people_rows.find_person(transaction, old.learner)
    before = statement_of(json.loads(old.plan))
    said = replace(
        before,
        id=f"urn:uuid:{numbers.id}",
        serial=numbers.serial,
        paper_code=numbers.paper_code,
        check_url=check_url(terms.public_url, numbers.paper_code),
        issuer=terms.issuer,
        holder=Holder(before.holder.id, person.name.full),
        issued_at=transaction.now,
        status=replace(
            before.status,
            list_uri=status_list_uri(terms, numbers.status_list),
            index=numbers.status_index,
        ),
        demonstration=terms.demonstration,
        replaces=before.serial,
        form=Form.SECOND,
    )
    return prepare_for_print(said, terms.marks)
