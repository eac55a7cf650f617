"""The signed statement that fits on paper: what a certificate says, in a QR symbol.

A CBOR web token (RFC 8392) in COSE_Sign1 (RFC 9052) with ES256, written in base45 (RFC 9285)
after ``CB1:``. It speaks for itself with no network: name, what is certified, dates, where the
status is published, and the SHA-256 of the credential's token, which says the rest. At most 450
bytes: the title, which the credential holds whole, is cut where it must be.

Claims: 4 expiry, 5 issue (seconds), 7 serial, and one private claim with a map of the rest.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from certificates.credential.achievement import shown_of
from certificates.credential.base45 import from_base45, to_base45
from certificates.credential.plain_words import refuse_national_number_in, refuse_unseen_in
from certificates.credential.small_cbor import Tagged, Value, read_cbor, write_cbor
from certificates.credential.snapshot import (
    CertificateKind,
    HonourShown,
    PortfolioShown,
    QualificationShown,
    Statement,
    UnitShown,
)
from certificates.errors import CannotSay, Refused

PREFIX: Final = "CB1:"
MOST_BYTES: Final = 450
"""With more a QR symbol on A4 would need modules under 0.6 mm."""
DIGEST_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64
_SIGN1: Final = 18
_ALGORITHM, _KEY_ID = 1, 4
_ES256: Final = -7
_EXPIRY, _ISSUED, _SERIAL = 4, 5, 7
_CONTENT: Final = -65537
"""Private use (RFC 8392, section 9.1)."""
_NAME, _KIND, _CODE, _TITLE, _OWNER, _PASSED, _LIST, _INDEX, _DIGEST, _DEMONSTRATION = range(10)
_FIRST_DAY: Final = date(1970, 1, 1)
_ELLIPSIS: Final = "…"
_LATEST: Final = 32_503_680_000
"""The year 3000, in seconds: no moment of ours lies later."""


@dataclass(frozen=True, slots=True)
class PaperStatement:
    """What a paper token says."""

    serial: str
    holder: str
    kind: CertificateKind
    code: str | None
    """Code of the unit, qualification or course."""
    title: str
    """Thai title, ended by an ellipsis where it was cut."""
    owner: str | None
    """Owner of the standard, for a unit or a qualification."""
    passed_on: date
    issued_at: datetime
    valid_until: datetime | None
    status_list: str
    """URI of the status list; below the issuer's own URI only the rest after it."""
    status_index: int
    credential_sha256: bytes
    """Digest of the VC-JWT (its ASCII bytes)."""
    demonstration: bool


@dataclass(frozen=True, slots=True)
class PaperToken:
    """A token whose form is right; nothing is proved yet."""

    kid: str
    """RFC 7638 thumbprint of the key that claims to have signed."""
    statement: PaperStatement
    signed: bytes
    """The bytes the signature covers (RFC 9052, section 4.4)."""
    signature: bytes


def paper_token(
    statement: Statement, credential_sha256: bytes, *, kid: str, sign: Callable[[bytes], bytes]
) -> str:
    """Return the token of ``statement``; ``sign`` returns r and s, 32 bytes each.

    Raises ``CannotSay``: ``paper-token`` (a key id or digest that is none), ``paper-token-long``
    (too much even without a title), and for its texts what cannot be said in a credential.
    """
    refuse_unseen_in(_texts(statement))
    refuse_national_number_in(_texts(statement), code=statement.paper_code)
    protected = _protected(kid)
    if len(credential_sha256) != DIGEST_BYTES:
        raise CannotSay("paper-token", field="credential_sha256")
    title = shown_of(statement).title_th
    for length in range(len(title), -1, -1):
        cut = title if length == len(title) else title[:length].rstrip() + _ELLIPSIS
        payload = write_cbor(_claims(statement, credential_sha256, cut))
        unsigned = write_cbor(Tagged((_SIGN1, [protected, {}, payload, bytes(_SIGNATURE_BYTES)])))
        if len(unsigned) <= MOST_BYTES:
            signature = sign(_to_be_signed(protected, payload))
            return PREFIX + to_base45(unsigned[:-_SIGNATURE_BYTES] + signature)
    raise CannotSay("paper-token-long", field="holder.name")


def read_paper_token(text: str) -> PaperToken:
    """Take a token apart without believing any of it.

    Raises:
        Refused: ``paper-token-text``, ``paper-token-cbor`` or ``paper-token-form``.

    """
    if not text.startswith(PREFIX):
        raise Refused("paper-token-text", reason="prefix")
    data = from_base45(text.removeprefix(PREFIX))
    if len(data) > MOST_BYTES:
        raise Refused("paper-token-form", reason="length")
    try:
        tag, parts = _as_tagged(read_cbor(data))
        protected, unprotected, payload, signature = _as_list(parts)
        if tag != _SIGN1 or unprotected != {} or len(_as_bytes(signature)) != _SIGNATURE_BYTES:
            raise Refused("paper-token-form", reason="structure")
        header = _as_map(read_cbor(_as_bytes(protected)))
        if header.keys() != {_ALGORITHM, _KEY_ID} or header[_ALGORITHM] != _ES256:
            raise Refused("paper-token-form", reason="header")
        said = _said(_as_map(read_cbor(_as_bytes(payload))))
    except (KeyError, ValueError, TypeError, OverflowError) as bad:
        raise Refused("paper-token-form", reason=type(bad).__name__) from bad
    key_id = _as_bytes(header[_KEY_ID])
    return PaperToken(
        kid=urlsafe_b64encode(key_id).rstrip(b"=").decode("ascii"),
        statement=said,
        signed=_to_be_signed(_as_bytes(protected), _as_bytes(payload)),
        signature=_as_bytes(signature),
    )


