"""The learner's own bank."""

import hashlib

from fastapi import APIRouter, Request, Response

from competency_bank.domain.errors import NotFound
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
