"""Into the bank, and out of it again."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from competency_bank.domain.errors import NotAllowed
from competency_bank.services.sign_in import SESSION_LIVES, start_session
from competency_bank.storage import session_rows
from competency_bank.web.access import HOME_OF
from competency_bank.web.client_address import client_address
from competency_bank.web.door import AtDoor, Door, Writing
from competency_bank.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def ways_in(request: Request) -> Response:
    """Explain how to get in, and what needs no account."""
    return page(request, "sign_in.html")


@router.get("/sign-in/{secret}")
def link(request: Request, secret: str) -> Response:
    """Show one button: programs that preview links press none, so they use nothing up."""
    return page(request, "sign_in_link.html", secret=secret)


@router.post("/sign-in/{secret}")
def enter(request: Request, secret: str, door: AtDoor, transaction: Writing) -> Response:
    """Start a session under a new secret and end the one before it."""
    _forget_session(request, door, transaction)
    try:
        session, who = start_session(transaction, secret)
    except NotAllowed:
        if door.misses.note(client_address(request), transaction.now):
            raise NotAllowed("too-many-misses") from None
        raise
    response = RedirectResponse(HOME_OF[who.role], status_code=303)
    response.set_cookie(
        door.session_cookie,
        session,
        max_age=int(SESSION_LIVES.total_seconds()),
        path="/",
        secure=door.https,
        httponly=True,
        samesite="lax",
    )
    return response


@router.post("/sign-out")
def leave(request: Request, door: AtDoor, transaction: Writing) -> Response:
    """End the session and lead to the first page."""
    _forget_session(request, door, transaction)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(
        door.session_cookie, path="/", secure=door.https, httponly=True, samesite="lax"
    )
    return response


def _forget_session(request: Request, door: Door, transaction: Writing) -> None:
    secret = request.cookies.get(door.session_cookie)
    if secret is not None:
        session_rows.end_session(transaction, secret)
