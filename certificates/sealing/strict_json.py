"""JSON and base64url with exactly one reading.

Two programs that read the same signed text differently are how signatures get bypassed: the first
of two equal names, a number that overflows, bits hidden behind the last base64 character. All of
these are refused here, with ``ValueError``: the caller knows which verdict that means.
"""

import base64
import binascii
import json
import math
from typing import Final

from pydantic_core import to_json

LARGEST_INTEGER: Final = 2**53 - 1
"""Beyond this, readers that use floating point disagree (RFC 8259 section 6)."""
DEEPEST: Final = 32
_TO_BASE64: Final = bytes.maketrans(b"-_", b"+/")
_TO_BASE64URL: Final = bytes.maketrans(b"+/", b"-_")
_PLAIN: Final = frozenset({bool, int, type(None)})
"""Types beside texts that all writers write alike; a number with a fraction is not among them."""
_ESCAPE: Final = b"\\u"


def parse_object(text: bytes) -> dict[str, object]:
    """Read one JSON object from UTF-8.

    Raises:
        ValueError: not JSON, not an object, a name given twice, a number or a text that readers
            disagree about, or nested deeper than 32.

    """
    try:
        value = _DECODER.decode(text.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one kind of error for unreadable text
    _require_shallow(value)
    if _ESCAPE in text:  # only an escape can bring half of a surrogate pair
        _require_written(value)
    return value


def quickly(value: dict[str, object]) -> bytes:
    """Write JSON as ``canonical`` does but in the order given, in a third of the time.

    Raises:
        ValueError, TypeError: something that JSON has no form for.

    """
    # What is not plain goes the slow way, which says what is wrong or knows better.
    return to_json(value) if _is_plain(value) else canonical(value)


def _is_plain(value: dict[str, object] | list[object]) -> bool:
    for member in value.values() if type(value) is dict else value:
        kind = type(member)
        if kind is str:  # nearly all are
            continue
        if kind is dict or kind is list:
            if not _is_plain(member):  # type: ignore[arg-type]  # its type was just asked for
                return False
        elif kind not in _PLAIN:
            return False
    return True


def canonical(value: object) -> bytes:
    """Write JSON in one way only: names sorted by code point, no spaces, UTF-8, no escapes."""
    return _ENCODER.encode(value).encode("utf-8")


def to_base64url(data: bytes) -> str:
    """Encode without padding (RFC 7515 appendix C)."""
    return _bare(data).decode("ascii")


def from_base64url(text: str) -> bytes:
    """Decode base64url without padding.

    Raises:
        ValueError: another character, padding, or bits left over: text that is not the one
            encoding of its bytes.

    """
    letters = text.encode("ascii")
    if b"+" in letters or b"/" in letters or b"=" in letters:
        raise ValueError("not base64url")
    padded = letters.translate(_TO_BASE64) + b"=" * (-len(letters) % 4)
    try:
        data = binascii.a2b_base64(padded, strict_mode=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    rest = len(data) % 3  # only the last letters can hold bits that stand for nothing
    if rest and _bare(data[-rest:]) != letters[-rest - 1 :]:
        raise ValueError("not the canonical base64url")
    return data


def _bare(data: bytes) -> bytes:
    return binascii.b2a_base64(data, newline=False).translate(_TO_BASE64URL).rstrip(b"=")


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


def _require_shallow(value: dict[str, object] | list[object], depth: int = DEEPEST) -> None:
    """Require that nothing lies deeper than ``depth``."""
    if not depth:
        raise ValueError("nested too deep")
    for member in value.values() if type(value) is dict else value:
        kind = type(member)
        if kind is dict or kind is list:
            _require_shallow(member, depth - 1)  # type: ignore[arg-type]  # its type is known


def _require_written(value: object) -> None:
    """Require that every text can be written as UTF-8 (else UnicodeEncodeError, a ValueError)."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, dict):
        for name, member in value.items():
            name.encode("utf-8")
            _require_written(member)
    elif isinstance(value, list):
        for item in value:
            _require_written(item)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_without_twins,
    parse_constant=_no_constant,
    parse_int=_sane_integer,
    parse_float=_sane_float,
)
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
