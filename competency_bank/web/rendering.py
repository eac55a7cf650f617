"""Pages: one template, one language, values that are escaped where they are printed."""

import hashlib
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from competency_bank.web import words
from competency_bank.web.door import door_of
from competency_bank.web.masking import unnumbered
from competency_bank.web.speaking import Speaker
from competency_bank.web.words import Language

LANGUAGE_COOKIE = "lang"
A_YEAR = 365 * 24 * 3600

STYLESHEET = (files("competency_bank.web") / "static" / "bank.css").read_bytes()
STYLESHEET_PATH = f"/static/{hashlib.sha256(STYLESHEET).hexdigest()[:12]}/bank.css"
"""The address changes with the content, so browsers may keep the file for good."""


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("competency_bank.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"words": words, "stylesheet": STYLESHEET_PATH}
    environment.filters |= {
        "in_path": lambda text: quote(str(text), safe=""),
        "unnumbered": lambda text: unnumbered(str(text)),
    }
    return environment


_templates = _environment()


def language_of(request: Request) -> Language:
    """Return the language asked for in the address, else the one chosen before, else Thai."""
    for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if asked in set(Language):
            return Language(asked)
    return Language.THAI


def page(
    request: Request, template: str, *, status: int = 200, here: str | None = None, **values: object
) -> HTMLResponse:
    """Return a page in the language of the request.

    ``here`` is where the link to the other language leads: by default the page itself. A page that
    answers a form must name one, for a link cannot send the form again.
    """
    speaker = Speaker(language_of(request))
    door = door_of(request)
    context = {
        "speaker": speaker,
        "t": speaker.say,
        "language": speaker.language.value,
        "here": request.url.path if here is None else here,
        "signed_in": door.session_cookie in request.cookies,
        "demonstration": door.bank.keys.development,
    }
    html = _templates.get_template(template).render(context | values)
    response = HTMLResponse(
        html, status_code=status, headers={"Content-Language": speaker.language}
    )
    if request.query_params.get("lang") in set(Language):
        response.set_cookie(
            LANGUAGE_COOKIE,
            speaker.language.value,
            max_age=A_YEAR,
            secure=door.https,
            httponly=True,
            samesite="lax",
        )
    return response
