"""The further pages of a portfolio: units, pathways, evidence, how to check it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

from certificates.credential.paper_code import in_groups
from certificates.credential.snapshot import PathwayShown, PortfolioShown, Statement
from certificates.document import page_words
from certificates.document.page_items import Align, Figure, Item, Ornament, Words
from certificates.document.page_table import Column, table
from certificates.document.palette import (
    DARK_GOLD,
    GOLD,
    GREEN,
    GREY,
    INK,
    PAGE_HEIGHT,
    PALE_GREEN,
)
from certificates.document.qr_code import POINTS_PER_MM, qr_figure
from certificates.document.stacking import MIDDLE
from certificates.document.thai_dates import in_thai
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_shortened, set_text

T = TypeVar("T")

LEFT: Final = 66.0
WIDTH: Final = 2 * (MIDDLE - LEFT)
_HEAD_TOP: Final = PAGE_HEIGHT - 138
_TABLE_TOP: Final = PAGE_HEIGHT - 182
_ROWS: Final = 14
_WAYS: Final = 7
_WAY_STEP: Final = 44.0
_BAR_LEFT: Final = LEFT + 360
_BAR_WIDTH: Final = 220.0
_BAR_HEIGHT: Final = 10.0
_MOST_SEGMENTS: Final = 20
_QR_SIDE: Final = 34 * POINTS_PER_MM
_STEP_LEFT: Final = LEFT + 24

_UNITS: Final = (
    Column(page_words.COLUMN_CODE, 106, bold=True),
    Column(page_words.COLUMN_UNIT, 188, shortened=True),
    Column(page_words.COLUMN_BASIS, 84),
    Column(page_words.COLUMN_PASSED, 92),
    Column(page_words.COLUMN_SCHOOL, 156, shortened=True),
    Column(page_words.COLUMN_SERIAL, 84),
)
_FILES: Final = (
    Column(page_words.COLUMN_FILE, 250, shortened=True),
    Column(page_words.COLUMN_TYPE, 100),
    Column(page_words.COLUMN_DIGEST, 360),
)


def further_pages(statement: Statement, shown: PortfolioShown) -> list[list[Item]]:
    """Return the pages after the first, each with its heading and number; none for nothing."""
    bodies = [
        *((page_words.UNITS_HELD, body) for body in _units(shown)),
        *((page_words.PATHWAYS, body) for body in _pathways(shown)),
        *((page_words.EVIDENCE, body) for body in _evidence(statement)),
        (page_words.VERIFYING, _verifying(statement, shown)),
    ]
    pages = len(bodies) + 1
    return [
        [*_heading(statement, title, number=number, pages=pages), *body]
        for number, (title, body) in enumerate(bodies, start=2)
    ]


def _heading(
    statement: Statement, title: tuple[str, str], *, number: int, pages: int
) -> list[Item]:
    thai = set_text(title[0], Room(380, 18, 12, Weight.BOLD), field="heading")
    english = set_text(title[1], Room(250, 10, 7), field="heading")
    name = set_text(statement.holder.name, Room(250, 11, 6, Weight.BOLD), field="holder.name")
    serial = set_text(statement.serial, Room(160, 8, 6), field="serial")
    page = " · ".join(page_words.PAGE_OF).format(page=number, pages=pages)
    right = LEFT + WIDTH
    return [
        Words(thai, LEFT, _HEAD_TOP, GREEN, Align.LEFT, tag="H2"),
        Words(english, LEFT, _HEAD_TOP - 14, GREY, Align.LEFT, language="en"),
        Words(name, right, _HEAD_TOP, INK, Align.RIGHT),
        Words(serial, right, _HEAD_TOP - 14, GREY, Align.RIGHT, language="en"),
        Words(set_text(page, Room(200, 8, 6), field="page"), MIDDLE, 52.0, GREY),
    ]


def _units(shown: PortfolioShown) -> Iterator[list[Item]]:
    rows = [
        (
            held.unit.code,
            held.unit.title_th,
            page_words.BASIS_SHORT[held.basis],
            in_thai(held.passed_on),
            held.school,
            held.serials[0] if held.serials else "",
        )
        for held in shown.held
    ]
    for some in _batches(rows, _ROWS):
        yield table(_UNITS, some, left=LEFT, top=_TABLE_TOP, field="portfolio.held")


def _pathways(shown: PortfolioShown) -> Iterator[list[Item]]:
    for some in _batches(shown.pathways, _WAYS):
        yield [
            item
            for place, way in enumerate(some)
            for item in _pathway(way, _TABLE_TOP - place * _WAY_STEP)
        ]


def _pathway(way: PathwayShown, y: float) -> list[Item]:
    """Set title and level on the left, a bar of one segment a unit, and what is to go."""
    held, whole = len(way.held), len(way.held) + way.missing
    title = set_shortened(way.title_th, Room(345, 11, 8, Weight.BOLD), field="portfolio.pathways")
    below = " · ".join(text for text in (way.code, way.level, way.title_en) if text)
    detail = set_shortened(below, Room(345, 8, 6.5), field="portfolio.pathways")
    texts = page_words.PATHWAY_LEFT if way.missing else page_words.PATHWAY_DONE
    words = [text.format(held=held, missing=way.missing) for text in texts]
    x = _BAR_LEFT + _BAR_WIDTH + 12
    room, colour = Room(LEFT + WIDTH - x, 9.5, 6.5, Weight.BOLD), INK if way.missing else DARK_GOLD
    small = Room(LEFT + WIDTH - x, 7, 5)
    return [
        Words(title, LEFT, y, INK, Align.LEFT),
        Words(detail, LEFT, y - 13, GREY, Align.LEFT),
        *_bar(held, whole, y - 5),
        Words(set_text(words[0], room, field="pathway"), x, y - 1, colour, Align.LEFT),
        Words(
            set_text(words[1], small, field="pathway"), x, y - 11, GREY, Align.LEFT, language="en"
        ),
    ]


def _bar(held: int, whole: int, bottom: float) -> list[Item]:
    """Draw held units in green (gold when complete) over an open bar, a seam between units."""
    frame = (_BAR_LEFT, bottom, _BAR_LEFT + _BAR_WIDTH, bottom + _BAR_HEIGHT)
    filled = _BAR_WIDTH * held / whole if whole else 0.0
    paths = [f"{_BAR_LEFT:.2f} {bottom:.2f} {filled:.2f} {_BAR_HEIGHT:.2f} re f"]
    if 1 < whole <= _MOST_SEGMENTS:
        paths.append("q 1 1 1 RG 1.2 w")
        for number in range(1, held):
            x = _BAR_LEFT + _BAR_WIDTH * number / whole
            paths.append(f"{x:.2f} {bottom:.2f} m {x:.2f} {bottom + _BAR_HEIGHT:.2f} l S")
        paths.append("Q")
    outline = f"0.8 w {_BAR_LEFT:.2f} {bottom:.2f} {_BAR_WIDTH:.2f} {_BAR_HEIGHT:.2f} re S"
    alt = page_words.BAR_ALT.format(held=held, whole=whole)
    return [
        Figure("\n".join(paths), GOLD if held >= whole else GREEN, alt, frame),
        Ornament(outline, PALE_GREEN, frame),
    ]


def _evidence(statement: Statement) -> Iterator[list[Item]]:
    rows = [(file.name, file.media_type, file.sha256) for file in statement.evidence]
    for some in _batches(rows, _ROWS - 1):
        note = _note(page_words.EVIDENCE_NOTE, 72.0)
        yield [*table(_FILES, some, left=LEFT, top=_TABLE_TOP, field="evidence"), note]


def _verifying(statement: Statement, shown: PortfolioShown) -> list[Item]:
    items: list[Item] = []
    y = _TABLE_TOP - 4
    for number, (thai, english) in enumerate(page_words.VERIFYING_STEPS, start=1):
        mark = set_text(str(number), Room(20, 15, 9, Weight.BOLD), field="verifying")
        items += [
            Words(mark, LEFT + 4, y, DARK_GOLD, Align.LEFT),
            Words(
                set_text(thai, Room(470, 11, 7), field="verifying"), _STEP_LEFT, y, INK, Align.LEFT
            ),
            Words(
                set_text(english, Room(470, 8, 6), field="verifying"),
                _STEP_LEFT,
                y - 12,
                GREY,
                Align.LEFT,
                language="en",
            ),
        ]
        y -= 40
    return [*items, *_papers(shown, y - 8), *_code(statement)]


def _papers(shown: PortfolioShown, y: float) -> list[Item]:
    """Name the papers inside, as far as there is room; all of them are in the credential."""
    serials = list(dict.fromkeys(serial for held in shown.held for serial in held.serials))
    thai, english = page_words.PAPERS_INSIDE
    head = set_text(
        f"{thai} · {english} ({len(shown.members)})", Room(470, 10, 7, Weight.BOLD), field="papers"
    )
    items: list[Item] = [Words(head, LEFT, y, GREEN, Align.LEFT)]
    for line, some in enumerate(islice(_batches(serials, 4), 6)):
        for place, serial in enumerate(some):
            setting = set_text(serial, Room(112, 8.5, 5), field="papers")
            at = (LEFT + place * 120, y - 18 - 14 * line)
            items.append(Words(setting, *at, INK, Align.LEFT, language="en"))
    return items


def _code(statement: Statement) -> list[Item]:
    right, bottom = LEFT + WIDTH - 18, _TABLE_TOP - 112
    left = right - _QR_SIDE
    alt = page_words.QR_ALT.format(url=statement.check_url)
    frame = (left, bottom, right, bottom + _QR_SIDE)
    symbol = qr_figure(statement.check_url, frame, alt=alt, field="check_url")
    code = set_text(
        in_groups(statement.paper_code), Room(150, 8.5, 6, Weight.BOLD), field="paper_code"
    )
    middle = (left + right) / 2
    return [
        symbol,
        Words(code, middle, bottom - 24, INK, language="en"),
    ]


def _note(texts: tuple[str, str], y: float) -> Words:
    setting = set_text(" · ".join(texts), Room(WIDTH, 9, 6), field="note")
    return Words(setting, LEFT, y, GREY, Align.LEFT)


def _batches(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
