"""The first page, and the files that every page uses."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from competency_bank.domain.errors import NotFound
from competency_bank.web.access import HOME_OF, Anybody
from competency_bank.web.door import AtDoor
from competency_bank.web.rendering import STYLESHEET, STYLESHEET_PATH, page

router = APIRouter(include_in_schema=False)

FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
FOR_A_WEEK = {"Cache-Control": "public, max-age=604800"}

ROBOTS = """User-agent: *
Disallow: /v/
Disallow: /V/
Disallow: /s/
Disallow: /me
Disallow: /teach
Disallow: /registrar
Disallow: /sign-in
"""


@router.get("/")
def home(request: Request) -> Response:
    """Show the two doors: the own bank, and the check of a certificate."""
    return page(request, "home.html")


@router.get("/mine")
def mine(who: Anybody) -> Response:
    """Lead whoever is signed in to the first page of their role."""
    return RedirectResponse(HOME_OF[who.role], status_code=303)


@router.get(STYLESHEET_PATH)
def stylesheet() -> Response:
    """Return the one stylesheet."""
    return Response(STYLESHEET, media_type="text/css; charset=utf-8", headers=FOR_GOOD)


@router.get("/assets/{name}.woff2")
def web_font(name: Annotated[str, Path(pattern=r"^sarabun-(400|700)$")], door: AtDoor) -> Response:
    """Return a web font, if the bank was set up with one; browsers fall back to their own."""
    path = door.bank.settings.home / "assets" / f"{name}.woff2"
    if not path.is_file():
        raise NotFound("page-unknown")
    return Response(path.read_bytes(), media_type="font/woff2", headers=FOR_A_WEEK)


@router.get("/robots.txt")
def robots() -> Response:
    """Keep pages about people out of search engines."""
    return PlainTextResponse(ROBOTS)
