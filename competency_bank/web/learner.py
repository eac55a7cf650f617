"""The learner's own bank."""

from fastapi import APIRouter, Request, Response

from competency_bank.domain.errors import NotFound
from competency_bank.services.show_holdings import bank_of
from competency_bank.storage.certificate_rows import find_certificate
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
    return sealed_document(door, kept.serial)


def sealed_document(door: Door, serial: str) -> Response:
    """Return the PDF of a serial; a plan without a document looks like no certificate at all."""
    document = read_document(door.bank.settings.issued, serial)
    if document is None:
        raise NotFound("unknown-certificate", name=serial)
    headers = {"Content-Disposition": f'attachment; filename="{serial}.pdf"'}
    return Response(document, media_type="application/pdf", headers=headers)
