"""The part of CBOR that a paper token needs, with exactly one encoding for each value.

Source: RFC 8949, deterministic encoding of section 4.2.1: shortest heads, definite lengths, map
keys sorted by their encoded bytes. The reader refuses every other encoding, so that nobody can
make a second token out of a signed one.
"""

from typing import Final, TypeAlias

from certificates.errors import Refused

UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
_FALSE, _TRUE = 0xF4, 0xF5
_INLINE: Final = 24
_WIDTHS: Final = {24: 1, 25: 2, 26: 4, 27: 8}
DEEPEST: Final = 6

Value: TypeAlias = "int | bytes | str | bool | list[Value] | dict[int, Value] | Tagged"


class Tagged(tuple[int, "Value"]):
    """A tag number and the value under it."""

    __slots__ = ()


def write_cbor(value: Value) -> bytes:
    """Return the one encoding of ``value``; raises TypeError for a number of over 64 bits."""
    if isinstance(value, bool):
        return bytes([_TRUE if value else _FALSE])
    if isinstance(value, int):
        return _head(UNSIGNED, value) if value >= 0 else _head(NEGATIVE, -1 - value)
    if isinstance(value, bytes | str):
        data, kind = (value, BYTES) if isinstance(value, bytes) else (value.encode(), TEXT)
        return _head(kind, len(data)) + data
    if isinstance(value, Tagged):
        return _head(TAG, value[0]) + write_cbor(value[1])
    if isinstance(value, list):
        return _head(ARRAY, len(value)) + b"".join(map(write_cbor, value))
    pairs = sorted((write_cbor(key), write_cbor(member)) for key, member in value.items())
    return _head(MAP, len(pairs)) + b"".join(key + member for key, member in pairs)


def read_cbor(data: bytes) -> Value:
    """Return the value that ``data`` is the one encoding of.

    Raises:
        Refused: ``paper-token-cbor``.

    """
    value, end = _read(data, 0, DEEPEST)
    if end != len(data):
        raise _bad("trailing")
    return value


def _head(major: int, number: int) -> bytes:
    if number < _INLINE:
        return bytes([major << 5 | number])
    for info, width in _WIDTHS.items():
        if number < 1 << (8 * width):
            return bytes([major << 5 | info]) + number.to_bytes(width, "big")
    raise TypeError("number out of range")


def _read(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    if depth == 0:
        raise _bad("depth")
    if data[at : at + 1] in (b"\xf4", b"\xf5"):
        return data[at] == _TRUE, at + 1
    major, number, at = _read_head(data, at)
    if major in (UNSIGNED, NEGATIVE):
        return (number if major == UNSIGNED else -1 - number), at
    if major in (BYTES, TEXT):
        return _read_string(data, at, number, text=major == TEXT)
    if major == TAG:
        value, at = _read(data, at, depth - 1)
        return Tagged((number, value)), at
    if major not in (ARRAY, MAP) or number > len(data) - at:
        raise _bad("length")
    return (_read_list if major == ARRAY else _read_map)(data, at, number, depth - 1)


def _read_head(data: bytes, at: int) -> tuple[int, int, int]:
    if at >= len(data):
        raise _bad("short")
    major, info = data[at] >> 5, data[at] & 0x1F
    if info < _INLINE:
        return major, info, at + 1
    width = _WIDTHS.get(info)
    if width is None or at + 1 + width > len(data):
        raise _bad("head")
    number = int.from_bytes(data[at + 1 : at + 1 + width], "big")
    if _head(major, number) != data[at : at + 1 + width]:
        raise _bad("not-shortest")
    return major, number, at + 1 + width


def _read_string(data: bytes, at: int, length: int, *, text: bool) -> tuple[Value, int]:
    found = data[at : at + length]
    if len(found) != length:
        raise _bad("short")
    try:
        return (found.decode() if text else found), at + length
    except UnicodeDecodeError:
        raise _bad("utf-8") from None


def _read_list(data: bytes, at: int, count: int, depth: int) -> tuple[Value, int]:
    items: list[Value] = []
    for _ in range(count):
        item, at = _read(data, at, depth)
        items.append(item)
    return items, at


def _read_map(data: bytes, at: int, count: int, depth: int) -> tuple[Value, int]:
    members: dict[int, Value] = {}
    before = b""
    for _ in range(count):
        start = at
        key, at = _read(data, at, depth)
        if isinstance(key, bool) or not isinstance(key, int) or data[start:at] <= before:
            raise _bad("key")
        before = data[start:at]
        members[key], at = _read(data, at, depth)
    return members, at


def _bad(reason: str) -> Refused:
    return Refused("paper-token-cbor", reason=reason)
