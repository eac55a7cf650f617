"""The one map from errors to HTTP: status, sentence, and the form the visitor can read.

Pages get a page in the language of the request; the API gets a problem document (RFC 9457).
Neither ever repeats what was sent: a national number typed into the wrong place stays there.
"""

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as AsgiMessage

from certificates.errors import CertificateError, NotACode
from competency_bank.domain.class_sheet import SheetUnusable
from competency_bank.domain.errors import (
    BadInput,
    BankError,
    Conflict,
    NotAllowed,
    NotFound,
    NotNow,
)
from competency_bank.domain.messages import SENTENCES, filled
from competency_bank.domain.sheet_messages import unusable_message
from competency_bank.storage.storage_faults import named_fault
from competency_bank.web.door import door_of
from competency_bank.web.masking import unnumbered
from competency_bank.web.rendering import page
from competency_bank.web.words import DOOR_SENTENCES, HEADINGS, SOMETHING_WRONG
from standards.errors import StandardsError
from standards.wording import Message, sentence

PROBLEM_TYPE = "application/problem+json"
RETRY_SECONDS = {429: "600", 503: "5"}
_RETRY_SECONDS_OF_CODE = {"already-recorded": "1", "request-in-progress": "1", "log-moved": "1"}
"""Somebody else was first by a moment; the next try sees what they did."""

_STATUS_OF_CODE: Mapping[str, int] = {
    "idempotency-key-unusable": 400,
    "sign-in-needed": 401,
    "upload-too-large": 413,
    "file-too-large": 413,
    "too-many-misses": 429,
    "database-busy": 503,
    "log-moved": 503,
    "database-damaged": 503,
    "log-stopped": 503,
}
_STATUS_OF_KIND: tuple[tuple[type[Exception], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (NotNow, 503),
    (Conflict, 409),
    (BadInput, 422),
    (SheetUnusable, 422),
    (StandardsError, 422),
    (NotACode, 422),
    (RequestValidationError, 422),
)
_CODE_OF_STATUS = {404: "page-unknown", 405: "method-not-allowed"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, as HTTP and as words."""

    status: int
    code: str
    message: Message


def problem_of(error: Exception) -> Problem:
    """Return what to answer to an error; one that nobody foresaw says nothing about itself."""
    error = named_fault(error) or error
    code, message = _code_and_message(error)
    if isinstance(error, HTTPException):
        status = error.status_code
    else:
        status = next((s for kind, s in _STATUS_OF_KIND if isinstance(error, kind)), 500)
    status = _STATUS_OF_CODE.get(code, status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.SERVICE_UNAVAILABLE:
        return Problem(status, "internal", filled("internal", {}))
    return Problem(status, code, _unnumbered(message))


def answer_to(request: Request, error: Exception) -> Response:
    """Return the answer to an error, in the form that this visitor reads."""
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s at %s", type(error).__name__, _places(error))
    response = _document(request, problem) if is_machine(request) else _page(request, problem)
    retry = _RETRY_SECONDS_OF_CODE.get(problem.code) or RETRY_SECONDS.get(problem.status)
    if retry is not None:
        response.headers["Retry-After"] = retry
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Session realm="competency bank"'
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


def is_machine(request: Request) -> bool:
    """Tell whether a program asks, and not a person with a browser, which always takes HTML."""
    accepts = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("json" in accepts and "html" not in accepts)


def install(app: FastAPI) -> None:
    """Answer every error that handlers raise; what they do not foresee ends in ``LastResort``."""
    kinds = (BankError, StandardsError, SheetUnusable, CertificateError)
    for kind in (*kinds, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _handler)


async def _handler(request: Request, error: Exception) -> Response:
    return answer_to(request, error)


class LastResort:
    """Answers what nobody foresaw with 500; the log gets the place, never the values."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer if nothing was answered before the fault."""
        begun = False

        async def noting(message: AsgiMessage) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            await answer_to(Request(scope), error)(scope, receive, send)


def _code_and_message(error: Exception) -> tuple[str, Message]:
    """Return code and sentence of what was raised on purpose."""
    match error:
        case BankError(code=code, values=values):
            found = code, DOOR_SENTENCES.get(code) or filled(code, values)
        case StandardsError(code=code):
            found = code, sentence(error)
        case SheetUnusable(code=code):
            found = code, unusable_message(error)
        case NotACode(code=code):
            found = code, SENTENCES["unknown-code"]
        case HTTPException(status_code=status) if status in _CODE_OF_STATUS:
            code = _CODE_OF_STATUS[status]
            found = code, DOOR_SENTENCES.get(code) or SENTENCES[code]
        case HTTPException() | RequestValidationError():
            found = "request-invalid", DOOR_SENTENCES["request-invalid"]
        case _:
            found = "internal", filled("internal", {})
    return found


def _unnumbered(message: Message) -> Message:
    return Message(unnumbered(message.th), unnumbered(message.en))


def _document(request: Request, problem: Problem) -> Response:
    heading = HEADINGS.get(problem.status, SOMETHING_WRONG)
    content: dict[str, Any] = {
        "type": f"{door_of(request).bank.settings.public_url}/problems/{problem.code}",
        "title": heading.en,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.message.en,
        "detail_th": problem.message.th,
    }
    return JSONResponse(content, status_code=problem.status, media_type=PROBLEM_TYPE)


def _page(request: Request, problem: Problem) -> Response:
    """Return the error page; its address may hold anything, so it is not repeated in links."""
    class_id = request.path_params.get("class_id")
    retry = problem.status in {413, 422} and class_id is not None
    return page(
        request,
        "problem.html",
        status=problem.status,
        here="/",
        problem=problem,
        heading=HEADINGS.get(problem.status, SOMETHING_WRONG),
        retry=f"/teach/{quote(str(class_id), safe='')}" if retry else None,
    )


def _places(error: Exception) -> str:
    """Return where a fault arose; messages of libraries may hold names and stay out of the log."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{one.name}:{one.lineno}" for one in reversed(frames[-6:]))
