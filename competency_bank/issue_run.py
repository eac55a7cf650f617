"""A run of issuing: plan in one transaction, seal outside, write down in small ones.

A crash at any point loses nothing and doubles nothing: plans are stored before anything is
signed, documents are on disk before they are called issued, and the next run goes on from there.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from certificates.credential.embedded import attachments_of
from certificates.credential.paper_token import paper_token
from certificates.credential.snapshot import CertificateKind
from certificates.document.attachments import Attachment, Relationship
from certificates.issuing import ATTACHMENT_NAME, Sealed, Ticket
from certificates.sealing.data_integrity import add_proof
from certificates.sealing.log_proof import write_log_proof
from certificates.sealing.pades import seal_pdf
from certificates.sealing.token import credential_of, parse_token, sign_credential
from competency_bank.bank import Bank, now
from competency_bank.domain.awards import CertificateState, Due
from competency_bank.domain.errors import Conflict, NotFound, RecordDamaged
from competency_bank.domain.ledger import SYSTEM, EntryKind, json_bytes, read_entry
from competency_bank.services import publish_trust
from competency_bank.services.compile_portfolio import Wish, plan_portfolio, standing_portfolio
from competency_bank.services.issue_certificates import (
    Wanted,
    find_due,
    is_unfinished,
    left_unsealed,
    plan_certificates,
    record_issued,
)
from competency_bank.storage.certificate_rows import certificates_of
from competency_bank.storage.database import Transaction
from competency_bank.storage.issued_files import keep_document, one_at_a_time, read_document
from competency_bank.storage.log_proof_rows import inclusion_proofs
from competency_bank.storage.people_rows import find_person
from competency_bank.storage.plan_rows import Planned

PORTFOLIO_FORMS = (".pdf", ".json", ".jwt")
"""Endings of the files as which a portfolio can be had."""

LOG_PROOF_NAME = "log-proof.txt"
STATUS_NAME = "status.jwt"
"""Names under which verifiers look for what a certificate carries."""

MOST_STAPLED = 4096
"""Characters of a status list that is stapled; a longer one is fetched or comes with the trust."""

BATCH = 50
"""Certificates sealed between two commits: few to lose after a crash, many enough to be fast."""


Progress = Callable[[int, int], None]


def _nobody(_done: int, _all: int) -> None:
    """Tell nobody how far the run is."""


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
    progress: Progress = _nobody,
) -> list[Issued]:
    """Issue what is due and wanted, and finish what an earlier run left; return what was sealed.

    ``progress`` is told how many of how many are done.
    """
    with one_at_a_time(bank.settings.home / "issuing.lock"):
        return list(_issue(bank, wanted, by, progress))


def finish(bank: Bank, *, by: str = SYSTEM) -> list[Issued]:
    """Seal what an earlier run planned and did not finish, and nothing else."""
    with one_at_a_time(bank.settings.home / "issuing.lock"):
        with bank.reading() as transaction:
            left = left_unsealed(transaction, bank.marks)
        return list(_sealed(bank, [left], by, total=len(left)))


def issue_now(
    bank: Bank, plan: Callable[[Transaction], list[Planned]], *, by: str = SYSTEM
) -> list[Issued]:
    """Issue what ``plan`` plans in one transaction, and only that; return what was sealed."""
    with one_at_a_time(bank.settings.home / "issuing.lock"):
        with bank.writing() as transaction:
            planned = plan(transaction)
        issued = list(_sealed(bank, [planned], by, total=len(planned)))
        bank.publish()
    return issued


def issue_portfolio(bank: Bank, wish: Wish) -> str:
    """Return the serial of a portfolio: the one made before of the same content, or a new one."""
    with bank.reading() as transaction:
        standing = standing_portfolio(transaction, wish)
    if standing is not None:
        if standing.state is CertificateState.PLANNED:
            finish(bank)
        return standing.serial
    (made,) = issue_now(
        bank,
        lambda transaction: plan_portfolio(
            transaction, wish, token_of=lambda serial: token_in(bank, serial), terms=bank.terms
        ),
    )
    return made.serial


def issue_record(bank: Bank, learner: str, class_id: str) -> str:
    """Return the serial of the training record of an unfinished course as it stands today.

    Raises Conflict("nothing-left") for a course of which every unit is passed.
    """
    wanted = Wanted(learner, class_id, CertificateKind.RECORD)
    issued = issue(bank, wanted)
    with bank.reading() as transaction:
        person = find_person(transaction, learner).id
        standing = [
            one.serial
            for one in certificates_of(transaction, person)
            if one.kind == CertificateKind.RECORD.value
            and one.class_id == class_id
            and one.state is CertificateState.ISSUED
        ]
        unfinished = is_unfinished(transaction, person, class_id)
    made = [one.serial for one in issued if one.kind == CertificateKind.RECORD.value]
    if not unfinished or not (made or standing):
        raise Conflict("nothing-left", name=class_id)
    return (made or standing)[-1]


def portfolio_file(bank: Bank, serial: str, form: str) -> bytes:
    """Return a sealed portfolio as ``.pdf``, as its VC-JWT ``.jwt`` or as CLR 2.0 ``.json``.

    The JSON has a Data Integrity proof made now; the members in it keep the tokens that were
    issued. Raises NotFound("unknown-certificate"), KeyUnusable.
    """
    document = read_document(bank.settings.issued, serial)
    token = token_in(bank, serial)
    if document is None or token is None:
        raise NotFound("unknown-certificate", name=serial)
    if form == ".pdf":
        return document
    if form == ".jwt":
        return token.encode()
    claims = credential_of(parse_token(token).payload)
    return json_bytes(add_proof(claims, bank.proof_key, at=now()))


def token_in(bank: Bank, serial: str) -> str | None:
    """Return the VC-JWT inside a kept document, or None when the document is gone."""
    document = read_document(bank.settings.issued, serial)
    if document is None:
        return None
    return attachments_of(document)[ATTACHMENT_NAME].decode("ascii")


def _issue(bank: Bank, wanted: Wanted, by: str, progress: Progress) -> Iterator[Issued]:
    with bank.reading() as transaction:
        left = left_unsealed(transaction, bank.marks)
        due = find_due(transaction, wanted)
    total = len(left) + len(due)
    batches = _batches(bank, left, due, by)
    yield from _sealed(bank, batches, by, total=total, progress=progress)
    # Also when nothing was left to do: an earlier run may have ended between commit and list.
    bank.publish()


def _sealed(
    bank: Bank,
    batches: Iterable[Sequence[Planned]],
    by: str,
    *,
    total: int,
    progress: Progress = _nobody,
) -> Iterator[Issued]:
    done = 0
    for batch in batches:
        sealed = []
        for planned, carried in zip(batch, _carried(bank, batch), strict=True):
            sealed.append((planned.kept, _seal(bank, planned, carried)))
            done += 1
            progress(done, total)
        with bank.writing() as transaction:
            issued = record_issued(transaction, sealed, by=by)
        yield from (Issued(one.serial, one.kind, one.learner) for one in issued)


def _batches(
    bank: Bank, left: Sequence[Planned], due: Sequence[Due], by: str
) -> Iterator[Sequence[Planned]]:
    """Yield what an earlier run left, then what is due; each plan is committed before its turn."""
    for start in range(0, len(left), BATCH):
        yield left[start : start + BATCH]
    for start in range(0, len(due), BATCH):
        with bank.writing() as transaction:
            some = due[start : start + BATCH]
            planned = plan_certificates(transaction, some, terms=bank.terms, by=by)
        yield planned


def _carried(bank: Bank, batch: Sequence[Planned]) -> list[list[Attachment]]:
    """Return what each certificate carries besides its credential.

    The proof that its plan stands in the log; and the signed status list, where that is small, so
    that a fresh file checks for a day with nothing but the trust list of whenever.
    """
    with bank.reading() as transaction:
        proofs = inclusion_proofs(transaction, [planned.entry for planned in batch])
        uris = {planned.ticket.statement.status.list_uri for planned in batch}
        tokens = {uri: _status_token(bank, transaction, uri) for uri in uris}
    carried = []
    for planned, proof in zip(batch, proofs, strict=True):
        require_stated(planned, proof.entry)
        files = [log_proof_file(write_log_proof(proof))]
        token = tokens[planned.ticket.statement.status.list_uri]
        if len(token) <= MOST_STAPLED:
            files.append(status_file(token))
        carried.append(files)
    return carried


def _status_token(bank: Bank, transaction: Transaction, uri: str) -> str:
    number = int(uri.rpartition("/")[2])
    content = publish_trust.status_list(
        transaction, number, keys=bank.keys, terms=bank.terms, at=None
    )
    return publish_trust.status_token(content, bank.keys, now=transaction.now, at=None)


def require_stated(planned: Planned, body: bytes) -> None:
    """Require that the ledger entry states exactly what is about to be signed.

    Three things must be one before anything leaves the house: the digest in the entry, the plan
    that is stored, and the credential from which the page was drawn. Raises
    RecordDamaged("plan-differs").
    """
    entry = read_entry(body)
    about_to_sign = hashlib.sha256(json_bytes(planned.ticket.credential)).hexdigest()
    stored = hashlib.sha256(planned.kept.plan).hexdigest()
    stated = (entry.kind, entry.facts.get("serial"), entry.facts.get("digest"))
    wanted = (EntryKind.CERTIFICATE_PLANNED, planned.ticket.statement.serial, about_to_sign)
    if stated != wanted or stored != about_to_sign:
        raise RecordDamaged("plan-differs", entry=planned.entry, serial=planned.kept.serial)


def log_proof_file(proof: bytes) -> Attachment:
    """Return the proof of the log entry as a file to carry."""
    supplement = Relationship.SUPPLEMENT
    return Attachment(LOG_PROOF_NAME, "text/plain", supplement, proof, "Proof of the log entry")


def status_file(token: str) -> Attachment:
    """Return the signed status list as a file to carry."""
    supplement = Relationship.SUPPLEMENT
    return Attachment(
        STATUS_NAME, "application/vc+jwt", supplement, token.encode("ascii"), "Signed status list"
    )


def _paper_token(bank: Bank, ticket: Ticket, jwt: str) -> str:
    key = bank.keys.credential
    digest = hashlib.sha256(jwt.encode("ascii")).digest()
    return paper_token(ticket.statement, digest, kid=key.kid, sign=key.sign)


def _seal(bank: Bank, planned: Planned, carried: Sequence[Attachment]) -> Sealed:
    ticket = planned.ticket
    at = ticket.statement.issued_at
    sealed = ticket.seal(
        sign_credential=lambda credential: sign_credential(credential, bank.keys.credential),
        seal_pdf=lambda draft: seal_pdf(draft, bank.keys.document, at=at),
        attachments=carried,
        sign_paper=partial(_paper_token, bank, ticket) if ticket.awaits_paper_token else None,
    )
    keep_document(bank.settings.issued, planned.kept.serial, sealed.pdf)
    return sealed
