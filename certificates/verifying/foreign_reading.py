"""Reading a credential of another issuer: which form it has and what it says; nothing is proved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from certificates.credential.baked_image import is_picture, unbake
from certificates.credential.open_badge import LAST_COMMON_ERA_YEAR
from certificates.credential.plain_words import unseen_character
from certificates.errors import NotChecked, Refused
from certificates.sealing.strict_json import parse_object
from certificates.verifying.issuer_proof import credential_in, issuer_in, token_parts

LARGEST: Final = 256 * 1024
KINDS: Final = frozenset({"OpenBadgeCredential", "AchievementCredential", "ClrCredential"})
LONGEST_TEXT: Final = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """What a credential of somebody else says; nobody vouches for any of it yet."""

    issuer: str
    """Its issuer's identifier."""
    issuer_name: str
    id: str
    name: str
    valid_from: datetime
    valid_until: datetime | None
    token: bool
    """True for a signed token, False for JSON with a proof inside."""
    credential: Mapping[str, object]
    content: bytes
    """The credential exactly as it came, out of its picture if it was in one."""


def reading_of(data: bytes) -> Reading:
    """Read an Open Badge 3.0 or CLR 2.0: a signed token, JSON with a proof, or a baked picture.

    Raises:
        NotChecked: ``foreign-unreadable`` with the reason: too large, no JSON, or not of this kind.
        Refused: ``credential-malformed``: a date of a token that is none.

    """
    if len(data) > LARGEST:
        raise NotChecked("foreign-unreadable", reason="too large")
    text = _out_of_picture(data) if is_picture(data) else data.strip()
    try:
        if text.startswith(b"{"):
            credential = parse_object(text)
            if "proof" not in credential:
                raise NotChecked("foreign-unreadable", reason="not signed")
            return _described(credential, text, token_end=None, token=False)
        payload = token_parts(text)[1]
    except ValueError:
        raise NotChecked("foreign-unreadable", reason="JSON") from None
    end = _numeric_date(payload.get("exp"))
    return _described(credential_in(payload), text, token_end=end, token=True)


def _out_of_picture(data: bytes) -> bytes:
    try:
        return unbake(data).strip().encode()
    except (NotChecked, Refused) as stop:
        raise NotChecked("foreign-unreadable", reason=stop.code) from stop


def _numeric_date(seconds: object) -> datetime | None:
    if seconds is None:
        return None
    try:
        if isinstance(seconds, int | float) and not isinstance(seconds, bool):
            return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise Refused("credential-malformed", member="exp")


def _described(
    credential: Mapping[str, object], content: bytes, *, token_end: datetime | None, token: bool
) -> Reading:
    kinds = credential.get("type")
    if not isinstance(kinds, list) or not KINDS & {one for one in kinds if isinstance(one, str)}:
        raise NotChecked("foreign-unreadable", reason="not an Open Badge or CLR")
    profile, identifier = credential.get("issuer"), _text(issuer_in(credential), "issuer")
    named = profile.get("name", identifier) if isinstance(profile, dict) else identifier
    end = credential.get("validUntil", credential.get("expirationDate"))
    ends = [] if token_end is None else [token_end]
    ends += [] if end is None else [_moment(end, "validUntil")]
    return Reading(
        issuer=identifier,
        issuer_name=_text(named, "issuer"),
        id=_text(credential.get("id"), "id"),
        name=next(_names(credential)),
        valid_from=_moment(
            credential.get("validFrom") or credential.get("issuanceDate"), "validFrom"
        ),
        valid_until=min(ends, default=None),
        token=token,
        credential=credential,
        content=content,
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


def _moment(value: object, member: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise NotChecked("foreign-unreadable", reason=member) from None
    if found.tzinfo is None or found.year > LAST_COMMON_ERA_YEAR:
        raise NotChecked("foreign-unreadable", reason=member)
    return found.astimezone(UTC).replace(microsecond=0)
