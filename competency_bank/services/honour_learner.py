"""Trip: an honour, proposed by one person and agreed to by another."""

from dataclasses import dataclass

from certificates.credential.snapshot import Basis, CertificateKind, Citation, HonourShown
from certificates.issuing import prepare_for_print
from competency_bank.domain.errors import BadInput, NotAllowed
from competency_bank.domain.mandates import require
from competency_bank.domain.people import Person, Role
from competency_bank.domain.statements import framed
from competency_bank.domain.terms import Terms
from competency_bank.storage import people_rows, plan_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.plan_rows import Planned, Purpose


@dataclass(frozen=True, slots=True)
class Award:
    """What somebody is honoured for."""

    title_th: str
    title_en: str | None
    field: str
    """Trade or body of local wisdom."""
    reason: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the two persons, and the position that the paper names."""

    person: str
    position: str


def plan_honour(
    transaction: Transaction,
    learner: str,
    award: Award,
    *,
    voices: tuple[Voice, Voice],
    terms: Terms,
) -> list[Planned]:
    """Freeze and store an honour; returns it, waiting for its seal.

    The first of ``voices`` proposes, the second agrees: two persons, the second from TPQI's side.
    Raises BadInput("reason-missing"), NotAllowed("approver-is-author") where both are one, and what
    is said to somebody without the role.
    """
    if not award.reason.strip():
        raise BadInput("reason-missing")
    proposer, second = (people_rows.find_person(transaction, one.person) for one in voices)
    if proposer.id == second.id:
        raise NotAllowed("approver-is-author", name=award.title_th)
    require(Role.REGISTRAR, among=people_rows.roles_of(transaction, proposer.id))
    require(Role.TPQI, among=people_rows.roles_of(transaction, second.id))
    person = people_rows.find_person(transaction, learner)
    numbers = plan_rows.draw_numbers(transaction, terms)
    shown = _shown(
        award, (proposer, second), voices, uri=f"{terms.issuer.id}/honours/{numbers.serial}"
    )
    said = framed(
        shown,
        CertificateKind.HONOUR,
        person,
        basis=Basis.PRIOR_LEARNING,
        drawn=(terms, numbers),
        at=transaction.now,
    )
    purpose = Purpose(person.id, award.title_th)
    return plan_rows.keep_plans(
        transaction, [(purpose, prepare_for_print(said, terms.marks))], by=second.id
    )


def _shown(
    award: Award, people: tuple[Person, Person], voices: tuple[Voice, Voice], *, uri: str
) -> HonourShown:
    cited = [
        Citation(person.name.full, voice.position)
        for person, voice in zip(people, voices, strict=True)
    ]
    return HonourShown(
        uri=uri,
        title_th=award.title_th,
        title_en=award.title_en,
        field=award.field,
        reason=award.reason,
        awarded_by=(cited[0], cited[1]),
    )
