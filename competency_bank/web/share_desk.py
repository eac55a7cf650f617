"""The learner's own desk for sharing: make a link, see who looked, take it back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from certificates.document.qr_picture import qr_picture
from competency_bank.domain.linkedin import add_to_profile
from competency_bank.domain.sharing import DAYS
from competency_bank.services import share_units
from competency_bank.services.share_units import Chosen
from competency_bank.services.show_holdings import holdings_of
from competency_bank.storage import share_rows
from competency_bank.storage.certificate_rows import certificates_of
from competency_bank.web.access import Learner
from competency_bank.web.door import AtDoor, Reading, Writing
from competency_bank.web.learner_view import CertificateShown, certificates_shown
from competency_bank.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/me/share")
def desk(request: Request, who: Learner, transaction: Reading) -> Response:
    """Show what can be shared, what is shared, and who has looked."""
    held = holdings_of(transaction, who.person)
    in_force = {one.certificate.serial for one in held if one.certificate is not None}
    own = certificates_of(transaction, who.person)
    letters = [one for one in certificates_shown(own) if one.kept.serial in in_force]
    return page(
        request,
        "share.html",
        held=held,
        purposes=share_units.purposes(transaction, who.person),
        shares=share_units.shares_of(transaction, who.person),
        letters=[(one, _linkedin(one)) for one in letters],
        days=DAYS,
    )


def _chosen(
    for_whom: Annotated[str, Form(max_length=400)],
    days: Annotated[int, Form()],
    units: Annotated[list[str] | None, Form()] = None,
    purpose: Annotated[str | None, Form(max_length=200)] = None,
) -> Chosen:
    return Chosen(for_whom, days, tuple(units or ()), purpose)


@router.post("/me/share")
def make(
    request: Request,
    who: Learner,
    chosen: Annotated[Chosen, Depends(_chosen)],
    door: AtDoor,
    transaction: Writing,
) -> Response:
    """Make a link and show it: this once, for only its hash is kept."""
    secret = share_units.share(transaction, who.person, chosen)
    address = f"{door.bank.settings.public_url}/s/{secret}"
    return page(
        request,
        "share_made.html",
        here="/me/share",
        address=address,
        picture=qr_picture(address),
        share=share_units.shares_of(transaction, who.person)[0],
    )


@router.post("/me/share/{name}/withdraw")
def withdraw(who: Learner, name: str, transaction: Writing) -> Response:
    """End a link at once."""
    share_rows.withdraw(transaction, who.person, name)
    return RedirectResponse("/me/share", status_code=303)


def _linkedin(letter: CertificateShown) -> str:
    said = letter.statement
    return add_to_profile(
        title=letter.title_th,
        organization=said.issuer.name_th,
        issued_at=said.issued_at,
        check_url=said.check_url,
        serial=said.serial,
    )
