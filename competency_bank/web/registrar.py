"""The registrar's desk: people by their school number, certificates with their state."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from competency_bank.domain.errors import NotFound
from competency_bank.domain.people import Role
from competency_bank.services.show_holdings import bank_of
from competency_bank.storage import certificate_rows, people_rows
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.web.access import Registrar
from competency_bank.web.door import AtDoor, Reading
from competency_bank.web.learner import sealed_document
from competency_bank.web.learner_view import bank_shown, certificates_shown
from competency_bank.web.rendering import page

router = APIRouter(include_in_schema=False)

NEWEST = 100
"""How many certificates the first page lists."""


@router.get("/registrar")
def desk(request: Request, _who: Registrar, transaction: Reading) -> Response:
    """Show the search and the newest certificates."""
    kept = certificate_rows.all_certificates(transaction)
    newest = list(certificates_shown(reversed(kept[-NEWEST:])))
    return page(request, "registrar.html", newest=newest, total=len(kept), missed=False)


@router.post("/registrar/people")
def find(
    request: Request,
    _who: Registrar,
    number: Annotated[str, Form(max_length=100)],
    transaction: Reading,
) -> Response:
    """Lead from a school number to the person.

    A form and not an address: a national number typed here must end up in no history and no log.
    """
    found = people_rows.people_by_ref(transaction, [number.strip()])
    if not found:
        kept = certificate_rows.all_certificates(transaction)
        values = {"newest": list(certificates_shown(reversed(kept[-NEWEST:]))), "total": len(kept)}
        return page(request, "registrar.html", status=404, here="/registrar", missed=True, **values)
    (person,) = found.values()
    return RedirectResponse(f"/registrar/people/{person.id}", status_code=303)


@router.get("/registrar/people/{person_id}")
def person(request: Request, person_id: str, _who: Registrar, transaction: Reading) -> Response:
    """Show the bank of one learner."""
    found = people_rows.find_person(transaction, person_id)
    if found.id != person_id or Role.LEARNER not in people_rows.roles_of(transaction, found.id):
        raise NotFound("unknown-person", name=person_id)
    shown = bank_shown(bank_of(transaction, found.id), load_catalogue(transaction))
    return page(request, "learner_record.html", shown=shown)


@router.get("/registrar/certificates/{serial}.pdf")
def document(serial: str, _who: Registrar, door: AtDoor, transaction: Reading) -> Response:
    """Return a sealed document to print again; the serial stays the same."""
    kept = certificate_rows.find_certificate(transaction, serial)
    return sealed_document(door, kept)
