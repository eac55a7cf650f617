"""Nothing larger than a certificate or a class sheet is read, whatever its length claims to be."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from competency_bank.domain.errors import BadInput
from competency_bank.web.problems import answer_to

FILE_LIMIT = 10 * 1024 * 1024
"""Most bytes of one file."""
FORM_AROUND = 64 * 1024
"""What a form may add around the file."""
BODY_LIMIT = FILE_LIMIT + FORM_AROUND


def too_large() -> BadInput:
    """Return the error for a body or file over the limit."""
    return BadInput("upload-too-large", limit=FILE_LIMIT // (1024 * 1024))


class BodyLimit:
    """Stops reading a body that is too large; nothing of it is parsed before that."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what is read of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        claimed = request.headers.get("content-length", "0")
        if not claimed.isdecimal() or int(claimed) > BODY_LIMIT:
            await answer_to(request, too_large())(scope, receive, send)
            return
        seen = 0

        async def counting() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > BODY_LIMIT:
                raise too_large()
            return message

        await self._app(scope, counting, send)
