"""Reading credentials of other issuers, and as much of a check as can be made without asking.

Nothing is fetched. A signature is proved where the issuer's identifier holds its key (did:key,
did:jwk) or the issuer is on the trust list; everything else "could not be checked", which is not
a verdict against it. A signature that can be checked and does not hold is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from certificates.credential.baked_image import is_picture, unbake
from certificates.credential.open_badge import LAST_COMMON_ERA_YEAR
from certificates.credential.plain_words import unseen_character
from certificates.errors import NotChecked, Refused
from certificates.sealing.data_integrity import ProofKey, method_of, open_proof
from certificates.sealing.did_keys import key_of_did
from certificates.sealing.foreign_jws import open_jws
from certificates.sealing.keys import Window
from certificates.sealing.strict_json import from_base64url, parse_object
from certificates.sealing.trust_list import NO_END, TrustList
from certificates.verifying.bearer import prove_token
from certificates.verifying.journal import PROVED

LARGEST: Final = 256 * 1024
KINDS: Final = frozenset({"OpenBadgeCredential", "AchievementCredential", "ClrCredential"})
LONGEST_TEXT: Final = 500
ALWAYS: Final = Window(datetime(1970, 1, 1, tzinfo=UTC), NO_END)
"""A key that is its own name cannot be taken back."""
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
    """The credential exactly as it came, out of its picture if it was in one."""


def read_foreign(data: bytes, *, trust: TrustList, at: datetime) -> Foreign:
    """Read an Open Badge 3.0 or CLR 2.0: a signed token, JSON with a proof, or a baked picture.

    Raises:
        NotChecked: ``foreign-unreadable`` with the reason: too large, no JSON, or not of this kind.
        Refused: ``signature-wrong``, ``token-...``, ``claims-differ`` or ``issuer-forged``: it can
            be checked and does not hold.

    """
    if len(data) > LARGEST:
        raise NotChecked("foreign-unreadable", reason="too large")
    text = _out_of_picture(data) if is_picture(data) else data.strip()
    if text.startswith(b"{"):
        return _read_json(_parsed(text), text, at=at)
    return _read_token(text, trust=trust, at=at)


def _out_of_picture(data: bytes) -> bytes:
    try:
        return unbake(data).strip().encode()
    except (NotChecked, Refused) as stop:
        raise NotChecked("foreign-unreadable", reason=stop.code) from stop


def _read_json(credential: dict[str, object], text: bytes, *, at: datetime) -> Foreign:
    if "proof" not in credential:
        raise NotChecked("foreign-unreadable", reason="not signed")
    plain = _described(credential, text, (False, False, "issuer-unknown"))
    try:
        key = _proof_key_of(plain.issuer)
        open_proof(credential, {method_of(plain.issuer, key.public_bytes): key})
        _require_current(credential.get("validUntil"), at)
    except NotChecked as stop:
        return replace(plain, reason=stop.code)
    except Refused as stop:
        if stop.code == "signature-wrong":
            raise
        # Signed in a way that we do not take: whether it holds cannot be told.
        return replace(plain, reason=stop.code)
    return replace(plain, verified=True, reason=PROVED)


def _proof_key_of(issuer: str) -> ProofKey:
    key = key_of_did(issuer).key
    if not isinstance(key, bytes):
        raise NotChecked("proof-suite")
    return ProofKey(issuer, key, ALWAYS)


def _read_token(text: bytes, *, trust: TrustList, at: datetime) -> Foreign:
    parts = text.split(b".")
    if len(parts) != _PARTS or not text.isascii():
        raise NotChecked("foreign-unreadable", reason="no token")
    header, payload = (_parsed(_decoded(part)) for part in parts[:2])
    credential = _credential_of(payload)
    plain = _described(credential, text, (True, False, "issuer-unknown"))
    try:
        if trust.issuer(plain.issuer) is not None:
            prove_token(text.decode("ascii"), trust)
        else:
            _prove_own_key(text.decode("ascii"), header, payload, plain.issuer)
        _require_current(credential.get("validUntil"), at)
        _require_not_past(payload.get("exp"), at)
    except NotChecked as stop:
        return replace(plain, reason=stop.code)
    return replace(plain, verified=True, reason=PROVED)


def _prove_own_key(
    token: str, header: Mapping[str, object], payload: Mapping[str, object], issuer: str
) -> None:
    """Prove a token by the key that its issuer's identifier holds."""
    if payload.get("iss", issuer) != issuer:
        raise Refused("claims-differ", claims=["iss"])
    key, kid = key_of_did(issuer), header.get("kid", issuer)
    if not str(kid).startswith(issuer):
        raise Refused("token-key", kid=str(kid)[:200])
    try:
        open_jws(token, {str(header.get("kid")): key})
    except Refused as stop:
        if stop.code == "token-header":
            raise NotChecked("issuer-unknown", issuer=issuer) from stop
        raise


def _require_current(until: object, at: datetime) -> None:
    if until is not None and at > _moment(until):
        raise NotChecked("expired")


def _require_not_past(seconds: object, at: datetime) -> None:
    if seconds is None:
        return
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        raise Refused("credential-malformed", member="exp")
    if at.timestamp() > seconds:
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
