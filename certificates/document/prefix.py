"""The constant beginning of a file: everything that many documents have in common.

Fonts, art, colour profile, pages and structure are written once for each shape of document, and
the SHA-256 state after them is kept: a document adds a few objects and hashes only those. Objects
that differ from document to document have the low numbers, so that the rows of the constant ones
can be kept ready too; attachments have the numbers after them.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Final

from certificates.document.artwork import Art, ArtStyle, artwork
from certificates.document.colour_profile import srgb_profile
from certificates.document.embedded_fonts import OBJECTS, RESOURCE, everyday_font
from certificates.document.flowing import Part, part
from certificates.document.issuer_marks import Pictures, Raster
from certificates.document.objects import (
    FREE,
    HEADER,
    PdfObject,
    deflated,
    packed_row,
    packed_together,
    row,
    stream,
    text,
)
from certificates.document.palette import PAGE_HEIGHT, PAGE_WIDTH
from certificates.document.structure import Element, TreeNumbers, element, tree
from certificates.document.typeface import Weight

FIELD_NAME: Final = "Seal"
FIELD_HINT: Final = "ลายมือชื่อดิจิทัล / Digital signature"
_BEST: Final = 9


@dataclass(frozen=True, slots=True)
class Shape:
    """What the constant part of a document depends on."""

    arts: tuple[ArtStyle, ...]
    """Art of each page."""
    elements: tuple[tuple[Element, ...], ...]
    """Structure of each page."""
    own_fonts: bool = False
    """True where each document embeds fonts for its own texts only."""
    pictures: tuple[Pictures, ...] = ()
    """Pictures of each page; none where it is empty."""


@dataclass(frozen=True, slots=True)
class Places:
    """Object numbers of what differs from document to document."""

    signature: int
    catalog: int
    information: int
    metadata: int
    contents: tuple[int, ...]
    """Content of each page."""
    figures: tuple[tuple[int, int, int], ...]
    """Number, page and mark of each element that describes a figure's gap."""
    fonts: tuple[int, ...]
    """First number of each weight's own font; empty where the fonts are constant."""

    @property
    def count(self) -> int:
        """How many there are: they have the numbers from 1 to this."""
        own = OBJECTS * len(self.fonts)
        return 4 + len(self.contents) + len(self.figures) + own


@dataclass(frozen=True)
class Prefix:
    """The constant part of a file, and what is needed to go on from it."""

    data: bytes
    shape: Shape
    places: Places
    table: tuple[Part, Part, Part]
    """The cross-reference stream but for a document's own rows: row 0 and that of the signature,
    those of the constant objects, and nothing after the last gap."""
    next_number: int
    """First object number that is not taken."""
    catalog: str
    """The constant entries of the catalog."""
    tree: TreeNumbers

    def within(self, page: int) -> tuple[int, int]:
        """Return what an element on a page lies in: the document's element and the page."""
        return self.tree.document, self.tree.pages[page]

    @cached_property
    def _hashed(self) -> Any:  # noqa: ANN401 - the type of hash objects has no public name
        return hashlib.sha256(self.data)

    def hash_state(self) -> Any:  # noqa: ANN401 - the type of hash objects has no public name
        """Return a SHA-256 object that has taken in ``data``."""
        return self._hashed.copy()


@lru_cache(maxsize=128)
def prefix_of(shape: Shape) -> Prefix:
    """Write the constant part for a shape; equal shapes give equal bytes."""
    places = _places(shape)
    return _Writer(shape, places).written()


def _places(shape: Shape) -> Places:
    pages = range(len(shape.arts))
    contents = tuple(5 + page for page in pages)
    number = 5 + len(contents)
    figures = []
    for page, elements in enumerate(shape.elements):
        for mark, one in enumerate(elements):
            if one.gap is not None:
                figures.append((number, page, mark))
                number += 1
    fonts = tuple(number + OBJECTS * at for at in range(len(Weight))) if shape.own_fonts else ()
    return Places(1, 2, 3, 4, contents, tuple(figures), fonts)


