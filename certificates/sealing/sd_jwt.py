"""SD-JWT (RFC 9901): a signed token of which the holder shows only what is needed.

The issuer signs digests; the values travel beside the token as disclosures, and whoever holds it
leaves out what the reader need not know. The reader here is strict where others are not: a
disclosure that matches no digest, a digest that stands twice, a name that is there already and
the reserved names ``_sd``, ``...`` and ``_sd_alg`` in a disclosure are each refused (section 7.1).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from certificates.errors import CannotSay, Refused
from certificates.sealing.strict_json import (
    canonical,
    from_base64url,
    parse_object,
    to_base64url,
)
from certificates.sealing.typed_token import TypedToken, parse_typed, sign_typed

SALT_BYTES: Final = 16
"""128 bits (section 9.3): fewer would let a hidden value be guessed from its digest."""
MOST_DISCLOSURES: Final = 256
HASH: Final = "sha-256"
_DIGESTS, _PLACE, _HASH_CLAIM = "_sd", "...", "_sd_alg"
_RESERVED: Final = frozenset({_DIGESTS, _PLACE})
_TILDE: Final = "~"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One hidden value: of an object's member, or (without ``name``) of an array's element."""

    text: str
    """As it travels."""
    digest: str
    name: str | None
    value: object


@dataclass(frozen=True, slots=True)
class SdJwt:
    """A token with its disclosures; nothing is proved yet."""

    token: TypedToken
    disclosures: tuple[Disclosure, ...]
    key_binding: str | None
    """The holder's answer to a challenge, as it travels; None where there is none."""
    presented: str
    """Everything before the answer, which covers it."""

    @property
    def digest(self) -> str:
        """What the holder's answer must name as ``sd_hash`` (section 4.3.1)."""
        return _hashed(self.presented)


def issue_sd_jwt(
    shown: Mapping[str, object],
    hidden: Mapping[str, object],
    header: dict[str, object],
    *,
    sign: Callable[[bytes], bytes],
    salt: Callable[[], bytes],
) -> str:
    """Return a token that always says ``shown``, and ``hidden`` member by member as disclosed.

    ``salt`` returns fresh secret random bytes, 16 at each call.

    Raises:
        CannotSay: ``sd-jwt-claims``: a reserved name, or one that is shown and hidden.

    """
    names = {*shown, *hidden}
    if names & {*_RESERVED, _HASH_CLAIM} or len(names) != len(shown) + len(hidden):
        raise CannotSay("sd-jwt-claims")
    disclosures = [_disclosure([_salt(salt), name, value]) for name, value in hidden.items()]
    payload = dict(shown)
    if disclosures:
        # Sorted, so that the order tells nothing about which member a digest stands for.
        payload[_DIGESTS] = sorted(each.digest for each in disclosures)
        payload[_HASH_CLAIM] = HASH
    token = sign_typed(payload, header, sign)
    return _TILDE.join([token, *(each.text for each in disclosures), ""])


def take_apart_sd_jwt(text: str, *, typ: str) -> SdJwt:
    """Take a token with its disclosures apart without believing any of it.

    Raises:
        Refused: ``token-...`` as ``parse_typed``, or ``disclosure`` with the reason.

    """
    token, *rest = text.split(_TILDE)
    if not rest:
        raise Refused("token-shape", parts=1)
    *written, answer = rest
    if len(written) > MOST_DISCLOSURES:
        raise Refused("disclosure", reason="too many")
    return SdJwt(
        token=parse_typed(token, typ=typ, members={"kid"}),
        disclosures=tuple(_read_disclosure(each) for each in written),
        key_binding=answer or None,
        presented=text.removesuffix(answer),
    )


def disclosed_claims(parsed: SdJwt) -> dict[str, object]:
    """Return what the token says with its disclosures put in their places.

    Raises:
        Refused: ``disclosure``: one that no digest stands for, a digest twice, a name that is
            taken or reserved, a digest of the wrong form, another hash function.

    """
    payload = dict(parsed.token.payload)
    if payload.pop(_HASH_CLAIM, HASH) != HASH:
        raise Refused("disclosure", reason="hash function")
    by_digest = {each.digest: each for each in parsed.disclosures}
    if len(by_digest) != len(parsed.disclosures):
        raise Refused("disclosure", reason="twice")
    places = _Places(by_digest)
    claims = places.opened(payload)
    if places.unused:
        raise Refused("disclosure", reason="no digest stands for it")
    return claims


def show_only(text: str, names: Collection[str]) -> str:
    """Return an issued token (without an answer) with no disclosures but those of ``names``."""
    token, *disclosures = text.removesuffix(_TILDE).split(_TILDE)
    kept = [each for each in disclosures if _read_disclosure(each).name in names]
    return _TILDE.join([token, *kept, ""])


@dataclass(slots=True)
class _Places:
    """Puts disclosures where their digests stand, each digest once in the whole token."""

    unused: dict[str, Disclosure]
    seen: set[str] = field(default_factory=set)

    def opened(self, value: dict[str, object]) -> dict[str, object]:
        """Return an object with the members that are disclosed."""
        members = {name: self._any(each) for name, each in value.items() if name != _DIGESTS}
        if _RESERVED & set(members):
            raise Refused("disclosure", reason="reserved name")
        for digest in _texts(value.get(_DIGESTS, [])):
            found = self._take(digest)
            if found is None:
                continue
            if found.name is None or found.name in {*_RESERVED, _HASH_CLAIM}:
                raise Refused("disclosure", reason="reserved name")
            if found.name in value or found.name in members:
                raise Refused("disclosure", reason="name taken")
            members[found.name] = self._any(found.value)
        return members

    def _any(self, value: object) -> object:
        if isinstance(value, dict):
            return self.opened(value)
        if isinstance(value, list):
            return [each for item in value for each in self._element(item)]
        return value

    def _element(self, item: object) -> list[object]:
        if not isinstance(item, dict) or _PLACE not in item:
            return [self._any(item)]
        (digest,) = _texts([item[_PLACE]])
        if len(item) != 1:
            raise Refused("disclosure", reason="reserved name")
        found = self._take(digest)
        if found is None:
            return []
        if found.name is not None:
            raise Refused("disclosure", reason="reserved name")
        return [self._any(found.value)]

    def _take(self, digest: str) -> Disclosure | None:
        if digest in self.seen:
            raise Refused("disclosure", reason="digest twice")
        self.seen.add(digest)
        return self.unused.pop(digest, None)


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Refused("disclosure", reason="digest form")
    return value


def _salt(salt: Callable[[], bytes]) -> str:
    fresh = salt()
    if len(fresh) < SALT_BYTES:
        raise CannotSay("sd-jwt-claims")
    return to_base64url(fresh)


def _disclosure(parts: list[object]) -> Disclosure:
    text = to_base64url(canonical(parts))
    return Disclosure(text, _hashed(text), name=str(parts[1]), value=parts[2])


def _read_disclosure(text: str) -> Disclosure:
    try:
        # Read as the member of an object, so that the one strict reader judges it.
        parts = parse_object(b'{"parts":' + from_base64url(text) + b"}")["parts"]
    except ValueError:
        raise Refused("disclosure", reason="unreadable") from None
    match parts:
        case [str(), str() as name, value]:
            return Disclosure(text, _hashed(text), name=name, value=value)
        case [str(), value]:
            return Disclosure(text, _hashed(text), name=None, value=value)
        case _:
            raise Refused("disclosure", reason="unreadable")


def _hashed(text: str) -> str:
    return to_base64url(sha256(text.encode("ascii")).digest())
