"""The Open Badges 3.0 API (section 6): other systems read and add a learner's credentials."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from certificates.sealing.strict_json import parse_object
from certificates.verifying.elsewhere import Foreign
from competency_bank.domain import hosting
from competency_bank.domain.errors import BadInput, BankError, Conflict
from competency_bank.domain.hosting import HostGrant
from competency_bank.domain.messages import sentence_of
from competency_bank.issue_run import token_in
from competency_bank.services.connect_host import granted
from competency_bank.services.keep_foreign import (
    JSON,
    TOKEN,
    Outgoing,
    keep,
    outgoing,
    read_paper,
)
from competency_bank.storage import host_rows, people_rows
from competency_bank.storage.database import Transaction
from competency_bank.web.badge_discovery import BASE_PATH, discovery_document
from competency_bank.web.door import AtDoor, Door, Reading, TrustedNow, Writing
from competency_bank.web.masking import unnumbered
from competency_bank.web.oauth_answers import NO_STORE

router = APIRouter(prefix=BASE_PATH, include_in_schema=False)

MOST_AT_ONCE = 100
LONGEST_PROFILE = 16 * 1024
PROFILE_TEXTS = ("description", "url", "phone", "email")
"""What a host may write about a learner; the name is the school's to keep right."""
LONGEST_TEXT = 1000
_STATUS: Mapping[str, tuple[int, str]] = {
    "client-token": (401, "unauthorisedrequest"),
    "client-right": (403, "forbidden"),
    "page-numbers": (400, "invaliddata"),
    "foreign-unreadable": (400, "invaliddata"),
    "foreign-forged": (400, "invaliddata"),
    "foreign-ended": (400, "invaliddata"),
    "foreign-own": (400, "invaliddata"),
    "foreign-too-many": (409, "invaliddata"),
    "request-invalid": (400, "invaliddata"),
    "document-missing": (503, "server_busy"),
}


@dataclass(frozen=True, slots=True)
class Body:
    """What a host sent, and as what."""

    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list that a host asks for."""

    limit: int
    offset: int
    since: datetime | None


@router.get("/discovery")
def discovery(door: AtDoor) -> JSONResponse:
    """Describe this host (OpenAPI 3 profile of the specification); open to everybody."""
    document = discovery_document(door.bank.settings.public_url, door.bank.keys.issuer)
    return JSONResponse(document, headers={"Cache-Control": "public, max-age=3600"})


async def _body(request: Request) -> Body:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Body(kind, await request.body())


@router.get("/credentials")
def credentials(request: Request, door: AtDoor, transaction: Reading) -> Response:
    """Return the learner's credentials, a page at a time (section 6.2.2)."""

    def found() -> Response:
        grant = _grant(request, transaction, hosting.READ_CREDENTIALS)
        window = _window(request.query_params)
        everything = outgoing(
            transaction,
            grant.learner,
            token_of=lambda serial: token_in(door.bank, serial),
            since=window.since,
        )
        part = everything[window.offset : window.offset + window.limit]
        headers = {
            "X-Total-Count": str(len(everything)),
            "Link": _links(request, door, window, len(everything)),
        }
        return JSONResponse(_set_of(part), headers=headers | NO_STORE)

    return _answered(found)


def _handed_in(
    request: Request, body: Annotated[Body, Depends(_body)], door: AtDoor, listed: TrustedNow
) -> Foreign | BankError:
    """Return what can be said of a credential, or why it is refused.

    Its issuer is asked before anything is written, and only for a system that may add credentials.
    """
    read = partial(read_paper, body.data, trust=listed.trust, at=listed.at)
    try:
        with door.bank.database.reading(door.clock()) as transaction:
            _grant(request, transaction, hosting.WRITE_CREDENTIALS)
        if body.kind not in {TOKEN, JSON}:
            return BadInput("foreign-unreadable", reason="Content-Type")
        return door.others.answering(read)
    except BankError as fault:
        return fault


@router.post("/credentials")
def upsert(
    request: Request,
    body: Annotated[Body, Depends(_body)],
    found: Annotated[Foreign | BankError, Depends(_handed_in)],
    door: AtDoor,
    transaction: Writing,
) -> Response:
    """Keep a credential of somebody else and say it back: 201 new, 200 replaced or known."""

    def kept() -> Response:
        if isinstance(found, BankError):
            raise found
        grant = _grant(request, transaction, hosting.WRITE_CREDENTIALS)
        done = keep(transaction, grant.learner, found, issuer=door.bank.keys.issuer.id)
        return Response(
            body.data,
            status_code=201 if done.new else 200,
            media_type=body.kind,
            headers=NO_STORE,
        )

    return _answered(kept)


