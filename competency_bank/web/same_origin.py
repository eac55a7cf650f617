"""Requests that change something must come from our own pages.

Browsers say where a request comes from (Fetch Metadata, W3C; Origin, RFC 6454) and no page can
make them lie. Programs say nothing of the kind and carry no cookie that a page could misuse, so
silence passes. The session cookie is SameSite=Lax besides.
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from competency_bank.domain.errors import NotAllowed
from competency_bank.web.problems import answer_to

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OWN_PAGES = frozenset({"same-origin", "none"})


class SameOrigin:
    """Refuses what another site's page makes a browser send."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to a request from elsewhere, pass on every other."""
        if scope["type"] == "http" and scope["method"] in CHANGING:
            request = Request(scope)
            if not comes_from_here(request):
                refusal = answer_to(request, NotAllowed("other-origin"))
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def comes_from_here(request: Request) -> bool:
    """Tell whether a request that changes something came from a page of this site.

    An Origin of ``null`` is what a page without referrer sends, so it says nothing by itself: it
    passes only beside a Sec-Fetch-Site that vouches for it.
    """
    headers = request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in OWN_PAGES:
        return False
    if origin == "null":
        return site is not None
    source = origin or headers.get("referer")
    return source is None or urlsplit(source).netloc == headers.get("host")
