"""Items as operators of a content stream (ISO 32000-1: text 9.4, marked content 14.6)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from certificates.document.embedded_fonts import RESOURCE
from certificates.document.page_items import SHARE, Figure, Gap, Item, Ornament, Words
from certificates.document.palette import Colour
from certificates.document.typeface import Weight
from certificates.document.typesetting import set_line

ART: Final = "/Artifact BMC q /Art Do Q EMC"
"""Draws the constant art of the page, which readers' programs skip."""
AFTER_TEXT: Final = "ET EMC"


def operators(item: Words | Figure | Ornament, number: int) -> str:
    """Return the operators of one item; ``number`` marks it for the structure tree."""
    if isinstance(item, Words):
        return _words(item, number)
    if isinstance(item, Figure):
        return f"/Figure <</MCID {number}>> BDC q {fill(item.colour)}\n{item.operators} Q EMC"
    return f"/Artifact BMC q {fill(item.colour)}\n{item.operators} Q EMC"


def glyphs_of(items: Iterable[Item]) -> dict[Weight, set[int]]:
    """Return the glyphs that the texts among ``items`` are set with."""
    found: dict[Weight, set[int]] = {weight: set() for weight in Weight}
    for item in items:
        if isinstance(item, Words):
            for line in item.setting.lines:
                found[item.setting.weight].update(line.glyphs())
    return found


class Opening:
    """A gap for a text: its constant operators, and those of one document's text.

    Together with ``before`` and ``AFTER_TEXT`` around them they are the same as for ``Gap.filled``.
    """

    def __init__(self, gap: Gap, number: int) -> None:
        """Write what is known; ``number`` marks it for the structure tree."""
        self._gap, self._share = gap, SHARE[gap.align]
        self.before = _start(gap.tag, number, gap.colour, gap.room.weight)
        self._height = f"{gap.y:.3f}"

    def filled(self, text: str) -> bytes:
        """Return the operators that show ``text``; raises ``CannotSet`` as ``set_line``."""
        gap = self._gap
        line, size = set_line(text, gap.room, field=gap.name)
        x = gap.x - self._share * line.width(size)
        return f"{size:g} Tf\n1 0 0 1 {x:.3f} {self._height} Tm {line.shown}".encode("ascii")


def _words(item: Words, number: int) -> str:
    setting = item.setting
    start = _start(item.tag, number, item.colour, setting.weight)
    lines = [f"1 0 0 1 {x:.3f} {y:.3f} Tm {line.shown}" for line, x, y in item.rows()]
    return "\n".join([f"{start}{setting.size:g} Tf", *lines, AFTER_TEXT])


def _start(tag: str, number: int, colour: Colour, weight: Weight) -> str:
    return f"/{tag} <</MCID {number}>> BDC BT {areas(colour)} /{RESOURCE[weight]} "


@lru_cache(maxsize=64)
def fill(colour: Colour) -> str:
    """Return the operators that choose a colour for areas and lines."""
    areas_alone = areas(colour)
    return f"{areas_alone} {areas_alone.upper()}"


@lru_cache(maxsize=64)
def areas(colour: Colour) -> str:
    """Return the operator that chooses a colour for areas and letters."""
    red, green, blue = colour
    return f"{red:g} {green:g} {blue:g} rg"
