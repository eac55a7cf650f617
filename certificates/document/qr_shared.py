"""QR symbols of many texts that begin alike, such as the addresses of check pages.

Data, error correction and placement are linear over GF(2): two texts of one length differ in the
exclusive-or of what each pair of characters changes. What a pair changes at a place is kept once
it was needed, so that a symbol costs one exclusive-or for every two characters after the beginning.
"""

import re
from functools import reduce
from operator import getitem, xor
from typing import Final

from certificates.document.qr_symbol import ALPHABET, Symbol, drawing_of, version_for

_PAIRS: Final = re.compile("..?")


class SharedBeginning:
    """Symbols of texts of one length that begin alike."""

    def __init__(self, beginning: str, length: int) -> None:
        """Make room for what pairs change; ``length`` is that of whole texts, in characters."""
        self._drawing = drawing_of(version_for(length))
        self._length, self._beginning = length, beginning[: len(beginning) // 2 * 2]
        rest = length - len(self._beginning)
        self._base = self._drawing.drawn(self._beginning + "0" * rest)
        self._changes = [_Changes(self, at) for at in range(0, rest, 2)]

    def symbol(self, text: str) -> Symbol:
        """Return the symbol of ``text``; raises ``KeyError`` for one that cannot be said so."""
        if len(text) != self._length or not text.startswith(self._beginning):
            raise KeyError(text)
        pairs = _PAIRS.findall(text, len(self._beginning))
        dark = reduce(xor, map(getitem, self._changes, pairs), self._base)
        return Symbol(self._drawing.modules, dark)

    def change(self, pair: str, at: int) -> int:
        """Return what ``pair`` changes at a place after the beginning, against two zeros."""
        if not set(pair) <= set(ALPHABET):
            raise KeyError(pair)
        rest = self._length - len(self._beginning)
        text = "0" * at + pair + "0" * (rest - at - len(pair))
        return self._drawing.drawn(self._beginning + text) ^ self._base


class _Changes(dict[str, int]):
    """What pairs change at one place, by their characters."""

    def __init__(self, symbols: SharedBeginning, at: int) -> None:
        super().__init__()
        self._symbols, self._at = symbols, at

    def __missing__(self, pair: str) -> int:
        found = self[pair] = self._symbols.change(pair, self._at)
        return found
