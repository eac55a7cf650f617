"""JSON and base64url with exactly one reading.

Two programs that read the same signed text differently are how signatures get bypassed: the first
of two equal names, a number that overflows, bits hidden behind the last base64 character. All of
these are refused here, with ``ValueError``: the caller knows which verdict that means.
"""

import base64
import binascii
import json
import math
import re
from typing import Final

LARGEST_INTEGER: Final = 2**53 - 1
"""Beyond this, readers that use floating point disagree (RFC 8259 section 6)."""
DEEPEST: Final = 32
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")


def parse_object(text: bytes) -> dict[str, object]:
    """Read one JSON object from UTF-8.

    Raises:
        ValueError: not JSON, not an object, a name given twice, a number or a text that readers
            disagree about, or nested deeper than 32.

    """
    try:
        value = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_without_twins,
            parse_constant=_no_constant,
            parse_int=_sane_integer,
            parse_float=_sane_float,
        )
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one kind of error for unreadable text
    _require_plain(value, depth=0)
    return value


def canonical(value: object) -> bytes:
    """Write JSON in one way only: names sorted by code point, no spaces, UTF-8, no escapes."""
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode("utf-8")


def to_base64url(data: bytes) -> str:
    """Encode without padding (RFC 7515 appendix C)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Decode base64url without padding.

    Raises:
        ValueError: another character, padding, or bits left over: text that is not the one
            encoding of its bytes.

    """
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if to_base64url(data) != text:
        raise ValueError("not the canonical base64url")
    return data


def from_base64(text: str) -> bytes:
    """Decode padded standard base64 (RFC 4648 section 4), canonical form only (ValueError)."""
    data = base64.b64decode(text.encode("ascii"), validate=True)
    if base64.b64encode(data).decode("ascii") != text:
        raise ValueError("not the canonical base64")
    return data


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name is given twice")
    return members


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _sane_integer(digits: str) -> int:
    value = int(digits) if len(digits) <= len(str(LARGEST_INTEGER)) + 1 else LARGEST_INTEGER + 1
    if abs(value) > LARGEST_INTEGER:
        raise ValueError("integer out of range")
    return value


def _sane_float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("number out of range")
    return value


def _require_plain(value: object, *, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate cannot be written: UnicodeEncodeError
    elif isinstance(value, dict):
        for name, member in value.items():
            _require_plain(name, depth=depth + 1)
            _require_plain(member, depth=depth + 1)
    elif isinstance(value, list):
        for item in value:
            _require_plain(item, depth=depth + 1)
