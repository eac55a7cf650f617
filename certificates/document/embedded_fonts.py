"""A font as PDF objects: composite font, descendant, descriptor, file, and what its glyphs mean.

ISO 32000-1: composite fonts 9.7, descriptors 9.8, ToUnicode 9.10.3.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import Final

from certificates.document.baking import BakedFont, baked, font_file
from certificates.document.objects import PdfObject, stream
from certificates.document.typeface import Weight

RESOURCE: Final = {Weight.REGULAR: "R", Weight.BOLD: "B"}
"""Names under which pages use the fonts."""
OBJECTS: Final = 5
"""Objects of one font; the first is the one that a page names."""
_MAPPINGS_IN_ONE_BLOCK: Final = 100
_STEM: Final = {Weight.REGULAR: 80, Weight.BOLD: 140}
_SYMBOLIC: Final = 4
_LEVEL: Final = 9
_LEVEL_OF_ONE_DOCUMENT: Final = 6


@cache
def everyday_font(weight: Weight, first: int) -> list[PdfObject]:
    """Return the objects of the font that almost every document embeds."""
    return _objects(weight, baked(weight).everyday, first=first, level=_LEVEL)


def own_font(weight: Weight, used: Iterable[int], first: int) -> list[PdfObject]:
    """Return the objects of a font for one document, with the outlines it uses only."""
    return _objects(weight, used, first=first, level=_LEVEL_OF_ONE_DOCUMENT)


def _objects(weight: Weight, used: Iterable[int], *, first: int, level: int) -> list[PdfObject]:
    font, numbers = baked(weight), sorted(used)
    file = font_file(weight, numbers)
    digest = sha256(file).digest()
    name = f"{''.join(chr(65 + byte % 26) for byte in digest[:6])}+{font.name}"
    return [
        PdfObject(
            first,
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{first + 1} 0 R]/ToUnicode {first + 4} 0 R>>",
        ),
        PdfObject(
            first + 1,
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/CIDToGIDMap/Identity/DW 0/W[{_widths(font, numbers)}]"
            f"/FontDescriptor {first + 2} 0 R>>",
        ),
        PdfObject(first + 2, _descriptor(font, weight, name, first + 3)),
        stream(first + 3, file, f"/Length1 {len(file)}", level=level),
        stream(first + 4, _to_unicode(font, numbers), level=level),
    ]


def _widths(font: BakedFont, numbers: list[int]) -> str:
    """Return the widths of glyphs that have one, runs of neighbours together (9.7.4.3)."""
    written, before = [], -1
    for number in numbers:
        advance = font.glyphs[number].advance
        if not advance:
            continue
        if number != before + 1:
            written.append(f"]{number}[{advance}")
        else:
            written.append(str(advance))
        before = number
    return " ".join(written).replace(" ]", "]").removeprefix("]") + ("]" if written else "")


def _descriptor(font: BakedFont, weight: Weight, name: str, file: int) -> str:
    box = " ".join(map(str, font.box))
    return (
        f"<</Type/FontDescriptor/FontName/{name}/Flags {_SYMBOLIC}/FontBBox[{box}]/ItalicAngle 0"
        f"/Ascent {font.ascent}/Descent {font.descent}/CapHeight {font.cap_height}"
        f"/StemV {_STEM[weight]}/FontFile2 {file} 0 R>>"
    )


def _to_unicode(font: BakedFont, numbers: list[int]) -> bytes:
    """Map each glyph to all the characters it stands for, in the order they were written.

    Glyphs whose numbers follow each other are one range, which must not leave its high byte.
    """
    texts = {number: font.glyphs[number].text for number in numbers if font.glyphs[number].text}
    runs: list[list[int]] = []
    for number in texts:
        if runs and number == runs[-1][-1] + 1 and number % 256:
            runs[-1].append(number)
        else:
            runs.append([number])
    mappings = [
        f"<{run[0]:04X}><{run[-1]:04X}>[{''.join([_utf16(texts[each]) for each in run])}]"
        for run in runs
    ]
    blocks = []
    for start in range(0, len(mappings), _MAPPINGS_IN_ONE_BLOCK):
        block = mappings[start : start + _MAPPINGS_IN_ONE_BLOCK]
        blocks += [f"{len(block)} beginbfrange", *block, "endbfrange"]
    head = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    )
    tail = "endcmap CMapName currentdict /CMap defineresource pop end end"
    return "\n".join([*head, *blocks, tail]).encode("ascii")


def _utf16(text: str) -> str:
    return f"<{text.encode('utf-16-be').hex().upper()}>"
