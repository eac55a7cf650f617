"""PNG pictures of an issuer, read strictly (ISO/IEC 15948): all is accounted for, then decoded.

A picture comes from an office, not from an enemy, but it goes onto every certificate: what is
damaged, oversized or of a kind that would look different than meant is refused with a reason.
Only samples up to 8 bits are taken, and colours are taken as sRGB; what a picture says of itself
besides (texts, colour profiles, animation) is left behind.
"""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from struct import Struct
from typing import Final

from PIL import Image

from certificates.errors import MarkUnusable

MOST_BYTES: Final = 512 * 1024
MOST_SIDE: Final = 1_200
"""Pixels: 300 dpi over four inches; nothing on a page is as large."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = Struct(">IIBBBBB")
_HEAD: Final = Struct(">I4s")
_NUMBER: Final = Struct(">I")
_GREY, _COLOUR, _PALETTE, _GREY_ALPHA, _COLOUR_ALPHA = 0, 2, 3, 4, 6
_CHANNELS: Final = {_GREY: 1, _COLOUR: 3, _PALETTE: 1, _GREY_ALPHA: 2, _COLOUR_ALPHA: 4}
_DEPTHS: Final = {_GREY: (1, 2, 4, 8), _PALETTE: (1, 2, 4, 8)}
"""Bits of a sample up to 8 (11.2.2); whoever is not named has 8 only."""
_FINEST: Final = 16
_LETTERS: Final = {b"IHDR": "H", b"PLTE": "P", b"tRNS": "T", b"IDAT": "D", b"IEND": "E"}
_ORDER: Final = re.compile("Ha*(?:Pa*)?(?:Ta*)?D+a*E")
"""Chunks in their order (5.6); ``a`` is any other that may be skipped."""
_KIND: Final = re.compile(rb"[A-Za-z]{4}")
_MAY_BE_SKIPPED: Final = 0x20
_PASSES: Final = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""Adam7 (8.2): first column and row, and the steps between columns and rows."""


@dataclass(frozen=True, slots=True)
class _Header:
    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool

    def raw_size(self) -> int:
        """Return how many bytes the rows take, each with its filter (7.2)."""
        bits = self.depth * _CHANNELS[self.colour]
        passes = _PASSES if self.interlaced else ((0, 0, 1, 1),)
        size = 0
        for x, y, across, down in passes:
            columns, rows = -((x - self.width) // across), -((y - self.height) // down)
            if columns > 0 and rows > 0:
                size += rows * (1 + (columns * bits + 7) // 8)
        return size


def read_png(data: bytes, *, file: str) -> Image.Image:
    """Return the picture as RGBA, 8 bits a sample.

    Raises ``MarkUnusable`` that names ``file``: ``picture-large`` (bytes), ``picture-not-png``,
    ``picture-damaged`` (with what), ``picture-size`` (pixels), ``picture-depth`` or
    ``picture-colour-key``.
    """
    if len(data) > MOST_BYTES:
        raise MarkUnusable("picture-large", file=file, limit=MOST_BYTES // 1024)
    if not data.startswith(_SIGNATURE):
        raise MarkUnusable("picture-not-png", file=file)
    chunks = _chunks(data, file)
    header = _header(dict(chunks)[b"IHDR"], file)
    _require_colours(header, dict(chunks), file)
    _require_rows(header, b"".join(part for kind, part in chunks if kind == b"IDAT"), file)
    kept = b"".join(_written(kind, part) for kind, part in chunks if kind in _LETTERS)
    try:
        with Image.open(BytesIO(_SIGNATURE + kept), formats=("PNG",)) as picture:
            picture.load()
            _require_known_colours(picture, dict(chunks), file)
            return picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        raise _damaged(file, "IDAT") from error


def _chunks(data: bytes, file: str) -> list[tuple[bytes, bytes]]:
    """Return the chunks in their order, each with a right check sum (5.3)."""
    found, at, kind = [], len(_SIGNATURE), b""
    while kind != b"IEND":
        if at + _HEAD.size > len(data):
            raise _damaged(file, "IEND")
        length, kind = _HEAD.unpack_from(data, at)
        name = kind.decode("ascii") if _KIND.fullmatch(kind) else "?"
        end = at + _HEAD.size + length
        if end + _NUMBER.size > len(data):
            raise _damaged(file, name)
        (check,) = _NUMBER.unpack_from(data, end)
        if name == "?" or check != zlib.crc32(data[at + 4 : end]):
            raise _damaged(file, name)
        found.append((kind, data[at + _HEAD.size : end]))
        at = end + _NUMBER.size
    order = "".join(_letter(kind, file) for kind, _ in found)
    if at != len(data) or found[-1][1] or not _ORDER.fullmatch(order):
        raise _damaged(file, "IEND" if at != len(data) else "order")
    return found


def _letter(kind: bytes, file: str) -> str:
    known = _LETTERS.get(kind)
    if known is None and not kind[0] & _MAY_BE_SKIPPED:
        raise _damaged(file, kind.decode("ascii"))
    return known or "a"


def _header(data: bytes, file: str) -> _Header:
    if len(data) != _HEADER.size:
        raise _damaged(file, "IHDR")
    width, height, depth, colour, packing, filtering, interlacing = _HEADER.unpack(data)
    if depth == _FINEST and colour in _CHANNELS:
        raise MarkUnusable("picture-depth", file=file)
    fits = depth in _DEPTHS.get(colour, (8,)) and colour in _CHANNELS
    if not fits or packing or filtering or interlacing > 1 or not (width and height):
        raise _damaged(file, "IHDR")
    if max(width, height) > MOST_SIDE:
        raise MarkUnusable("picture-size", file=file, width=width, height=height, limit=MOST_SIDE)
    return _Header(width, height, depth, colour, bool(interlacing))


def _require_colours(header: _Header, chunks: dict[bytes, bytes], file: str) -> None:
    """Require the palette that the header asks for, and transparency of no other kind."""
    palette, transparent = chunks.get(b"PLTE"), chunks.get(b"tRNS")
    if header.colour == _PALETTE:
        colours, rest = divmod(len(palette or b""), 3)
        if rest or not 0 < colours <= 1 << header.depth or len(transparent or b"") > colours:
            raise _damaged(file, "PLTE")
    elif transparent is not None:
        raise MarkUnusable("picture-colour-key", file=file)
    elif palette is not None and header.colour in (_GREY, _GREY_ALPHA):
        raise _damaged(file, "PLTE")


def _require_rows(header: _Header, packed: bytes, file: str) -> None:
    """Require that the data inflate to exactly the rows; a byte more is not even inflated."""
    unpacking, size = zlib.decompressobj(), header.raw_size()
    try:
        rows = unpacking.decompress(packed, size + 1)
    except zlib.error as error:
        raise _damaged(file, "IDAT") from error
    if len(rows) != size or not unpacking.eof or unpacking.unused_data:
        raise _damaged(file, "IDAT")


def _require_known_colours(picture: Image.Image, chunks: dict[bytes, bytes], file: str) -> None:
    """Require that no pixel names a colour beyond the palette."""
    if picture.mode != "P":
        return
    highest = max(picture.tobytes())
    if highest >= len(chunks[b"PLTE"]) // 3:
        raise _damaged(file, "PLTE")


def _written(kind: bytes, data: bytes) -> bytes:
    return _HEAD.pack(len(data), kind) + data + _NUMBER.pack(zlib.crc32(kind + data))


def _damaged(file: str, place: str) -> MarkUnusable:
    return MarkUnusable("picture-damaged", file=file, place=place)
