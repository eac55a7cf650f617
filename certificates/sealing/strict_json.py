"""JSON and base64url with exactly one reading.

Two programs that read the same signed text differently are how signatures get bypassed: the first
of two equal names, a number that overflows, bits hidden behind the last base64 character. All of
these are refused here, with ``ValueError``: the caller knows which verdict that means.
"""

import base64
import json
import math
from typing import Final

import orjson
from pydantic_core import CoreConfig, SchemaSerializer, SchemaValidator
from pydantic_core.core_schema import bytes_schema

LARGEST_INTEGER: Final = 2**53 - 1
"""Beyond this, readers that use floating point disagree (RFC 8259 section 6)."""
DEEPEST: Final = 32
_AS_BASE64: Final = CoreConfig(ser_json_bytes="base64", val_json_bytes="base64")
_FROM_BASE64URL: Final = SchemaValidator(bytes_schema(), _AS_BASE64)
_TO_BASE64URL: Final = SchemaSerializer(bytes_schema(), _AS_BASE64)
"""The library calls base64 what RFC 4648 section 5 calls base64url."""
_ESCAPE: Final = b"\\u"
_JSON_ONLY: Final = (
    orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)
"""Numbers that all readers agree about, and no Python type for which JSON has no form."""


def parse_object(text: bytes) -> dict[str, object]:
    """Read one JSON object from UTF-8.

    Raises:
        ValueError: not JSON, not an object, a name given twice, a number or a text that readers
            disagree about, or nested deeper than 32.

    """
    value = _read_natively(text)
    native = value is not None
    if not native:
        value = _read_slowly(text)
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one kind of error for unreadable text
    _require_shallow(value)
    if not native and _ESCAPE in text:  # only an escape can bring half of a surrogate pair
        _require_written(value)
    return value


def _read_natively(text: bytes) -> object:
    """Return what ``text`` says if it is the one way to write that, else None.

    The native reader takes the last of two equal names and rounds a number it cannot hold; what it
    read then differs from the text once it is written again. Most text was written this way.
    """
    try:
        value: object = orjson.loads(text)
        same = orjson.dumps(value, option=orjson.OPT_STRICT_INTEGER) == text
    except (ValueError, TypeError):
        return None
    return value if same else None


def _read_slowly(text: bytes) -> object:
    """Read any other JSON, or say what is wrong with it."""
    try:
        value: object = _DECODER.decode(text.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def quickly(value: dict[str, object]) -> bytes:
    """Write JSON as ``canonical`` does but in the order given, in a tenth of the time.

    Raises:
        ValueError, TypeError: something that JSON has no form for.

    """
    try:
        written = orjson.dumps(value, option=_JSON_ONLY)
    except TypeError:
        return canonical(value)  # says what is wrong or knows better
    # What is no number would be written as null.
    return canonical(value) if b"null" in written else written


def canonical(value: object) -> bytes:
    """Write JSON in one way only: names sorted by code point, no spaces, UTF-8, no escapes."""
    return _ENCODER.encode(value).encode("utf-8")


def to_base64url(data: bytes) -> str:
    """Encode without padding (RFC 7515 appendix C)."""
    text: str = _TO_BASE64URL.to_python(data, mode="json")
    return text.rstrip("=")


def from_base64url(text: str) -> bytes:
    """Decode base64url without padding.

    Raises:
        ValueError: another character, padding, or bits left over: text that is not the one
            encoding of its bytes.

    """
    if "+" in text or "/" in text or "=" in text:  # the library would take them too
        raise ValueError("not base64url")
    try:
        data: bytes = _FROM_BASE64URL.validate_strings(text)  # type: ignore[arg-type]  # the stub forgets plain texts
    except ValueError:
        raise ValueError("not the canonical base64url") from None
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