class _Writer:
    """Writes the objects of one prefix, numbered in the order of writing."""

    def __init__(self, shape: Shape, places: Places) -> None:
        self._shape, self._places = shape, places
        self._objects: list[PdfObject] = []
        self._arts: dict[Art, int] = {}
        self._pictures: dict[Raster, int] = {}

    def written(self) -> Prefix:
        profile = self._add_profile()
        arts = {style: self._add_art(artwork(style)) for style in sorted(set(self._shape.arts))}
        for _, picture in chain.from_iterable(self._shape.pictures):
            self._add_picture(picture)
        fonts = self._places.fonts or tuple(self._add_font(weight) for weight in Weight)
        pages = self._next
        tree_numbers = self._add_pages(pages, arts, fonts)
        self._add_tree(tree_numbers)
        data, table = self._laid_out()
        return Prefix(
            data=data,
            shape=self._shape,
            places=self._places,
            table=(part(FREE + row(len(data))), part(table), part(b"")),
            next_number=self._next + 1,
            catalog=(
                f"<</Type/Catalog/Pages {pages} 0 R/StructTreeRoot {tree_numbers.root} 0 R"
                f"/OutputIntents[{profile} 0 R]/MarkInfo<</Marked true>>/Lang(th)"
                "/ViewerPreferences<</DisplayDocTitle true>>"
                f"/AcroForm<</Fields[{tree_numbers.widget} 0 R]/SigFlags 3>>"
                f"/Perms<</DocMDP {self._places.signature} 0 R>>"
                f"/Metadata {self._places.metadata} 0 R"
            ),
            tree=tree_numbers,
        )

    def _laid_out(self) -> tuple[bytes, bytes]:
        """Return the file so far and its rows: streams as they are, all other objects packed."""
        plain = [one for one in self._objects if one.data is None]
        streams = [one for one in self._objects if one.data is not None]
        packed = packed_together(self._next, plain)
        data, table = bytearray(HEADER), {}
        for one in (*streams, packed):
            table[one.number] = row(len(data))
            data += one.written()
        for at, one in enumerate(plain):
            table[one.number] = packed_row(packed.number, at)
        return bytes(data), b"".join(table[number] for number in sorted(table))

    @property
    def _next(self) -> int:
        return self._places.count + len(self._objects) + 1

    def _add_profile(self) -> int:
        """Add output intent and profile (ISO 19005-3, 6.2.3); return the former's number."""
        number = self._next
        self._objects += [
            PdfObject(
                number,
                "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {number + 1} 0 R>>",
            ),
            stream(number + 1, srgb_profile(), "/N 3/Alternate/DeviceRGB", level=_BEST),
        ]
        return number

    def _add_art(self, art: Art) -> int:
        """Add a drawing as form (ISO 32000-1, 8.10), the drawings it places before it; once."""
        known = self._arts.get(art)
        if known is not None:
            return known
        parts = [(name, self._add_art(part)) for name, part in art.parts]
        named = "".join(f"/{name} {number} 0 R" for name, number in parts)
        resources = f"/Resources<</XObject<<{named}>>>>" if parts else "/Resources<<>>"
        box = " ".join(f"{edge:g}" for edge in art.box)
        number = self._arts[art] = self._next
        entries = f"/Type/XObject/Subtype/Form/BBox[{box}]{resources}"
        self._objects.append(stream(number, art.operators.encode("ascii"), entries, level=_BEST))
        return number

    def _add_picture(self, picture: Raster) -> int:
        """Add a picture after the mask that it has, once."""
        known = self._pictures.get(picture)
        if known is not None:
            return known
        mask = "" if picture.mask is None else f"/SMask {self._add_picture(picture.mask)} 0 R"
        number = self._pictures[picture] = self._next
        size = f"/Width {picture.width}/Height {picture.height}"
        entries = f"/Type/XObject/Subtype/Image{size}{picture.entries}{mask}"
        self._objects.append(deflated(number, picture.data, entries))
        return number

    def _pictured(self, page: int) -> tuple[str, str]:
        """Return the named pictures of a page, and in what colours transparency is worked out."""
        pictures = self._shape.pictures[page] if self._shape.pictures else ()
        named = "".join(f"/{name} {self._pictures[each]} 0 R" for name, each in pictures)
        clear = any(each.mask for _, each in pictures)
        return named, "/Group<</S/Transparency/CS/DeviceRGB>>" if clear else ""

    def _add_font(self, weight: Weight) -> int:
        number = self._next
        self._objects += everyday_font(weight, number)
        return number

    def _add_pages(
        self, number: int, arts: dict[ArtStyle, int], fonts: tuple[int, ...]
    ) -> TreeNumbers:
        """Add page tree, pages and the field of the signature; return the numbers that follow."""
        count = len(self._shape.arts)
        pages = tuple(number + 1 + page for page in range(count))
        widget = number + 1 + count
        kids = " ".join(f"{page} 0 R" for page in pages)
        self._objects.append(PdfObject(number, f"<</Type/Pages/Count {count}/Kids[{kids}]>>"))
        named = "".join(
            f"/{RESOURCE[weight]} {font} 0 R" for weight, font in zip(Weight, fonts, strict=True)
        )
        for page, style in enumerate(self._shape.arts):
            own = self._places.contents[page]
            annotations = f"/Annots[{widget} 0 R]" if page == 0 else ""
            pictures, group = self._pictured(page)
            self._objects.append(
                PdfObject(
                    pages[page],
                    f"<</Type/Page/Parent {number} 0 R/MediaBox[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
                    f"/Contents {own} 0 R/StructParents {page}/Tabs/S{annotations}{group}"
                    f"/Resources<</Font<<{named}>>/XObject<</Art {arts[style]} 0 R{pictures}>>>>>>",
                )
            )
        self._objects.append(
            PdfObject(
                widget,
                f"<</Type/Annot/Subtype/Widget/FT/Sig/T({FIELD_NAME})/TU{text(FIELD_HINT)}"
                f"/Rect[0 0 0 0]/F 132/P {pages[0]} 0 R/StructParent {count}"
                f"/V {self._places.signature} 0 R>>",
            )
        )
        root = widget + 1
        return TreeNumbers(root, root + 1, root + 2, widget, pages)

    def _add_tree(self, numbers: TreeNumbers) -> None:
        late = {(page, mark): number for number, page, mark in self._places.figures}
        number, by_page, written = numbers.field + 2, [], []
        for page, elements in enumerate(self._shape.elements):
            own = []
            for mark, one in enumerate(elements):
                if (page, mark) in late:
                    own.append(late[page, mark])
                    continue
                within = (numbers.document, numbers.pages[page])
                written.append(element(number, one, mark, within=within))
                own.append(number)
                number += 1
            by_page.append(own)
        self._objects += [*tree(numbers, by_page), *written]
