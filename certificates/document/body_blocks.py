"""Blocks that the body of every kind of paper is made of: wording, name, title, divider."""

from dataclasses import dataclass, replace
from typing import Final

from certificates.credential.snapshot import Statement
from certificates.document.page_items import Align, Gap, Ornament, Words
from certificates.document.palette import GOLD, GREEN, GREY, INK
from certificates.document.stacking import MIDDLE, Block, centred
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_text

WIDE: Final = 640.0
_NAME: Final = Room(width=WIDE, size=34, smallest=19, weight=Weight.BOLD)
_WORDING: Final = Room(width=WIDE, size=12, smallest=9)
_SMALL: Final = Room(width=WIDE, size=8.5, smallest=6)
_TITLE: Final = Room(
    width=WIDE, size=21, smallest=12.5, weight=Weight.BOLD, lines=2, second_size=16
)
_TITLE_EN: Final = Room(width=WIDE, size=10.5, smallest=6.5)
_WORDING_BESIDE: Final = Room(width=300, size=11, smallest=8)
_SMALL_BESIDE: Final = Room(width=330, size=8.5, smallest=6)
_WORD_GAP: Final = 7.0


@dataclass(frozen=True, slots=True)
class Body:
    """How large the parts of a body are set: roomy, or drawn together where there is much."""

    name: Room
    title: Room
    title_en: Room
    compact: bool

    def wording(self, texts: tuple[str, str], gap: float) -> list[Block]:
        """Set Thai, and English beneath it or, drawn together, after it."""
        return _side_by_side(texts, gap) if self.compact else _pair(texts, gap)

    def holder(self, statement: Statement) -> Block:
        """Set the name of the person spoken of."""
        like = statement.holder.name
        name = Gap("holder.name", self.name, MIDDLE, 0.0, GREEN, tag="H2", like=like)
        return Block((name,), gap=1)

    def titled(self, thai: str, english: str | None, *, field: str) -> list[Block]:
        """Set the title of what is certified, English beneath it where there is one."""
        title = centred(thai, self.title, INK, field=f"{field}.title_th")
        blocks = [Block((replace(title, tag="H2"),), gap=1)]
        if english is not None:
            name = f"{field}.title_en"
            below = centred(english, self.title_en, GREY, field=name, language="en")
            blocks.append(Block((below,), gap=2, tight=True))
        return blocks


ROOMY: Final = Body(_NAME, _TITLE, _TITLE_EN, compact=False)
COMPACT: Final = Body(
    replace(_NAME, size=27),
    replace(_TITLE, size=18, second_size=13),
    replace(_TITLE_EN, size=9),
    compact=True,
)


def _pair(texts: tuple[str, str], gap: float) -> list[Block]:
    """Set Thai, and English beneath it."""
    thai = centred(texts[0], _WORDING, INK, field="wording")
    english = centred(texts[1], _SMALL, GREY, field="wording", language="en")
    return [Block((thai,), gap=gap), Block((english,), gap=0, tight=True)]


def _side_by_side(texts: tuple[str, str], gap: float) -> list[Block]:
    """Set Thai, and English on the same line after it."""
    thai = set_text(texts[0], _WORDING_BESIDE, field="wording")
    english = set_text(texts[1], _SMALL_BESIDE, field="wording")
    left = MIDDLE - (thai.width + _WORD_GAP + english.width) / 2
    right = left + thai.width + _WORD_GAP
    beside = Words(english, right, 0.0, GREY, Align.LEFT, language="en")
    return [Block((Words(thai, left, 0.0, INK, Align.LEFT), beside), gap=gap)]


def divider() -> Block:
    """Draw a gold hairline under the name, with a small lozenge in its middle."""
    left, right, x = MIDDLE - 130, MIDDLE + 130, MIDDLE
    rule = (
        f"0.6 w {left:.2f} 0 m {x - 7:.2f} 0 l S {x + 7:.2f} 0 m {right:.2f} 0 l S "
        f"{GOLD[0]} {GOLD[1]} {GOLD[2]} rg "
        f"{x - 3.2:.2f} 0 m {x:.2f} 3.2 l {x + 3.2:.2f} 0 l {x:.2f} -3.2 l f"
    )
    return Block((Ornament(rule, GOLD, (left, -3.2, right, 3.2)),), gap=2, tight=True)
