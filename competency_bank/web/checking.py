"""Anybody may check a certificate: by its file, or by the code on its paper."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from certificates.credential.paper_code import in_groups, read_paper_code
from certificates.errors import NotACode
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.errors import NotAllowed, NotFound
from competency_bank.storage.certificate_rows import KeptCertificate, certificate_by_code
from competency_bank.storage.database import Transaction
from competency_bank.storage.issued_files import read_document
from competency_bank.storage.people_rows import find_person
from competency_bank.web.client_address import client_address
from competency_bank.web.door import AtDoor, Reading, TrustedNow
from competency_bank.web.rendering import page
from competency_bank.web.uploads import Upload, read_upload
from competency_bank.web.verdict_view import check, check_outside, no_document

router = APIRouter(include_in_schema=False)


@router.get("/verify")
def form(request: Request) -> Response:
    """Show the two ways to check: a file, or the code on the paper."""
    return page(request, "verify.html")


@router.post("/verify")
def check_file(
    request: Request,
    upload: Annotated[Upload, Depends(read_upload)],
    door: AtDoor,
    listed: TrustedNow,
) -> Response:
    """Check a file; nothing of it is kept."""
    shown = check_outside(upload, listed, door.others)
    return page(request, "verdict.html", here="/verify", shown=shown, code=None, public_url="")


@router.post("/verify/code")
def check_typed(
    request: Request, code: Annotated[str, Form(max_length=200)], door: AtDoor
) -> Response:
    """Lead from a typed code to its page; what is no code never becomes part of an address."""
    try:
        canonical = read_paper_code(code)
    except NotACode:
        return _unknown(request, door, here="/verify")
    return RedirectResponse(f"/v/{canonical}", status_code=303)


@router.get("/v/{code}")
@router.get("/V/{code}", name="check_paper_upper")
def check_paper(request: Request, code: str, door: AtDoor, transaction: Reading) -> Response:
    """Check the certificate that a paper code names, as the bank holds it.

    The QR on the paper is all upper case, hence the second address.
    """
    kept = _certificate(transaction, code)
    if kept is None:
        return _unknown(request, door, here="/verify")
    document = read_document(door.bank.settings.issued, kept.serial)
    name = f"{kept.serial}.pdf"
    if document is None:
        shown = no_document(name, transaction.now)
    else:
        trust = door.shelf.current(transaction).trust
        holder = find_person(transaction, kept.learner).name
        shown = check(Upload(name, document), trust=trust, at=transaction.now, holder=holder)
    code_shown = in_groups(read_paper_code(code))
    return page(
        request,
        "verdict.html",
        shown=shown,
        code=code_shown,
        public_url=door.bank.settings.public_url,
    )


def _certificate(transaction: Transaction, typed: str) -> KeptCertificate | None:
    """Return the sealed certificate of a code, however it was typed; None for all other codes."""
    try:
        kept = certificate_by_code(transaction, read_paper_code(typed))
    except (NotACode, NotFound):
        return None
    return None if kept.state is CertificateState.PLANNED else kept


def _unknown(request: Request, door: AtDoor, *, here: str) -> Response:
    """Answer every code that names nothing in the same way, and the twenty-first with 429."""
    if door.misses.note(client_address(request), door.clock()):
        raise NotAllowed("too-many-misses")
    return page(request, "code_unknown.html", status=404, here=here)
