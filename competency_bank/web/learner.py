"""The learner's own bank."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from certificates.credential.snapshot import CertificateKind
from competency_bank.domain.errors import NotFound
from competency_bank.issue_run import issue_portfolio, issue_record, portfolio_file
from competency_bank.services.compile_portfolio import Wish
from competency_bank.services.show_holdings import bank_of
from competency_bank.storage.certificate_rows import KeptCertificate, find_certificate
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.issued_files import read_document
from competency_bank.web.access import Learner
from competency_bank.web.door import AtDoor, Door, Reading
from competency_bank.web.learner_view import bank_shown
from competency_bank.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/me")
def own_bank(request: Request, who: Learner, transaction: Reading) -> Response:
    """Show how far the learner is, what is held, and what is left."""
    shown = bank_shown(bank_of(transaction, who.person), load_catalogue(transaction))
    return page(request, "own_bank.html", shown=shown)


@router.get("/me/certificates/{serial}.pdf")
def own_document(serial: str, who: Learner, door: AtDoor, transaction: Reading) -> Response:
    """Return one of the learner's own sealed documents."""
    kept = find_certificate(transaction, serial)
    if kept.learner != who.person:
        raise NotFound("unknown-certificate", name=serial)
    return sealed_document(door, kept)


@router.post("/me/portfolio")
def make_portfolio(
    who: Learner,
    door: AtDoor,
    units: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make the learner's portfolio of the units picked, or lead to the one made before."""
    serial = issue_portfolio(door.bank, Wish(who.person, tuple(units) if units else None))
    return RedirectResponse(f"/me/certificates/{serial}.pdf", status_code=303)


@router.post("/me/record")
def make_record(
    who: Learner, door: AtDoor, class_id: Annotated[str, Form(max_length=100)]
) -> Response:
    """Make the training record of a course the learner did not finish."""
    serial = issue_record(door.bank, who.person, class_id)
    return RedirectResponse(f"/me/certificates/{serial}.pdf", status_code=303)


@router.get("/me/portfolios/{serial}.json")
def learner_record(serial: str, who: Learner, door: AtDoor, transaction: Reading) -> Response:
    """Return a portfolio of the learner as CLR 2.0."""
    kept = find_certificate(transaction, serial)
    if kept.learner != who.person or kept.kind != CertificateKind.PORTFOLIO.value:
        raise NotFound("unknown-certificate", name=serial)
    headers = {"Content-Disposition": f'attachment; filename="{serial}.json"'}
    data = portfolio_file(door.bank, serial, ".json")
    return Response(data, media_type="application/json", headers=headers)


def sealed_document(door: Door, kept: KeptCertificate) -> Response:
    """Return the PDF of a certificate; a plan looks like no certificate at all.

    Only the document whose digest the ledger holds: after a crash between sealing and writing down
    a file may lie there that the next run seals anew, and nobody may have a copy of the first.
    """
    document = read_document(door.bank.settings.issued, kept.serial)
    if document is None or hashlib.sha256(document).hexdigest() != kept.document_digest:
        raise NotFound("unknown-certificate", name=kept.serial)
    headers = {"Content-Disposition": f'attachment; filename="{kept.serial}.pdf"'}
    return Response(document, media_type="application/pdf", headers=headers)
