"""A content stream of constant parts, deflated beforehand, with gaps between them.

Deflate (RFC 1951) allows what one document adds to stand between the constant parts in stored
blocks, not compressed at all; only the check sum (RFC 1950) is made anew. So one stream holds
everything in reading order, and nothing is deflated for a document.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from struct import Struct
from typing import Final

_BEST: Final = 9
_HEADER: Final = b"\x78\xda"
_NO_GAP: Final = b"\x00\x00\xff\xff"
"""Length and complement of a stored block with nothing in it (RFC 1951, 3.2.4)."""
_LAST: Final = _NO_GAP + b"\x03\x00"
"""After the last part: no gap, and an empty block that ends the data (3.2.6)."""
_LENGTHS: Final = Struct("<HH").pack
_COMPLEMENT: Final = 0xFFFF


@dataclass(frozen=True, slots=True)
class Part:
    """A constant part."""

    plain: bytes
    packed: bytes
    """Deflated, independent of what stands around it; ends with the head of a stored block."""


def part(plain: bytes) -> Part:
    """Return a constant part, ready to be put together."""
    packer = zlib.compressobj(_BEST, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)
    return Part(plain, packed.removesuffix(_NO_GAP))


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
    """Return a stored block after its head, of 65,535 bytes at most."""
    length = len(gap)
    return _LENGTHS(length, length ^ _COMPLEMENT) + gap
