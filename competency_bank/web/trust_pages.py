"""What others need to check our certificates without us."""

from datetime import timedelta
from hashlib import sha256

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from competency_bank.web.door import AtDoor, Reading
from competency_bank.web.rendering import page

router = APIRouter(include_in_schema=False)

CONTACT_FOR = timedelta(days=180)
FOR_A_MINUTE = {"Cache-Control": "public, max-age=30"}
"""A revocation must be visible within a minute."""


@router.get("/trust")
def trust(request: Request, door: AtDoor, transaction: Reading) -> Response:
    """Say whom to trust, since when, and how to check without this bank."""
    shelved = door.shelf.current(transaction)
    fingerprint = sha256(shelved.trust.root).hexdigest()
    return page(request, "trust.html", trust=shelved.trust, fingerprint=fingerprint)


@router.get("/trust/trust.json")
def trust_list(door: AtDoor, transaction: Reading) -> Response:
    """Return the signed trust list, status lists within."""
    data = door.shelf.current(transaction).data
    disposition = {"Content-Disposition": 'attachment; filename="trust.json"'}
    return Response(data, media_type="application/json", headers=FOR_A_MINUTE | disposition)


@router.get("/.well-known/security.txt")
def security_contact(door: AtDoor) -> Response:
    """Say where to report a weakness (RFC 9116)."""
    public = door.bank.settings.public_url
    expires = (door.clock() + CONTACT_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = (
        f"Contact: {public}/trust",
        f"Expires: {expires}",
        "Preferred-Languages: th, en",
        f"Canonical: {public}/.well-known/security.txt",
    )
    return PlainTextResponse("\n".join(lines) + "\n")
