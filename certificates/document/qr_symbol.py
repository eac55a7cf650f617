"""QR symbols at speed (ISO/IEC 18004): alphanumeric text, error level M, one fixed mask.

What a symbol looks like besides its data comes from ``segno``, once for each version; codewords,
error correction and placement are tables, so that a symbol of some hundred characters takes a
tenth of a millisecond. All of it is linear over GF(2), see ``qr_shared``.

A symbol is a number: one bit for each module, 1 is dark, column after column from the left, each
from the top, filled up with zeros to whole bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import groupby
from operator import getitem, xor
from typing import Final

import segno
from segno.consts import TYPE_DATA_DARK, TYPE_DATA_LIGHT

from certificates.document.reed_solomon import remainder_tables

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
MASK: Final = 0
"""Any of the eight masks may be used by a reader's rules; ours is always the same."""
BLOCKS: Final[tuple[tuple[int, tuple[tuple[int, int], ...]], ...]] = (
    (10, ((1, 16),)),
    (16, ((1, 28),)),
    (26, ((1, 44),)),
    (18, ((2, 32),)),
    (24, ((2, 43),)),
    (16, ((4, 27),)),
    (18, ((4, 31),)),
    (22, ((2, 38), (2, 39))),
    (22, ((3, 36), (2, 37))),
    (26, ((4, 43), (1, 44))),
    (30, ((1, 50), (4, 51))),
    (22, ((6, 36), (2, 37))),
    (22, ((8, 37), (1, 38))),
    (24, ((4, 40), (5, 41))),
    (24, ((5, 41), (5, 42))),
    (28, ((7, 45), (3, 46))),
    (28, ((10, 46), (1, 47))),
    (26, ((9, 43), (4, 44))),
    (26, ((3, 44), (11, 45))),
    (26, ((3, 41), (13, 42))),
)
"""For versions 1 to 20 at level M: correction codewords of a block, and blocks by data codewords
(ISO/IEC 18004, table 9)."""
_ALPHANUMERIC: Final = re.compile(r"[0-9A-Z $%*+\-./:]+")
_VALUES: Final = bytes(max(ALPHABET.find(chr(code)), 0) for code in range(256))
_TWO: Final = 11
_ONE: Final = 6
"""Bits of two characters, and of a last single one (7.4.4)."""
_LANE: Final = 16
_MODE: Final = "0010"
_SHORT_COUNTS: Final = 9
"""Up to this version the count has 9 bits, after it 11 (7.4.1, table 3)."""
_PADDING: Final = b"\xec\x11"
_TIMING: Final = 6
_HIGH: Final = bytes(value >> 4 for value in range(256))
_LOW: Final = bytes(value & 15 for value in range(256))
_FORMAT_ROW: Final = 8


@dataclass(frozen=True, slots=True)
class Symbol:
    """A drawn symbol."""

    modules: int
    """Along one side."""
    dark: int
    """See the head of this module."""

    @property
    def row_bytes(self) -> int:
        """Bytes of one column."""
        return (self.modules + 7) // 8

    def bitmap(self) -> bytes:
        """Return the columns from the left, each from the top, a bit for each module."""
        return self.dark.to_bytes(self.row_bytes * self.modules, "big")


def symbol_of(text: str) -> Symbol:
    """Return the smallest symbol of ``text``.

    Raises:
        ValueError: a character has no place in the alphanumeric mode, or the text is too long.

    """
    if not _ALPHANUMERIC.fullmatch(text):
        raise ValueError("not alphanumeric")
    drawing = drawing_of(version_for(len(text)))
    return Symbol(drawing.modules, drawing.drawn(text))


@cache
def version_for(length: int) -> int:
    """Return the smallest version that holds so many characters (ValueError if none does)."""
    for version in range(1, len(BLOCKS) + 1):
        if 4 + _count_bits(version) + length // 2 * _TWO + length % 2 * _ONE <= _capacity(version):
            return version
    raise ValueError("too long for a symbol")


def _count_bits(version: int) -> int:
    return 9 if version <= _SHORT_COUNTS else 11


@cache
def _capacity(version: int) -> int:
    return 8 * sum(count * size for count, size in BLOCKS[version - 1][1])


@cache
def drawing_of(version: int) -> "Drawing":
    """Return the tables of one version; the same object every time."""
    return Drawing(version)


