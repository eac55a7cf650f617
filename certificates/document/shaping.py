"""Thai and Latin text as a row of clusters, shaped by HarfBuzz.

A cluster is what a reader sees as one sign: a consonant with the vowel and the tone mark stacked
on it. Everything inside a cluster is placed here, once, and later becomes a single glyph of the
embedded font (``baking``); a line is then a plain row of glyphs without any shifts, the marks
cannot come apart in a reader's program, and each glyph maps to exactly the characters it stands
for. SARA AM, which shaping takes apart and reorders around the tone mark, stays whole this way.
"""

from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb  # type: ignore[import-untyped]  # no stubs are published

from certificates.document.typeface import UNITS_PER_EM, Weight, typeface


@dataclass(frozen=True, slots=True)
class Cluster:
    """One sign of a line: its characters, the outlines it is drawn from, and its advance."""

    text: str
    parts: tuple[tuple[int, int, int], ...]
    """Glyph of the typeface with its shift right and up, in font units."""
    advance: int
    """Width in font units, kerning to the next cluster included."""
    top: int
    """How far the ink reaches above the baseline, in font units; 0 for a space."""
    bottom: int
    """How far the ink reaches below the baseline, as a negative number; 0 if it does not."""


@lru_cache(maxsize=20_000)
def shape(text: str, weight: Weight) -> tuple[Cluster, ...]:
    """Return the clusters of one line of text, in reading order.

    Together they hold every character of ``text`` exactly once. The text is taken as Thai, left to
    right; characters without a glyph come out as the typeface's empty box, so ask first.
    """
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character) for character in text])
    buffer.direction, buffer.script, buffer.language = "ltr", "Thai", "th"
    hb.shape(typeface(weight).shaper, buffer)
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    parts: dict[int, list[tuple[int, int, int]]] = {start: [] for start in starts}
    pens = dict.fromkeys(starts, 0)
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen = pens[info.cluster]
        parts[info.cluster].append((info.codepoint, pen + position.x_offset, position.y_offset))
        pens[info.cluster] = pen + position.x_advance
    return tuple(
        Cluster(text[at : ends[at]], tuple(parts[at]), pens[at], *_reach(parts[at], weight))
        for at in starts
    )


def _reach(parts: list[tuple[int, int, int]], weight: Weight) -> tuple[int, int]:
    """Return the highest and the lowest ink of a cluster."""
    shaper = typeface(weight).shaper
    boxes = [(shaper.get_glyph_extents(glyph), up) for glyph, _, up in parts]
    tops = [up + box.y_bearing for box, up in boxes if box is not None]
    bottoms = [up + box.y_bearing + box.height for box, up in boxes if box is not None]
    return max([0, *tops]), min([0, *bottoms])


def width_of(clusters: tuple[Cluster, ...], size: float) -> float:
    """Return the width in points of a row of clusters at ``size`` points."""
    return sum(cluster.advance for cluster in clusters) * size / UNITS_PER_EM
