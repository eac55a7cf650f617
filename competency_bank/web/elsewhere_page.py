"""The learner's papers from elsewhere, and the systems that may act for the learner."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from certificates.check_sentences import FOUND
from certificates.verifying.elsewhere import IN_FORCE, Foreign
from competency_bank.domain.errors import NotFound
from competency_bank.services.connect_host import connected
from competency_bank.services.keep_foreign import TOKEN, keep, read_paper
from competency_bank.storage import foreign_rows, host_rows
from competency_bank.web.access import Learner
from competency_bank.web.door import AtDoor, Reading, TrustedNow, Writing
from competency_bank.web.rendering import page
from competency_bank.web.uploads import Upload, read_upload

router = APIRouter(include_in_schema=False)

PLACE = "/me/elsewhere"


async def _sent(request: Request, _who: Learner) -> Upload:
    return await read_upload(request)


def _found(sent: Annotated[Upload, Depends(_sent)], listed: TrustedNow, door: AtDoor) -> Foreign:
    """Return what can be said of the paper; its issuer is asked before anything is written."""
    read = partial(read_paper, sent.data, trust=listed.trust, at=listed.at)
    return door.others.answering(read)


@router.get(PLACE)
def papers(request: Request, who: Learner, transaction: Reading) -> Response:
    """Show papers from elsewhere, each with what is known of it, and connected systems."""
    return page(
        request,
        "elsewhere.html",
        papers=foreign_rows.papers_of(transaction, who.person),
        connected=connected(transaction, who.person),
        reasons=FOUND,
        in_force=IN_FORCE,
    )


@router.post(PLACE)
def add(
    who: Learner,
    found: Annotated[Foreign, Depends(_found)],
    door: AtDoor,
    transaction: Writing,
) -> Response:
    """Keep a credential that somebody else issued to the learner."""
    keep(transaction, who.person, found, issuer=door.bank.keys.issuer.id)
    return RedirectResponse(PLACE, status_code=303)


@router.get(PLACE + "/{name}")
def download(who: Learner, name: str, transaction: Reading) -> Response:
    """Return a paper exactly as it came."""
    paper = foreign_rows.find_paper(transaction, who.person, name)
    if paper is None:
        raise NotFound("unknown-foreign")
    ending = "jwt" if paper.media_type == TOKEN else "json"
    disposition = f'attachment; filename="credential-{name[:8]}.{ending}"'
    headers = {"Content-Disposition": disposition}
    return Response(paper.content, media_type="application/octet-stream", headers=headers)


@router.post(PLACE + "/{name}/remove")
def remove(who: Learner, name: str, transaction: Writing) -> Response:
    """Delete a paper from elsewhere."""
    foreign_rows.remove_paper(transaction, who.person, name)
    return RedirectResponse(PLACE, status_code=303)


@router.post("/me/systems/{name}/end")
def disconnect(who: Learner, name: str, transaction: Writing) -> Response:
    """End what a system may do, at once."""
    host_rows.end_grant(transaction, who.person, name)
    return RedirectResponse(PLACE, status_code=303)
