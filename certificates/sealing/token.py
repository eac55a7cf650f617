"""Signed tokens: JWS in compact form (RFC 7515), ES256 only, and the credential as VC-JWT on top.

The reader decides nothing by what the token says about itself: the algorithm is that of the key
found under ``kid`` among the keys the caller trusts for this purpose, and ``kid`` is only ever
looked up in that mapping. A header may hold ``alg``, ``kid`` and ``typ``; a key or the address of a
key in a header would be the forger's. Text that is not the one canonical encoding is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from certificates.errors import CannotSay, NotChecked, Refused
from certificates.sealing.keys import Window
from certificates.sealing.p256 import PublicKey, verify_raw
from certificates.sealing.strict_json import (
    canonical,
    from_base64url,
    parse_object,
    to_base64url,
)

LONGEST_TOKEN: Final = 1_000_000
"""Characters; a portfolio holds the tokens of all its certificates."""
ALGORITHM: Final = "ES256"
TYPE: Final = "JWT"
CLAIMS: Final = frozenset({"iss", "sub", "jti", "nbf", "exp"})
"""Claims that repeat the credential's own members (Open Badges 3.0 section 8.2)."""
KEYS: Final = "/keys/"
"""Stands between an issuer's id and a key's name in the address of the key."""
LAST_MOMENT: Final = 253_402_300_799
"""31 December 9999: later times cannot be written as dates."""
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class SignsTokens(Protocol):
    """A P-256 key that signs tokens."""

    @property
    def kid(self) -> str:
        """Name under which readers find the public key."""

    def sign(self, data: bytes) -> bytes:
        """Return r and s, 32 bytes each."""


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """A public key that the caller trusts for one purpose."""

    kid: str
    issuer: str
    """Id of the only issuer whose statements this key may sign."""
    public: PublicKey
    window: Window

    def require_claim(self, payload: dict[str, object]) -> None:
        """Require that this key could sign for ``iss`` at ``nbf``.

        Raises:
            Refused: ``token-issuer`` or ``token-window``.

        """
        if payload.get("iss") != self.issuer:
            raise Refused("token-issuer", issuer=payload.get("iss"))
        seconds = payload.get("nbf")
        if not isinstance(seconds, int) or not self.window.holds(moment_of(seconds)):
            raise Refused("token-window", kid=self.kid)


@dataclass(frozen=True, slots=True)
class Token:
    """A token whose form is right; nothing is proved until ``prove`` returns."""

    kid: str
    """The key's name alone, also where the header gives its address."""
    header: dict[str, object]
    payload: dict[str, object]
    signed: bytes
    """The bytes the signature covers."""
    signature: bytes

    def prove(self, key: VerificationKey) -> None:
        """Prove that ``key`` signed this token.

        Raises:
            Refused: ``token-header``, ``token-algorithm``, ``token-key`` or ``signature-wrong``.

        """
        _require_header(self.header)
        if key.kid != self.kid:
            raise Refused("token-key", kid=self.kid)
        verify_raw(key.public, self.signature, self.signed)


def sign_token(payload: dict[str, object], key: SignsTokens, *, kid: str | None = None) -> str:
    """Return the compact token of ``payload``; ``kid`` names the key by an address.

    Raises:
        CannotSay: ``token-too-long``.

    """
    header = {"alg": ALGORITHM, "kid": kid or key.kid, "typ": TYPE}
    signed = ".".join(to_base64url(canonical(part)) for part in (header, payload))
    token = f"{signed}.{to_base64url(key.sign(signed.encode('ascii')))}"
    if len(token) > LONGEST_TOKEN:
        raise CannotSay("token-too-long", length=len(token))
    return token


def parse_token(token: str) -> Token:
    """Take a token apart without believing any of it.

    Raises:
        Refused: ``token-too-long``, ``token-shape``, ``token-encoding``, ``token-json`` or
            ``token-header`` (no usable ``kid``).

    """
    if len(token) > LONGEST_TOKEN:
        raise Refused("token-too-long", length=len(token))
    parts = token.split(".")
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - header, payload, signature
        raise Refused("token-shape", parts=len(parts))
    header_part, payload_part, signature_part = parts
    header, payload = _object(header_part), _object(payload_part)
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise Refused("token-header", member="kid")
    signed = f"{header_part}.{payload_part}".encode("ascii")
    return Token(
        kid.rpartition(KEYS)[2], header, payload, signed=signed, signature=_decode(signature_part)
    )


def open_token(token: str, keys: Mapping[str, VerificationKey]) -> dict[str, object]:
    """Return the payload of a token that one of ``keys`` signed.

    Raises:
        Refused: the form or the signature is wrong.
        NotChecked: ``token-key-unknown``: no key of that name is trusted for this.

    """
    return _open(token, keys)[1]