def _texts(statement: Statement) -> list[tuple[str, str]]:
    """Return the texts that a token says, each with its field."""
    shown, kind = shown_of(statement), statement.kind.value
    of_shown = [(name, getattr(shown, name, None)) for name in ("title_th", "code", "owner")]
    return [
        ("holder.name", statement.holder.name),
        ("serial", statement.serial),
        ("status.list_uri", statement.status.list_uri),
        *((f"{kind}.{name}", text) for name, text in of_shown if text is not None),
    ]


@lru_cache(maxsize=16)
def _protected(kid: str) -> bytes:
    """Return the signed header of tokens by one key (RFC 9052, section 3)."""
    return write_cbor({_ALGORITHM: _ES256, _KEY_ID: _thumbprint(kid)})


def _thumbprint(kid: str) -> bytes:
    try:
        name = kid.rpartition("/")[2]
        found = urlsafe_b64decode(name + "=" * (-len(name) % 4))
    except ValueError as bad:
        raise CannotSay("paper-token", field="kid") from bad
    if len(found) != DIGEST_BYTES:
        raise CannotSay("paper-token", field="kid")
    return found


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return write_cbor(["Signature1", protected, b"", payload])


def _claims(statement: Statement, digest: bytes, title: str) -> dict[int, Value]:
    shown = shown_of(statement)
    content: dict[int, Value] = {
        _NAME: statement.holder.name,
        _KIND: list(CertificateKind).index(statement.kind),
        _TITLE: title,
        _PASSED: (statement.passed_on - _FIRST_DAY).days,
        _LIST: statement.status.list_uri.removeprefix(statement.issuer.id),
        _INDEX: statement.status.index,
        _DIGEST: digest,
    }
    if not isinstance(shown, HonourShown | PortfolioShown):
        content[_CODE] = shown.code
    if isinstance(shown, UnitShown | QualificationShown):
        content[_OWNER] = shown.owner
    if statement.demonstration:
        content[_DEMONSTRATION] = True
    claims: dict[int, Value] = {
        _ISSUED: int(statement.issued_at.timestamp()),
        _SERIAL: statement.serial.encode(),
        _CONTENT: content,
    }
    if statement.valid_until is not None:
        claims[_EXPIRY] = int(statement.valid_until.timestamp())
    return claims


def _said(claims: dict[int, Value]) -> PaperStatement:
    content = _as_map(claims[_CONTENT])
    known = {_NAME, _KIND, _TITLE, _PASSED, _LIST, _INDEX, _DIGEST}
    optional = {_CODE, _OWNER, _DEMONSTRATION}
    if claims.keys() - {_EXPIRY} != {_ISSUED, _SERIAL, _CONTENT}:
        raise Refused("paper-token-form", reason="claims")
    if content.keys() - optional != known or content.get(_DEMONSTRATION, True) is not True:
        raise Refused("paper-token-form", reason="content")
    digest = _as_bytes(content[_DIGEST])
    if len(digest) != DIGEST_BYTES:
        raise Refused("paper-token-form", reason="digest")
    return PaperStatement(
        serial=_as_bytes(claims[_SERIAL]).decode(),
        holder=_as_text(content[_NAME]),
        kind=list(CertificateKind)[_as_number(content[_KIND], below=len(CertificateKind))],
        code=_as_text(content[_CODE]) if _CODE in content else None,
        title=_as_text(content[_TITLE]),
        owner=_as_text(content[_OWNER]) if _OWNER in content else None,
        passed_on=_FIRST_DAY + timedelta(days=_as_number(content[_PASSED], below=1_000_000)),
        issued_at=_moment(claims[_ISSUED]),
        valid_until=_moment(claims[_EXPIRY]) if _EXPIRY in claims else None,
        status_list=_as_text(content[_LIST]),
        status_index=_as_number(content[_INDEX], below=1 << 32),
        credential_sha256=digest,
        demonstration=_DEMONSTRATION in content,
    )


def _moment(value: Value) -> datetime:
    return datetime.fromtimestamp(_as_number(value, below=_LATEST), UTC)


def _as_number(value: Value, *, below: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < below:
        raise TypeError("number")
    return value


def _as_text(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _as_bytes(value: Value) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError("bytes")
    return value


def _as_map(value: Value) -> dict[int, Value]:
    if not isinstance(value, dict):
        raise TypeError("map")
    return value


def _as_list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise TypeError("list")
    return value


def _as_tagged(value: Value) -> Tagged:
    if not isinstance(value, Tagged):
        raise TypeError("tag")
    return value
