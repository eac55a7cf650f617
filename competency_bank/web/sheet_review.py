"""From a teacher's file to the record: sent, reviewed, then confirmed or dropped.

Files are parsed before the writing transaction is opened: a slow workbook keeps nobody waiting.
"""

import uuid
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from competency_bank.domain.courses import SchoolClass
from competency_bank.domain.errors import NotFound
from competency_bank.services.record_units import Recorded, preview_sheet, record_sheet
from competency_bank.sheet_answer import sheet_answer
from competency_bank.storage import class_rows, course_rows, pending_sheet_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.pending_sheet_rows import PendingSheet
from competency_bank.web.access import Teacher, own_class
from competency_bank.web.door import AtDoor, Reading, Writing
from competency_bank.web.rendering import page
from competency_bank.web.uploads import Upload, read_upload
from standards.reading_sheet import Grid, read_grid

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class UnderReview:
    """A sheet that waits for its teacher's decision, and what stands in it."""

    sheet: PendingSheet
    grid: Grid


def _class_of_teacher(class_id: str, who: Teacher, door: AtDoor) -> SchoolClass:
    with door.bank.database.reading(door.clock()) as transaction:
        return own_class(transaction, class_id, who)


OwnClass = Annotated[SchoolClass, Depends(_class_of_teacher)]
"""The class in the address, taught by whoever is signed in."""


async def _sheet_sent(request: Request, _school_class: OwnClass) -> Upload:
    """Read the file of a teacher of this class; of anybody else not a byte is read."""
    return await read_upload(request)


def _sheet_read(
    who: Teacher,
    door: AtDoor,
    school_class: OwnClass,
    sheet: Annotated[Upload, Depends(_sheet_sent)],
) -> PendingSheet:
    """Try the sheet before keeping it: one of which no row can be read is refused at once."""
    grid = read_grid(sheet.data, name=sheet.name)
    with door.bank.database.reading(door.clock()) as transaction:
        preview_sheet(transaction, grid, school_class.id, by=who.person, pepper=door.bank.pepper)
    name, data = sheet.name, sheet.data
    return PendingSheet(uuid.uuid4().hex, school_class.id, who.person, name, data)


def _under_review(
    sheet_id: str, who: Teacher, school_class: OwnClass, door: AtDoor
) -> UnderReview | None:
    """Return the teacher's own sheet under review, or None when it was decided on."""
    with door.bank.database.reading(door.clock()) as transaction:
        try:
            found = pending_sheet_rows.find_sheet(transaction, sheet_id, who.person)
        except NotFound:
            return None
    if found.class_id != school_class.id:
        return None
    return UnderReview(found, read_grid(found.data, name=found.name))


Pending = Annotated[UnderReview | None, Depends(_under_review)]


@router.post("/teach/{class_id}/sheets")
def send(
    class_id: str, sheet: Annotated[PendingSheet, Depends(_sheet_read)], transaction: Writing
) -> Response:
    """Keep a sheet for review."""
    pending_sheet_rows.keep_sheet(transaction, sheet)
    return RedirectResponse(f"{_class_path(class_id)}/sheets/{sheet.id}", status_code=303)


@router.get("/teach/{class_id}/sheets/{sheet_id}")  # noqa: FAST003  (a dependency reads it)
def review(
    request: Request, who: Teacher, pending: Pending, door: AtDoor, transaction: Reading
) -> Response:
    """Show what confirming would do: new, already there, refused."""
    if pending is None:
        return _decided(request)
    class_id, pepper = pending.sheet.class_id, door.bank.pepper
    found = preview_sheet(transaction, pending.grid, class_id, by=who.person, pepper=pepper)
    return page(request, "sheet_review.html", **_shown(transaction, pending, found))


@router.post("/teach/{class_id}/sheets/{sheet_id}")  # noqa: FAST003  (a dependency reads it)
def confirm(
    request: Request, who: Teacher, pending: Pending, door: AtDoor, transaction: Writing
) -> Response:
    """Record the sheet; confirming it again records nothing again."""
    if pending is None:
        return _decided(request)
    class_id, pepper = pending.sheet.class_id, door.bank.pepper
    done = record_sheet(transaction, pending.grid, class_id, by=who.person, pepper=pepper)
    pending_sheet_rows.drop_sheet(transaction, pending.sheet.id)
    values = _shown(transaction, pending, done)
    return page(request, "sheet_recorded.html", here=_class_path(class_id), **values)


@router.post("/teach/{class_id}/sheets/{sheet_id}/cancel")  # noqa: FAST003  (a dependency reads it)
def cancel(class_id: str, pending: Pending, transaction: Writing) -> Response:
    """Forget a sheet; nothing of it was recorded."""
    if pending is not None:
        pending_sheet_rows.drop_sheet(transaction, pending.sheet.id)
    return RedirectResponse(_class_path(class_id), status_code=303)


def _shown(transaction: Transaction, pending: UnderReview, found: Recorded) -> dict[str, Any]:
    """Return what both pages show of a sheet."""
    school_class = class_rows.find_class(transaction, pending.sheet.class_id)
    return {
        "sheet": pending.sheet,
        "course": course_rows.find_course(transaction, school_class.course_code),
        "answer": sheet_answer(found),
        "learners": found.outcome.learners,
        "completed": len(found.outcome.completed),
    }


def _decided(request: Request) -> Response:
    path = _class_path(request.path_params["class_id"])
    return RedirectResponse(f"{path}?decided=true", status_code=303)


def _class_path(class_id: str) -> str:
    return f"/teach/{quote(class_id, safe='')}"
