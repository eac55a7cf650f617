"""Wallets, for people: put a letter of mine into one, or ask somebody to show theirs."""

import json
from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import JSONResponse

from certificates.check_sentences import FOUND
from certificates.credential.wallet_claims import LABELS, type_of
from certificates.document.qr_picture import qr_picture
from certificates.report import WORDS
from certificates.sealing.strict_json import parse_object
from competency_bank.domain.errors import BadInput, BankError
from competency_bank.services import ask_wallet, offer_to_wallet
from competency_bank.services.offer_to_wallet import PIN_DIGITS, SD_JWT
from competency_bank.web.access import Learner
from competency_bank.web.door import AtDoor, Door, Reading, Writing
from competency_bank.web.form_fields import read_fields
from competency_bank.web.learner_view import certificates_shown
from competency_bank.web.oauth_answers import answer, oauth_error
from competency_bank.web.oauth_endpoints import PRE_AUTHORISED
from competency_bank.web.rendering import page

router = APIRouter(include_in_schema=False)

RESPONSE_PATH = "/oid4vp/response"
_PLAIN_IN_QUERY = ":,/"


@router.post("/me/wallet/{serial}")
def offer(
    request: Request, serial: str, who: Learner, door: AtDoor, transaction: Writing
) -> Response:
    """Show the QR and the digits with which a wallet collects one of the learner's letters."""
    pepper = door.bank.pepper
    made, kept = offer_to_wallet.offer(transaction, who.person, serial, pepper=pepper)
    address = offer_address(door.bank.settings.public_url, made.code)
    (letter,) = certificates_shown([kept])
    return page(
        request,
        "wallet_offer.html",
        here="/me/share",
        address=address,
        picture=qr_picture(address),
        pin=made.pin,
        ends_at=made.expires_at,
        letter=letter,
    )


def offer_address(base: str, code: str) -> str:
    """Return the offer as wallets read it, by value: the code never reaches a server's log."""
    content = {
        "credential_issuer": base,
        "credential_configuration_ids": [SD_JWT],
        "grants": {
            PRE_AUTHORISED: {
                "pre-authorized_code": code,
                "tx_code": {"length": PIN_DIGITS},
            }
        },
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # As few letters as may be: a QR with large modules is read by cheap cameras.
    return f"openid-credential-offer://?credential_offer={quote(text, safe=_PLAIN_IN_QUERY)}"


@router.get("/verify/wallet")
def ask_form(request: Request) -> Response:
    """Offer to ask a wallet for one unit."""
    return page(request, "wallet_ask.html")


@router.post("/verify/wallet")
def ask(
    request: Request,
    door: AtDoor,
    transaction: Writing,
    with_name: Annotated[str | None, Form(max_length=10)] = None,
) -> Response:
    """Show the QR that asks a wallet to show one unit."""
    question = ask_wallet.ask(transaction)
    address = request_address(door, question, with_name=with_name is not None)
    return page(
        request,
        "wallet_question.html",
        here="/verify/wallet",
        address=address,
        picture=qr_picture(address),
        secret=question.page,
    )


def request_address(door: Door, question: ask_wallet.Question, *, with_name: bool) -> str:
    """Return the request as wallets read it: unsigned, answered to the address it names."""
    bank = door.bank
    algorithms = {"sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"]}
    fields = {
        "response_type": "vp_token",
        "response_mode": "direct_post",
        "client_id": _audience(door),
        "response_uri": f"{bank.settings.public_url}{RESPONSE_PATH}",
        "nonce": question.nonce,
        "state": question.request,
        "dcql_query": _json(ask_wallet.query(type_of(bank.keys.issuer.id), with_name=with_name)),
        "client_metadata": _json({"vp_formats_supported": {"dc+sd-jwt": algorithms}}),
    }
    return f"openid4vp://?{urlencode(fields, safe=_PLAIN_IN_QUERY, quote_via=quote)}"


@router.get("/verify/wallet/{secret}")
def outcome(request: Request, secret: str, transaction: Reading) -> Response:
    """Show what a wallet showed; until then the page asks again by itself."""
    found = ask_wallet.outcome_of(transaction, secret)
    shown = [] if found is None else _shown(found.claims)
    return page(
        request,
        "wallet_outcome.html",
        found=found,
        shown=shown,
        labels=LABELS,
        verdicts=WORDS,
        reasons=FOUND,
        at=transaction.now,
    )


async def _fields(request: Request) -> dict[str, str] | BankError:
    try:
        return await read_fields(request)
    except BankError:
        return BadInput("wallet-request")


@router.post(RESPONSE_PATH)
def wallet_response(
    fields: Annotated[dict[str, str] | BankError, Depends(_fields)],
    door: AtDoor,
    transaction: Writing,
) -> JSONResponse:
    """Take what a wallet shows (OpenID4VP 1.0 section 8.2); a request is answered once."""
    try:
        if isinstance(fields, BankError):
            raise fields
        ask_wallet.answer(
            transaction,
            fields.get("state", ""),
            _presented(fields.get("vp_token", "")),
            audience=_audience(door),
            trust=door.shelf.current(transaction).trust,
        )
    except BankError as fault:
        return oauth_error(fault, name="invalid_request")
    return answer({})


def _audience(door: Door) -> str:
    """Return our client identifier, with its prefix, as the wallet's answer must name it."""
    return f"redirect_uri:{door.bank.settings.public_url}{RESPONSE_PATH}"


def _presented(text: str) -> dict[str, object]:
    try:
        return parse_object(text.encode())
    except ValueError as fault:
        raise BadInput("wallet-request") from fault


def _shown(claims: dict[str, object]) -> list[tuple[str, object]]:
    """Return what was shown in the order of the letter, days as days."""
    return [(name, _as_day(name, claims[name])) for name in LABELS if name in claims]


def _as_day(name: str, value: object) -> object:
    return date.fromisoformat(str(value)) if name.startswith("date_of_") else value


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
