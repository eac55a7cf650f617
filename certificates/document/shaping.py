"""Thai and Latin text as a row of clusters, looked up in a table that HarfBuzz filled beforehand.

A cluster is what a reader sees as one sign: a consonant with the vowel and the tone mark stacked
on it. Each one that Thai knows is shaped once, when the program starts; from then on a text is set
by look-ups alone. Every shifted mark has become a glyph of its own (``glyph_plan``), so a line is a
plain row of glyph numbers, the marks cannot come apart in a reader's program, and each number
stands for exactly its characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product
from operator import add, attrgetter
from string import ascii_letters
from typing import Final

import uharfbuzz as hb  # type: ignore[import-untyped]  # no stubs are published

from certificates.document.glyph_plan import GlyphPlan, Part
from certificates.document.typeface import THAI, UNITS_PER_EM, WEB_SIGNS, Weight, typeface

CONSONANTS: Final = "".join(map(chr, range(0x0E01, 0x0E2F)))
STACKED_VOWELS: Final = "ัิีึืฺุู็ํ"
"""What stands over or under a consonant and may carry a tone mark."""
TONES: Final = "่้๊๋์๎"
SARA_AM: Final = "ำ"
MARKS: Final = frozenset(STACKED_VOWELS + TONES + SARA_AM) | set(map(chr, range(0x300, 0x370)))
_CLUSTERS: Final = re.compile(
    f"[{CONSONANTS}](?:[{TONES}]?{SARA_AM}|[{STACKED_VOWELS}]?[{TONES}]?)|.", re.DOTALL
)
RARE_CONSONANTS: Final = "ฃฅ"
COMMON_VOWELS: Final = "ัิีึืุู็"
COMMON_TONES: Final = "่้๊๋์"
_COMMON_CONSONANTS: Final = "".join(sorted(set(CONSONANTS) - set(RARE_CONSONANTS)))
_STANDING: Final = "".join(sorted(THAI - MARKS - set(CONSONANTS)))
_EVERYDAY: Final = re.compile(
    f"(?:[ -~{WEB_SIGNS}{_STANDING}]"
    f"|[{_COMMON_CONSONANTS}](?:[{COMMON_TONES}]?{SARA_AM}|[{COMMON_VOWELS}]?[{COMMON_TONES}]?))*"
)
_ADVANCE: Final = attrgetter("advance")
_CODE: Final = attrgetter("code")
_KERNED: Final = ascii_letters + ".,-'"
GRID: Final = 4
"""Marks stand at multiples of this many font units. Half of it is 0.03 mm in the largest text; a
quarter of the bold glyphs would differ from another by no more than that."""
_NO_LIGATURES: Final = {"liga": False}
"""A joined fi would be one glyph for two letters; copied out of a page it would not be found."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One sign of a line: its characters, its glyphs, and its advance."""

    text: str
    ids: tuple[int, ...]
    """Glyphs of the embedded font, in the order of the characters they stand for."""
    code: str
    """The same as hexadecimal digits of a PDF string, four a glyph."""
    advance: int
    """Width in font units, kerning to the next cluster included."""
    top: int
    """How far the ink reaches above the baseline, in font units; 0 for a space."""
    bottom: int
    """How far the ink reaches below the baseline, as a negative number; 0 if it does not."""
    kern: int = 0
    """Of ``advance``, what the next cluster takes away or adds."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of clusters in reading order."""

    clusters: tuple[Cluster, ...]
    advance: int
    """Width in font units."""
    shown: str
    """The operator that shows it (ISO 32000-1, 9.4.3)."""

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(cluster.text for cluster in self.clusters)

    @property
    def top(self) -> int:
        """How far the ink reaches above the baseline, in font units."""
        return max(cluster.top for cluster in self.clusters)

    @property
    def bottom(self) -> int:
        """How far the ink reaches below the baseline, as a negative number."""
        return min(cluster.bottom for cluster in self.clusters)

    def glyphs(self) -> set[int]:
        """Return the glyphs it is set with."""
        return {number for cluster in self.clusters for number in cluster.ids}

    def width(self, size: float) -> float:
        """Return the width in points at ``size`` points."""
        return self.advance * size / UNITS_PER_EM


class _Clusters(dict[str, Cluster]):
    """Every cluster by its text; a character without a glyph has the typeface's empty box."""

    def __missing__(self, text: str) -> Cluster:
        return Cluster(text, (0,), "0000", 0, top=0, bottom=0)


@dataclass(frozen=True, slots=True)
class ClusterTable:
    """What setting a text needs to know of one weight."""

    clusters: _Clusters
    kerning: dict[str, int]
    """Pairs of Latin letters that come closer or part, in font units."""
    plan: GlyphPlan
    """The glyphs that the clusters are made of."""


@cache
def cluster_table(weight: Weight) -> ClusterTable:
    """Shape every cluster of a weight; the same numbers in every process."""
    plan, clusters = GlyphPlan(weight), _Clusters()
    characters = sorted(typeface(weight).characters)
    texts = [*map(chr, characters), *_stacks()]
    # Neighbours that are much alike, and what is seldom drawn at the end: less to embed.
    for text in sorted(texts, key=is_everyday, reverse=True):
        clusters[text] = _shaped(text, weight, plan)
    return ClusterTable(clusters, _kerning(weight), plan)


