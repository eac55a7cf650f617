"""What stands on a page, as plain values: texts, figures and marks, each with its place.

They are laid out first and written last, because the embedded fonts are made of exactly the
clusters that a page shows. Lengths are points, the origin is the lower left corner of the page.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from certificates.document.palette import Colour
from certificates.document.shaping import Cluster, width_of
from certificates.document.typeface import UNITS_PER_EM
from certificates.document.typesetting import Setting

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

    def rows(self) -> list[tuple[tuple[Cluster, ...], float, float]]:
        """Return each line with the place where its first cluster starts."""
        share = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[self.align]
        step = max(self.leading, self._highest() - self._lowest()) * self.setting.size
        return [
            (line, self.x - share * width_of(line, self.setting.size), self.y - number * step)
            for number, line in enumerate(self.setting.lines)
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
        return max(each.top for line in self.setting.lines for each in line) / UNITS_PER_EM

    def _lowest(self) -> float:
        """Return how far the ink reaches below a baseline, in ems, as a negative number."""
        return min(each.bottom for line in self.setting.lines for each in line) / UNITS_PER_EM


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


Item = Words | Figure | Ornament


def moved_up(item: Item, height: float) -> Item:
    """Return ``item`` placed ``height`` points higher."""
    if isinstance(item, Words):
        return replace(item, y=item.y + height)
    left, bottom, right, top = item.frame
    frame = (left, bottom + height, right, top + height)
    return replace(item, operators=f"1 0 0 1 0 {height:.3f} cm\n{item.operators}", frame=frame)
