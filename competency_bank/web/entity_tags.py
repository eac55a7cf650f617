"""Answers that are not sent again while nothing changed: ETag and If-None-Match (RFC 9110, 13)."""

import hashlib

from fastapi import Request, Response
from fastapi.responses import JSONResponse

DIGITS = 32
"""Hexadecimal digits of a tag: 128 bits of SHA-256."""


def tagged(request: Request, content: object) -> Response:
    """Return ``content`` as JSON with its tag, or 304 when the client has this very answer.

    The tag stands for the bytes, so it needs no version kept anywhere and cannot be out of date.
    """
    answer = JSONResponse(content)
    tag = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:DIGITS]}"'
    answer.headers["ETag"] = tag
    if tag not in _offered(request) and "*" not in _offered(request):
        return answer
    return Response(status_code=304, headers={"ETag": tag})


def _offered(request: Request) -> set[str]:
    """Return the tags that the client has; weak and strong ones compare alike here (13.1.2)."""
    header = ",".join(request.headers.getlist("if-none-match"))
    return {one.strip().removeprefix("W/") for one in header.split(",")}
