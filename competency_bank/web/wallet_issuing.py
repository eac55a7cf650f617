"""What wallets speak to: metadata, nonce and credential endpoints (OpenID4VCI 1.0)."""

import secrets
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from certificates.credential.wallet_claims import LABELS, TYPE_PATH, type_metadata, type_of
from certificates.sealing.strict_json import parse_object
from certificates.sealing.trust_list import KeyPurpose
from certificates.verifying.presentation import TYPE
from competency_bank.domain.errors import BadInput, BankError, NotFound
from competency_bank.domain.wallet_nonce import RANDOM_BYTES, make_nonce
from competency_bank.issue_run import token_in
from competency_bank.services.offer_to_wallet import OPEN_BADGE, SD_JWT, Asked, Issuer, collect
from competency_bank.services.publish_trust import wallet_status_token
from competency_bank.web.door import AtDoor, Door, Reading, Writing
from competency_bank.web.oauth_answers import answer, oauth_error
from competency_bank.web.trust_pages import FOR_A_MINUTE

router = APIRouter(include_in_schema=False)

LONGEST_REQUEST = 64 * 1024
FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}
_ALGORITHMS = ["ES256"]
_LETTER_NAMES = [
    {"locale": "th-TH", "name": "หนังสือรับรองสมรรถนะ"},
    {"locale": "en-US", "name": "Unit letter"},
]


@router.get("/.well-known/openid-credential-issuer")
def issuer_metadata(door: AtDoor) -> JSONResponse:
    """Say what can be collected here, and how (section 12.2)."""
    base, keys = door.bank.settings.public_url, door.bank.keys
    names = [
        {"locale": "th-TH", "name": keys.issuer.name_th},
        {"locale": "en-US", "name": keys.issuer.name_en},
    ]
    content = {
        "credential_issuer": base,
        "credential_endpoint": f"{base}/oid4vci/credential",
        "nonce_endpoint": f"{base}/oid4vci/nonce",
        "display": names,
        "credential_configurations_supported": {
            SD_JWT: {
                "format": TYPE,
                "vct": type_of(keys.issuer.id),
                "cryptographic_binding_methods_supported": ["jwk"],
                "credential_signing_alg_values_supported": _ALGORITHMS,
                "proof_types_supported": {
                    "jwt": {"proof_signing_alg_values_supported": _ALGORITHMS}
                },
                "credential_metadata": {"display": _LETTER_NAMES, "claims": _claims()},
            },
            OPEN_BADGE: {
                "format": "jwt_vc_json",
                "credential_definition": {"type": ["VerifiableCredential", "OpenBadgeCredential"]},
                "credential_signing_alg_values_supported": _ALGORITHMS,
                "credential_metadata": {"display": _LETTER_NAMES},
            },
        },
    }
    return JSONResponse(content, headers=FOR_AN_HOUR)


@router.get("/.well-known/jwt-vc-issuer/{path:path}")
def issuer_keys(path: str, door: AtDoor, transaction: Reading) -> JSONResponse:
    """Return the keys that sign our wallet credentials and their status, retired ones too.

    SD-JWT VC section 5; whoever reads a credential finds the key of its status list here too.
    """
    issuer = door.bank.keys.issuer.id
    if urlsplit(issuer).path.strip("/") != path.strip("/"):
        raise NotFound("page-unknown")
    trust = door.shelf.current(transaction).trust
    found = [
        {**key.jwk, "kid": key.kid, "use": "sig", "alg": "ES256"}
        for one in trust.issuers
        for key in one.keys
        if one.id == issuer and key.purpose in {KeyPurpose.CREDENTIAL, KeyPurpose.STATUS}
    ]
    return JSONResponse({"issuer": issuer, "jwks": {"keys": found}}, headers=FOR_AN_HOUR)


@router.get(TYPE_PATH)
@router.get("/issuers/{name}" + TYPE_PATH, name="type_of_issuer")
def type_description(door: AtDoor) -> Response:
    """Describe the type of our wallet credentials, in both languages."""
    content = type_metadata(door.bank.keys.issuer.id)
    return Response(content, media_type="application/json", headers=FOR_AN_HOUR)


@router.get("/token-status/{number}")
@router.get("/issuers/{name}/token-status/{number}", name="token_status_of_issuer")
def token_status(number: int, door: AtDoor, transaction: Reading) -> Response:
    """Return a status list as wallets read it (Token Status List)."""
    bank = door.bank
    token = wallet_status_token(transaction, number, keys=bank.keys, terms=bank.terms)
    return Response(token, media_type="application/statuslist+jwt", headers=FOR_A_MINUTE)


@router.post("/oid4vci/nonce")
def nonce(door: AtDoor) -> JSONResponse:
    """Return a fresh nonce for the proof of a key (section 7)."""
    made = make_nonce(door.bank.pepper, door.clock(), secrets.token_bytes(RANDOM_BYTES))
    return answer({"c_nonce": made})


async def _asked(request: Request) -> Asked | BankError:
    try:
        return _read(request.headers.get("authorization", ""), await request.body())
    except BankError as fault:
        return fault


@router.post("/oid4vci/credential")
def credential(
    asked: Annotated[Asked | BankError, Depends(_asked)], door: AtDoor, transaction: Writing
) -> JSONResponse:
    """Hand a credential over to a wallet that may collect it (section 8)."""
    if isinstance(asked, BankError):
        return oauth_error(asked)
    try:
        made = collect(transaction, asked, _issuer(door))
    except BankError as fault:
        return oauth_error(fault)
    return answer({"credentials": [{"credential": made}]})


def _issuer(door: Door) -> Issuer:
    bank = door.bank
    return Issuer(
        bank.keys,
        bank.pepper,
        address=bank.settings.public_url,
        badge_of=lambda serial: token_in(bank, serial),
    )


def _read(authorization: str, body: bytes) -> Asked:
    """Return what a wallet asks for; raises BadInput("wallet-request")."""
    scheme, _, token = authorization.partition(" ")
    if len(body) > LONGEST_REQUEST:
        raise BadInput("wallet-request")
    try:
        said = parse_object(body)
    except ValueError as fault:
        raise BadInput("wallet-request") from fault
    kind, proofs = said.get("credential_configuration_id"), said.get("proofs", {})
    if not isinstance(kind, str) or not isinstance(proofs, dict) or set(proofs) - {"jwt"}:
        raise BadInput("wallet-request")
    return Asked(token if scheme.lower() == "bearer" else "", kind, _texts(proofs.get("jwt", [])))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadInput("wallet-request")
    return tuple(value)


def _claims() -> list[dict[str, Any]]:
    return [
        {
            "path": [name],
            "display": [
                {"locale": "th-TH", "name": thai},
                {"locale": "en-US", "name": english},
            ],
        }
        for name, (thai, english) in LABELS.items()
    ]
