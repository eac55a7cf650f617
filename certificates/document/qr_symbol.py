"""QR symbols at speed (ISO/IEC 18004): alphanumeric text, error level M, one fixed mask.

What a symbol looks like besides its data comes from ``segno``, once for each version; codewords,
error correction and placement are tables, so that a symbol of some hundred characters takes a
fifteenth of a millisecond. All of it is linear over GF(2), see ``qr_shared``.

A symbol is a number: one bit for each module, 1 is dark, column after column from the left, each
from the top, filled up with zeros to whole bytes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import accumulate, product
from operator import getitem, xor
from typing import Final

import segno
from segno.consts import TYPE_DATA_DARK, TYPE_DATA_LIGHT

from certificates.document.qr_text import bits_of, is_alphanumeric, length_in_bits
from certificates.document.reed_solomon import remainder_tables

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
_MODE: Final = 0b0010
_SHORT_COUNTS: Final = 9
"""Up to this version the count has 9 bits, after it 11 (7.4.1, table 3)."""
_PADDING: Final = b"\xec\x11"
_TIMING: Final = 6
_HIGH: Final = bytes(value >> 4 for value in range(256))
_LOW: Final = bytes(value & 15 for value in range(256))
_FORMAT_ROW: Final = 8
_WINDOW: Final = 256
"""Bits; what a table of ``bytes.translate`` holds."""
_NO_BITS: Final = b"0" * _WINDOW


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
    if not is_alphanumeric(text):
        raise ValueError("not alphanumeric")
    drawing = drawing_of(version_for(len(text)))
    return Symbol(drawing.modules, drawing.shown(drawing.data(text)))


@cache
def version_for(length: int) -> int:
    """Return the smallest version that holds so many characters (ValueError if none does)."""
    for version in range(1, len(BLOCKS) + 1):
        if 4 + _count_bits(version) + length_in_bits(length) <= _capacity(version):
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

    def shown(self, data: bytes | bytearray) -> int:
        """Return the modules of data codewords; see the head of this module."""
        return self._placed(self._codewords(data)) ^ self._constant

    def end_of(self, characters: int) -> int:
        """Return how many bits of the data so many characters end after."""
        return 4 + _count_bits(self.version) + length_in_bits(characters)

    def data(self, text: str) -> bytes:
        """Return the data codewords of an alphanumeric text that fits (7.4)."""
        head = _MODE << _count_bits(self.version) | len(text)
        bits, length = head << length_in_bits(len(text)) | bits_of(text), self.end_of(len(text))
        end = min(4, self._capacity - length)
        end += -(length + end) % 8
        data = (bits << end).to_bytes((length + end) // 8, "big")
        missing = self._capacity // 8 - len(data)
        return data + (_PADDING * (missing // 2 + 1))[:missing]

    def _codewords(self, data: bytes | bytearray) -> bytearray:
        """Return data and error correction of all blocks, interleaved (7.5, 7.6)."""
        count, shortest = len(self._sizes), min(self._sizes)
        end, whole = shortest * count, bytearray(len(data) + self._correction * count)
        # What longer blocks have more than the others: one codeword each.
        whole[end : len(data)] = data[self._longer_end :: shortest + 1]
        high, low = data.translate(_HIGH), data.translate(_LOW)
        for number, (start, stop, tables) in enumerate(self._blocks):
            whole[number:end:count] = data[start : start + shortest]
            halves = high[start:stop] + low[start:stop]
            remainder = reduce(xor, map(getitem, tables, halves))
            whole[len(data) + number :: count] = remainder.to_bytes(self._correction, "big")
        return whole

    def _placed(self, codewords: bytes | bytearray) -> int:
        """Put the bits of the codewords where they belong (7.7.3)."""
        bits = f"{int.from_bytes(codewords, 'big'):0{8 * len(codewords)}b}".encode() + _NO_BITS
        strips = [places.translate(bits[window]) for window, places in self._strips]
        return int(b"".join(strips), 2) & self._carrying

    @cached_property
    def _longer_end(self) -> int:
        """Place of the last codeword of the first longer block; beyond the data without one."""
        shortest = min(self._sizes)
        return shortest * (self._sizes.count(shortest) + 1)

    @cached_property
    def _blocks(self) -> list[tuple[int, int, list[list[int]]]]:
        """Begin and end of each block, and what its high half bytes leave behind, then its low."""
        highs, lows = remainder_tables(max(self._sizes), self._correction)
        ends = accumulate(self._sizes)
        return [
            (end - size, end, highs[-size:] + lows[-size:])
            for size, end in zip(self._sizes, ends, strict=True)
        ]

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
    def _carrying(self) -> int:
        """The modules that carry data."""
        return self._symbol(lambda row, column: self._data_modules[row][column])

    @cached_property
    def _constant(self) -> int:
        """The modules that carry no data, and the mask over those that do (7.8.2)."""
        fixed = self._example.matrix
        masked = self._symbol(lambda row, column: (row + column) % 2 == 0)
        return masked & self._carrying | (
            self._symbol(lambda row, column: fixed[row][column] == 1) & ~self._carrying
        )

    def _symbol(self, is_dark: Callable[[int, int], bool]) -> int:
        """Return the symbol whose modules are dark where ``is_dark`` of row and column says so."""
        side, filler = range(self.modules), "0" * (-self.modules % 8)
        columns = ["".join(["01"[is_dark(row, column)] for row in side]) for column in side]
        return int("".join([column + filler for column in columns]), 2)

    @cached_property
    def _strips(self) -> tuple[tuple[slice, bytes], ...]:
        """How the string of bits becomes columns: a window on it, and places in that window.

        The bits of two columns follow each other, so that a window of 256 bits holds them all. A
        module that carries no data takes the first of them, for ``_carrying`` to take it away.
        """
        order = {place: number for number, place in enumerate(self._zigzag())}
        strips = []
        for columns in self._columns():
            places = product(columns, range(self.modules + -self.modules % 8))
            numbers = [order.get((row, column)) for column, row in places]
            start = min((number for number in numbers if number is not None), default=0)
            found = bytes(0 if number is None else number - start for number in numbers)
            strips.append((slice(start, start + _WINDOW), found))
        return tuple(strips)

    def _columns(self) -> list[tuple[int, ...]]:
        """Return the columns from the left: two by two, and the timing pattern's alone."""
        before, after = range(0, _TIMING, 2), range(_TIMING + 1, self.modules, 2)
        pairs = [[(left, left + 1) for left in each] for each in (before, after)]
        return [*pairs[0], (_TIMING,), *pairs[1]]

    def _zigzag(self) -> Iterator[tuple[int, int]]:
        """Yield row and column of each data module in the order in which bits are placed."""
        upwards, rows = True, range(self.modules)
        for columns in reversed(self._columns()):
            if columns == (_TIMING,):
                continue
            for row in reversed(rows) if upwards else rows:
                for column in reversed(columns):
                    if self._data_modules[row][column]:
                        yield row, column
            upwards = not upwards
