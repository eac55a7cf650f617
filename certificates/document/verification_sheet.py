"""The verification sheet: a second page for whoever holds the paper and doubts it.

Who and what in small, how to check step by step with and without a network, and a large QR symbol
with a signed statement that can be read from the paper alone.
"""

from typing import Final
from urllib.parse import urlsplit

from certificates.credential.achievement import shown_of
from certificates.credential.snapshot import Statement
from certificates.document import page_words
from certificates.document.page_items import (
    Align,
    Box,
    Figure,
    FigureGap,
    Gap,
    Item,
    Ornament,
    Words,
)
from certificates.document.palette import (
    DARK_GOLD,
    GOLD,
    GREEN,
    GREY,
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Colour,
)
from certificates.document.qr_code import POINTS_PER_MM, qr_figure
from certificates.document.stacking import centred
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_text

PAPER_TOKEN: Final = "paper_token"  # noqa: S105 - the name of a gap, no secret
_LEFT: Final = 82.0
_WIDTH: Final = 452.0
_SIDE: Final = 68 * POINTS_PER_MM
"""Up to 89 modules (version 18, 816 characters) are three dots each in a scan at 100 dpi."""
_RIGHT: Final = PAGE_WIDTH - 84.0
_TOP: Final = PAGE_HEIGHT - 172
_FRAME: Final[Box] = (_RIGHT - _SIDE, _TOP - _SIDE, _RIGHT, _TOP)
_MIDDLE: Final = _RIGHT - _SIDE / 2

_TITLE: Final = Room(width=600, size=22, smallest=18, weight=Weight.BOLD)
_TITLE_EN: Final = Room(width=600, size=11, smallest=9)
_LABEL: Final = Room(width=_WIDTH, size=8, smallest=7)
_NAME: Final = Room(width=_WIDTH, size=18, smallest=10, weight=Weight.BOLD)
_WHAT: Final = Room(
    width=_WIDTH, size=13, smallest=8, weight=Weight.BOLD, lines=2, second_size=10.5
)
_WHAT_EN: Final = Room(width=_WIDTH, size=8.5, smallest=5)
_FACT: Final = Room(width=150, size=9.5, smallest=6, weight=Weight.BOLD)
_HEADING: Final = Room(width=_WIDTH, size=11.5, smallest=9, weight=Weight.BOLD)
_STEP: Final = Room(width=_WIDTH, size=9.5, smallest=7)
_STEP_EN: Final = Room(width=_WIDTH - 10, size=7.5, smallest=6)
_CODE: Final = Room(width=_WIDTH, size=13, smallest=10, weight=Weight.BOLD)
_CAPTION: Final = Room(width=200, size=10, smallest=7, weight=Weight.BOLD)
_SMALL: Final = Room(width=200, size=8, smallest=6)
_SMALL_EN: Final = Room(width=200, size=7, smallest=5.5)
_NOTE: Final = Room(width=_WIDTH, size=8, smallest=6)


def verification_layout(common: Statement) -> tuple[Item, ...]:
    """Return the page of every statement with the facts of ``common``, in reading order."""
    return (*_head(), *_who_and_what(common), *_online(common), *_offline(), *_code(common))


def token_figure(paper_token: str) -> Figure:
    """Return the large symbol of a signed statement (base 45, RFC 9285).

    Raises ``CannotSet('qr-too-dense')`` where its modules would be under 0.6 mm.
    """
    return qr_figure(paper_token, _FRAME, alt=page_words.SIGNED_CODE_ALT, field=PAPER_TOKEN)


def _head() -> list[Item]:
    thai, english = page_words.SHEET
    placed = [
        (centred(thai, _TITLE, INK, field="wording"), 121, "H2"),
        (centred(english, _TITLE_EN, DARK_GOLD, field="wording", language="en"), 137, "P"),
    ]
    return [
        Words(one.setting, one.x, PAGE_HEIGHT - down, one.colour, tag=tag, language=one.language)
        for one, down, tag in placed
    ]


