"""The interface for programs: the same trips as the pages, answered as JSON."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from competency_bank.domain.errors import BadInput
from competency_bank.holdings_answer import holdings_answer, path_answer
from competency_bank.services.record_units import record_sheet
from competency_bank.services.show_holdings import completed_of, holdings_of, path_of
from competency_bank.sheet_answer import sheet_answer
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.web.access import Anybody, Teacher, visible_learner
from competency_bank.web.door import AtDoor, Reading, TrustedNow
from competency_bank.web.entity_tags import tagged
from competency_bank.web.idempotency import OnlyOnce
from competency_bank.web.sheet_review import OwnClass
from competency_bank.web.uploads import Upload, read_upload, read_uploads
from competency_bank.web.verdict_view import report_on
from standards.reading_sheet import Grid, read_grid

router = APIRouter(prefix="/api/v1")

_FILE = {
    "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
}
_ROWS = {
    "schema": {
        "type": "object",
        "required": ["rows"],
        "properties": {
            "rows": {
                "type": "array",
                "items": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
                "description": "One object a row; its keys are column headings of a class sheet.",
            }
        },
    }
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": words, "content": {"application/problem+json": {}}}
    for status, words in {
        400: "The Idempotency-Key cannot be used",
        401: "Sign in first",
        403: "Not for this role, or sent from another site",
        404: "Nothing by this name that the caller may see",
        409: "The same request is being answered; try again",
        413: "Larger than 10 MB",
        422: "What was sent cannot be read, or its Idempotency-Key came with something else",
        503: "Busy, or the bank itself fails; nothing was done, try again",
    }.items()
}


@router.post(
    "/verify",
    summary="Check certificates",
    responses=PROBLEMS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": _FILE, "application/pdf": {}, "application/jwt": {}},
        }
    },
)
def verify(
    uploads: Annotated[list[Upload], Depends(read_uploads)], door: AtDoor, listed: TrustedNow
) -> JSONResponse:
    """Check files and return a verdict with its steps for each; nothing is kept."""
    others = door.others.together()
    reports = [report_on(one, listed, others) for one in uploads]
    return JSONResponse([one.as_dict() for one in reports])


@router.get("/learners/{learner}/holdings", summary="Units held", responses=PROBLEMS)
def holdings(request: Request, learner: str, who: Anybody, transaction: Reading) -> Response:
    """Return the units a learner holds, with an ETag."""
    person = visible_learner(transaction, learner, who)
    held = holdings_of(transaction, person.id)
    return tagged(request, holdings_answer(person, held, completed_of(transaction, person.id)))


@router.get("/learners/{learner}/path", summary="What is left", responses=PROBLEMS)
def path(
    request: Request, learner: str, who: Anybody, transaction: Reading, goal: str | None = None
) -> Response:
    """Return what is left for a qualification, or for the nearest ones, with an ETag."""
    person = visible_learner(transaction, learner, who)
    catalogue = load_catalogue(transaction)
    found = path_of(transaction, person.id, goal=goal)
    return tagged(request, path_answer(found, catalogue))


async def _sent(request: Request, _school_class: OwnClass) -> Upload:
    if request.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
        return Upload("rows.json", _table(await request.body()))
    return await read_upload(request)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet, and the bytes that tell it from another."""

    grid: Grid
    sent: bytes


def _sheet(sheet: Annotated[Upload, Depends(_sent)]) -> ReadSheet:
    sent = sheet.name.encode() + b"\0" + sheet.data
    return ReadSheet(read_grid(sheet.data, name=sheet.name), sent)


@router.post(
    "/classes/{class_id}/records",  # noqa: FAST003  (a dependency reads it)
    summary="Record a class sheet",
    responses=PROBLEMS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": _FILE, "application/json": _ROWS},
        }
    },
)
def record(
    who: Teacher,
    school_class: OwnClass,
    sheet: Annotated[ReadSheet, Depends(_sheet)],
    door: AtDoor,
    once: OnlyOnce,
) -> Response:
    """Record every good row and name every bad one; sending it again records nothing twice.

    With an `Idempotency-Key` the repeated request gets the first answer; without one it is told
    what stands already.
    """

    def recorded() -> Response:
        class_id, pepper = school_class.id, door.bank.pepper
        done = record_sheet(once.transaction, sheet.grid, class_id, by=who.person, pepper=pepper)
        return JSONResponse(sheet_answer(done))

    return once.answer(sheet.sent, recorded)


def _table(body: bytes) -> bytes:
    """Return JSON rows as the table they stand for, so that one reader has one set of limits."""
    try:
        rows = json.loads(body)["rows"]
        keys = list(dict.fromkeys(key for row in rows for key in row))
        cells = [[_cell(row.get(key)) for key in keys] for row in rows]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        raise BadInput("request-invalid") from fault
    text = io.StringIO()
    csv.writer(text).writerows([keys, *cells])
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (str, int, float)):
        return str(value)
    raise TypeError(type(value).__name__)
