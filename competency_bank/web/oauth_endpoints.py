"""The authorization server: metadata, registration, the learner's consent, tokens.

One token endpoint serves wallets (pre-authorised code) and hosts (authorization code with PKCE).
"""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import unquote_plus, urlencode, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from certificates.sealing.strict_json import parse_object
from competency_bank.domain.errors import BadInput, BankError, NotAllowed
from competency_bank.domain.hosting import SCOPES, AccessRequest, HostClient, access_request
from competency_bank.services import connect_host, offer_to_wallet
from competency_bank.services.connect_host import ACCESS_LIVES, METHODS, Tokens
from competency_bank.services.offer_to_wallet import TOKEN_LIVES
from competency_bank.storage.database import Transaction
from competency_bank.storage.host_rows import find_client
from competency_bank.web.access import Learner
from competency_bank.web.client_address import client_address
from competency_bank.web.door import AtDoor, Door, Reading, Writing
from competency_bank.web.form_fields import read_fields
from competency_bank.web.oauth_answers import answer, oauth_error
from competency_bank.web.page_headers import CONTENT_POLICY
from competency_bank.web.rendering import page

router = APIRouter(include_in_schema=False)

PRE_AUTHORISED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
LONGEST_REGISTRATION = 16 * 1024


@router.get("/.well-known/oauth-authorization-server")
def metadata(door: AtDoor) -> JSONResponse:
    """Say how to get access here (RFC 8414)."""
    base = door.bank.settings.public_url
    return JSONResponse(
        {
            "issuer": base,
            "authorization_endpoint": f"{base}/oauth/authorize",
            "token_endpoint": f"{base}/oauth/token",
            "registration_endpoint": f"{base}/oauth/register",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token", PRE_AUTHORISED],
            "token_endpoint_auth_methods_supported": list(METHODS),
            "code_challenge_methods_supported": ["S256"],
            "pre-authorized_grant_anonymous_access_supported": True,
        },
        headers={"Cache-Control": "public, max-age=3600"},
    )


async def _description(request: Request) -> dict[str, object] | BankError:
    body = await request.body()
    try:
        return parse_object(body[: LONGEST_REGISTRATION + 1])
    except ValueError:
        return BadInput("client-request")


@router.post("/oauth/register")
def register(
    request: Request,
    said: Annotated[dict[str, object] | BankError, Depends(_description)],
    door: AtDoor,
    transaction: Writing,
) -> JSONResponse:
    """Register a program (RFC 7591); twenty in ten minutes from one address are enough."""
    if door.misses.note(client_address(request), transaction.now):
        raise NotAllowed("too-many-misses")
    try:
        if isinstance(said, BankError):
            raise said
        made = connect_host.register(transaction, said)
    except BankError as fault:
        name = "invalid_client_metadata" if fault.code != "client-redirect" else None
        return oauth_error(fault, name=name)
    content: dict[str, Any] = {
        "client_id": made.client.id,
        "client_id_issued_at": int(transaction.now.timestamp()),
        "client_name": made.client.name,
        "redirect_uris": list(made.client.redirect_uris),
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "scope": " ".join(made.client.scopes),
        "token_endpoint_auth_method": made.method,
    }
    if made.secret is not None:
        content |= {"client_secret": made.secret, "client_secret_expires_at": 0}
    return answer(content, status=201)


@router.get("/oauth/authorize")
def consent(request: Request, _who: Learner, transaction: Reading) -> Response:
    """Ask the learner; a program that asks wrongly is told so, at its own registered address."""
    fields = dict(request.query_params)
    wanted = _wanted(transaction, fields)
    if isinstance(wanted, Response):
        return wanted
    shown = page(request, "host_consent.html", wanted=wanted, fields=fields, here="/mine")
    origin = urlsplit(wanted.redirect_uri)
    # Browsers apply form-action to where a form's answer leads, which is the program's address.
    shown.headers["Content-Security-Policy"] = CONTENT_POLICY.replace(
        "form-action 'self'", f"form-action 'self' {origin.scheme}://{origin.netloc}"
    )
    return shown