@router.get("/profile")
def profile(request: Request, transaction: Reading) -> Response:
    """Return who the learner is: an opaque id and the name on their letters."""

    def found() -> Response:
        grant = _grant(request, transaction, hosting.READ_PROFILE)
        return JSONResponse(_profile(transaction, grant), headers=NO_STORE)

    return _answered(found)


@router.put("/profile")
def put_profile(
    request: Request, body: Annotated[Body, Depends(_body)], transaction: Writing
) -> Response:
    """Keep what a host writes about the learner; id and name stay as the school knows them."""

    def kept() -> Response:
        grant = _grant(request, transaction, hosting.WRITE_PROFILE)
        host_rows.put_profile(transaction, grant.learner, _written(body))
        return JSONResponse(_profile(transaction, grant), headers=NO_STORE)

    return _answered(kept)


def _grant(request: Request, transaction: Transaction, scope: str) -> HostGrant:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return granted(transaction, token if scheme.lower() == "bearer" else "", scope)


def _window(query: Mapping[str, str]) -> Window:
    """Return what part is asked for; raises BadInput("page-numbers")."""
    try:
        limit, offset = int(query.get("limit", MOST_AT_ONCE)), int(query.get("offset", 0))
        since = datetime.fromisoformat(query["since"]) if "since" in query else None
    except ValueError as fault:
        raise BadInput("page-numbers") from fault
    if limit < 1 or offset < 0 or (since is not None and since.tzinfo is None):
        raise BadInput("page-numbers")
    return Window(min(limit, MOST_AT_ONCE), offset, since)


def _links(request: Request, door: Door, window: Window, total: int) -> str:
    """Return the neighbouring pages (RFC 8288): first, last, and previous and next if any."""
    last = max(0, (total - 1) // window.limit * window.limit)
    places = {"first": 0, "last": last}
    if window.offset + window.limit < total:
        places["next"] = window.offset + window.limit
    if window.offset > 0:
        places["prev"] = max(0, window.offset - window.limit)
    since = {} if window.since is None else {"since": request.query_params["since"]}
    base = f"{door.bank.settings.public_url}{BASE_PATH}/credentials"
    return ", ".join(
        f'<{base}?{urlencode({"limit": window.limit, "offset": place, **since})}>; rel="{name}"'
        for name, place in places.items()
    )


def _set_of(part: list[Outgoing]) -> dict[str, Any]:
    tokens = [one.content() for one in part if one.media_type == TOKEN]
    plain = [parse_object(one.content().encode()) for one in part if one.media_type == JSON]
    lists = {"credential": plain, "compactJwsString": tokens}
    # Empty arrays are left out, as everywhere in Open Badges 3.0.
    return {name: found for name, found in lists.items() if found}


def _profile(transaction: Transaction, grant: HostGrant) -> dict[str, Any]:
    person = people_rows.find_person(transaction, grant.learner)
    written = host_rows.profile_of(transaction, grant.learner)
    return {
        "id": f"urn:uuid:{person.id}",
        "type": ["Profile"],
        "name": person.name.full,
        **written,
    }


def _written(body: Body) -> dict[str, str]:
    """Return what may be kept of a profile; raises BadInput("request-invalid")."""
    try:
        said = parse_object(body.data[: LONGEST_PROFILE + 1])
    except ValueError as fault:
        raise BadInput("request-invalid") from fault
    found = {name: said[name] for name in PROFILE_TEXTS if name in said}
    for value in found.values():
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
            raise BadInput("request-invalid")
    return {name: unnumbered(str(value)) for name, value in found.items()}


def _answered(handle: Callable[[], Response]) -> Response:
    """Return what ``handle`` answers, or its refusal as the specification writes it."""
    try:
        return handle()
    except (BadInput, Conflict) as fault:
        return _status_info(fault)
    except BankError as fault:
        if fault.code not in _STATUS:
            raise
        return _status_info(fault)


def _status_info(fault: BankError) -> JSONResponse:
    status, minor = _STATUS.get(fault.code, (400, "invaliddata"))
    said = sentence_of(fault)
    field = {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": minor}
    content = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": unnumbered(f"{said.en} / {said.th}"),
        "imsx_codeMinor": {"imsx_codeMinorField": [field]},
    }
    headers = dict(NO_STORE)
    if status == 401:  # noqa: PLR2004 - unauthorised
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return JSONResponse(content, status_code=status, headers=headers)