class Drawing:
    """Everything about one version that does not depend on the text."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.modules = 17 + 4 * version
        self._correction, groups = BLOCKS[version - 1]
        self._sizes = [size for count, size in groups for _ in range(count)]
        self._capacity = _capacity(version)

    def drawn(self, text: str) -> int:
        """Return the modules of a text that fits; see the head of this module."""
        return self._placed(self._codewords(self._data(text))) ^ self._constant

    def _data(self, text: str) -> bytes:
        """Return the data codewords (7.4)."""
        bits = f"{_MODE}{len(text):0{_count_bits(self.version)}b}{_value_bits(text)}"
        bits += "0" * min(4, self._capacity - len(bits))
        bits += "0" * (-len(bits) % 8)
        data = int(bits, 2).to_bytes(len(bits) // 8, "big")
        missing = self._capacity // 8 - len(data)
        return data + (_PADDING * (missing // 2 + 1))[:missing]

    def _codewords(self, data: bytes) -> bytearray:
        """Return data and error correction of all blocks, interleaved (7.5, 7.6)."""
        count, at = len(self._sizes), 0
        shortest = min(self._sizes)
        whole = bytearray(len(data) + self._correction * count)
        late = [number for number, size in enumerate(self._sizes) if size > shortest]
        end = shortest * count
        for number, size in enumerate(self._sizes):
            block = data[at : at + size]
            at += size
            whole[number:end:count] = block[:shortest]
            if size > shortest:
                whole[end + late.index(number)] = block[-1]
            highs, lows = self._remainders
            remainder = reduce(xor, map(getitem, highs[-size:], block.translate(_HIGH)))
            remainder ^= reduce(xor, map(getitem, lows[-size:], block.translate(_LOW)))
            whole[len(data) + number :: count] = remainder.to_bytes(self._correction, "big")
        return whole

    def _placed(self, codewords: bytes | bytearray) -> int:
        """Put the bits of the codewords where they belong (7.7.3)."""
        bits = f"{int.from_bytes(codewords, 'big'):0{8 * len(codewords)}b}0000000"
        return int(
            "".join([bits[piece] if type(piece) is slice else piece for piece in self._pieces]), 2
        )

    @cached_property
    def _remainders(self) -> tuple[list[list[int]], list[list[int]]]:
        return remainder_tables(max(self._sizes), self._correction)

    @cached_property
    def _data_modules(self) -> list[list[bool]]:
        """Tell by row and column which modules carry data."""
        kinds = self._example.matrix_iter(border=0, verbose=True)
        found = [[kind in {TYPE_DATA_DARK, TYPE_DATA_LIGHT} for kind in row] for row in kinds]
        # The library counts this module as format information; by figure 25 of the standard the
        # second copy begins one module further right.
        found[_FORMAT_ROW][self.modules - 9] = True
        return found

    @cached_property
    def _example(self) -> segno.QRCode:
        return segno.make("0" * 2, version=self.version, error="m", mask=MASK, boost_error=False)

    @cached_property
    def _constant(self) -> int:
        """The modules that carry no data, and the mask over those that do (7.8.2)."""
        bits = []
        for column in range(self.modules):
            for row in range(self.modules):
                masked = (row + column) % 2 == 0
                carries = self._data_modules[row][column]
                dark = masked if carries else self._example.matrix[row][column] & 1
                bits.append("1" if dark else "0")
            bits.append("0" * (-self.modules % 8))
        return int("".join(bits), 2)

    @cached_property
    def _pieces(self) -> tuple[slice | str, ...]:
        """How the string of bits is cut and joined to become the columns of the symbol."""
        order = {place: number for number, place in enumerate(self._zigzag())}
        pieces: list[slice | str] = []
        for column in range(self.modules):
            numbers = [order.get((row, column)) for row in range(self.modules)]
            pieces += _cut(numbers)
            pieces.append("0" * (-self.modules % 8))
        return tuple(_without_neighbours(pieces))

    def _zigzag(self) -> Iterator[tuple[int, int]]:
        """Yield row and column of each data module in the order in which bits are placed."""
        right, upwards = self.modules - 1, True
        while right > 0:
            if right == _TIMING:
                right -= 1
            rows = range(self.modules)
            for row in reversed(rows) if upwards else rows:
                for column in (right, right - 1):
                    if self._data_modules[row][column]:
                        yield row, column
            right, upwards = right - 2, not upwards


def _value_bits(text: str) -> str:
    """Return the bits of the characters, two by two (7.4.4).

    All pairs are computed as one number with a lane of 16 bits for each; then the five bits that
    no pair uses are taken out of every lane.
    """
    values = text.encode("ascii").translate(_VALUES)
    pairs = len(values) // 2
    high, low = bytearray(2 * pairs), bytearray(2 * pairs)
    high[1::2], low[1::2] = values[: 2 * pairs : 2], values[1 : 2 * pairs : 2]
    lanes = int.from_bytes(high, "big") * len(ALPHABET) + int.from_bytes(low, "big")
    bits = bytearray(f"{lanes:0{_LANE * pairs}b}" if pairs else "", "ascii")
    for lane in range(_LANE, _TWO, -1):
        del bits[::lane]
    last = f"{values[-1]:0{_ONE}b}" if len(values) % 2 else ""
    return bits.decode("ascii") + last


def _cut(numbers: list[int | None]) -> Iterator[slice | str]:
    """Yield a column as slices of evenly spaced bits, and zeros where it carries no data."""
    at = 0
    while at < len(numbers):
        first = numbers[at]
        if first is None:
            yield "0"
            at += 1
            continue
        step = 0
        end = at + 1
        while end < len(numbers):
            last, before = numbers[end], numbers[end - 1]
            if last is None or before is None or step not in {0, last - before}:
                break
            step, end = last - before, end + 1
        stop = first + step * (end - at)
        yield slice(first, None if stop < 0 else stop, step) if step else slice(first, first + 1)
        at = end


def _without_neighbours(pieces: list[slice | str]) -> Iterator[slice | str]:
    """Yield ``pieces`` with zeros that follow each other as one."""
    for same, group in groupby(pieces, key=lambda piece: type(piece) is str):
        if same:
            yield "".join(map(str, group))
        else:
            yield from group
