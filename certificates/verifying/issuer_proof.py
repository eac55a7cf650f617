"""Proving that an issuer we do not know signed something: a token, or JSON with a proof inside."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from certificates.errors import NotChecked, Refused
from certificates.sealing.data_integrity import ProofKey, open_proof, proof_in
from certificates.sealing.foreign_jws import open_jws
from certificates.sealing.keys import Window
from certificates.sealing.strict_json import from_base64url, parse_object
from certificates.sealing.trust_list import NO_END
from certificates.verifying.published_keys import key_of_issuer
from certificates.verifying.wishes import Answers

ALWAYS: Final = Window(datetime(1970, 1, 1, tzinfo=UTC), NO_END)
"""Since when an issuer has a key is not published; whether it has it now, is."""
_PARTS: Final = 3


def token_parts(text: bytes) -> tuple[dict[str, object], dict[str, object]]:
    """Return header and payload of a compact token; nothing is proved.

    Raises:
        ValueError: no token, or parts that are no JSON.

    """
    parts = text.split(b".")
    if len(parts) != _PARTS or not text.isascii():
        raise ValueError("no token")
    header, payload = (parse_object(from_base64url(part.decode("ascii"))) for part in parts[:2])
    return header, payload


def credential_in(payload: Mapping[str, object]) -> Mapping[str, object]:
    """Return the credential: the payload itself (data model 2.0) or its ``vc`` (1.1)."""
    inner = payload.get("vc")
    if not isinstance(inner, dict):
        return payload
    filled = {"issuer": payload.get("iss"), "id": payload.get("jti")} | inner
    start = payload.get("nbf")
    if "issuanceDate" not in filled and isinstance(start, int):
        filled["issuanceDate"] = datetime.fromtimestamp(start, UTC).isoformat()
    return filled


def issuer_in(credential: Mapping[str, object]) -> str:
    """Return the issuer's identifier, alone or in its profile; empty where there is none."""
    issuer = credential.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    return named if isinstance(named, str) else ""


def prove_token_of(issuer: str, text: str, *, at: datetime, answers: Answers) -> None:
    """Prove that ``issuer`` signed a token.

    Raises:
        Refused: another issuer is named, or the signature does not hold.
        NotChecked: its key cannot be had, or it is signed in a way we do not take.

    """
    header, payload = token_parts(text.encode("ascii"))
    if payload.get("iss", issuer) != issuer:
        raise Refused("claims-differ", claims=["iss"])
    kid = str(header.get("kid", issuer))
    key = key_of_issuer(issuer, kid, at=at, answers=answers, as_jwk=True)
    try:
        open_jws(text, {str(header.get("kid")): key})
    except Refused as stop:
        if stop.code == "token-header":
            raise NotChecked("issuer-unknown", issuer=issuer) from stop
        raise


def prove_linked_of(
    issuer: str, secured: Mapping[str, object], *, at: datetime, answers: Answers
) -> None:
    """Prove that ``issuer`` made the proof inside a JSON document.

    Raises:
        Refused: ``signature-wrong``.
        NotChecked: its key cannot be had, or the proof has a form we do not take: then it cannot
            be told whether it holds.

    """
    try:
        method = str(proof_in(secured).get("verificationMethod"))
        key = key_of_issuer(issuer, method, at=at, answers=answers).key
        if not isinstance(key, bytes):
            raise NotChecked("proof-suite")
        open_proof(secured, {method: ProofKey(issuer, key, ALWAYS)})
    except Refused as stop:
        if stop.code == "signature-wrong":
            raise
        raise NotChecked(stop.code) from stop
