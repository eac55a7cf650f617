"""Proof that somebody holds a key: of a wallet that asks for a credential, or that shows one.

Both are answers to a challenge of ours: an audience, and a nonce that is used once. What the
answer is not tied to could be shown again by whoever saw it.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from certificates.errors import Refused
from certificates.sealing.p256 import key_of_jwk
from certificates.sealing.sd_jwt import SdJwt
from certificates.sealing.token import LAST_MOMENT
from certificates.sealing.typed_token import TypedToken, parse_typed, public_jwk

KEY_BINDING_TYPE: Final = "kb+jwt"
"""RFC 9901 section 4.3."""
KEY_PROOF_TYPE: Final = "openid4vci-proof+jwt"
"""OpenID for Verifiable Credential Issuance 1.0, appendix F.1."""
OLDEST: Final = timedelta(minutes=10)
AHEAD: Final = timedelta(minutes=5)
"""How far the clock of a phone may be ahead of ours."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What an answer must name."""

    audience: str
    nonce: str


@dataclass(frozen=True, slots=True)
class KeyProof:
    """A wallet's proof of the key that a credential shall be bound to."""

    jwk: dict[str, str]
    """Required members of the public key."""
    nonce: str
    """Not judged here: whoever made it knows whether it is fresh."""


def require_key_binding(parsed: SdJwt, holder: object, challenge: Challenge, at: datetime) -> None:
    """Require that the holder, whose JWK is ``holder``, answered ``challenge`` with this token.

    Raises:
        Refused: ``holder-key``, ``holder-proof`` with the reason, ``token-...`` or
            ``signature-wrong``.

    """
    if parsed.key_binding is None:
        raise Refused("holder-proof", reason="absent")
    answer = require_own_answer(parsed, holder)
    _require_same(answer, "aud", challenge.audience)
    _require_same(answer, "nonce", challenge.nonce)
    _require_recent(answer, at)


def require_own_answer(parsed: SdJwt, holder: object) -> TypedToken:
    """Require that the answer beside a token is its holder's and over exactly these disclosures.

    To whom it was given is not judged: that is for whoever asked.

    Raises:
        Refused: as ``require_key_binding``.

    """
    answer = parse_typed(parsed.key_binding or "", typ=KEY_BINDING_TYPE, members={"kid"})
    answer.prove(key_of_jwk(public_jwk(holder)))
    _require_same(answer, "sd_hash", parsed.digest)
    return answer


def read_key_proof(text: str, *, audience: str, at: datetime) -> KeyProof:
    """Return the key that a wallet proved to hold, and the nonce it was asked with.

    Raises:
        Refused: ``holder-key``, ``holder-proof`` with the reason, ``token-...`` or
            ``signature-wrong``.

    """
    proof = parse_typed(text, typ=KEY_PROOF_TYPE, members={"jwk"})
    jwk = public_jwk(proof.header.get("jwk"))
    proof.prove(key_of_jwk(jwk))
    _require_same(proof, "aud", audience)
    _require_recent(proof, at)
    nonce = proof.payload.get("nonce")
    if not isinstance(nonce, str):
        raise Refused("holder-proof", reason="nonce")
    return KeyProof(jwk, nonce)


def _require_same(answer: TypedToken, claim: str, expected: str) -> None:
    found = answer.payload.get(claim)
    same = isinstance(found, str) and hmac.compare_digest(found.encode(), expected.encode())
    if not same:
        raise Refused("holder-proof", reason=claim)


def _require_recent(answer: TypedToken, at: datetime) -> None:
    seconds = answer.integer("iat")
    if not 0 < seconds <= LAST_MOMENT:
        raise Refused("holder-proof", reason="iat")
    made = datetime.fromtimestamp(seconds, UTC)
    if not at - OLDEST <= made <= at + AHEAD:
        raise Refused("holder-proof", reason="iat")
