"""A small TrueType font made for one document: one glyph for each cluster it shows.

PDF programs place Thai marks well only when nothing is left to place: so every stacked cluster is
flattened into one simple glyph. The font is fit for a CIDFontType2 with the identity mapping
(ISO 32000-1, 9.7.4): glyph number = CID, CID 0 is the empty box, widths in the font and in the
PDF agree (ISO 19005-3, 6.2.11.5).
"""

import struct
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

from fontTools.ttLib.sfnt import SFNTWriter  # type: ignore[import-untyped]  # no stubs exist
from fontTools.ttLib.tables._g_l_y_f import (  # type: ignore[import-untyped]  # no stubs exist
    Glyph,
    GlyphCoordinates,
)
from fontTools.ttLib.tables.ttProgram import (  # type: ignore[import-untyped]  # no stubs exist
    Program,
)

from certificates.document.shaping import Cluster
from certificates.document.typeface import Weight, typeface

NOTDEF: Final = Cluster(text="", parts=((0, 0, 0),), advance=0, top=0, bottom=0)
_ON_CURVE: Final = 1
"""The one flag of a point that is about its shape; the others are written by the compiler."""
_LONG_OFFSETS: Final = 50
"""Where ``head`` says that ``loca`` holds 32-bit offsets (OpenType specification, head table)."""


@dataclass(frozen=True, slots=True)
class BakedFont:
    """A font file with what a PDF must say about it."""

    name: str
    file: bytes
    ids: dict[Cluster, int]
    """CID of each cluster; 1 and up."""
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]


def bake(clusters: frozenset[Cluster], weight: Weight) -> BakedFont:
    """Return the font for ``clusters``; equal clusters give equal bytes, in whatever order."""
    face = typeface(weight)
    ordered = sorted(clusters, key=lambda each: (each.text, each.advance, each.parts))
    glyphs = [_glyph(each, weight) for each in [NOTDEF, *ordered]]
    metrics = [face.outlines["hmtx"][".notdef"][0], *(each.advance for each in ordered)]
    head, hhea = face.outlines["head"], face.outlines["hhea"]
    return BakedFont(
        name=face.name,
        file=_font_file(glyphs, metrics, weight),
        ids={cluster: number for number, cluster in enumerate(ordered, start=1)},
        ascent=hhea.ascent,
        descent=hhea.descent,
        cap_height=face.outlines["OS/2"].sCapHeight,
        box=(head.xMin, head.yMin, head.xMax, head.yMax),
    )


@dataclass(frozen=True, slots=True)
class _Outline:
    """One compiled glyph with the figures other tables repeat."""

    data: bytes
    left: int
    points: int
    contours: int


@lru_cache(maxsize=20_000)
def _glyph(cluster: Cluster, weight: Weight) -> _Outline:
    """Flatten the parts of a cluster into one simple glyph and compile it."""
    outlines = typeface(weight).outlines
    order, table = outlines.getGlyphOrder(), outlines["glyf"]
    glyph = Glyph()
    glyph.numberOfContours, glyph.endPtsOfContours = 0, []
    points, flags = GlyphCoordinates(), bytearray()
    for number, right, up in cluster.parts:
        outline, ends, on_curve = table[order[number]].getCoordinates(table)
        glyph.endPtsOfContours += [end + len(points) for end in ends]
        shifted = outline.copy()
        shifted.translate((right, up))
        points.extend(shifted)
        flags.extend(flag & _ON_CURVE for flag in on_curve)
    if not glyph.endPtsOfContours:
        return _Outline(b"", 0, 0, 0)
    glyph.numberOfContours = len(glyph.endPtsOfContours)
    glyph.coordinates, glyph.flags = points, flags
    glyph.program = Program()
    glyph.program.fromBytecode(b"")
    glyph.recalcBounds(table)
    data = glyph.compile(table, recalcBBoxes=False)
    padded = data + bytes(-len(data) % 4)
    return _Outline(padded, glyph.xMin, len(points), glyph.numberOfContours)


def _font_file(glyphs: list[_Outline], advances: list[int], weight: Weight) -> bytes:
    """Put the tables together that ISO 32000-1, 9.9 asks of an embedded CIDFontType2."""
    offsets = [0]
    for glyph in glyphs:
        offsets.append(offsets[-1] + len(glyph.data))
    source = typeface(weight).outlines
    head = bytearray(source.getTableData("head"))
    head[_LONG_OFFSETS : _LONG_OFFSETS + 2] = struct.pack(">h", 1)
    hhea = bytearray(source.getTableData("hhea"))
    hhea[-2:] = struct.pack(">H", len(glyphs))
    maxp = bytearray(source.getTableData("maxp"))
    most = (len(glyphs), max(each.points for each in glyphs), max(g.contours for g in glyphs), 0, 0)
    maxp[4:14] = struct.pack(">5H", *most)
    metrics = zip(advances, glyphs, strict=True)
    tables = {
        "glyf": b"".join(glyph.data for glyph in glyphs),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": b"".join(struct.pack(">Hh", advance, each.left) for advance, each in metrics),
        "loca": struct.pack(f">{len(offsets)}L", *offsets),
        "maxp": bytes(maxp),
    }
    written = BytesIO()
    writer = SFNTWriter(written, len(tables))
    for tag, data in tables.items():
        writer[tag] = data
    writer.close()
    return written.getvalue()
