"""What stands on a page, as plain values: texts, figures and marks, each with its place.

They are laid out first and written last. What is not known yet when a page is laid out is a gap:
room for a text or a figure that each document fills (``template``). Lengths are points, the
origin is the lower left corner of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from certificates.document.palette import Colour
from certificates.document.shaping import Line, shape
from certificates.document.typeface import UNITS_PER_EM, Weight
from certificates.document.typesetting import Room, Setting, set_text

ABOVE: Final = {"th": 1.10, "en": 0.74}
"""Room every baseline gets above it, in ems: a Thai tone mark over a vowel, a Latin capital."""
BELOW: Final = {"th": 0.32, "en": 0.22}
"""Room every baseline gets below it, in ems: a Thai vowel, a Latin descender."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Align(StrEnum):
    """Where the anchor of a text lies."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


STAND_INS: Final = ("กา", "ฟื้ฐู", "ษ็์ฏู")
"""Texts of ordinary, great and greatest height: a page is laid out once for each."""
_FILLER: Final = "ก"
_LONG: Final = 18 * UNITS_PER_EM
"""Font units; every shorter text is set at its full size."""
SHARE: Final = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}
"""How much of a line lies left of its anchor."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text of one or two lines."""

    setting: Setting
    x: float
    """The anchor, see ``align``."""
    y: float
    """Baseline of the first line."""
    colour: Colour
    align: Align = Align.CENTRE
    leading: float = 1.5
    """From baseline to baseline, in ems."""
    tag: str = "P"
    """Standard structure type (ISO 32000-1, 14.8.4)."""
    language: str = "th"

    def rows(self) -> list[tuple[Line, float, float]]:
        """Return each line with the place where it starts."""
        share, size = SHARE[self.align], self.setting.size
        lines = self.setting.lines
        if len(lines) == 1:
            return [(lines[0], self.x - share * lines[0].width(size), self.y)]
        step = max(self.leading, self._highest() - self._lowest()) * size
        return [
            (line, self.x - share * line.width(size), self.y - number * step)
            for number, line in enumerate(lines)
        ]

    def box(self) -> Box:
        """Return the room the text takes: that of its script, or more where its marks reach on."""
        rows, size = self.rows(), self.setting.size
        left = min(x for _, x, _ in rows)
        bottom = rows[-1][2] + min(-BELOW[self.language], self._lowest()) * size
        top = self.y + max(ABOVE[self.language], self._highest()) * size
        return left, bottom, left + self.setting.width, top

    def _highest(self) -> float:
        """Return how far the ink reaches above a baseline, in ems."""
        return max(line.top for line in self.setting.lines) / UNITS_PER_EM

    def _lowest(self) -> float:
        """Return how far the ink reaches below a baseline, in ems, as a negative number."""
        return min(line.bottom for line in self.setting.lines) / UNITS_PER_EM


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with a meaning, described for those who cannot see it."""

    operators: str
    """Path operators of the PDF imaging model, painted in ``colour``."""
    colour: Colour
    alt: str
    frame: Box

    def box(self) -> Box:
        """Return the room the figure takes."""
        return self.frame


@dataclass(frozen=True, slots=True)
class Ornament:
    """A rule or a frame without a meaning of its own; readers' programs skip it."""

    operators: str
    colour: Colour
    frame: Box

    def box(self) -> Box:
        """Return the room the ornament takes."""
        return self.frame


@dataclass(frozen=True, slots=True)
class Gap:
    """Room for a text that each document brings itself, on one line."""

    name: str
    """Under which the document brings it, and which a refusal names."""
    room: Room
    x: float
    y: float
    colour: Colour
    align: Align = Align.CENTRE
    tag: str = "P"
    language: str = "th"
    like: str = ""
    """A text that takes the height of what will stand here, see ``stand_in_for``."""

    def filled(self, text: str) -> Words:
        """Return the text set; raises ``CannotSet`` as ``set_text``."""
        setting = set_text(text, self.room, field=self.name)
        return Words(
            setting, self.x, self.y, self.colour, self.align, tag=self.tag, language=self.language
        )

    def box(self) -> Box:
        """Return the room that the widest text takes."""
        like = set_text(self.like or STAND_INS[0], self.room, field=self.name)
        lowest, highest = _reach(self.like or STAND_INS[0], self.room.weight)
        left = self.x - SHARE[self.align] * self.room.width
        bottom, top = self.y + lowest * like.size, self.y + highest * like.size
        return left, bottom, left + self.room.width, top


@dataclass(frozen=True, slots=True)
class FigureGap:
    """Room for a figure that each document brings itself."""

    name: str
    frame: Box

    def box(self) -> Box:
        """Return the room the figure takes."""
        return self.frame


Item = Words | Figure | Ornament | Gap | FigureGap
Value = str | Figure
"""What fills a gap."""


def stand_in_for(text: str, weight: Weight) -> str:
    """Return a text that takes no less room in height than ``text``, one for very many.

    It is one of ``STAND_INS``, lengthened by whole letters for a text so long that it is made
    smaller to fit.
    """
    lowest, highest = _reach(text, weight)
    stand_in = STAND_INS[-1]
    for one in STAND_INS[:-1]:
        low, high = _reach(one, weight)
        if low <= lowest and highest <= high:
            stand_in = one
            break
    width = shape(text, weight).advance
    if width < _LONG:
        return stand_in
    left = width - shape(stand_in, weight).advance
    return stand_in + _FILLER * (left // shape(_FILLER, weight).advance)


@lru_cache(maxsize=20_000)
def _reach(text: str, weight: Weight) -> tuple[float, float]:
    """Return how far a Thai line reaches below and above its baseline, in ems."""
    line = shape(text, weight)
    lowest, highest = line.bottom / UNITS_PER_EM, line.top / UNITS_PER_EM
    return min(lowest, -BELOW["th"]), max(highest, ABOVE["th"])


def filled(item: Item, values: Mapping[str, Value]) -> Words | Figure | Ornament:
    """Return ``item``, a gap with its value in it."""
    if isinstance(item, Gap):
        return item.filled(str(values[item.name]))
    if isinstance(item, FigureGap):
        figure = values[item.name]
        if not isinstance(figure, Figure) or figure.frame != item.frame:
            raise TypeError(f"no figure for {item.name}")
        return figure
    return item


def moved_up(item: Item, height: float) -> Item:
    """Return ``item`` placed ``height`` points higher."""
    if isinstance(item, Words | Gap):
        return replace(item, y=item.y + height)
    left, bottom, right, top = item.frame
    frame = (left, bottom + height, right, top + height)
    if isinstance(item, FigureGap):
        return replace(item, frame=frame)
    return replace(item, operators=f"1 0 0 1 0 {height:.3f} cm\n{item.operators}", frame=frame)
