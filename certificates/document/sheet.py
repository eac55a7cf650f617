"""One certificate as a page: what stands where.

Read in three seconds: what it is, who, what in; then code and level; then how to check it. Thai
first, English beneath it, smaller and grey. Head and foot have fixed places; what is between them
is stacked and centred in the room that is left, closer when there is more to say.
"""

from dataclasses import replace
from typing import Final

from certificates.credential.achievement import shown_of, units_of
from certificates.credential.snapshot import CourseShown, Statement, UnitShown
from certificates.document import page_words
from certificates.document.artwork import artwork
from certificates.document.facts import fact_row, unit_list
from certificates.document.foot import foot
from certificates.document.page_file import write_page
from certificates.document.page_items import Align, Item, Ornament, Words, moved_up
from certificates.document.palette import (
    DARK_GOLD,
    GOLD,
    GREEN,
    GREY,
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RED,
    SAFE,
)
from certificates.document.stacking import MIDDLE, Block, centred, stacked
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_text
from certificates.errors import CannotSay, CannotSet

_WIDE: Final = 640.0
_BODY_TOP: Final = PAGE_HEIGHT - 199
_BODY_BOTTOM: Final = 151.0

_ISSUER = Room(width=520, size=13, smallest=8, weight=Weight.BOLD)
_ISSUER_EN = Room(width=520, size=8.5, smallest=6)
_KIND = Room(width=_WIDE, size=28, smallest=20, weight=Weight.BOLD)
_KIND_EN = Room(width=_WIDE, size=12, smallest=9)
_NAME = Room(width=_WIDE, size=34, smallest=19, weight=Weight.BOLD)
_BASIS = Room(width=_WIDE, size=12, smallest=9)
_SMALL = Room(width=_WIDE, size=8.5, smallest=6)
_TITLE = Room(width=_WIDE, size=21, smallest=12.5, weight=Weight.BOLD, lines=2, second_size=16)
_TITLE_EN = Room(width=_WIDE, size=10.5, smallest=6.5)
_COMPACT_NAME = replace(_NAME, size=27)
_COMPACT_TITLE = replace(_TITLE, size=18, second_size=13)
_COMPACT_TITLE_EN = replace(_TITLE_EN, size=9)
_BASIS_BESIDE = Room(width=300, size=11, smallest=8)
_SMALL_BESIDE = Room(width=330, size=8.5, smallest=6)
_WORD_GAP: Final = 7.0
_ROOMY: Final = 3.0
"""With less air than this between its parts a page looks better drawn together."""


def draw_sheet(statement: Statement) -> bytes:
    """Return the page of ``statement``: one A4 sheet, landscape, as a tagged PDF.

    The same statement gives the same bytes. Raises ``CannotSet`` (a text has no room, no glyph or
    a character nobody sees; names the field) and ``CannotSay`` (unit or course do not match).
    """
    return write_page(sheet_items(statement), artwork=artwork())


def sheet_items(statement: Statement) -> list[Item]:
    """Return what stands on the sheet, in reading order; no two boxes overlap."""
    return [
        *_notices(statement),
        *_head(statement),
        *_body(statement),
        *foot(statement),
    ]


def _head(statement: Statement) -> list[Item]:
    """Set who issues and what it is; heights are measured from the upper edge of the page."""
    issuer, (thai, english) = statement.issuer, page_words.KIND[statement.kind]
    kind = replace(centred(thai, _KIND, INK, field="kind"), tag="H1")
    placed = [
        (centred(issuer.name_th, _ISSUER, GREEN, field="issuer.name_th"), 125),
        (centred(issuer.name_en, _ISSUER_EN, GREY, field="issuer.name_en", language="en"), 136),
        (kind, 174),
        (centred(english, _KIND_EN, DARK_GOLD, field="kind", language="en"), 193),
    ]
    return [moved_up(words, PAGE_HEIGHT - down) for words, down in placed]


def _body(statement: Statement) -> list[Item]:
    """Stack what stands between head and foot; drawn together where there is much to say."""
    roomy = _blocks(statement, compact=False)
    try:
        return stacked(roomy, top=_BODY_TOP, bottom=_BODY_BOTTOM, least_air=_ROOMY)
    except CannotSet as full:
        if full.code != "page-full":
            raise
    return stacked(_blocks(statement, compact=True), top=_BODY_TOP, bottom=_BODY_BOTTOM)


