"""The body of a portfolio's first page: whose it is, and what is in it in five numbers."""

from typing import Final

from certificates.credential.snapshot import PortfolioShown, Statement
from certificates.document import page_words
from certificates.document.body_blocks import Body, divider
from certificates.document.page_items import Item, Ornament, Words
from certificates.document.palette import DARK_GOLD, GREEN, GREY, PALE_GOLD
from certificates.document.stacking import MIDDLE, Block, centred
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_text

_TILE: Final = 112.0
_TILE_GAP: Final = 14.0
_TILE_HEIGHT: Final = 62.0
_NUMBER: Final = Room(width=_TILE, size=26, smallest=12, weight=Weight.BOLD)
_LABEL: Final = Room(width=_TILE - 8, size=8.5, smallest=6)
_LABEL_EN: Final = Room(width=_TILE - 8, size=7, smallest=5)
_EXTENT: Final = Room(width=500, size=11, smallest=8, weight=Weight.BOLD)


def summary_blocks(statement: Statement, shown: PortfolioShown, body: Body) -> list[Block]:
    """Say whose portfolio it is and whether it is whole; then count what it holds."""
    extent = " · ".join(page_words.PARTIAL if shown.partial else page_words.WHOLE)
    return [
        *body.wording(page_words.PORTFOLIO_OPENING, 0),
        body.holder(statement),
        divider(),
        Block((centred(extent, _EXTENT, DARK_GOLD, field="portfolio.partial"),), gap=2),
        _tiles(_counts(statement, shown)),
    ]


def _counts(statement: Statement, shown: PortfolioShown) -> list[tuple[tuple[str, str], int]]:
    complete = sum(way.missing == 0 for way in shown.pathways)
    return [
        (page_words.COUNT_UNITS, len(shown.held)),
        (page_words.COUNT_QUALIFICATIONS, complete),
        (page_words.COUNT_WAYS, len(shown.pathways) - complete),
        (page_words.COUNT_SCHOOLS, len({each.school for each in shown.held})),
        (page_words.COUNT_EVIDENCE, len(statement.evidence)),
    ]


def _tiles(counts: list[tuple[tuple[str, str], int]]) -> Block:
    step = _TILE + _TILE_GAP
    left = MIDDLE - (step * len(counts) - _TILE_GAP) / 2
    items: list[Item] = []
    for place, ((thai, english), count) in enumerate(counts):
        x, bottom = left + place * step, -12.0
        frame = (x, bottom, x + _TILE, bottom + _TILE_HEIGHT)
        box = f"0.8 w {x:.2f} {bottom:.2f} {_TILE:.2f} {_TILE_HEIGHT:.2f} re S"
        middle = x + _TILE / 2
        items += [
            Ornament(box, PALE_GOLD, frame),
            Words(set_text(str(count), _NUMBER, field="portfolio"), middle, 24.0, GREEN),
            Words(set_text(thai, _LABEL, field="portfolio"), middle, 8.0, GREY),
            Words(
                set_text(english, _LABEL_EN, field="portfolio"), middle, -3.0, GREY, language="en"
            ),
        ]
    return Block(tuple(items), gap=10)
