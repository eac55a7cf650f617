"""The feed of passed units for TPQI and, by its adapter, the national credential systems."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from competency_bank.domain.pass_feed import cursor_after, place_of
from competency_bank.services.feed_passes import events_from, shown_events
from competency_bank.web.access import Tpqi
from competency_bank.web.door import AtDoor, Reading
from competency_bank.web.machine_api import PROBLEMS

router = APIRouter(prefix="/api/v1/feeds")

MOST_AT_ONCE = 1000


@router.get("/passed-units", summary="Passed units since a cursor", responses=PROBLEMS)
def passed_units(
    _who: Tpqi,
    door: AtDoor,
    transaction: Reading,
    since: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = MOST_AT_ONCE,
) -> JSONResponse:
    """Return events in the order of the ledger; read from no cursor they give the whole state."""
    pepper = door.bank.pepper
    place = 0 if since is None else place_of(pepper, since)
    batch = events_from(transaction, place, limit=limit)
    answer = {
        "events": shown_events(transaction, batch.events),
        "next": cursor_after(pepper, batch.last),
        "more": batch.more,
    }
    return JSONResponse(answer)