def _blocks(statement: Statement, *, compact: bool) -> list[Block]:
    """Say whom it speaks of, on what basis, in what; then the facts."""
    shown, kind = shown_of(statement), statement.kind.value
    if not isinstance(shown, UnitShown | CourseShown):
        raise CannotSay("kind", field="kind", kind=kind)
    course = shown if isinstance(shown, CourseShown) else None
    basis = (page_words.UNIT_BASIS if course is None else page_words.COURSE_BASIS)[statement.basis]
    name_room = _COMPACT_NAME if compact else _NAME
    name = replace(centred(statement.holder.name, name_room, GREEN, field="holder.name"), tag="H2")
    title_room = _COMPACT_TITLE if compact else _TITLE
    title = replace(centred(shown.title_th, title_room, INK, field=f"{kind}.title_th"), tag="H2")
    pair = _side_by_side if compact else _pair
    blocks = [
        *pair(page_words.OPENING, 0),
        Block((name,), gap=1),
        _divider(),
        *pair(basis, 3),
        Block((title,), gap=1),
    ]
    if shown.title_en is not None:
        field = f"{kind}.title_en"
        room = _COMPACT_TITLE_EN if compact else _TITLE_EN
        english = centred(shown.title_en, room, GREY, field=field, language="en")
        blocks.append(Block((english,), gap=2, tight=True))
    blocks.append(fact_row(shown, compact=compact))
    return [*blocks, unit_list(course.units)] if course is not None and course.units else blocks


def _pair(texts: tuple[str, str], gap: float) -> list[Block]:
    """Set Thai, and English beneath it."""
    thai = centred(texts[0], _BASIS, INK, field="wording")
    english = centred(texts[1], _SMALL, GREY, field="wording", language="en")
    return [Block((thai,), gap=gap), Block((english,), gap=0, tight=True)]


def _side_by_side(texts: tuple[str, str], gap: float) -> list[Block]:
    """Set Thai, and English on the same line after it."""
    thai = set_text(texts[0], _BASIS_BESIDE, field="wording")
    english = set_text(texts[1], _SMALL_BESIDE, field="wording")
    left = MIDDLE - (thai.width + _WORD_GAP + english.width) / 2
    right = left + thai.width + _WORD_GAP
    beside = Words(english, right, 0.0, GREY, Align.LEFT, language="en")
    return [Block((Words(thai, left, 0.0, INK, Align.LEFT), beside), gap=gap)]


def _divider() -> Block:
    """Draw a gold hairline under the name, with a small lozenge in its middle."""
    left, right, x = MIDDLE - 130, MIDDLE + 130, MIDDLE
    rule = (
        f"0.6 w {left:.2f} 0 m {x - 7:.2f} 0 l S {x + 7:.2f} 0 m {right:.2f} 0 l S "
        f"{GOLD[0]} {GOLD[1]} {GOLD[2]} rg "
        f"{x - 3.2:.2f} 0 m {x:.2f} 3.2 l {x + 3.2:.2f} 0 l {x:.2f} -3.2 l f"
    )
    return Block((Ornament(rule, GOLD, (left, -3.2, right, 3.2)),), gap=2, tight=True)


def _notices(statement: Statement) -> list[Item]:
    """Frame in red, in the upper corners, what must not be overlooked."""
    items: list[Item] = []
    if statement.demonstration:
        items += _notice(page_words.DEMONSTRATION, SAFE + 10, Align.LEFT)
    if any(unit.made_up for unit in units_of(statement)):
        items += _notice(page_words.MADE_UP, PAGE_WIDTH - SAFE - 10, Align.RIGHT)
    return items


def _notice(texts: tuple[str, str], edge: float, align: Align) -> list[Item]:
    top, inner = PAGE_HEIGHT - SAFE - 10, 7.0
    thai = set_text(texts[0], Room(220, 9.5, 8, Weight.BOLD), field="wording")
    english = set_text(texts[1], Room(220, 7.5, 6), field="wording")
    width = max(thai.width, english.width) + 2 * inner
    left = edge if align is Align.LEFT else edge - width
    x = left + inner if align is Align.LEFT else left + width - inner
    frame = (left, top - 33, left + width, top)
    box = f"0.8 w {left:.2f} {top - 33:.2f} {width:.2f} 33 re S"
    return [
        Ornament(box, RED, frame),
        Words(thai, x, top - 15.5, RED, align),
        Words(english, x, top - 26, RED, align, language="en"),
    ]
