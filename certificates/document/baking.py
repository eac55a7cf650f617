"""The fonts a document embeds: TrueType files with every mark position baked in as a glyph.

PDF programs place Thai marks well only when nothing is left to place: so every shifted mark is a
composite glyph of its own. A font is fit for a CIDFontType2 with the identity mapping
(ISO 32000-1, 9.7.4): glyph number = CID, CID 0 is the empty box, widths in the font and in the
PDF agree (ISO 19005-3, 6.2.11.5). Glyph numbers never change; a font for few texts only leaves the
other outlines empty.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import accumulate
from typing import Final

from fontTools.ttLib.sfnt import SFNTWriter  # type: ignore[import-untyped]  # no stubs exist

from certificates.document.glyph_plan import PlannedGlyph
from certificates.document.shaping import (
    COMMON_TONES,
    COMMON_VOWELS,
    CONSONANTS,
    RARE_CONSONANTS,
    SARA_AM,
    cluster_table,
)
from certificates.document.typeface import THAI, WEB_SIGNS, Weight, typeface

_OFFSET_FORMAT: Final = 50
"""Where ``head`` says how ``loca`` is written (OpenType specification, head table)."""
_HALVED: Final = 0
"""As halves of offsets, 16 bits each: with every outline a font has half of what these reach."""
_COMPOSITE: Final = -1
_WORDS_XY_ROUND: Final = 0x0001 | 0x0002 | 0x0004
"""Flags of a component: its two arguments are 16-bit shifts, rounded to the grid (glyf table)."""
_MORE_COMPONENTS: Final = 0x0020
_DEEPEST: Final = 3
"""A mark of ours, made of a letter of the typeface, made of two others."""


@dataclass(frozen=True, slots=True)
class BakedFont:
    """What every font file of one weight has in common."""

    name: str
    glyphs: tuple[PlannedGlyph, ...]
    outlines: tuple[bytes, ...]
    """Each glyph as the ``glyf`` table has it, padded to four bytes."""
    lefts: tuple[int, ...]
    """Left side bearings."""
    components: dict[int, tuple[int, ...]]
    """Glyphs that composite glyphs are drawn with."""
    everyday: frozenset[int]
    """Glyphs of Thai and Basic Latin as they are usually written."""
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]


@cache
def baked(weight: Weight) -> BakedFont:
    """Return one weight with all glyphs of its plan; equal in every process."""
    face = typeface(weight)
    glyphs = tuple(cluster_table(weight).plan.glyphs())
    head, hhea = face.outlines["head"], face.outlines["hhea"]
    outlines, lefts, components = _outlines(glyphs, weight)
    return BakedFont(
        name=face.name,
        glyphs=glyphs,
        outlines=outlines,
        lefts=lefts,
        components=components,
        everyday=_everyday(weight),
        ascent=hhea.ascent,
        descent=hhea.descent,
        cap_height=face.outlines["OS/2"].sCapHeight,
        box=(head.xMin, head.yMin, head.xMax, head.yMax),
    )


def font_file(weight: Weight, used: Iterable[int]) -> bytes:
    """Return a TrueType file with the outlines of ``used`` and of what they are drawn with.

    All other glyphs keep their numbers and are empty. The same glyphs, in whatever order,
    give the same bytes: the tables that ISO 32000-1, 9.9 asks of an embedded CIDFontType2.
    """
    font = baked(weight)
    kept = _with_components(used, font.components)
    outlines = [data if number in kept else b"" for number, data in enumerate(font.outlines)]
    offsets = [0, *accumulate(map(len, outlines))]
    advances = [each.advance if number in kept else 0 for number, each in enumerate(font.glyphs)]
    lefts = [left if number in kept else 0 for number, left in enumerate(font.lefts)]
    tables = {
        **_constant_tables(weight),
        "glyf": b"".join(outlines),
        **_metrics(weight, advances, lefts),
        "loca": struct.pack(f">{len(offsets)}H", *[offset // 2 for offset in offsets]),
    }
    written = BytesIO()
    writer = SFNTWriter(written, len(tables))
    for tag in sorted(tables):
        writer[tag] = tables[tag]
    writer.close()
    return written.getvalue()


def _with_components(used: Iterable[int], components: dict[int, tuple[int, ...]]) -> set[int]:
    kept, waiting = set[int](), [0, *used]
    while waiting:
        number = waiting.pop()
        if number not in kept:
            kept.add(number)
            waiting += components.get(number, ())
    return kept


def _metrics(weight: Weight, advances: Sequence[int], lefts: Sequence[int]) -> dict[str, bytes]:
    """Return the tables of widths; the last one is said once for all glyphs that have it too."""
    count = len(advances)
    while count > 1 and advances[count - 2] == advances[-1]:
        count -= 1
    both = b"".join(map(struct.Struct(">Hh").pack, advances[:count], lefts))
    return {
        "hhea": _constant_tables(weight)["hhea"][:-2] + struct.pack(">H", count),
        "hmtx": both + struct.pack(f">{len(lefts) - count}h", *lefts[count:]),
    }


@cache
def _constant_tables(weight: Weight) -> dict[str, bytes]:
    """Return the tables that do not depend on which glyphs are kept."""
    source, font = typeface(weight).outlines, baked(weight)
    head = bytearray(source.getTableData("head"))
    head[_OFFSET_FORMAT : _OFFSET_FORMAT + 2] = struct.pack(">h", _HALVED)
    maxp = bytearray(source.getTableData("maxp"))
    maxp[4:6] = struct.pack(">H", len(font.glyphs))
    maxp[28:32] = struct.pack(">2H", _DEEPEST, _DEEPEST)
    return {
        "head": bytes(head),
        "hhea": source.getTableData("hhea"),
        "maxp": bytes(maxp),
    }


def _outlines(
    glyphs: Sequence[PlannedGlyph], weight: Weight
) -> tuple[tuple[bytes, ...], tuple[int, ...], dict[int, tuple[int, ...]]]:
    """Compile every glyph; return outlines, left side bearings and components."""
    source = typeface(weight).outlines
    table, order = source["glyf"], source.getGlyphOrder()
    numbers = {name: number for number, name in enumerate(order)}
    outlines, lefts, components = [], [], {}
    for number, glyph in enumerate(glyphs):
        if number < len(order):
            own = table[order[number]]
            own.removeHinting()
            data, left = own.compile(table), getattr(own, "xMin", 0)
            drawn_with = tuple(numbers[name] for name in own.getComponentNames(table))
        else:
            data, left = _composite(glyph, [table[order[part[0]]] for part in glyph.parts])
            drawn_with = tuple(part[0] for part in glyph.parts)
        outlines.append(data + bytes(len(data) % 2))
        lefts.append(left)
        if drawn_with:
            components[number] = drawn_with
    return tuple(outlines), tuple(lefts), components


def _composite(glyph: PlannedGlyph, drawn: Sequence[object]) -> tuple[bytes, int]:
    """Write a composite glyph (OpenType specification, glyf table); return its left edge too."""
    boxes = [
        (
            getattr(each, "xMin", 0) + right,
            getattr(each, "yMin", 0) + up,
            getattr(each, "xMax", 0) + right,
            getattr(each, "yMax", 0) + up,
        )
        for each, (_, right, up) in zip(drawn, glyph.parts, strict=True)
        if getattr(each, "numberOfContours", 0)
    ]
    if not boxes:
        return b"", 0
    lows, highs = [box[:2] for box in boxes], [box[2:] for box in boxes]
    left, bottom = (min(edge) for edge in zip(*lows, strict=True))
    right, top = (max(edge) for edge in zip(*highs, strict=True))
    data = struct.pack(">5h", _COMPOSITE, left, bottom, right, top)
    for place, (number, across, up) in enumerate(glyph.parts, start=1):
        more = _MORE_COMPONENTS if place < len(glyph.parts) else 0
        data += struct.pack(">2H2h", _WORDS_XY_ROUND | more, number, across, up)
    return data, left


def _everyday(weight: Weight) -> frozenset[int]:
    """Return the glyphs that almost every text is set with."""
    alone = set(map(chr, range(0x20, 0x7F))) | THAI | set(WEB_SIGNS)
    bases, marks = (
        set(CONSONANTS) - set(RARE_CONSONANTS),
        set(COMMON_VOWELS + COMMON_TONES + SARA_AM),
    )
    return frozenset(
        number
        for text, cluster in cluster_table(weight).clusters.items()
        if text in alone or (text[0] in bases and set(text[1:]) <= marks)
        for number in cluster.ids
    )
