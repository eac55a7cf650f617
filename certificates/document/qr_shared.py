"""QR symbols of many texts that begin alike, such as the addresses of check pages.

Error correction and placement are linear over GF(2): the symbols of two texts of one length differ
in the exclusive-or of what each bit of their data changes. That is kept for all values of every
four bits after the beginning, so that a symbol costs one exclusive-or for each.
"""

from functools import reduce
from operator import getitem, xor

from certificates.document.qr_symbol import Symbol, drawing_of, version_for
from certificates.document.qr_text import bits_of, is_alphanumeric, length_in_bits


class SharedBeginning:
    """Symbols of texts of one length that begin alike."""

    def __init__(self, beginning: str, length: int) -> None:
        """Find out what bits change; ``length`` is that of whole texts, in characters."""
        self._drawing = drawing = drawing_of(version_for(length))
        self._beginning, self._length = beginning, length
        self._cut = len(beginning) // 2 * 2
        data = drawing.data(beginning[: self._cut].ljust(length, "0"))
        number, after = int.from_bytes(data, "big"), 8 * len(data) - drawing.end_of(length)
        self._base = drawing.shown(data)
        self._digits = -(-length_in_bits(length - self._cut) // 4)
        self._changes: list[dict[str, int]] = []
        for shift in range(after + 4 * (self._digits - 1), after - 1, -4):
            others = [(number ^ digit << shift).to_bytes(len(data), "big") for digit in range(16)]
            changed = {
                f"{digit:x}": drawing.shown(other) ^ self._base
                for digit, other in enumerate(others)
            }
            self._changes.append(changed)

    def symbol(self, text: str) -> Symbol:
        """Return the symbol of ``text``; raises ``KeyError`` for one that cannot be said so."""
        begins = len(text) == self._length and text.startswith(self._beginning)
        if not begins or not is_alphanumeric(text):
            raise KeyError(text)
        digits = f"{bits_of(text[self._cut :]):0{self._digits}x}"
        dark = reduce(xor, map(getitem, self._changes, digits), self._base)
        return Symbol(self._drawing.modules, dark)
