"""Documents from templates: pages are compiled once, then each document fills the gaps.

A file is written in one revision: the constant beginning (``prefix``), the signature, and the few
objects that are the document's own. Three steps, so that everything that can be refused is refused
before anything is signed: ``compile_template`` (pages), ``Template.filled`` (texts), and
``Filled.draft`` (attachments); a seal closes the draft.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from typing import Final

from certificates.document.artwork import ArtStyle
from certificates.document.attachments import Attachment, attached, catalog_entries
from certificates.document.draft import Draft
from certificates.document.embedded_fonts import own_font
from certificates.document.flowing import Part, deflated_whole, joined, part
from certificates.document.issuer_marks import Pictures
from certificates.document.metadata_packet import FileFacts, packed_metadata
from certificates.document.objects import PdfObject, deflated, text
from certificates.document.page_content import AFTER_TEXT, ART, Opening, glyphs_of, operators
from certificates.document.page_items import (
    Figure,
    FigureGap,
    Gap,
    Item,
    Ornament,
    Value,
    Words,
)
from certificates.document.prefix import Prefix, Shape, prefix_of
from certificates.document.shaping import is_everyday, shape
from certificates.document.structure import element, elements_of
from certificates.document.typeface import Weight

_FAST: Final = 3
_THOROUGH: Final = 6
"""Levels of deflating attachments in a heavy file, and in a compact one."""
_HEAVY: Final = 70_500
"""Bytes before seal and table, which take 4 kB, and 7 kB with a time stamp. Deflating a credential
takes as long as making three signatures, so that is done only where a file would come to more than
75 kB without a time stamp."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was laid out, in reading order."""

    items: tuple[Item, ...]
    art: ArtStyle = ArtStyle.CERTIFICATE
    pictures: Pictures = ()
    """What its items draw by name."""


