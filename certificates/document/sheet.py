"""One certificate as a page: what stands where.

Read in three seconds: what it is, who, what in; then code and level; then how to check it. Thai
first, English beneath it, smaller and grey. Head and foot have fixed places; what is between them
is stacked and centred in the room that is left, closer when there is more to say.
"""

from dataclasses import replace
from typing import Final

from certificates.credential.achievement import shown_of, units_of
from certificates.credential.snapshot import (
    CertificateKind,
    CourseShown,
    HonourShown,
    QualificationShown,
    RecordShown,
    Statement,
    UnitShown,
)
from certificates.document import page_words
from certificates.document.body_blocks import COMPACT, ROOMY, WIDE, Body
from certificates.document.foot import foot, foot_values
from certificates.document.honour_page import honour_blocks, sprays
from certificates.document.issuer_marks import NO_MARKS, IssuerMarks
from certificates.document.letter_page import course_blocks, unit_blocks
from certificates.document.marks_on_page import emblem_figure
from certificates.document.page_items import (
    Align,
    Figure,
    Item,
    Ornament,
    Value,
    Words,
    filled,
    moved_up,
)
from certificates.document.palette import (
    DARK_GOLD,
    GREEN,
    GREY,
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RED,
    SAFE,
)
from certificates.document.personal_facts import in_common
from certificates.document.portfolio_pages import further_pages
from certificates.document.qualification_sheet import gold_frame, qualification_blocks
from certificates.document.record_page import record_blocks
from certificates.document.stacking import Block, centred, stacked
from certificates.document.summary_page import summary_blocks
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_text
from certificates.errors import CannotSet

_BODY_TOP: Final = PAGE_HEIGHT - 199
_BODY_BOTTOM: Final = 151.0

_ISSUER = Room(width=520, size=13, smallest=8, weight=Weight.BOLD)
_ISSUER_EN = Room(width=520, size=8.5, smallest=6)
_KIND = Room(width=WIDE, size=28, smallest=20, weight=Weight.BOLD)
_KIND_EN = Room(width=WIDE, size=12, smallest=9)
_ROOMY_AIR: Final = 3.0
"""With less air than this between its parts a page looks better drawn together."""


def sheet_layout(common: Statement, marks: IssuerMarks = NO_MARKS) -> tuple[Item, ...]:
    """Return the first page of every statement with the facts of ``common``, in reading order.

    What is one holder's own is a gap, for ``sheet_values`` to fill; no two boxes overlap. Raises
    ``CannotSet`` (a text has no room, no glyph or a character nobody sees; names the field) and
    ``CannotSay`` (what is certified does not match the kind).
    """
    return (
        *_ornaments(common.kind),
        *_notices(common),
        *_head(common, marks),
        *_body(common),
        *foot(common, marks),
    )


def sheet_values(statement: Statement) -> dict[str, Value]:
    """Return what fills the gaps of the page; raises ``CannotSet`` for the QR symbol."""
    return {"holder.name": statement.holder.name, **foot_values(statement)}


def sheets(
    statement: Statement, marks: IssuerMarks = NO_MARKS
) -> list[list[Words | Figure | Ornament]]:
    """Return what stands on each page of one statement, in reading order."""
    first, portfolio = sheet_items(statement, marks), statement.portfolio
    further = [] if portfolio is None else further_pages(statement, portfolio)
    return [first, *([filled(item, {}) for item in items] for items in further)]


def sheet_items(
    statement: Statement, marks: IssuerMarks = NO_MARKS
) -> list[Words | Figure | Ornament]:
    """Return what stands on the first sheet of one statement, in reading order."""
    values = sheet_values(statement)
    return [filled(item, values) for item in sheet_layout(in_common(statement), marks)]


def _head(statement: Statement, marks: IssuerMarks) -> list[Item]:
    """Set who issues and what it is; heights are measured from the upper edge of the page."""
    issuer, (thai, english) = statement.issuer, page_words.KIND[statement.kind]
    kind = replace(centred(thai, _KIND, INK, field="kind"), tag="H1")
    placed = [
        (centred(issuer.name_th, _ISSUER, GREEN, field="issuer.name_th"), 125),
        (centred(issuer.name_en, _ISSUER_EN, GREY, field="issuer.name_en", language="en"), 136),
        (kind, 174),
        (centred(english, _KIND_EN, DARK_GOLD, field="kind", language="en"), 193),
    ]
    own = [] if marks.emblem is None else [emblem_figure(marks.emblem, issuer.name_th)]
    return [*own, *(moved_up(words, PAGE_HEIGHT - down) for words, down in placed)]


def _body(statement: Statement) -> list[Item]:
    """Stack what stands between head and foot; drawn together where there is much to say."""
    roomy = _blocks(statement, ROOMY)
    try:
        return stacked(roomy, top=_BODY_TOP, bottom=_BODY_BOTTOM, least_air=_ROOMY_AIR)
    except CannotSet as full:
        if full.code != "page-full":
            raise
    return stacked(_blocks(statement, COMPACT), top=_BODY_TOP, bottom=_BODY_BOTTOM)


def _blocks(statement: Statement, body: Body) -> list[Block]:
    shown = shown_of(statement)
    if isinstance(shown, UnitShown):
        return unit_blocks(statement, shown, body)
    if isinstance(shown, CourseShown):
        return course_blocks(statement, shown, body)
    if isinstance(shown, QualificationShown):
        return qualification_blocks(statement, shown, body)
    if isinstance(shown, HonourShown):
        return honour_blocks(statement, shown, body)
    if isinstance(shown, RecordShown):
        return record_blocks(statement, shown, body)
    return summary_blocks(statement, shown, body)


def _ornaments(kind: CertificateKind) -> list[Item]:
    """Return what sets a kind apart besides its words."""
    if kind is CertificateKind.QUALIFICATION:
        return gold_frame()
    return sprays() if kind is CertificateKind.HONOUR else []


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