def _who_and_what(common: Statement) -> list[Item]:
    shown, kind = shown_of(common), common.kind.value
    what = set_text(shown.title_th, _WHAT, field=f"{kind}.title_th")
    items: list[Item] = [
        _line(" · ".join(page_words.ISSUED_TO), _LABEL, 426, GREY),
        Gap("holder.name", _NAME, _LEFT, 400, GREEN, Align.LEFT),
        _line(" · ".join(page_words.IN_WHAT), _LABEL, 374, GREY),
        Words(what, _LEFT, 355, INK, Align.LEFT),
    ]
    if shown.title_en is not None:
        setting = set_text(shown.title_en, _WHAT_EN, field=f"{kind}.title_en")
        lower = 340.0 if len(what.lines) == 1 else 325.0
        items.append(Words(setting, _LEFT, lower, GREY, Align.LEFT, language="en"))
    code = getattr(shown, "code", None)
    serial_left = _LEFT
    if code is not None:
        items.append(_line(" · ".join(page_words.CODE), _LABEL, 306, GREY))
        setting = set_text(code, _FACT, field=f"{kind}.code")
        items.append(Words(setting, _LEFT + 52, 306, INK, Align.LEFT, language="en"))
        serial_left = _LEFT + 232
    label = set_text(" · ".join(page_words.SERIAL), _LABEL, field="wording")
    items.append(Words(label, serial_left, 306, GREY, Align.LEFT))
    serial = Gap("serial", _FACT, serial_left + 70, 306, INK, Align.LEFT, language="en")
    rule = f"0.6 w {_LEFT:.2f} 291 m {_LEFT + _WIDTH:.2f} 291 l S"
    return [*items, serial, Ornament(rule, GOLD, (_LEFT, 290.7, _LEFT + _WIDTH, 291.3))]


def _online(common: Statement) -> list[Item]:
    place = urlsplit(common.check_url.removesuffix(common.paper_code))
    address = place.netloc.lower() + place.path.rstrip("/")
    code = Gap("paper_code", _CODE, _LEFT + 12, 220, INK, Align.LEFT, language="en")
    heading = _heading(page_words.ONLINE, 267)
    return [heading, *_steps(page_words.ONLINE_STEPS, 250, address), code]


def _offline() -> list[Item]:
    note = page_words.REVOKED_LATER
    return [
        _heading(page_words.OFFLINE, 188),
        *_steps(page_words.OFFLINE_STEPS, 171, ""),
        _line(note[0], _NOTE, 82, GREY),
        _line(note[1], _STEP_EN, 72, GREY, "en"),
    ]


def _steps(steps: tuple[tuple[str, str], ...], top: float, address: str) -> list[Words]:
    items = []
    for number, (thai, english) in enumerate(steps):
        y = top - 27 * number
        items.append(_line(thai.format(address=address), _STEP, y, INK))
        second = set_text(english.format(address=address), _STEP_EN, field="check_url")
        items.append(Words(second, _LEFT + 12, y - 10.5, GREY, Align.LEFT, language="en"))
    return items


def _code(common: Statement) -> list[Item]:
    """Set the large symbol, and under it what it holds and who signed it."""
    bottom = _FRAME[1]
    lines = [(page_words.SIGNED_CODE[0], _CAPTION, 30.0, GREEN, "th")]
    lines.append((page_words.SIGNED_CODE[1], _SMALL_EN, 40.0, GREY, "en"))
    for number, (thai, english) in enumerate(page_words.SIGNED_CODE_HOLDS):
        lines.append((thai, _SMALL, 60.0 + 12 * number, INK, "th"))
        lines.append((english, _SMALL_EN, 88.0 + 9 * number, GREY, "en"))
    lines.append((common.issuer.name_th, _CAPTION, 124.0, INK, "th"))
    lines.append((common.issuer.name_en, _SMALL_EN, 135.0, GREY, "en"))
    return [
        FigureGap(PAPER_TOKEN, _FRAME),
        *(
            Words(
                set_text(text, room, field="issuer.name_th"),
                _MIDDLE,
                bottom - down,
                colour,
                language=language,
            )
            for text, room, down, colour, language in sorted(lines, key=lambda line: line[2])
        ),
    ]


def _heading(texts: tuple[str, str], y: float) -> Words:
    setting = set_text(" · ".join(texts), _HEADING, field="wording")
    return Words(setting, _LEFT, y, GREEN, Align.LEFT, tag="H3")


def _line(text: str, room: Room, y: float, colour: Colour, language: str = "th") -> Words:
    return Words(
        set_text(text, room, field="wording"), _LEFT, y, colour, Align.LEFT, language=language
    )
