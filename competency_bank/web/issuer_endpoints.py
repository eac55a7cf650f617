"""Where other programs find the issuer: its keys, its names, and the status of its certificates.

The names inside credentials stand below the issuer's own address; each thing is served there and
at the short address, so that the bank answers for both.
"""

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from certificates.errors import Refused
from certificates.sealing.controller_document import (
    controller_document,
    did_web_of,
    jwk_set,
    key_document,
)
from certificates.sealing.token import moment_of, seconds_of
from competency_bank.domain.errors import NotFound
from competency_bank.domain.messages import filled
from competency_bank.services.publish_trust import (
    linked_status,
    published_keys,
    status_list,
    status_token,
)
from competency_bank.storage.database import Transaction
from competency_bank.web.door import AtDoor, Door, Reading
from competency_bank.web.problems import PROBLEM_TYPE

router = APIRouter(include_in_schema=False)

FOR_A_MINUTE = {"Cache-Control": "public, max-age=30", "Vary": "Accept"}
"""A revocation must be visible within a minute."""
FOR_AN_HOUR = {
    "Cache-Control": "public, max-age=3600",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
STATUS_ERROR = "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR"
"""Bitstring Status List v1.0, section 3.5."""
LINKED = ("application/vc", "application/ld+json", "application/json")
"""Forms of a list that programs ask for which read no tokens."""


@router.get("/status/{number}")
@router.get("/issuers/{name}/status/{number}", name="status_of_issuer")
def status(
    request: Request,
    number: str,
    door: AtDoor,
    transaction: Reading,
    timestamp: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Return one signed status list, as it stands or as it stood at ``timestamp``."""
    bank, at = door.bank, None
    try:
        if timestamp is not None:
            at = _moment(timestamp, transaction)
        content = status_list(transaction, int(number), keys=bank.keys, terms=bank.terms, at=at)
    except (NotFound, ValueError) as error:
        return _status_problem(error)
    if at is None and request.headers.get("accept", "").startswith(LINKED):
        linked = linked_status(content, bank.proof_key, now=transaction.now)
        return _json(linked, "application/vc", FOR_A_MINUTE)
    token = status_token(content, bank.keys, now=transaction.now, at=at)
    return Response(token, media_type="application/vc+jwt", headers=FOR_A_MINUTE)


@router.get("/.well-known/jwks.json")
def keys(transaction: Reading) -> Response:
    """Return every key the bank signs or signed with (RFC 7517)."""
    return _json(jwk_set(published_keys(transaction)), "application/jwk-set+json", FOR_AN_HOUR)


@router.get("/keys/{kid}")
@router.get("/issuers/{name}/keys/{kid}", name="key_of_issuer")
def one_key(kid: str, door: AtDoor, transaction: Reading) -> Response:
    """Return one key under the name that signatures call it by."""
    document = key_document(door.bank.keys.issuer.id, kid, published_keys(transaction))
    if document is None:
        raise NotFound("unknown-key", name=kid[:64])
    return _json(document, "application/json", FOR_AN_HOUR)


@router.get("/.well-known/did.json")
def did_of_host(door: AtDoor, transaction: Reading) -> Response:
    """Return the did:web document of the bank's own address."""
    host = did_web_of(door.bank.settings.public_url.replace("http://", "https://", 1))
    return _controller(str(host), door, transaction)


@router.get("/issuers/{name}")
def issuer(name: str, door: AtDoor, transaction: Reading) -> Response:
    """Return the controller document of an issuer."""
    return _controller(_issuer_named(name, door), door, transaction)


@router.get("/issuers/{name}/did.json")
def did_of_issuer(name: str, door: AtDoor, transaction: Reading) -> Response:
    """Return the did:web document of an issuer."""
    did = did_web_of(_issuer_named(name, door))
    if did is None:
        raise NotFound("unknown-key", name=name[:64])
    return _controller(did, door, transaction)


def _issuer_named(name: str, door: Door) -> str:
    issuer_id = door.bank.keys.issuer.id
    if not issuer_id.endswith(f"/issuers/{name}"):
        raise NotFound("unknown-key", name=name[:64])
    return issuer_id


def _controller(controller: str, door: Door, transaction: Transaction) -> Response:
    document = controller_document(
        controller, door.bank.keys.issuer.id, published_keys(transaction)
    )
    return _json(document, "application/did+ld+json", FOR_AN_HOUR)


def _moment(text: str, transaction: Transaction) -> datetime:
    """Read a ``timestamp``; raises ValueError for what is no moment, or one to come."""
    try:
        at = moment_of(seconds_of(text))
    except Refused as error:
        raise ValueError("moment-unreadable") from error
    if at > transaction.now:
        raise ValueError("unknown-moment")
    return at


def _status_problem(error: NotFound | ValueError) -> Response:
    """Answer in the words that the Bitstring Status List gives to such faults (RFC 9457)."""
    unreadable = str(error) == "moment-unreadable"
    code = str(error) if unreadable or str(error) == "unknown-moment" else "unknown-list"
    message = filled(code, {})
    problem = {
        "type": STATUS_ERROR,
        "title": "STATUS_RETRIEVAL_ERROR",
        "status": 400 if unreadable else 404,
        "code": code,
        "detail": message.en,
        "detail_th": message.th,
    }
    body = json.dumps(problem, ensure_ascii=False)
    return Response(body, status_code=400 if unreadable else 404, media_type=PROBLEM_TYPE)


def _json(document: object, media_type: str, headers: dict[str, str]) -> Response:
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type=media_type, headers=headers)
