"""A small bank that has issued every kind of paper, and each of them in every form it has.

Names say what a thing is: ``unit.pdf``, ``unit.token.png``, ``status.json``.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import zxingcpp

from certificates.credential.open_badge import statement_of
from certificates.credential.paper_token import PREFIX
from certificates.credential.snapshot import CertificateKind
from certificates.sealing.data_integrity import open_proof
from certificates.sealing.status_list import read_status_list
from certificates.sealing.strict_json import parse_object, quickly
from certificates.sealing.token import credential_of, parse_token
from certificates.sealing.token_status import TYPE
from certificates.sealing.trust_list import KeyPurpose, TrustList
from certificates.sealing.typed_token import parse_typed
from competency_bank.bank import Bank, now
from competency_bank.issue_run import (
    PORTFOLIO_FORMS,
    issue,
    issue_now,
    issue_portfolio,
    portfolio_file,
    token_in,
)
from competency_bank.services.compile_portfolio import Wish
from competency_bank.services.export_badge import BadgeForm, export_badge
from competency_bank.services.honour_learner import Award, Voice, plan_honour
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.publish_trust import (
    linked_status,
    status_list,
    status_token,
    wallet_status_token,
)
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.storage.issued_files import read_document
from tests.banks import BARBER, record, school_bank, sheet_of
from tests.certificates.wallet import Wallet, wallet_letter

Serials = dict[CertificateKind, str]
SHARPNESS = 200
"""Dots per inch at which paper is scanned."""
SHEET = (
    "เลขที่,10101,10104,10302,20101,20102,วันที่ผ่าน",
    "1,ผ่าน,ผ่าน,ผ่าน,ผ่าน,ผ่าน,28/10/2569",
    "2,ผ่าน,ผ่าน,,,,28/10/2569",
)
AWARD = Award("ครูภูมิปัญญาการตัดผม", "Master of Barbering", "ตัดผมบุรุษ", "สอนช่างรุ่นใหม่มาสี่สิบปี")


EVERY_KIND = {"pdf", "jwt", "json"}
BUT_PORTFOLIOS = {"paper.txt", "token.png", "linked.png", "token.svg", "linked.svg"}
LISTS = {"status.jwt", "status.json", "status.token-status.jwt"}


def expected_forms() -> set[str]:
    """Return the names of every form of every kind, so that none can be left out in silence."""
    alone = {f"{kind}.{form}" for kind in CertificateKind for form in EVERY_KIND}
    badges = {
        f"{kind}.{form}"
        for kind in set(CertificateKind) - {CertificateKind.PORTFOLIO}
        for form in BUT_PORTFOLIOS
    }
    return alone | badges | LISTS | {"unit.sd-jwt"}


def require_lists(forms: Mapping[str, bytes], trust: TrustList) -> None:
    """Prove each form of the status list by the keys of a trust list."""
    keys = trust.keys(KeyPurpose.STATUS)
    read_status_list(forms["status.jwt"].decode(), keys)
    open_proof(parse_object(forms["status.json"]), trust.proof_keys())
    text = forms["status.token-status.jwt"].decode()
    token = parse_typed(text, typ=TYPE, members=frozenset({"kid"}))
    token.prove(keys[str(token.header["kid"])].public)


def issue_every_kind(home: Path) -> tuple[Bank, Serials]:
    """Return a bank, and the serial of one paper of each kind that it issued."""
    bank = school_bank(home)
    record(bank, BARBER, sheet_of(*SHEET))
    with bank.writing() as transaction:
        withdraw_learner(transaction, "BB-002", class_id=BARBER, by="x")
    voices = (Voice("R-001", "นายทะเบียน"), Voice("V-001", "เจ้าหน้าที่ สคช."))
    made = [
        *issue(bank, Wanted(learner="BB-001")),
        *issue(bank, Wanted(kind=CertificateKind.QUALIFICATION)),
        *issue(bank, Wanted("BB-002", BARBER, CertificateKind.RECORD)),
        *issue_now(
            bank,
            lambda transaction: plan_honour(
                transaction, "BB-001", AWARD, voices=voices, terms=bank.terms
            ),
        ),
    ]
    serials = {CertificateKind(one.kind): one.serial for one in made}
    return bank, serials | {CertificateKind.PORTFOLIO: issue_portfolio(bank, Wish("BB-001"))}


def every_form(bank: Bank, serials: Serials) -> dict[str, bytes]:
    """Return everything that leaves the house, by what it is; what is made on request, made now."""
    found = {
        f"{kind}.{form}": content
        for kind, serial in serials.items()
        for form, content in _forms_of(bank, kind, serial)
    }
    return found | status_lists(bank)


def status_lists(bank: Bank) -> dict[str, bytes]:
    """Return the status list in its three forms, made now."""
    with bank.reading() as transaction:
        content = status_list(transaction, 1, keys=bank.keys, terms=bank.terms, at=None)
        linked = linked_status(content, bank.proof_key, now=transaction.now)
        return {
            "status.jwt": status_token(content, bank.keys, now=transaction.now, at=None).encode(),
            "status.json": quickly(linked),
            "status.token-status.jwt": wallet_status_token(
                transaction, 1, keys=bank.keys, terms=bank.terms
            ).encode(),
        }


def wallet_letter_of(bank: Bank, serial: str) -> bytes:
    """Return a unit letter as a wallet holds it, with every disclosure."""
    credential = credential_of(parse_token(token_in(bank, serial) or "").payload)
    return wallet_letter(Wallet(), statement_of(credential), bank.keys, at=now()).encode()


def text_on_paper(document: bytes) -> bytes | None:
    """Return the signed statement in the symbol on a paper, as a scanner reads it."""
    with pypdfium2.PdfDocument(document) as pages:
        for page in pages:
            picture = page.render(scale=SHARPNESS / 72).to_pil()
            texts = [each.text for each in zxingcpp.read_barcodes(picture)]
            for text in texts:
                if text.startswith(PREFIX):
                    return text.encode()
    return None


def _forms_of(bank: Bank, kind: CertificateKind, serial: str) -> Iterator[tuple[str, bytes]]:
    document = read_document(bank.settings.issued, serial)
    assert document is not None
    yield "pdf", document
    if kind is CertificateKind.PORTFOLIO:
        for form in PORTFOLIO_FORMS:
            if form != ".pdf":
                yield form.removeprefix("."), portfolio_file(bank, serial, form)
        return
    text = text_on_paper(document)
    assert text is not None
    yield "paper.txt", text
    yield from _badges(bank, serial)
    if kind is CertificateKind.UNIT:
        yield "sd-jwt", wallet_letter_of(bank, serial)


def _badges(bank: Bank, serial: str) -> Iterator[tuple[str, bytes]]:
    issued, proof = bank.settings.issued, bank.proof_key
    ways = {
        "jwt": (BadgeForm.JWT, None),
        "json": (BadgeForm.JSON, proof),
        "token.png": (BadgeForm.PNG, None),
        "linked.png": (BadgeForm.PNG, proof),
        "token.svg": (BadgeForm.SVG, None),
        "linked.svg": (BadgeForm.SVG, proof),
    }
    with bank.reading() as transaction:
        for name, (form, key) in ways.items():
            yield name, export_badge(transaction, serial, form, issued=issued, proof_key=key)
