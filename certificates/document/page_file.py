"""Writing a page: artwork below, then its items with fonts made for them, tagged for readers.

Follows ISO 32000-1: composite fonts 9.7, ToUnicode 9.10.3, marked content 14.6, structure 14.7.
Every text and figure is tagged in reading order; artwork and rules are artifacts.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from certificates.document.baking import BakedFont, bake
from certificates.document.page_items import Figure, Item, Ornament, Words
from certificates.document.palette import Colour
from certificates.document.typeface import Weight

_RESOURCE: Final = {Weight.REGULAR: "R", Weight.BOLD: "B"}
_MAPPINGS_IN_ONE_BLOCK: Final = 100
_ITALIC_ANGLE: Final = 0
_STEM: Final = {Weight.REGULAR: 80, Weight.BOLD: 140}
_SYMBOLIC: Final = 4


@dataclass(frozen=True, slots=True)
class _Tagged:
    """What the structure tree says of one marked sequence."""

    tag: str
    language: str | None = None
    alt: str | None = None
    box: tuple[float, float, float, float] | None = None


def write_pages(pages: list[list[Item]], *, artwork: bytes) -> bytes:
    """Return a PDF: on each page ``artwork`` (a one-page PDF of paths only), its items over it."""
    fonts = _fonts([item for items in pages for item in items])
    with pikepdf.open(BytesIO(artwork)) as pdf:
        art = pdf.pages[0].Contents
        resources = Dictionary(
            Font=Dictionary(
                {f"/{_RESOURCE[weight]}": _font(pdf, fonts[weight], weight) for weight in fonts}
            )
        )
        for _ in pages[1:]:
            pdf.pages.append(pdf.pages[0])
        tagged: list[list[_Tagged]] = []
        for page, items in zip(pdf.pages, pages, strict=True):
            tagged.append([])
            content = "\n".join([_operators(item, fonts, tagged[-1]) for item in items])
            page.obj.Contents = Array([art, pdf.make_stream(content.encode("ascii"))])
            page.obj.Resources = resources
        _tag(pdf, tagged)
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _fonts(items: list[Item]) -> dict[Weight, BakedFont]:
    texts = [item.setting for item in items if isinstance(item, Words)]
    fonts = {}
    for weight in Weight:
        lines = [line for text in texts if text.weight is weight for line in text.lines]
        if lines:
            fonts[weight] = bake(frozenset(cluster for line in lines for cluster in line), weight)
    return fonts


def _operators(item: Item, fonts: dict[Weight, BakedFont], tagged: list[_Tagged]) -> str:
    """Return the operators of one item; one with a meaning is added to ``tagged``."""
    if isinstance(item, Ornament):
        return f"/Artifact BMC q {_fill(item.colour)}\n{item.operators} Q EMC"
    number = len(tagged)
    if isinstance(item, Figure):
        tagged.append(_Tagged("Figure", alt=item.alt, box=item.frame))
        return f"/Figure <</MCID {number}>> BDC q {_fill(item.colour)}\n{item.operators} Q EMC"
    tagged.append(_Tagged(item.tag, language=None if item.language == "th" else item.language))
    ids = fonts[item.setting.weight].ids
    lines = [
        f"1 0 0 1 {x:.3f} {y:.3f} Tm <{''.join(f'{ids[cluster]:04X}' for cluster in line)}> Tj"
        for line, x, y in item.rows()
    ]
    font = f"/{_RESOURCE[item.setting.weight]} {item.setting.size:g} Tf"
    start = f"/{item.tag} <</MCID {number}>> BDC BT {_fill(item.colour)} {font}"
    return "\n".join([start, *lines, "ET EMC"])


def _fill(colour: Colour) -> str:
    red, green, blue = colour
    values = f"{red:g} {green:g} {blue:g}"
    return f"{values} rg {values} RG"


def _font(pdf: Pdf, font: BakedFont, weight: Weight) -> Object:
    """Return the composite font dictionary (ISO 32000-1, 9.7.6)."""
    digest = sha256(font.file).digest()
    name = Name(f"/{''.join(chr(65 + byte % 26) for byte in digest[:6])}+{font.name}")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        DW=0,
        W=Array([1, Array([cluster.advance for cluster in font.ids])]),
        FontDescriptor=_descriptor(pdf, font, weight, name),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(font)),
        )
    )


def _descriptor(pdf: Pdf, font: BakedFont, weight: Weight, name: Name) -> Object:
    file = pdf.make_stream(font.file)
    file.Length1 = len(font.file)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_SYMBOLIC,
        FontBBox=Array(font.box),
        ItalicAngle=_ITALIC_ANGLE,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=_STEM[weight],
        FontFile2=file,
    )
    return pdf.make_indirect(descriptor)


def _to_unicode(font: BakedFont) -> bytes:
    """Map each CID to all the characters of its cluster, in the order they were written."""
    mappings = [
        f"<{number:04X}> <{cluster.text.encode('utf-16-be').hex().upper()}>"
        for cluster, number in font.ids.items()
    ]
    blocks = []
    for start in range(0, len(mappings), _MAPPINGS_IN_ONE_BLOCK):
        block = mappings[start : start + _MAPPINGS_IN_ONE_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    head = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    )
    tail = "endcmap CMapName currentdict /CMap defineresource pop end end"
    return "\n".join([*head, *blocks, tail]).encode("ascii")


def _tag(pdf: Pdf, tagged: list[list[_Tagged]]) -> None:
    """Add the structure tree: one document element, its parts in reading order, page by page."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    by_page = []
    for number, (page, parts) in enumerate(zip(pdf.pages, tagged, strict=True)):
        elements = [_element(part, place, page.obj, document) for place, part in enumerate(parts)]
        by_page.append(Array([pdf.make_indirect(each) for each in elements]))
        page.obj.StructParents = number
        page.obj.Tabs = Name.S
    document.K = Array([element for elements in by_page for element in elements])
    root.K = document
    numbers = Array([each for pair in enumerate(by_page) for each in pair])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(by_page)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("th")


def _element(part: _Tagged, number: int, page: Object, document: Object) -> Dictionary:
    element = Dictionary(
        Type=Name.StructElem, S=Name(f"/{part.tag}"), P=document, Pg=page, K=number
    )
    if part.language is not None:
        element.Lang = String(part.language)
    if part.alt is not None and part.box is not None:
        element.Alt = String(part.alt)
        box = Array([round(edge, 3) for edge in part.box])
        element.A = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    return element
