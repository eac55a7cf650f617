"""Text as the bits of a QR symbol: the alphanumeric mode (ISO/IEC 18004, 7.4.4)."""

from functools import cache
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_LETTERS: Final = ALPHABET.encode()
_VALUES: Final = bytes(max(ALPHABET.find(chr(code)), 0) for code in range(256))
_TWO: Final = 11
_ONE: Final = 6
"""Bits of two characters, and of a last single one."""
_LANE: Final = 16


def is_alphanumeric(text: str) -> bool:
    """Tell whether a text has characters, and only such as the mode has a place for."""
    return bool(text) and text.isascii() and not text.encode().translate(None, _LETTERS)


def length_in_bits(characters: int) -> int:
    """Return how many bits so many characters take."""
    return characters // 2 * _TWO + characters % 2 * _ONE


def bits_of(text: str) -> int:
    """Return the bits of alphanumeric characters, two by two, as one number.

    All pairs are computed as one number with a lane of 16 bits for each; then neighbours are joined
    without the bits that neither uses, and these again, until there is one lane.
    """
    values = text.encode("ascii").translate(_VALUES)
    pairs, single = divmod(len(values), 2)
    lower, joins = _joins(pairs)
    every = int.from_bytes(values[: 2 * pairs], "big")
    lanes = (every >> 8 & lower) * len(ALPHABET) + (every & lower)
    for upper, shift in joins:
        moved = lanes & upper
        lanes ^= moved ^ moved >> shift
    if single:
        lanes = lanes << _ONE | values[-1]
    return lanes


@cache
def _joins(lanes: int) -> tuple[int, list[tuple[int, int]]]:
    """Return the lower byte of each lane, and how neighbours are joined until one lane is left.

    Each time: where the upper one of every two is, and by how many bits it comes down.
    """
    lower = sum(0xFF << _LANE * lane for lane in range(lanes))
    width, used, joins = _LANE, _TWO, []
    while lanes > 1:
        upper = sum(((1 << width) - 1) << width * lane for lane in range(1, lanes, 2))
        joins.append((upper, width - used))
        width, used, lanes = 2 * width, 2 * used, (lanes + 1) // 2
    return lower, joins
