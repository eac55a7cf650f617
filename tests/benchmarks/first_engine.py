"""The engine of the first release, as a peer to measure against: pikepdf builds every file anew.

Also the way in which tests make archive files of pages that nobody would issue.
"""

import zlib
from dataclasses import dataclass
from hashlib import md5, sha256
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from certificates.credential.snapshot import Statement
from certificates.document.artwork import Art, artwork
from certificates.document.baking import baked, font_file
from certificates.document.certificate_pages import facts_of
from certificates.document.colour_profile import srgb_profile
from certificates.document.metadata_packet import packed_metadata
from certificates.document.page_content import glyphs_of, operators
from certificates.document.page_items import Box, Figure, Item, Ornament, Words
from certificates.document.palette import PAGE_HEIGHT, PAGE_WIDTH
from certificates.document.sheet import sheet_items
from certificates.document.typeface import Weight

ATTACHMENT_TYPE: Final = Name("/application/vc+jwt")
_RESOURCE: Final = {Weight.REGULAR: "R", Weight.BOLD: "B"}


@dataclass(frozen=True, slots=True)
class _Tagged:
    """What the structure tree says of one marked sequence."""

    tag: str
    language: str | None = None
    alt: str | None = None
    box: Box | None = None


def drawn_page(statement: Statement) -> bytes:
    """Return the page of ``statement`` as a PDF of its own, not archived and not sealed."""
    items: list[Item] = [*sheet_items(statement)]
    shown = [item for item in items if isinstance(item, Words | Figure | Ornament)]
    used = glyphs_of(shown)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
        marked = [item for item in shown if not isinstance(item, Ornament)]
        content = ["/Artifact BMC q /Art Do Q EMC"]
        content += [operators(item, marked.index(item) if item in marked else 0) for item in shown]
        page.obj.Contents = pdf.make_stream("\n".join(content).encode("ascii"))
        page.obj.Resources = Dictionary(
            Font=Dictionary(
                {f"/{_RESOURCE[weight]}": _font(pdf, weight, used[weight]) for weight in Weight}
            ),
            XObject=Dictionary(Art=_form(pdf, artwork())),
        )
        _tag(pdf, [_tagged(item) for item in marked])
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def finish(page_pdf: bytes, *, statement: Statement, attachment: bytes) -> bytes:
    """Return ``page_pdf`` as a PDF/A-3 file with ``attachment`` embedded, ready to be sealed."""
    facts = facts_of(statement)
    with pikepdf.open(BytesIO(page_pdf)) as pdf:
        root = pdf.Root
        packet = zlib.decompress(packed_metadata(facts))
        root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
        root.OutputIntents = Array([_output_intent(pdf)])
        root.Lang = String("th")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        embedded = _embedded_file(pdf, statement, "credential.jwt", attachment)
        root.AF = Array([embedded])
        names = Array([String("credential.jwt"), embedded])
        root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(facts.title)))
        identifier = String(sha256(statement.id.encode()).digest()[:16])
        pdf.trailer.ID = Array([identifier, identifier])
        written = BytesIO()
        pdf.save(written, min_version="1.7", deterministic_id=True)
    return written.getvalue()


def _form(pdf: Pdf, art: Art) -> Object:
    parts = {f"/{name}": _form(pdf, part) for name, part in art.parts}
    return pdf.make_stream(
        art.operators.encode("ascii"),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([round(edge, 3) for edge in art.box]),
        Resources=Dictionary(XObject=Dictionary(parts)),
    )


def _font(pdf: Pdf, weight: Weight, used: set[int]) -> Object:
    """Return the composite font dictionary (ISO 32000-1, 9.7.6)."""
    font, file = baked(weight), font_file(weight, used)
    digest = sha256(file).digest()
    name = Name(f"/{''.join(chr(65 + byte % 26) for byte in digest[:6])}+{font.name}")
    stream = pdf.make_stream(file)
    stream.Length1 = len(file)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=Array(font.box),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
        FontFile2=stream,
    )
    widths = [entry for one in sorted(used) for entry in (one, Array([font.glyphs[one].advance]))]
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        DW=0,
        W=Array(widths),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    mappings = [
        f"<{one:04X}> <{font.glyphs[one].text.encode('utf-16-be').hex()}>" for one in sorted(used)
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(mappings), 100):
        block = mappings[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream("\n".join(lines).encode("ascii")),
        )
    )


def _tagged(item: Words | Figure | Ornament) -> _Tagged:
    if isinstance(item, Words):
        return _Tagged(item.tag, language=None if item.language == "th" else item.language)
    alt = item.alt if isinstance(item, Figure) else None
    return _Tagged("Figure", alt=alt, box=item.frame)


def _tag(pdf: Pdf, tagged: list[_Tagged]) -> None:
    """Add the structure tree: one document element, its parts in reading order."""
    page = pdf.pages[0].obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    parts = []
    for number, part in enumerate(tagged):
        element = Dictionary(
            Type=Name.StructElem, S=Name(f"/{part.tag}"), P=document, Pg=page, K=number
        )
        if part.language is not None:
            element.Lang = String(part.language)
        if part.alt is not None and part.box is not None:
            element.Alt = String(part.alt)
            box = Array([round(edge, 3) for edge in part.box])
            element.A = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
        parts.append(pdf.make_indirect(element))
    document.K = Array(parts)
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array(parts)])))
    root.ParentTreeNextKey = 1
    page.StructParents = 0
    page.Tabs = Name.S
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("th")


def _embedded_file(pdf: Pdf, statement: Statement, name: str, data: bytes) -> Object:
    """Return the file specification; relation ``Source``: the page is drawn from these facts."""
    moment = String(statement.issued_at.strftime("D:%Y%m%d%H%M%SZ"))
    params = Dictionary(
        Size=len(data),
        CheckSum=String(md5(data, usedforsecurity=False).digest()),
        CreationDate=moment,
        ModDate=moment,
    )
    stream = pdf.make_stream(data, Type=Name.EmbeddedFile, Subtype=ATTACHMENT_TYPE, Params=params)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String("Open Badges 3.0 credential (VC-JWT)"),
            AFRelationship=Name.Source,
            EF=Dictionary(F=stream, UF=stream),
        )
    )


def _output_intent(pdf: Pdf) -> Object:
    profile = pdf.make_stream(srgb_profile(), N=3, Alternate=Name.DeviceRGB)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB"),
            Info=String("sRGB IEC61966-2.1"),
            DestOutputProfile=profile,
        )
    )
