"""A picture as image XObject (ISO 32000-1, 8.9.5), in the fewest bytes that lose nothing.

Colours are device colours under the sRGB output intent (ISO 19005-3, 6.2.4.3); transparency is a
soft mask (11.6.5.3), which an archive may have (ISO 19005-3, 6.2.10).
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from struct import unpack_from
from typing import Final

from PIL import Image

from certificates.document.issuer_marks import Raster

_MOST_COLOURS: Final = 256
_OPAQUE: Final = 255
_WHITE: Final = (255, 255, 255)
_CHANNELS: Final = {"L": 1, "RGB": 3, "P": 1}
_PNG_HEAD: Final = 8
_BEST: Final = 9


def raster_of(picture: Image.Image) -> Raster:
    """Return an RGBA picture as it will stand in files; the same picture, the same bytes.

    What is wholly clear takes another colour, which nobody sees: that of the strokes where all of
    them have one, as a signature does, and white elsewhere, as the page below it. Programs that
    smooth a picture then blend its edges with no third colour.
    """
    opaque, colour = picture.getchannel("A"), picture.convert("RGB")
    seen = opaque.point([0] + [_OPAQUE] * _OPAQUE)
    below = Image.new("RGB", picture.size, _only_colour(colour, seen) or _WHITE)
    colour = Image.composite(colour, below, seen)
    mask = None if opaque.getextrema() == (_OPAQUE, _OPAQUE) else _smallest(opaque, None)
    return _smallest(_without_colour(colour) or colour, mask, palette=True)


def shows_nothing(picture: Image.Image) -> bool:
    """Tell whether nobody would see an RGBA picture on a white page."""
    page = Image.new("RGBA", picture.size, (*_WHITE, _OPAQUE))
    return set(Image.alpha_composite(page, picture).getextrema()) == {(_OPAQUE, _OPAQUE)}


def _only_colour(picture: Image.Image, seen: Image.Image) -> tuple[int, ...] | None:
    """Return the colour of all that is seen, or None where there are several."""
    counts = [band.histogram(seen) for band in picture.split()]
    used = [[value for value, count in enumerate(each) if count] for each in counts]
    return tuple(each[0] for each in used) if all(len(each) == 1 for each in used) else None


def _without_colour(picture: Image.Image) -> Image.Image | None:
    """Return a picture that has only greys as such, None for any other."""
    red, green, blue = picture.split()
    return red if red.tobytes() == green.tobytes() == blue.tobytes() else None


def _smallest(picture: Image.Image, mask: Raster | None, *, palette: bool = False) -> Raster:
    ways = [(_samples(picture.mode), zlib.compress(picture.tobytes(), _BEST)), _by_rows(picture)]
    if palette:
        ways += _by_palette(picture)
    entries, data = min(ways, key=lambda way: len(way[0]) + len(way[1]))
    return Raster(picture.width, picture.height, entries, data, mask)


def _samples(mode: str) -> str:
    space = "/DeviceGray" if mode == "L" else "/DeviceRGB"
    return f"/ColorSpace{space}/BitsPerComponent 8"


def _by_rows(picture: Image.Image) -> tuple[str, bytes]:
    """Pack each row as its differences from what is beside or above it (7.4.4.4)."""
    _, data = _png(picture)
    return _samples(picture.mode) + _predicted(picture, 8), data


def _by_palette(picture: Image.Image) -> Iterator[tuple[str, bytes]]:
    """Yield the picture as numbers of its colours, where it has few enough."""
    colours = picture.getcolors(_MOST_COLOURS)
    if colours is None:
        return
    grey = picture.mode == "L"
    values = sorted(value if isinstance(value, tuple) else (int(value),) for _, value in colours)
    numbers = {value: number for number, value in enumerate(values)}
    data = picture.tobytes()
    each = zip(*[iter(data)] * _CHANNELS[picture.mode], strict=True)
    numbered = Image.frombytes("P", picture.size, bytes(map(numbers.__getitem__, each)))
    listed = bytes(part for value in values for part in value)
    numbered.putpalette(bytes(3 * len(values)) if grey else listed)
    depth, packed = _png(numbered)
    base = "/DeviceGray" if grey else "/DeviceRGB"
    space = f"/ColorSpace[/Indexed{base} {len(values) - 1}<{listed.hex()}>]"
    yield f"{space}/BitsPerComponent {depth}{_predicted(numbered, depth)}", packed


def _predicted(picture: Image.Image, depth: int) -> str:
    return (
        f"/DecodeParms<</Predictor 15/Colors {_CHANNELS[picture.mode]}"
        f"/BitsPerComponent {depth}/Columns {picture.width}>>"
    )


def _png(picture: Image.Image) -> tuple[int, bytes]:
    """Return bits of a sample and deflated rows, as the library packs them into a PNG file."""
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    data = written.getvalue()
    chunks = dict[bytes, bytes]()
    at = _PNG_HEAD
    while at < len(data):
        (length,) = unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        chunks[kind] = chunks.get(kind, b"") + data[at + 8 : at + 8 + length]
        at += length + 12
    return chunks[b"IHDR"][8], chunks[b"IDAT"]