@router.post("/oauth/authorize")
def decide(
    who: Learner, fields: Annotated[dict[str, str], Depends(read_fields)], transaction: Writing
) -> Response:
    """Lead back to the program, with a code or with the refusal."""
    wanted = _wanted(transaction, fields)
    if isinstance(wanted, Response):
        return wanted
    if fields.get("decision") != "allow":
        return _back(wanted.redirect_uri, {"error": "access_denied", "state": wanted.state})
    code = connect_host.allow(transaction, who.person, wanted)
    return _back(wanted.redirect_uri, {"code": code, "state": wanted.state})


async def _fields(request: Request) -> dict[str, str] | BankError:
    try:
        return await read_fields(request)
    except BankError:
        return BadInput("client-request")


@router.post("/oauth/token")
def token(
    request: Request,
    fields: Annotated[dict[str, str] | BankError, Depends(_fields)],
    door: AtDoor,
    transaction: Writing,
) -> JSONResponse:
    """Exchange a code or a refresh token for an access token (RFC 6749 section 3.2)."""
    if isinstance(fields, BankError):
        return oauth_error(fields)
    if fields.get("grant_type") == PRE_AUTHORISED:
        return _wallet_token(transaction, fields, door)
    exchanges = {"authorization_code": connect_host.exchange, "refresh_token": connect_host.renew}
    exchange = exchanges.get(fields.get("grant_type", ""))
    if exchange is None:
        return oauth_error(BadInput("client-request"), name="unsupported_grant_type")
    try:
        client = _authenticated(transaction, request, fields)
    except BankError as fault:
        return oauth_error(fault)
    found = exchange(transaction, client, fields)
    return _tokens(found) if isinstance(found, Tokens) else oauth_error(found)


def _wallet_token(transaction: Transaction, fields: Mapping[str, str], door: Door) -> JSONResponse:
    code, pin = fields.get("pre-authorized_code", ""), fields.get("tx_code", "")
    found = offer_to_wallet.redeem(transaction, code, pin, pepper=door.bank.pepper)
    if isinstance(found, BankError):
        return oauth_error(found)
    lives = int(TOKEN_LIVES.total_seconds())
    return answer({"access_token": found, "token_type": "Bearer", "expires_in": lives})


def _tokens(found: Tokens) -> JSONResponse:
    return answer(
        {
            "access_token": found.access,
            "token_type": "Bearer",
            "expires_in": int(ACCESS_LIVES.total_seconds()),
            "refresh_token": found.refresh,
            "scope": " ".join(found.scopes),
        }
    )


def _authenticated(
    transaction: Transaction, request: Request, fields: Mapping[str, str]
) -> HostClient:
    scheme, _, packed = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        name, secret = fields.get("client_id", ""), fields.get("client_secret")
        return connect_host.authenticate(transaction, name, secret)
    try:
        name, _, secret = b64decode(packed, validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeDecodeError) as fault:
        raise NotAllowed("client-unknown") from fault
    return connect_host.authenticate(transaction, unquote_plus(name), unquote_plus(secret))


def _wanted(transaction: Transaction, fields: Mapping[str, str]) -> AccessRequest | Response:
    """Return what is asked for, or the way back for a program that asked wrongly.

    Raises for an unknown program or address: then there is nowhere to lead back to.
    """
    client = find_client(transaction, fields.get("client_id", ""))
    try:
        return access_request(client, fields)
    except BadInput as fault:
        if fault.code == "client-redirect":
            raise
        name = "invalid_scope" if fault.code == "client-scope" else "invalid_request"
        state = {"state": fields["state"]} if fields.get("state") else {}
        return _back(fields["redirect_uri"], {"error": name, **state})


def _back(address: str, values: Mapping[str, str]) -> Response:
    mark = "&" if urlsplit(address).query else "?"
    return RedirectResponse(f"{address}{mark}{urlencode(values)}", status_code=303)
