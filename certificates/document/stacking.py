"""Blocks stacked one under the other, spread to fill a given height."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from certificates.document.page_items import Item, Words, moved_up
from certificates.document.palette import PAGE_WIDTH, Colour
from certificates.document.typesetting import Room, set_text
from certificates.errors import CannotSet

MIDDLE: Final = PAGE_WIDTH / 2
MOST_AIR: Final = 12.0
"""No gap grows by more points than this: a short letter keeps its parts together."""


@dataclass(frozen=True, slots=True)
class Block:
    """Items around a baseline of their own at height 0."""

    items: tuple[Item, ...]
    gap: float = 0.0
    """Points wanted between this block and the one above."""
    tight: bool = False
    """True when the gap never grows: the block belongs to the one above it."""

    @property
    def above(self) -> float:
        """Points the block reaches above its baseline."""
        return max(item.box()[3] for item in self.items)

    @property
    def below(self) -> float:
        """Points the block reaches below its baseline."""
        return -min(item.box()[1] for item in self.items)


def centred(text: str, room: Room, colour: Colour, *, field: str, language: str = "th") -> Words:
    """Return ``text`` fitted and centred on the page, its baseline at height 0."""
    return Words(set_text(text, room, field=field), MIDDLE, 0.0, colour, language=language)


def stacked(
    blocks: Sequence[Block], *, top: float, bottom: float, least_air: float | None = None
) -> list[Item]:
    """Place blocks downwards from ``top`` (heights on the page, in points), as a whole centred.

    Raises ``CannotSet('page-full')`` where they do not fit above ``bottom`` with ``least_air``
    points added to each gap; without ``least_air`` the gaps wanted may also shrink, to nothing.
    """
    bodies = sum(block.above + block.below for block in blocks)
    gaps = sum(block.gap for block in blocks)
    spare = top - bottom - bodies - gaps
    loose = sum(not block.tight for block in blocks[1:])
    if spare < (-gaps if least_air is None else least_air * loose):
        needed = round(bodies + gaps)
        raise CannotSet("page-full", field="page", width=needed, room=round(top - bottom))
    share = 1.0 + min(0.0, spare) / gaps if gaps else 1.0
    air = max(0.0, min(MOST_AIR, spare / (loose + 2)))
    pen = top - max(0.0, spare - air * loose) / 2
    items: list[Item] = []
    for number, block in enumerate(blocks):
        pen -= block.gap * share + block.above + (0 if block.tight or number == 0 else air)
        items += [moved_up(item, pen) for item in block.items]
        pen -= block.below
    return items
