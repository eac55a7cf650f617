"""Bytes that many elements have in common, with holes where they differ.

DER whose parts have the same lengths has everything in the same places. So it is written once with
marks in the holes and cut apart there; from then on it is written by joining the pieces, and read
by comparing them: whatever they enclose is all that two such elements can differ in.
"""

from collections.abc import Callable, Sequence
from hashlib import shake_256
from typing import Final

SHORTEST: Final = 8
"""Bytes of a hole; a shorter mark might stand elsewhere by chance."""


class Mould:
    """Pieces with holes between them, each of a fixed length."""

    def __init__(self, write: Callable[..., bytes], lengths: Sequence[int]) -> None:
        """Cut apart what ``write`` returns for values of ``lengths``, which stand in their order.

        Raises:
            ValueError: a length is under 8, or a value does not stand there as it is and once.

        """
        marks = [shake_256(bytes([number])).digest(length) for number, length in enumerate(lengths)]
        written, at = write(*marks), 0
        self.length = len(written)
        self._pieces: list[tuple[slice, bytes]] = []
        self._holes: list[slice] = []
        for mark in marks:
            hole = written.find(mark, at)
            if len(mark) < SHORTEST or hole < 0 or written.count(mark) != 1:
                raise ValueError("no hole for a value")
            self._pieces.append((slice(at, hole), written[at:hole]))
            at = hole + len(mark)
            self._holes.append(slice(hole, at))
        self._pieces.append((slice(at, self.length), written[at:]))

    def filled(self, *values: bytes) -> bytes:
        """Return the element with ``values`` in the holes (ValueError if they do not fit)."""
        parts = [self._pieces[0][1]]
        for value, (_, piece) in zip(values, self._pieces[1:], strict=True):
            parts += (value, piece)
        written = b"".join(parts)
        if len(written) != self.length:
            raise ValueError("other lengths than those of the holes")
        return written

    def taken_from(self, data: bytes) -> list[bytes] | None:
        """Return what stands in the holes, or None if ``data`` is not of this mould."""
        if len(data) != self.length:
            return None
        for place, piece in self._pieces:
            if data[place] != piece:
                return None
        return [data[hole] for hole in self._holes]
