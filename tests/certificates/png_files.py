"""PNG files written chunk by chunk, so that each can carry exactly one fault."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from struct import pack

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, COLOUR, PALETTE, GREY_ALPHA, COLOUR_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, COLOUR: 3, PALETTE: 1, GREY_ALPHA: 2, COLOUR_ALPHA: 4}
ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
Sample = Callable[[int, int], tuple[int, ...]]
"""Gives the samples of a pixel by column and row."""


@dataclass(frozen=True)
class Kind:
    """What the header says."""

    width: int
    height: int
    colour: int = COLOUR_ALPHA
    depth: int = 8
    interlaced: bool = False

    def header(self) -> bytes:
        return pack(
            ">IIBBBBB", self.width, self.height, self.depth, self.colour, 0, 0, self.interlaced
        )


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    """Return a chunk with a right check sum."""
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def rows(kind: Kind, sample: Sample) -> bytes:
    """Return the rows of a picture, each after the filter that filters nothing."""
    return b"".join(_passes(kind, sample))


def _passes(kind: Kind, sample: Sample) -> Iterator[bytes]:
    for x, y, across, down in ADAM7 if kind.interlaced else ((0, 0, 1, 1),):
        columns = range(x, kind.width, across)
        for row in range(y, kind.height, down) if columns else ():
            bits = "".join(
                f"{value:0{kind.depth}b}" for column in columns for value in sample(column, row)
            )
            bits += "0" * (-len(bits) % 8)
            yield b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def png_of(kind: Kind, sample: Sample, *, before: bytes = b"") -> bytes:
    """Return a whole file; ``before`` are the chunks between header and picture."""
    packed = zlib.compress(rows(kind, sample))
    return file(chunk(b"IHDR", kind.header()), before, chunk(b"IDAT", packed), chunk(b"IEND"))


def file(*chunks: bytes) -> bytes:
    """Return the file of these chunks."""
    return SIGNATURE + b"".join(chunks)
