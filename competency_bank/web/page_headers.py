"""Security headers on every answer (OWASP ASVS 5.0, 3.4), errors and files among them."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
"""Sent unless the handler says otherwise; files that never change say how long they may be kept."""

HSTS = "max-age=31536000; includeSubDomains"
UNLISTED = (
    "/v/",
    "/V/",
    "/s/",
    "/oauth",
    "/me",
    "/mine",
    "/teach",
    "/registrar",
    "/sign-in",
    "/curriculum",
    "/tpqi",
)
"""Pages that no search engine may list: they speak of a person or belong to one."""


class PageHeaders:
    """Adds the headers to whatever the application answers."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        """Stand around ``app``; with ``https`` browsers are told to stay with it."""
        self._app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of the answer."""
        path = str(scope.get("path", ""))

        async def completing(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), path)
            await send(message)

        await self._app(scope, receive, completing)

    def _complete(self, headers: MutableHeaders, path: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Referrer-Policy", "no-referrer")
        if path.startswith(UNLISTED):
            headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if self._https:
            headers.setdefault("Strict-Transport-Security", HSTS)