@lru_cache(maxsize=20_000)
def shape(text: str, weight: Weight) -> Line:
    """Return the clusters of one line of text.

    Together they hold every character of ``text`` exactly once. A mark that stands where no
    consonant can carry it is a cluster by itself; a character without a glyph is the typeface's
    empty box: ask first (``typesetting``).
    """
    table = cluster_table(weight)
    row = list(map(table.clusters.__getitem__, _CLUSTERS.findall(text)))
    advance = sum(map(_ADVANCE, row))
    pairs = map(add, text, text[1:])
    if not any(map(table.kerning.__contains__, pairs)):
        return Line(tuple(row), advance, f"<{''.join(map(_CODE, row))}> Tj")
    _kern(row, table.kerning)
    shown = "".join([f"{one.code}>{-one.kern}<" if one.kern else one.code for one in row])
    return Line(tuple(row), advance + sum([one.kern for one in row]), f"[<{shown}>] TJ")


@lru_cache(maxsize=20_000)
def is_everyday(text: str) -> bool:
    """Tell whether a text is well formed and needs no glyph besides the everyday ones."""
    return _EVERYDAY.fullmatch(text) is not None


def parts_of(cluster: Cluster, weight: Weight) -> list[Part]:
    """Return what a cluster is drawn from: glyphs of the typeface with their shifts."""
    glyphs, pen, found = cluster_table(weight).plan.glyphs(), 0, []
    for number in cluster.ids:
        found += [(glyph, pen + right, up) for glyph, right, up in glyphs[number].parts]
        pen += glyphs[number].advance
    return found


def misplaced_mark(text: str) -> str | None:
    """Return the first mark of ``text`` that no letter before it can carry, or None."""
    return next((one for one in _CLUSTERS.findall(text) if one in MARKS), None)


def _stacks() -> Iterator[str]:
    """Yield every consonant with every vowel and tone mark that may stand on it."""
    for tone, consonant in product(["", *TONES], CONSONANTS):
        yield consonant + tone + SARA_AM
    for vowel, tone, consonant in product(["", *STACKED_VOWELS], ["", *TONES], CONSONANTS):
        if vowel or tone:
            yield consonant + vowel + tone


def _shaped(text: str, weight: Weight, plan: GlyphPlan) -> Cluster:
    """Shape one cluster and give each of its characters a glyph."""
    parts, advances = _placed(text, weight)
    drawn = _by_character(text, parts, advances)
    ids = tuple(plan.number_of(each, said, advance) for said, each, advance in drawn)
    top, bottom = plan.reach(parts)
    code = "".join(f"{number:04X}" for number in ids)
    return Cluster(text, ids, code, sum(advances), top=top, bottom=bottom)


def _placed(text: str, weight: Weight) -> tuple[list[Part], list[int]]:
    """Return what HarfBuzz makes of a text: glyphs with shifts from their own pen, and advances.

    The shifts are rounded to ``GRID``.
    """
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Thai", "th"
    hb.shape(typeface(weight).shaper, buffer, _NO_LIGATURES)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    parts = [
        (info.codepoint, _on_grid(place.x_offset), _on_grid(place.y_offset))
        for info, place in zip(infos, positions, strict=True)
    ]
    return parts, [place.x_advance for place in positions]


def _on_grid(shift: int) -> int:
    """Return the multiple of ``GRID`` next to a shift in font units."""
    return round(shift / GRID) * GRID


def _by_character(
    text: str, parts: list[Part], advances: list[int]
) -> Iterator[tuple[str, tuple[Part, ...], int]]:
    """Share the glyphs of a cluster out among its characters, in the order of the characters.

    Shaping takes SARA AM apart into a circle, moved before the tone mark, and AA; it may join
    circle and tone in one glyph. The circle stands with AA again, or the joined glyph for the tone
    alone: nothing is drawn elsewhere by that, only counted elsewhere.
    """
    circle = parts[1] if text.endswith(SARA_AM) and len(parts) > len(text) else None
    if circle is not None:
        parts, advances = [parts[0], *parts[2:]], [advances[0], *advances[2:]]
    joined = len(text) - len(parts)
    for number, (part, advance) in enumerate(zip(parts, advances, strict=True)):
        last = number == len(parts) - 1
        said = text[number:] if last else text[number]
        if last and joined not in {0, 1}:
            raise ValueError(f"glyphs of {text!r} do not match its characters")
        yield said, ((circle, part) if last and circle is not None else (part,)), advance


def _kerning(weight: Weight) -> dict[str, int]:
    table = {}
    single = {letter: _placed(letter, weight)[1][0] for letter in _KERNED}
    for left, right in product(_KERNED, repeat=2):
        change = _placed(left + right, weight)[1][0] - single[left]
        if change:
            table[left + right] = change
    return table


def _kern(row: list[Cluster], kerning: dict[str, int]) -> None:
    for number in range(len(row) - 1):
        left = row[number]
        change = kerning.get(left.text + row[number + 1].text)
        if change:
            row[number] = replace(left, advance=left.advance + change, kern=change)
