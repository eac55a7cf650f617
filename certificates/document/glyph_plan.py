"""The glyphs of the embedded font: those of the typeface, and one more for each shifted mark.

The numbers of the typeface are kept and the new glyphs follow them, in the order in which they are
asked for: the same requests give the same numbers. Every number stands for one text, so that what
is copied out of a page is what was set (ISO 32000-1, 9.10).
"""

from dataclasses import dataclass, field
from functools import cached_property

from certificates.document.typeface import Weight, typeface

Part = tuple[int, int, int]
"""Glyph of the typeface with its shift right and up, in font units."""


@dataclass(frozen=True, slots=True)
class PlannedGlyph:
    """One glyph of the embedded font."""

    parts: tuple[Part, ...]
    advance: int
    text: str
    """The characters it stands for; empty if no text uses it."""


@dataclass
class GlyphPlan:
    """Gives out glyph numbers."""

    weight: Weight
    added: list[PlannedGlyph] = field(default_factory=list)
    _texts: dict[int, str] = field(default_factory=dict)
    _numbers: dict[PlannedGlyph, int] = field(default_factory=dict)

    def number_of(self, parts: tuple[Part, ...], text: str, advance: int) -> int:
        """Return the number of the glyph that draws ``parts``, moves on and stands for ``text``."""
        wanted = PlannedGlyph(parts, advance, text)
        known = self._numbers.get(wanted)
        if known is not None:
            return known
        glyph, right, up = parts[0]
        own = len(parts) == 1 and (right, up) == (0, 0) and self.advances[glyph] == advance
        if own and self._texts.setdefault(glyph, text) == text:
            number = glyph
        else:
            number = len(self.advances) + len(self.added)
            self.added.append(wanted)
        self._numbers[wanted] = number
        return number

    def glyphs(self) -> list[PlannedGlyph]:
        """Return every glyph; its place in the list is its number."""
        own = [
            PlannedGlyph(((number, 0, 0),), advance, self._texts.get(number, ""))
            for number, advance in enumerate(self.advances)
        ]
        return own + self.added

    def reach(self, parts: list[Part]) -> tuple[int, int]:
        """Return the highest and the lowest ink of glyphs drawn together."""
        boxes = [(self._extents[glyph], up) for glyph, _, up in parts]
        tops = [up + box[1] for box, up in boxes]
        bottoms = [up + box[0] for box, up in boxes]
        return max([0, *tops]), min([0, *bottoms])

    @cached_property
    def advances(self) -> list[int]:
        """Widths of the typeface's own glyphs."""
        face = typeface(self.weight).outlines
        return [face["hmtx"][name][0] for name in face.getGlyphOrder()]

    @cached_property
    def _extents(self) -> list[tuple[int, int]]:
        """Lowest and highest ink of each glyph of the typeface; 0 and 0 for an empty one."""
        face = typeface(self.weight).outlines
        glyphs = [face["glyf"][name] for name in face.getGlyphOrder()]
        return [(getattr(each, "yMin", 0), getattr(each, "yMax", 0)) for each in glyphs]
