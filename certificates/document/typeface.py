"""The typeface of everything that is printed: Sarabun, and what it can and cannot set.

The files come with the package ``fontpkg-sarabun`` (SIL Open Font Licence 1.1); none is copied
into this project. Units are those of the font: 1,000 to the em.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import uharfbuzz as hb  # type: ignore[import-untyped]  # no stubs are published
from fontTools.subset import (  # type: ignore[import-untyped]  # no stubs are published
    Options,
    Subsetter,
)
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs are published

UNITS_PER_EM: Final = 1000
WEB_SIGNS: Final = "–—‘’“”•…·→×฿"
"""Signs beyond Thai and Basic Latin that the web pages use. Sarabun has no ✓."""
THAI: Final = frozenset(map(chr, [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]))
"""Every character of the Thai block."""

_PACKAGE = "fontpkg_sarabun"


class Weight(StrEnum):
    """The two weights in use."""

    REGULAR = "Regular"
    BOLD = "Bold"


@dataclass(frozen=True, slots=True)
class Typeface:
    """One weight, opened for shaping (HarfBuzz) and for taking outlines (fontTools)."""

    name: str
    """PostScript name, for example ``Sarabun-Bold``."""
    shaper: hb.Font
    outlines: TTFont
    characters: frozenset[int]
    """Every code point the typeface has a glyph for."""


@cache
def typeface(weight: Weight) -> Typeface:
    """Return one weight; the same object every time."""
    data = font_bytes(weight)
    # A recalculated time stamp would put the present moment into every document's font.
    outlines = TTFont(BytesIO(data), lazy=False, recalcTimestamp=False)
    return Typeface(
        name=f"Sarabun-{weight.value}",
        shaper=hb.Font(hb.Face(data)),
        outlines=outlines,
        characters=frozenset(outlines.getBestCmap()),
    )


def font_bytes(weight: Weight) -> bytes:
    """Return the TrueType file of one weight, complete."""
    return files(_PACKAGE).joinpath("files", f"Sarabun-{weight.value}.ttf").read_bytes()


def missing_character(text: str, weight: Weight) -> str | None:
    """Return the first character of ``text`` without a glyph in this weight, or None."""
    known = typeface(weight).characters
    return next((character for character in text if ord(character) not in known), None)


@cache
def web_font(weight: Weight) -> bytes:
    """Return a WOFF2 subset for web pages: Thai, Basic Latin and ``WEB_SIGNS``.

    Layout features are kept: without mark positioning Thai tone marks collide in a browser.
    """
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.notdef_outline = True
    options.hinting = False
    font = TTFont(BytesIO(font_bytes(weight)), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(
        unicodes=[*range(0x20, 0x7F), 0xA0, *range(0x0E01, 0x0E5C), *map(ord, WEB_SIGNS)]
    )
    subsetter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()
