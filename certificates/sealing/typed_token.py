"""Signed tokens whose ``typ`` says what they are for (RFC 8725 section 3.11), ES256 only.

Credentials for wallets, the holder's answer to a challenge and a wallet's proof of its key are all
JWS in compact form. What keeps one from being used as another is ``typ``, compared here before
anything else is read, and that the reader says which header members it expects.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from certificates.errors import CannotSay, Refused
from certificates.sealing.p256 import PublicKey, key_of_jwk, verify_raw
from certificates.sealing.strict_json import (
    canonical,
    from_base64url,
    parse_object,
    to_base64url,
)
from certificates.sealing.token import ALGORITHM, LONGEST_TOKEN

OPTIONAL_JWK_MEMBERS: Final = frozenset({"kid", "use", "alg", "key_ops", "ext"})
"""What a wallet may add to its public key; none of it is used."""


@dataclass(frozen=True, slots=True)
class TypedToken:
    """A token of the expected type; nothing is proved until ``prove`` returns."""

    header: dict[str, object]
    payload: dict[str, object]
    signed: bytes
    signature: bytes

    def prove(self, key: PublicKey) -> None:
        """Prove that ``key`` signed this token.

        Raises:
            Refused: ``signature-wrong``.

        """
        verify_raw(key, self.signature, self.signed)

    def integer(self, claim: str) -> int:
        """Return a claim that is a whole number.

        Raises:
            Refused: ``credential-malformed``.

        """
        value = self.payload.get(claim)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refused("credential-malformed", member=claim)
        return value


def sign_typed(
    payload: dict[str, object], header: dict[str, object], sign: Callable[[bytes], bytes]
) -> str:
    """Return the compact token; ``header`` holds everything but the algorithm.

    Raises:
        CannotSay: ``token-too-long``.

    """
    parts = ({"alg": ALGORITHM, **header}, payload)
    signed = ".".join(to_base64url(canonical(part)) for part in parts)
    token = f"{signed}.{to_base64url(sign(signed.encode('ascii')))}"
    if len(token) > LONGEST_TOKEN:
        raise CannotSay("token-too-long", length=len(token))
    return token


def parse_typed(text: str, *, typ: str, members: AbstractSet[str]) -> TypedToken:
    """Take a token apart that must be of type ``typ`` and hold only these header members.

    Raises:
        Refused: ``token-too-long``, ``token-shape``, ``token-encoding``, ``token-json``,
            ``token-algorithm`` or ``token-header``.

    """
    if len(text) > LONGEST_TOKEN:
        raise Refused("token-too-long", length=len(text))
    parts = text.split(".")
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - header, payload, signature
        raise Refused("token-shape", parts=len(parts))
    header, payload = (_object(part) for part in parts[:2])
    if header.get("alg") != ALGORITHM:
        raise Refused("token-algorithm", algorithm=str(header.get("alg"))[:40])
    if header.get("typ") != typ or not set(header) <= {"alg", "typ", *members}:
        raise Refused("token-header", members=sorted(header))
    signed = f"{parts[0]}.{parts[1]}".encode("ascii")
    return TypedToken(header, payload, signed=signed, signature=_decoded(parts[2]))


def public_jwk(value: object) -> dict[str, str]:
    """Return the required members of a P-256 public key that somebody else wrote as a JWK.

    Raises:
        Refused: ``holder-key``: another kind of key, a private one, or not on the curve.

    """
    if not isinstance(value, dict):
        raise Refused("holder-key", reason="not an object")
    plain = {name: each for name, each in value.items() if name not in OPTIONAL_JWK_MEMBERS}
    if not all(isinstance(each, str) for each in plain.values()):
        raise Refused("holder-key", reason="a member that is no text")
    try:
        key_of_jwk(plain)
    except ValueError as error:
        raise Refused("holder-key", reason=str(error)) from error
    return plain


def _object(part: str) -> dict[str, object]:
    try:
        return parse_object(_decoded(part))
    except ValueError:
        raise Refused("token-json") from None


def _decoded(part: str) -> bytes:
    try:
        return from_base64url(part)
    except ValueError:
        raise Refused("token-encoding") from None
