"""Base45 (RFC 9285): bytes in the alphanumeric characters of a QR symbol, one form only."""

from functools import cache
from typing import Final

from certificates.errors import Refused

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
_BASE: Final = 45
_CHARACTERS: Final = ALPHABET.encode().ljust(256)
_LANE: Final = 8
"""Bytes for each number of two bytes: so all are divided as one."""
_EXACT: Final = 32


def to_base45(data: bytes) -> str:
    """Return two bytes as three characters, the lowest first; a last single byte as two."""
    pairs, single = divmod(len(data), 2)
    spread, digits = bytearray(_LANE * pairs), bytearray(3 * pairs + 2 * single)
    spread[_LANE - 2 :: _LANE], spread[_LANE - 1 :: _LANE] = data[: 2 * pairs : 2], data[1::2]
    rest = int.from_bytes(spread, "big")
    lowest = _lowest_bytes(pairs)
    for place in (2, 1, 0):
        power = _BASE**place
        # Multiplied by more than 1 / power: exact for all numbers of two bytes.
        digit = rest * (2**_EXACT // power + 1) >> _EXACT & lowest
        rest -= digit * power
        digits[place : 3 * pairs : 3] = digit.to_bytes(_LANE * pairs, "big")[_LANE - 1 :: _LANE]
    if single:
        digits[-1], digits[-2] = divmod(data[-1], _BASE)
    return digits.translate(_CHARACTERS).decode("ascii")


@cache
def _lowest_bytes(lanes: int) -> int:
    """Return the lowest byte of every lane, all bits set."""
    return int.from_bytes((bytes(_LANE - 1) + b"\xff") * lanes, "big")


def from_base45(text: str) -> bytes:
    """Return the bytes that ``text`` stands for.

    Raises:
        Refused: ``paper-token-text``: another character, a length or a value that no bytes have.

    """
    if len(text) % 3 == 1:
        raise Refused("paper-token-text", reason="length")
    found = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        if any(character not in _VALUES for character in group):
            raise Refused("paper-token-text", reason="character")
        number = sum(_VALUES[character] * _BASE**place for place, character in enumerate(group))
        width = len(group) - 1
        if number >= 1 << (8 * width):
            raise Refused("paper-token-text", reason="value")
        found += number.to_bytes(width, "big")
    return bytes(found)
