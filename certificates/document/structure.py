"""The structure of pages for those who listen to them (ISO 32000-1, 14.7; ISO 14289-1).

One element for each text and figure, in reading order. What a figure shows may differ from
document to document, so the element of a figure's gap is written last; all others are constant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from certificates.document.objects import PdfObject, text
from certificates.document.page_items import Box, Figure, FigureGap, Gap, Item, Ornament, Words


@dataclass(frozen=True, slots=True)
class Element:
    """What is said of one marked sequence of a page."""

    tag: str
    language: str | None = None
    """None where it is that of the document."""
    alt: str | None = None
    box: Box | None = None
    gap: str | None = None
    """Name of the gap whose figure it describes."""


@dataclass(frozen=True, slots=True)
class TreeNumbers:
    """Object numbers of the tree."""

    root: int
    document: int
    field: int
    """The element of the signature field; the parent tree and the constant elements follow it."""
    widget: int
    pages: tuple[int, ...]


def elements_of(items: Iterable[Item]) -> tuple[Element, ...]:
    """Return the elements of one page; the place of each is its mark (MCID)."""
    found = []
    for item in items:
        match item:
            case Words() | Gap():
                language = None if item.language == "th" else item.language
                found.append(Element(item.tag, language))
            case Figure():
                found.append(Element("Figure", alt=item.alt, box=item.frame))
            case FigureGap():
                found.append(Element("Figure", box=item.frame, gap=item.name))
            case Ornament():
                pass
    return tuple(found)


def element(
    number: int, one: Element, mark: int, *, within: tuple[int, int], alt: str | None = None
) -> PdfObject:
    """Return the object of one element; ``alt`` describes the figure that filled a gap.

    ``within`` are the object numbers of the document's element and of the page.
    """
    parent, page = within
    said = alt if alt is not None else one.alt
    language = f"/Lang({one.language})" if one.language else ""
    described = f"/Alt{text(said)}" if said is not None else ""
    layout = "" if one.box is None else _layout(one.box)
    return PdfObject(
        number,
        f"<</S/{one.tag}/P {parent} 0 R/Pg {page} 0 R/K {mark}{language}{described}{layout}>>",
    )


@lru_cache(maxsize=256)
def _layout(box: Box) -> str:
    edges = " ".join(f"{edge:.3f}" for edge in box)
    return f"/A<</O/Layout/BBox[{edges}]/Placement/Block>>"


def tree(numbers: TreeNumbers, elements: Sequence[Sequence[int]]) -> list[PdfObject]:
    """Return root, document, field element and parent tree; ``elements`` are numbers by page."""
    every = " ".join(f"{number} 0 R" for page in elements for number in page)
    by_page = "".join(
        f"{place}[{' '.join(f'{number} 0 R' for number in page)}]"
        for place, page in enumerate(elements)
    )
    parent_tree, count = numbers.field + 1, len(elements)
    widget = f"<</Type/OBJR/Obj {numbers.widget} 0 R/Pg {numbers.pages[0]} 0 R>>"
    return [
        PdfObject(
            numbers.root,
            f"<</Type/StructTreeRoot/K {numbers.document} 0 R/ParentTree {parent_tree} 0 R"
            f"/ParentTreeNextKey {count + 1}>>",
        ),
        PdfObject(
            numbers.document,
            f"<</S/Document/P {numbers.root} 0 R/K[{every} {numbers.field} 0 R]>>",
        ),
        PdfObject(
            numbers.field,
            f"<</S/Form/P {numbers.document} 0 R/Pg {numbers.pages[0]} 0 R/K {widget}>>",
        ),
        PdfObject(parent_tree, f"<</Nums[{by_page}{count} {numbers.field} 0 R]>>"),
    ]
