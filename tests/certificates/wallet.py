"""A wallet in a nutshell for tests: a key, and answers to challenges, honest or not."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.credential.snapshot import Statement
from certificates.credential.wallet_claims import wallet_claims
from certificates.sealing.holder_proof import KEY_BINDING_TYPE, KEY_PROOF_TYPE, Challenge
from certificates.sealing.keys import KeyRing
from certificates.sealing.p256 import ALGORITHM, jwk_of, raw_of_der
from certificates.sealing.sd_jwt import issue_sd_jwt, take_apart_sd_jwt
from certificates.sealing.typed_token import sign_typed
from certificates.verifying.presentation import TYPE
from tests.certificates.statements import UNIT_LETTER
from tests.certificates.workshop import ring


@dataclass(frozen=True)
class Wallet:
    """Somebody's phone."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def jwk(self) -> dict[str, str]:
        return jwk_of(self.key.public_key())

    def sign(self, data: bytes) -> bytes:
        return raw_of_der(self.key.sign(data, ALGORITHM))

    def show(self, text: str, challenge: Challenge, at: datetime, **changes: object) -> str:
        """Return a presentation that answers a challenge; ``changes`` are lies in the answer."""
        payload: dict[str, object] = {
            "aud": challenge.audience,
            "nonce": challenge.nonce,
            "iat": int(at.timestamp()),
            "sd_hash": take_apart_sd_jwt(text, typ=TYPE).digest,
        } | changes
        typ = payload.pop("typ", KEY_BINDING_TYPE)
        return text + sign_typed(payload, {"typ": typ}, self.sign)

    def prove(self, audience: str, nonce: object, at: datetime, **changes: object) -> str:
        """Return a proof of the key for an issuer; ``changes`` are lies in it."""
        payload = {"aud": audience, "nonce": nonce, "iat": int(at.timestamp())} | changes
        header = {"typ": payload.pop("typ", KEY_PROOF_TYPE), "jwk": payload.pop("jwk", self.jwk)}
        return sign_typed(payload, header, self.sign)


def wallet_letter(
    wallet: Wallet,
    statement: Statement = UNIT_LETTER,
    keys: KeyRing | None = None,
    *,
    at: datetime | None = None,
) -> str:
    """Return a unit letter for a wallet, with every disclosure."""
    keys = keys or ring()
    claims = wallet_claims(statement, wallet.jwk, at=at or statement.issued_at)
    header: dict[str, object] = {"typ": TYPE, "kid": keys.credential.kid}
    return issue_sd_jwt(
        claims.shown,
        claims.hidden,
        header,
        sign=keys.credential.sign,
        salt=lambda: token_bytes(16),
    )


def plain(value: object) -> object:
    """Return a value as JSON knows it."""
    found: object = json.loads(json.dumps(value))
    return found
