"""What somebody sees who was given a link: the chosen units, each checked at this moment."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from certificates.report import Verdict
from competency_bank.domain.errors import NotAllowed, NotFound
from competency_bank.domain.sharing import Extract, Looked, Share, View, viewer_mark
from competency_bank.services.share_units import SharedUnit, Shown, note_look, shown_by
from competency_bank.storage.certificate_rows import find_certificate
from competency_bank.storage.database import Transaction
from competency_bank.storage.issued_files import read_document
from competency_bank.storage.share_rows import share_by_secret
from competency_bank.web.client_address import client_address
from competency_bank.web.door import AtDoor, Door, Writing
from competency_bank.web.learner import sealed_document
from competency_bank.web.machine_api import PROBLEMS
from competency_bank.web.rendering import page
from competency_bank.web.uploads import Upload
from competency_bank.web.verdict_view import VerdictShown, check, no_document

router = APIRouter()


@dataclass(frozen=True, slots=True)
class UnitShared:
    """A unit on the page, and what checking its letter gave."""

    shared: SharedUnit
    verdict: VerdictShown | None
    """None where no letter has been issued yet: then the record alone vouches for it."""


def open_share(request: Request, secret: str, door: AtDoor) -> Share:
    """Return the share of a link that works.

    Looked up in a transaction of its own: whoever guesses keeps no writer waiting. Raises
    NotFound("unknown-share") for every other link alike, NotAllowed("too-many-misses").
    """
    with door.bank.database.reading(door.clock()) as transaction:
        try:
            return share_by_secret(transaction, secret)
        except NotFound:
            if door.misses.note(client_address(request), door.clock()):
                raise NotAllowed("too-many-misses") from None
            raise


Opened = Annotated[Share, Depends(open_share)]


@router.get("/s/{secret}", include_in_schema=False)
def shared(
    request: Request, secret: str, share: Opened, door: AtDoor, transaction: Writing
) -> Response:
    """Show the chosen units and offer their letters."""
    _note(request, door, transaction, (share, Looked.PAGE))
    shown = shown_by(transaction, share)
    units = _checked(door, transaction, shown)
    return page(request, "shared.html", shown=shown, units=units, secret=secret)


@router.get("/s/{secret}/{serial}.pdf", include_in_schema=False)  # noqa: FAST003  (``Opened`` reads it)
def shared_document(
    request: Request, serial: str, share: Opened, door: AtDoor, transaction: Writing
) -> Response:
    """Return one of the letters that the link shows, and no other of the learner's."""
    letters = [one.letter.serial for one in shown_by(transaction, share).units if one.letter]
    if serial not in letters:
        raise NotFound("unknown-share")
    _note(request, door, transaction, (share, Looked.FILE))
    return sealed_document(door, find_certificate(transaction, serial))


@router.get("/api/v1/shares/{secret}", summary="Units shared by a link", responses=PROBLEMS)
def shared_data(
    request: Request, secret: str, share: Opened, door: AtDoor, transaction: Writing
) -> JSONResponse:
    """Return the chosen units, each with its verdict and the address of its letter."""
    _note(request, door, transaction, (share, Looked.DATA))
    shown = shown_by(transaction, share)
    units = _checked(door, transaction, shown)
    base = f"{door.bank.settings.public_url}/s/{secret}"
    answer = {
        "holder": shown.person.name.full,
        "ends_at": share.ends_at.isoformat(),
        "checked_at": transaction.now.isoformat(),
        "extract": None if shown.extract is None else _extract(shown.extract),
        "units": [_unit(one, base) for one in units],
    }
    return JSONResponse(answer)


def _checked(door: Door, transaction: Transaction, shown: Shown) -> list[UnitShared]:
    trust = door.shelf.current(transaction).trust
    found = []
    for one in shown.units:
        verdict = None
        if one.letter is not None:
            name = f"{one.letter.serial}.pdf"
            document = read_document(door.bank.settings.issued, one.letter.serial)
            verdict = (
                no_document(name, transaction.now)
                if document is None
                else check(Upload(name, document), trust=trust, at=transaction.now)
            )
        found.append(UnitShared(one, verdict))
    return found


def _note(
    request: Request, door: Door, transaction: Transaction, what: tuple[Share, Looked]
) -> None:
    """Write the look down; programs that only ask whether a page exists (HEAD) have not looked."""
    if request.method != "GET":
        return
    share, looked = what
    program = request.headers.get("user-agent", "")
    mark = viewer_mark(door.bank.pepper, share.id, client_address(request), program)
    note_look(transaction, share, View(transaction.now, looked, mark))


def _extract(extract: Extract) -> dict[str, Any]:
    wanted = extract.qualification
    return {
        "qualification": {"th": wanted.title_th, "en": wanted.title_en},
        "held": extract.done,
        "needed": extract.needed,
        "whole_list_known": wanted.composition_known,
    }


def _unit(one: UnitShared, base: str) -> dict[str, Any]:
    unit, holding, letter = one.shared.unit, one.shared.holding, one.shared.letter
    valid = one.verdict is not None and one.verdict.verdict is Verdict.VALID
    return {
        "code": unit.shown_code,
        "title": {"th": unit.title_th, "en": unit.title_en},
        "edition": holding.edition,
        "basis": holding.basis.value,
        "passed_on": holding.passed_on.isoformat(),
        "certificate": None if letter is None else letter.serial,
        "verdict": None if one.verdict is None else one.verdict.verdict.value,
        "file": f"{base}/{letter.serial}.pdf" if letter is not None and valid else None,
    }