@dataclass(frozen=True, slots=True)
class _Hole:
    """One gap of a compiled page."""

    gap: Gap | FigureGap
    mark: int
    """Its mark in the structure."""
    opening: Opening | None
    """For a text: what writes it."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One compiled page."""

    parts: tuple[Part, ...]
    """Operators of what is constant, before, between and after the gaps."""
    holes: tuple[_Hole, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """Compiled pages; made by ``compile_template``."""

    pages: tuple[Page, ...]
    prefix: Prefix
    sheets: tuple[_Sheet, ...]
    everyday: bool
    """True if the constant texts need no rare glyph."""

    def filled(self, values: Mapping[str, Value], facts: FileFacts) -> "Filled":
        """Return the document with ``values`` in its gaps, by their names.

        A gap for a figure may stay open until ``Filled.completed``. Raises ``CannotSet`` as
        ``set_text`` does: nothing is refused later for its texts.
        """
        contents = tuple(
            [tuple([_written(hole, values) for hole in sheet.holes]) for sheet in self.sheets]
        )
        texts = [value for value in values.values() if type(value) is str]
        own = self.prefix.shape.own_fonts or not (self.everyday and all(map(is_everyday, texts)))
        used = self._glyphs(values) if own else {}
        return Filled(self, contents, _described(values), facts, used)

    def _glyphs(self, values: Mapping[str, Value]) -> dict[Weight, frozenset[int]]:
        """Return every glyph of the document."""
        found = glyphs_of(item for page in self.pages for item in page.items)
        for sheet in self.sheets:
            for hole in sheet.holes:
                if isinstance(hole.gap, Gap):
                    weight = hole.gap.room.weight
                    found[weight] |= shape(str(values[hole.gap.name]), weight).glyphs()
        return {weight: frozenset(numbers) for weight, numbers in found.items()}


@dataclass(frozen=True, slots=True)
class Filled:
    """A document whose texts are complete; it has no attachments and no seal yet."""

    template: Template
    contents: tuple[tuple[bytes | None, ...], ...]
    """Operators of each gap, page by page; None for a figure that is still to come."""
    figures: Mapping[str, str]
    """Descriptions of the figures that filled gaps, by the names of these."""
    facts: FileFacts
    glyphs: Mapping[Weight, frozenset[int]]
    """The glyphs of fonts of its own; empty where it embeds those of everybody."""

    @property
    def is_complete(self) -> bool:
        """Whether no figure is still to come."""
        return not any(None in page for page in self.contents)

    def completed(self, figures: Mapping[str, Figure]) -> "Filled":
        """Return the document with ``figures`` in the gaps that were left open for them."""
        contents = tuple(
            tuple(
                _written(hole, figures) if old is None else old
                for hole, old in zip(sheet.holes, page, strict=True)
            )
            for sheet, page in zip(self.template.sheets, self.contents, strict=True)
        )
        return replace(self, contents=contents, figures={**self.figures, **_described(figures)})

    def digest(self) -> str:
        """Return the SHA-256 of all that its pages show and say so far, in hexadecimal."""
        whole = sha256(packed_metadata(self.facts))
        for content in self._joined(unknown=b""):
            whole.update(sha256(content).digest())
        return whole.hexdigest()

    def draft(self, attachments: Sequence[Attachment] = ()) -> Draft:
        """Return the whole file but for its signature.

        Raises ``ValueError`` for two attachments of one name, for a name or a media type that is
        none, and where a figure is missing.
        """
        prefix = self.template.prefix
        if self.glyphs and not prefix.shape.own_fonts:
            prefix = prefix_of(replace(prefix.shape, own_fonts=True))
        catalog = prefix.catalog + catalog_entries(attachments, prefix.next_number) + ">>"
        objects = [PdfObject(prefix.places.catalog, catalog), *self._own_objects(prefix)]
        own = tuple([each.written() for each in objects])
        level = _THOROUGH if prefix.shape.own_fonts else 0
        attach = partial(attached, attachments, prefix.next_number, moment=self.facts.moment)
        late = attach(level=level)
        if not level and len(prefix.data) + sum(map(len, own + late)) > _HEAVY:
            late = attach(level=_FAST)
        return Draft(
            prefix,
            own=own,
            attached=late,
            identifier=sha256(self.facts.identifier.encode()).hexdigest()[:32],
        )

    def _joined(self, unknown: bytes | None = None) -> list[bytes]:
        """Return the content of each page, deflated."""
        join = deflated_whole if self.template.prefix.shape.own_fonts else joined
        found = []
        for sheet, page in zip(self.template.sheets, self.contents, strict=True):
            written = [unknown if each is None else each for each in page]
            if None in written:
                raise ValueError("a figure is missing")
            found.append(join(sheet.parts, [each for each in written if each is not None]))
        return found

    def _own_objects(self, prefix: Prefix) -> list[PdfObject]:
        """Return what has the low numbers after the catalog, in their order."""
        places = prefix.places
        written = [
            PdfObject(places.information, f"<</Title{text(self.facts.title)}>>"),
            deflated(places.metadata, packed_metadata(self.facts), "/Type/Metadata/Subtype/XML"),
        ]
        for number, content in zip(places.contents, self._joined(), strict=True):
            written.append(deflated(number, content))
        for number, page, mark in places.figures:
            one = prefix.shape.elements[page][mark]
            alt = self.figures[one.gap or ""]
            written.append(element(number, one, mark, within=prefix.within(page), alt=alt))
        for first, weight in zip(places.fonts, Weight, strict=False):
            written += own_font(weight, self.glyphs[weight], first)
        return written


def compile_template(pages: Sequence[Page], *, compact: bool = False) -> Template:
    """Return the template of ``pages``.

    ``compact`` documents embed fonts with their own glyphs only: about half the bytes, several
    times the work. The costly part is kept for all templates of one shape; keep what is returned
    where many documents have the same constant texts.
    """
    prefix = prefix_of(
        Shape(
            arts=tuple(page.art for page in pages),
            elements=tuple(elements_of(page.items) for page in pages),
            own_fonts=compact,
            pictures=tuple(page.pictures for page in pages),
        )
    )
    texts = _texts(item for page in pages for item in page.items)
    sheets = tuple(map(_compiled, pages))
    return Template(tuple(pages), prefix, sheets, everyday=all(map(is_everyday, texts)))


def _texts(items: Iterable[Item]) -> list[str]:
    shown = [item.setting.lines for item in items if isinstance(item, Words)]
    return [line.text for lines in shown for line in lines]


def _compiled(page: Page) -> _Sheet:
    between: list[list[str]] = [[ART]]
    holes, mark = [], 0
    for item in page.items:
        if isinstance(item, Gap):
            opening = Opening(item, mark)
            holes.append(_Hole(item, mark, opening))
            between[-1].append(opening.before)
            between.append([AFTER_TEXT])
        elif isinstance(item, FigureGap):
            holes.append(_Hole(item, mark, None))
            between.append([])
        else:
            between[-1].append(operators(item, mark))
        mark += not isinstance(item, Ornament)
    parts = tuple(part("".join(f"\n{one}" for one in each).encode() + b"\n") for each in between)
    return _Sheet(parts, tuple(holes))


def _written(hole: _Hole, values: Mapping[str, Value] | Mapping[str, Figure]) -> bytes | None:
    """Return the operators of a gap; None for a figure that is not there yet."""
    if hole.opening is not None:
        return _shown(hole.opening, str(values[hole.gap.name]))
    figure = values.get(hole.gap.name)
    if figure is None:
        return None
    if not isinstance(figure, Figure) or figure.frame != hole.gap.box():
        raise TypeError(f"no figure for {hole.gap.name}")
    return operators(figure, hole.mark).encode("ascii")


@lru_cache(maxsize=2_048)
def _shown(opening: Opening, text: str) -> bytes:
    """Keep what shows a text in a gap: the same days stand on the documents of a whole class."""
    return opening.filled(text)


def _described(values: Mapping[str, Value] | Mapping[str, Figure]) -> dict[str, str]:
    return {name: each.alt for name, each in values.items() if isinstance(each, Figure)}
