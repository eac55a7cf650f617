"""For those who watch over the service."""

import logging

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.messages import sentence_of
from competency_bank.storage.log_guard import require_sound
from competency_bank.web.door import AtDoor

router = APIRouter(include_in_schema=False)

_log = logging.getLogger(__name__)


@router.get("/livez")
def alive() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("alive\n")


@router.get("/readyz")
def ready(door: AtDoor) -> Response:
    """Say whether the bank can be read and may sign; 503 when not, whatever the reason.

    A stopped log is named: those who watch must know which entry to look at, and no entry number
    is a secret.
    """
    try:
        with door.bank.database.reading(door.clock()) as transaction:
            require_sound(transaction)
    except RecordDamaged as fault:
        _log.error("stopped: %s at entry %s", fault.values.get("reason"), fault.values["entry"])
        return PlainTextResponse(f"{sentence_of(fault).en}\n", status_code=503)
    except Exception as fault:  # noqa: BLE001  (any failure at all means: not ready)
        _log.warning("not ready: %s", type(fault).__name__)
        return PlainTextResponse("not ready\n", status_code=503)
    return PlainTextResponse("ready\n")