def sign_credential(credential: dict[str, object], key: SignsTokens) -> str:
    """Sign a verifiable credential as VC-JWT: the credential itself is the payload.

    The header names the key by its address below the issuer's, where anybody finds it as a JWK
    (Open Badges 3.0 section 8.2.3).

    Raises:
        CannotSay: ``credential-malformed``, or the text would be longer than 256 KB.

    """
    if CLAIMS & set(credential):
        raise CannotSay("credential-malformed", member="claims")
    try:
        claims = _claims_of(credential)
        address = key_address(str(claims["iss"]), key.kid)
        return sign_token({**credential, **claims}, key, kid=address)
    except (Refused, TypeError, ValueError) as error:
        raise CannotSay("credential-malformed", reason=str(error)) from error


def key_address(issuer: str, kid: str) -> str:
    """Return the address under which an issuer publishes a key as JWK."""
    return f"{issuer}{KEYS}{kid}"


def open_credential(token: str, keys: Mapping[str, VerificationKey]) -> dict[str, object]:
    """Return the credential of a VC-JWT, without the claims, once it is proved.

    Raises:
        Refused: form, signature or claims are wrong, or the key could not sign this then.
        NotChecked: ``token-key-unknown``.

    """
    key, payload = _open(token, keys)
    credential = credential_of(payload)
    key.require_claim(payload)
    return credential


def credential_of(payload: dict[str, object]) -> dict[str, object]:
    """Return the credential in a payload whose claims repeat it exactly.

    Raises:
        Refused: ``claims-differ`` or ``credential-malformed``.

    """
    credential = {name: value for name, value in payload.items() if name not in CLAIMS}
    claims = {name: payload[name] for name in CLAIMS & set(payload)}
    # Compared as written: Python takes 1 for 1.0 and True, another reader might not.
    if canonical(claims) != canonical(_claims_of(credential)):
        raise Refused("claims-differ", claims=sorted(claims))
    return credential


def seconds_of(moment: object) -> int:
    """Read a moment of the form 2026-01-05T00:00:00Z as seconds since 1970 (RFC 7519 NumericDate).

    Raises:
        Refused: ``credential-malformed``.

    """
    if not isinstance(moment, str) or not _MOMENT.fullmatch(moment):
        raise Refused("credential-malformed", member="date")
    try:
        seconds = int(datetime.fromisoformat(moment).timestamp())
    except ValueError:
        raise Refused("credential-malformed", member="date") from None
    if not 0 < seconds <= LAST_MOMENT:
        raise Refused("credential-malformed", member="date")
    return seconds


def moment_of(seconds: int) -> datetime:
    """Return the UTC moment of a NumericDate that ``seconds_of`` made."""
    return datetime.fromtimestamp(seconds, UTC)


def id_of(credential: dict[str, object], member: str) -> str:
    """Return the id of a member object (``issuer``, ``credentialSubject``).

    Raises:
        Refused: ``credential-malformed``.

    """
    value = credential.get(member)
    found = value.get("id") if isinstance(value, dict) else None
    if not isinstance(found, str) or not found:
        raise Refused("credential-malformed", member=member)
    return found


def _claims_of(credential: dict[str, object]) -> dict[str, object]:
    jti = credential.get("id")
    if not isinstance(jti, str) or not jti:
        raise Refused("credential-malformed", member="id")
    claims: dict[str, object] = {
        "iss": id_of(credential, "issuer"),
        "sub": id_of(credential, "credentialSubject"),
        "jti": jti,
        "nbf": seconds_of(credential.get("validFrom")),
    }
    if "validUntil" in credential:
        claims["exp"] = seconds_of(credential["validUntil"])
    return claims


def _open(
    token: str, keys: Mapping[str, VerificationKey]
) -> tuple[VerificationKey, dict[str, object]]:
    parsed = parse_token(token)
    _require_header(parsed.header)
    key = keys.get(parsed.kid)
    if key is None:
        raise NotChecked("token-key-unknown", kid=parsed.kid)
    parsed.prove(key)
    return key, parsed.payload


def _require_header(header: dict[str, object]) -> None:
    if header.get("alg") != ALGORITHM:
        raise Refused("token-algorithm", algorithm=str(header.get("alg"))[:40])
    if not set(header) <= {"alg", "kid", "typ"} or header.get("typ", TYPE) != TYPE:
        raise Refused("token-header", members=sorted(header))


def _object(part: str) -> dict[str, object]:
    try:
        return parse_object(_decode(part))
    except ValueError:
        raise Refused("token-json") from None


def _decode(part: str) -> bytes:
    try:
        return from_base64url(part)
    except ValueError:
        raise Refused("token-encoding") from None
