"""A run of issuing: plan in one transaction, seal outside, write down in small ones.

A crash at any point loses nothing and doubles nothing: plans are stored before anything is
signed, documents are on disk before they are called issued, and the next run goes on from there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from certificates.issuing import Sealed, Ticket
from certificates.sealing.pades import seal_pdf
from certificates.sealing.token import sign_credential
from competency_bank.bank import Bank
from competency_bank.domain.awards import Due
from competency_bank.domain.ledger import SYSTEM
from competency_bank.services.issue_certificates import (
    Wanted,
    find_due,
    plan_certificates,
    record_issued,
    ticket_of,
    unsealed,
)
from competency_bank.storage.certificate_rows import KeptCertificate
from competency_bank.storage.issued_files import keep_document, one_at_a_time

BATCH = 50
"""Certificates sealed between two commits: few to lose after a crash, many enough to be fast."""


@dataclass(frozen=True, slots=True)
class Issued:
    """One certificate that this run sealed."""

    serial: str
    kind: str
    learner: str


def issue(
    bank: Bank,
    wanted: Wanted,
    *,
    by: str = SYSTEM,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Issued]:
    """Issue what is due and wanted, and finish what an earlier run left; return what was sealed.

    ``progress`` is told how many of how many are done.
    """
    with one_at_a_time(bank.settings.home / "issuing.lock"):
        return list(_issue(bank, wanted, by, progress))


def _issue(
    bank: Bank, wanted: Wanted, by: str, progress: Callable[[int, int], None]
) -> Iterator[Issued]:
    with bank.reading() as transaction:
        left = unsealed(transaction)
        due = find_due(transaction, wanted)
    total, done = len(left) + len(due), 0
    for batch in _batches(bank, left, due, by):
        sealed = []
        for planned, ticket in batch:
            sealed.append((planned, _seal(bank, planned, ticket)))
            done += 1
            progress(done, total)
        with bank.writing() as transaction:
            issued = record_issued(transaction, sealed, by=by)
        yield from (Issued(one.serial, one.kind, one.learner) for one in issued)
    if total:
        bank.publish()


def _batches(
    bank: Bank, left: Sequence[KeptCertificate], due: Sequence[Due], by: str
) -> Iterator[list[tuple[KeptCertificate, Ticket]]]:
    """Yield what an earlier run left, then what is due; each plan is committed before its turn."""
    for start in range(0, len(left), BATCH):
        yield [(one, ticket_of(one)) for one in left[start : start + BATCH]]
    for start in range(0, len(due), BATCH):
        with bank.writing() as transaction:
            some = due[start : start + BATCH]
            planned = plan_certificates(transaction, some, terms=bank.terms, by=by)
        yield planned


def _seal(bank: Bank, planned: KeptCertificate, ticket: Ticket) -> Sealed:
    at = ticket.statement.issued_at
    sealed = ticket.seal(
        sign_credential=lambda credential: sign_credential(credential, bank.keys.credential),
        seal_pdf=lambda pdf: seal_pdf(pdf, bank.keys.document, at=at),
    )
    keep_document(bank.settings.issued, planned.serial, sealed.pdf)
    return sealed
