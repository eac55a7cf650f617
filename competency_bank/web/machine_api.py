"""The interface for programs: the same trips as the pages, answered as JSON."""

import csv
import io
import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from certificates.report import examine
from competency_bank.domain.errors import BadInput
from competency_bank.holdings_answer import holdings_answer, path_answer
from competency_bank.services.record_units import record_sheet
from competency_bank.services.show_holdings import completed_of, holdings_of, path_of
from competency_bank.sheet_answer import sheet_answer
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.web.access import Anybody, Teacher, visible_learner
from competency_bank.web.door import AtDoor, Reading, Writing
from competency_bank.web.sheet_review import OwnClass
from competency_bank.web.uploads import Upload, read_upload, read_uploads
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
        401: "Sign in first",
        403: "Not for this role, or sent from another site",
        404: "Nothing by this name that the caller may see",
        413: "Larger than 10 MB",
        422: "What was sent cannot be read",
        503: "Busy; try again",
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
    uploads: Annotated[list[Upload], Depends(read_uploads)], door: AtDoor, transaction: Reading
) -> JSONResponse:
    """Check files and return a verdict with its steps for each; nothing is kept."""
    trust, at = door.shelf.current(transaction).trust, transaction.now
    reports = [examine(one.data, name=one.name, trust=trust, at=at) for one in uploads]
    return JSONResponse([one.as_dict() for one in reports])


@router.get("/learners/{learner}/holdings", summary="Units held", responses=PROBLEMS)
def holdings(learner: str, who: Anybody, transaction: Reading) -> JSONResponse:
    """Return the units a learner holds."""
    person = visible_learner(transaction, learner, who)
    held = holdings_of(transaction, person.id)
    return JSONResponse(holdings_answer(person, held, completed_of(transaction, person.id)))


@router.get("/learners/{learner}/path", summary="What is left", responses=PROBLEMS)
def path(learner: str, who: Anybody, transaction: Reading, goal: str | None = None) -> JSONResponse:
    """Return what is left for a qualification, or for the nearest ones."""
    person = visible_learner(transaction, learner, who)
    catalogue = load_catalogue(transaction)
    found = path_of(transaction, person.id, goal=goal)
    return JSONResponse(path_answer(found, catalogue))


async def _sent(request: Request, _school_class: OwnClass) -> Upload:
    if request.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
        return Upload("rows.json", _table(await request.body()))
    return await read_upload(request)


def _sheet(sheet: Annotated[Upload, Depends(_sent)]) -> Grid:
    return read_grid(sheet.data, name=sheet.name)


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
    grid: Annotated[Grid, Depends(_sheet)],
    door: AtDoor,
    transaction: Writing,
) -> JSONResponse:
    """Record every good row and name every bad one; sending it again records nothing twice."""
    done = record_sheet(transaction, grid, school_class.id, by=who.person, pepper=door.bank.pepper)
    return JSONResponse(sheet_answer(done))


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
