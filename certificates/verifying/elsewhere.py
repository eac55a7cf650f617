"""Reading credentials of other issuers, and as much of a check as can be made without asking.

Nothing is fetched. A signature is proved where the issuer's identifier holds its key (did:key,
did:jwk) or the issuer is on the trust list; everything else "could not be checked", which is not
a verdict against it. A signature that can be checked and does not hold is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from certificates.credential.open_badge import LAST_COMMON_ERA_YEAR
from certificates.credential.plain_words import unseen_character
from certificates.errors import NotChecked, Refused
from certificates.sealing.did_keys import key_of_did
from certificates.sealing.p256 import verify_raw
from certificates.sealing.strict_json import from_base64url, parse_object
from certificates.sealing.trust_list import KeyPurpose, TrustList

LARGEST: Final = 256 * 1024
KINDS: Final = frozenset({"OpenBadgeCredential", "AchievementCredential", "ClrCredential"})
LONGEST_TEXT: Final = 500
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Foreign:
    """A credential of somebody else, and what could be found out about it."""

    issuer: str
    """Its issuer's identifier."""
    issuer_name: str
    """As the credential says; nobody vouches for it."""
    id: str
    name: str
    valid_from: datetime
    token: bool
    """True for a signed token, False for JSON with a proof inside."""
    verified: bool
    """True where the signature was proved and the credential had not ended."""
    reason: str
    """``proved``, or why it could not be checked."""
    content: bytes
    """Exactly what was handed in."""


def read_foreign(data: bytes, *, trust: TrustList, at: datetime) -> Foreign:
    """Read an Open Badge 3.0 or CLR 2.0, as signed token or as JSON.

    Raises:
        NotChecked: ``foreign-unreadable`` with the reason: too large, no JSON, or not of this kind.
        Refused: ``signature-wrong``, ``token-...`` or ``claims-differ``: it can be checked and
            does not hold.

    """
    if len(data) > LARGEST:
        raise NotChecked("foreign-unreadable", reason="too large")
    stripped = data.strip()
    if stripped.startswith(b"{"):
        credential = _parsed(stripped)
        if "proof" not in credential:
            raise NotChecked("foreign-unreadable", reason="not signed")
        unread = NotChecked("proof-not-read")
        return _described(credential, data, (False, False, unread.code))
    return _read_token(stripped, data, trust=trust, at=at)


def _read_token(text: bytes, data: bytes, *, trust: TrustList, at: datetime) -> Foreign:
    parts = text.split(b".")
    if len(parts) != _PARTS or not text.isascii():
        raise NotChecked("foreign-unreadable", reason="no token")
    header, payload = (_parsed(_decoded(part)) for part in parts[:2])
    credential = _credential_of(payload)
    plain = _described(credential, data, (True, False, "issuer-unknown"))
    try:
        _prove(header, payload, plain.issuer, (parts, trust))
        _require_current(payload, at)
    except NotChecked as stop:
        return _described(credential, data, (True, False, stop.code))
    return _described(credential, data, (True, True, "proved"))


def _prove(
    header: Mapping[str, object],
    payload: Mapping[str, object],
    issuer: str,
    signed: tuple[list[bytes], TrustList],
) -> None:
    parts, trust = signed
    if payload.get("iss", issuer) != issuer:
        raise Refused("claims-differ", claims=["iss"])
    signature, data = _decoded(parts[2]), parts[0] + b"." + parts[1]
    listed = trust.issuer(issuer)
    if listed is not None:
        key = trust.keys(KeyPurpose.CREDENTIAL).get(str(header.get("kid")))
        if key is None or key.issuer != issuer or header.get("alg") != "ES256":
            raise Refused("issuer-forged", issuer=issuer)
        verify_raw(key.public, signature, data)
        return
    own = key_of_did(issuer)
    kid = header.get("kid", issuer)
    if header.get("alg") != own.algorithm or not str(kid).startswith(issuer):
        raise Refused("token-algorithm", algorithm=str(header.get("alg"))[:40])
    own.prove(signature, data)


def _require_current(payload: Mapping[str, object], at: datetime) -> None:
    until = payload.get("exp")
    if until is None:
        return
    if not isinstance(until, int | float) or isinstance(until, bool):
        raise Refused("credential-malformed", member="exp")
    if at.timestamp() > until:
        raise NotChecked("expired")


def _credential_of(payload: dict[str, object]) -> Mapping[str, object]:
    """Return the credential: the payload itself (data model 2.0) or its ``vc`` (1.1)."""
    inner = payload.get("vc")
    if not isinstance(inner, dict):
        return payload
    filled = {"issuer": payload.get("iss"), "id": payload.get("jti")} | inner
    start = payload.get("nbf")
    if "issuanceDate" not in filled and isinstance(start, int):
        filled["issuanceDate"] = datetime.fromtimestamp(start, UTC).isoformat()
    return filled


def _described(
    credential: Mapping[str, object], data: bytes, found: tuple[bool, bool, str]
) -> Foreign:
    kinds = credential.get("type")
    if not isinstance(kinds, list) or not KINDS & {one for one in kinds if isinstance(one, str)}:
        raise NotChecked("foreign-unreadable", reason="not an Open Badge or CLR")
    issuer = credential.get("issuer")
    profile = issuer if isinstance(issuer, dict) else {"id": issuer}
    token, verified, reason = found
    identifier = _text(profile.get("id"), "issuer")
    return Foreign(
        issuer=identifier,
        issuer_name=_text(profile.get("name", identifier), "issuer"),
        id=_text(credential.get("id"), "id"),
        name=next(_names(credential)),
        valid_from=_moment(credential.get("validFrom") or credential.get("issuanceDate")),
        token=token,
        verified=verified,
        reason=reason,
        content=data,
    )


def _names(credential: Mapping[str, object]) -> Iterator[str]:
    """Yield what the credential may be called, best first."""
    subject = credential.get("credentialSubject")
    if isinstance(subject, list):
        subject = subject[0] if subject else None
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    if isinstance(achievement, dict) and isinstance(achievement.get("name"), str):
        yield _text(achievement["name"], "name")
    yield _text(credential.get("name", credential.get("id")), "name")


def _text(value: object, member: str) -> str:
    plain = isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT
    if not plain or unseen_character(str(value)) is not None:
        raise NotChecked("foreign-unreadable", reason=member)
    return str(value)


def _moment(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise NotChecked("foreign-unreadable", reason="validFrom") from None
    if found.tzinfo is None or found.year > LAST_COMMON_ERA_YEAR:
        raise NotChecked("foreign-unreadable", reason="validFrom")
    return found.astimezone(UTC).replace(microsecond=0)


def _parsed(data: bytes) -> dict[str, object]:
    try:
        return parse_object(data)
    except ValueError:
        raise NotChecked("foreign-unreadable", reason="JSON") from None


def _decoded(part: bytes) -> bytes:
    try:
        return from_base64url(part.decode("ascii"))
    except ValueError:
        raise NotChecked("foreign-unreadable", reason="base64url") from None
