"""A content stream of constant parts, deflated beforehand, with gaps between them.

Deflate (RFC 1951) allows what one document adds to stand between the constant parts in stored
blocks, not compressed at all; only the check sum (RFC 1950) is made anew. So one stream holds
everything in reading order, and only a long gap is deflated for a document.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

_BEST: Final = 9
_HEADER: Final = b"\x78\xda"
_LAST: Final = b"\x03\x00"
"""An empty block that ends the data (RFC 1951, 3.2.6)."""
_MOST_STORED: Final = 1_024
"""Bytes; a longer gap is the digits of a large QR symbol, of which four bits each say all."""
_HUFFMAN_MEMORY: Final = 6
"""Room for 4,096 symbols in one block (``memLevel`` of zlib)."""
_COMPLEMENT: Final = 0xFFFF


@dataclass(frozen=True, slots=True)
class Part:
    """A constant part."""

    plain: bytes
    packed: bytes
    """Deflated, ending at a whole byte and independent of what stands around it."""


def part(plain: bytes) -> Part:
    """Return a constant part, ready to be put together."""
    packer = zlib.compressobj(_BEST, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Part(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


def joined(parts: Sequence[Part], gaps: Sequence[bytes]) -> bytes:
    """Return parts and gaps in turn, the first part first, as zlib data."""
    plain = b"".join(_in_turn([one.plain for one in parts], gaps))
    packed = _in_turn([one.packed for one in parts], [_block(gap) for gap in gaps])
    return b"".join([_HEADER, *packed, _LAST, zlib.adler32(plain).to_bytes(4, "big")])


def deflated_whole(parts: Sequence[Part], gaps: Sequence[bytes]) -> bytes:
    """Return the same content deflated as one, which takes less room and more time."""
    return zlib.compress(b"".join(_in_turn([one.plain for one in parts], gaps)), _BEST)


def _in_turn(parts: Iterable[bytes], gaps: Iterable[bytes]) -> list[bytes]:
    return list(chain.from_iterable(zip_longest(parts, gaps, fillvalue=b"")))


def _block(gap: bytes) -> bytes:
    """Return a stored block (RFC 1951, 3.2.4), or blocks of shorter codes for a long gap."""
    length = len(gap)
    if length > _MOST_STORED:
        packer = zlib.compressobj(
            1, zlib.DEFLATED, -zlib.MAX_WBITS, _HUFFMAN_MEMORY, zlib.Z_HUFFMAN_ONLY
        )
        return packer.compress(gap) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x00%s%s%s" % (
        length.to_bytes(2, "little"),
        (length ^ _COMPLEMENT).to_bytes(2, "little"),
        gap,
    )
