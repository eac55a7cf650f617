"""Standards as the bank holds them: for the verifier of TPQI, and for anybody by code."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.web.access import Tpqi
from competency_bank.web.door import AtDoor, Reading
from competency_bank.web.masking import unnumbered
from competency_bank.web.rendering import page
from standards.model import Unit

router = APIRouter(include_in_schema=False)

MOST_FOUND = 50


@router.get("/tpqi")
def editions(request: Request, _who: Tpqi, transaction: Reading) -> Response:
    """List the editions in use, with the digests that the ledger holds of them."""
    return page(request, "editions.html", editions=load_catalogue(transaction).editions)


@router.get("/standards")
def look_up(
    request: Request,
    door: AtDoor,
    transaction: Reading,
    q: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Look units up by code, alias or words, slips included."""
    asked = unnumbered(q.strip())
    catalogue = load_catalogue(transaction)
    found = catalogue.find_units(asked) if asked else ()
    if asked and not found:
        hits = door.standards.search(transaction).search(asked, limit=MOST_FOUND)
        found = tuple(hit.item for hit in hits if isinstance(hit.item, Unit))
    here = f"/standards?{urlencode({'q': asked})}" if asked else "/standards"
    return page(
        request,
        "standards.html",
        here=here,
        catalogue=catalogue,
        asked=asked,
        found=found[:MOST_FOUND],
        total=len(found),
    )
