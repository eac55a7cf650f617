"""The body of a training record: the course, and its units passed and left, side by side."""

from collections.abc import Sequence
from typing import Final

from certificates.credential.snapshot import RecordShown, Statement, UnitShown
from certificates.document import page_words
from certificates.document.body_blocks import Body
from certificates.document.facts import fact_row
from certificates.document.page_items import Align, Item, Ornament, Words
from certificates.document.palette import GREEN, GREY, INK, PALE_GREEN
from certificates.document.stacking import MIDDLE, Block
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_shortened, set_text

ROWS: Final = 5
"""Units listed in a column; the credential names all of them."""
_COLUMN: Final = 316.0
_GUTTER: Final = 28.0
_MARK: Final = 13.0
_STEP: Final = 12.5
_HEAD: Final = Room(width=_COLUMN, size=9.5, smallest=7, weight=Weight.BOLD)
_CODE: Final = Room(width=104, size=8, smallest=5.5, weight=Weight.BOLD)


def record_blocks(statement: Statement, shown: RecordShown, body: Body) -> list[Block]:
    """Say whom it speaks of and which course; then what was passed of it and what is left."""
    facts = [
        (page_words.COURSE_CODE, shown.code, "record.code"),
        (page_words.ATTENDANCE, page_words.ATTENDANCES[shown.attendance], "record.attendance"),
    ]
    if shown.hours is not None:
        hours = page_words.HOURS_VALUE.format(hours=shown.hours)
        facts.insert(1, (page_words.HOURS, hours, "record.hours"))
    return [
        *body.wording(page_words.OPENING, 0),
        body.holder(statement),
        *body.wording(page_words.ATTENDED, 1),
        *body.titled(shown.title_th, shown.title_en, field="record"),
        fact_row(facts, compact=body.compact),
        _columns(shown),
    ]


def _columns(shown: RecordShown) -> Block:
    left = MIDDLE - _COLUMN - _GUTTER / 2
    right = MIDDLE + _GUTTER / 2
    return Block(
        (
            *_column(shown.units, page_words.PASSED_OF, left, done=True),
            *_column(shown.left, page_words.LEFT_OF, right, done=False),
        ),
        gap=6,
    )


def _column(
    units: Sequence[UnitShown], head: tuple[str, str], left: float, *, done: bool
) -> list[Item]:
    texts = " · ".join(head).format(count=len(units))
    colour = GREEN if done else GREY
    rule = f"1 w {left:.2f} -5 m {left + _COLUMN:.2f} -5 l S"
    frame = (left, -5.5, left + _COLUMN, -4.5)
    items: list[Item] = [
        Words(set_text(texts, _HEAD, field="record.units"), left, 0.0, colour, Align.LEFT),
        Ornament(rule, PALE_GREEN, frame),
    ]
    if not units:
        nothing = set_text(" · ".join(page_words.NOTHING_PASSED), Room(_COLUMN, 8, 6), field="-")
        return [*items, Words(nothing, left, -18.0, GREY, Align.LEFT)]
    codes = [set_text(unit.code, _CODE, field="record.units.code") for unit in units[:ROWS]]
    indent = _MARK + max(code.width for code in codes) + 9
    room = Room(width=_COLUMN - indent, size=8, smallest=7)
    y = -18.0
    for unit, code in zip(units, codes, strict=False):
        title = set_shortened(unit.title_th, room, field="record.units.title_th")
        items += [
            _mark(left, y, done=done),
            Words(code, left + _MARK, y, INK, Align.LEFT),
            Words(title, left + indent, y, INK, Align.LEFT),
        ]
        y -= _STEP
    return [*items, *_rest(len(units) - ROWS, left + _MARK, y)]


def _rest(count: int, x: float, y: float) -> list[Item]:
    if count <= 0:
        return []
    text = " / ".join(page_words.MORE_UNITS).format(count=count)
    return [Words(set_text(text, Room(300, 8, 6), field="record.units"), x, y, GREY, Align.LEFT)]


def _mark(left: float, y: float, *, done: bool) -> Ornament:
    """Draw a tick before what is passed, an open ring before what is left."""
    frame = (left, y - 1, left + 9, y + 8)
    if done:
        tick = f"1.4 w 1 J 1 j {left + 1:.2f} {y + 3:.2f} m {left + 3.4:.2f} {y + 0.6:.2f} l"
        return Ornament(f"{tick} {left + 8:.2f} {y + 6:.2f} l S", GREEN, frame)
    x, middle, r, k = left + 4.2, y + 2.8, 2.7, 2.7 * 0.5523
    ring = (
        f"0.8 w {x + r:.2f} {middle:.2f} m"
        f" {x + r:.2f} {middle + k:.2f} {x + k:.2f} {middle + r:.2f} {x:.2f} {middle + r:.2f} c"
        f" {x - k:.2f} {middle + r:.2f} {x - r:.2f} {middle + k:.2f} {x - r:.2f} {middle:.2f} c"
        f" {x - r:.2f} {middle - k:.2f} {x - k:.2f} {middle - r:.2f} {x:.2f} {middle - r:.2f} c"
        f" {x + k:.2f} {middle - r:.2f} {x + r:.2f} {middle - k:.2f} {x + r:.2f} {middle:.2f} c S"
    )
    return Ornament(ring, GREY, frame)
