"""For those who watch over the service."""

import logging

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from competency_bank.storage.ledger_rows import latest_checkpoint
from competency_bank.web.door import AtDoor

router = APIRouter(include_in_schema=False)

_log = logging.getLogger(__name__)


@router.get("/livez")
def alive() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("alive\n")


@router.get("/readyz")
def ready(door: AtDoor) -> Response:
    """Say whether the bank can be read; 503 when it cannot, whatever the reason."""
    try:
        with door.bank.database.reading(door.clock()) as transaction:
            latest_checkpoint(transaction)
    except Exception as fault:  # noqa: BLE001  (any failure at all means: not ready)
        _log.warning("not ready: %s", type(fault).__name__)
        return PlainTextResponse("not ready\n", status_code=503)
    return PlainTextResponse("ready\n")
