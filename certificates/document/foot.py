"""The foot of a certificate: school and dates, the signature, and how to check it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from certificates.credential.paper_code import in_groups
from certificates.credential.snapshot import Statement
from certificates.document import page_words
from certificates.document.issuer_marks import IssuerMarks, Signatory
from certificates.document.marks_on_page import middle_of, signature_block
from certificates.document.page_items import (
    Align,
    FigureGap,
    Gap,
    Item,
    Ornament,
    Value,
    Words,
)
from certificates.document.palette import GREEN, GREY, INK, PAGE_WIDTH, Colour
from certificates.document.qr_code import POINTS_PER_MM, qr_figure
from certificates.document.qr_picture import QUIET_MODULES
from certificates.document.thai_dates import day_in_bangkok, in_english, in_thai
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, set_text

LEFT: Final = 66.0
RIGHT: Final = PAGE_WIDTH - 66.0
_TOP: Final = 136.0
"""Height of the first baseline of the foot."""
_QR_SIDE: Final = 27 * POINTS_PER_MM
_QR_BOTTOM: Final = 65.0
_QR_RIGHT: Final = RIGHT - 8.0
"""The code under the symbol is wider than it, and keeps clear of the inner frame."""
_QR_FRAME: Final = (_QR_RIGHT - _QR_SIDE, _QR_BOTTOM, _QR_RIGHT, _QR_BOTTOM + _QR_SIDE)
_LABELS: Final = 88.0
_ENGLISH_DAYS: Final = LEFT + 88.0 + 104.0
"""Beyond the widest Thai date, so that the English dates stand under each other."""
_SIGNATURE_MIDDLE: Final = PAGE_WIDTH / 2
_SIGNATURE_LINE: Final = 160.0
_SIGNATURE_HEIGHT: Final = 103.0

_VALUE: Final = Room(width=172, size=9.5, smallest=5.5)
_STRONG: Final = Room(width=172, size=9.5, smallest=5.5, weight=Weight.BOLD)
_DAY: Final = Room(width=98, size=9.5, smallest=8)
_DAY_EN: Final = Room(width=72, size=7.5, smallest=6)
_ENGLISH: Final = Room(width=172, size=7, smallest=4.5)
_CODE: Final = Room(width=118, size=7.25, smallest=5.5, weight=Weight.BOLD)
_LABEL: Final = Room(width=_LABELS - 6, size=7.5, smallest=6)


def foot(statement: Statement, marks: IssuerMarks) -> list[Item]:
    """Return the items of the foot, in reading order."""
    signed = _signature(statement, marks.signatories)
    return [*_particulars(statement), *signed, *_check(statement)]


def foot_values(statement: Statement) -> dict[str, Value]:
    """Return what fills the gaps of the foot."""
    days = {"passed_on": statement.passed_on, "issued_at": day_in_bangkok(statement.issued_at)}
    if statement.valid_until is not None:
        days["valid_until"] = day_in_bangkok(statement.valid_until)
    values: dict[str, Value] = {}
    for name, day in days.items():
        values[name], values[f"{name}.en"] = _in_both(day)
    values["serial"] = statement.serial
    values["paper_code"] = in_groups(statement.paper_code)
    values["check_url"] = qr_figure(
        statement.check_url,
        _QR_FRAME,
        alt=page_words.QR_ALT.format(url=statement.check_url),
        field="check_url",
        shared=len(statement.check_url) - len(statement.paper_code),
    )
    return values


@lru_cache(maxsize=1_024)
def _in_both(day: date) -> tuple[str, str]:
    return in_thai(day), in_english(day)


def _particulars(statement: Statement) -> list[Item]:
    """Set school, dates and serial number, one under the other."""
    school = set_text(statement.school.name_th, _STRONG, field="school.name_th")
    english = set_text(statement.school.name_en, _ENGLISH, field="school.name_en")
    items: list[Item] = [
        _label(page_words.SCHOOL_OF.get(statement.kind, page_words.SCHOOL), _TOP),
        Words(school, LEFT + _LABELS, _TOP, INK, Align.LEFT),
        Words(english, LEFT + _LABELS, _TOP - 11, GREY, Align.LEFT, language="en"),
    ]
    passed = page_words.DAY_OF.get(statement.kind, page_words.PASSED_ON)
    days = [(passed, "passed_on"), (page_words.ISSUED_ON, "issued_at")]
    if statement.valid_until is not None:
        days.append((page_words.VALID_UNTIL, "valid_until"))
    y, step = _TOP - 28, 15.5
    for label, name in days:
        items += [
            _label(label, y),
            Gap(name, _DAY, LEFT + _LABELS, y, INK, Align.LEFT),
            Gap(f"{name}.en", _DAY_EN, _ENGLISH_DAYS, y, GREY, Align.LEFT, language="en"),
        ]
        y -= step
    serial = Gap("serial", _STRONG, LEFT + _LABELS, y, INK, Align.LEFT, language="en")
    return [*items, _label(page_words.SERIAL, y), serial]


def _label(label: tuple[str, str], y: float) -> Words:
    setting = set_text(" · ".join(label), _LABEL, field="wording")
    return Words(setting, LEFT, y, GREY, Align.LEFT)


def _signature(statement: Statement, signatories: Sequence[Signatory]) -> list[Item]:
    """Set who signs, and the note on the digital signature below."""
    if signatories:
        above, middle = signature_block(signatories), middle_of(signatories)
    else:
        above, middle = _nobody_in_particular(statement), _SIGNATURE_MIDDLE
    thai, english = page_words.SIGNED_DIGITALLY
    wide = _SIGNATURE_LINE + 20
    note = [
        (thai, Room(wide, 7, 5), 47.0, GREY, "th"),
        (english, Room(wide, 6, 5), 54.0, GREY, "en"),
    ]
    return [*above, *_below_line(note, middle)]


def _nobody_in_particular(statement: Statement) -> list[Item]:
    """Set a line to sign on for whoever the issuer lets sign."""
    half = _SIGNATURE_LINE / 2
    left, right, y = _SIGNATURE_MIDDLE - half, _SIGNATURE_MIDDLE + half, _SIGNATURE_HEIGHT
    rule = f"0.7 w {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S"
    wide = _SIGNATURE_LINE + 20
    lines = [
        (page_words.SIGNATORY[0], Room(wide, 9.5, 7, Weight.BOLD), 15.0, INK, "th"),
        (statement.issuer.name_th, Room(wide, 8, 5), 27.0, INK, "th"),
        (page_words.SIGNATORY[1], Room(wide, 7, 5), 35.5, GREY, "en"),
    ]
    frame = (left, y - 0.4, right, y + 0.4)
    return [Ornament(rule, INK, frame), *_below_line(lines, _SIGNATURE_MIDDLE)]


def _below_line(
    lines: Sequence[tuple[str, Room, float, Colour, str]], middle: float
) -> list[Words]:
    """Set texts so many points below the line to sign on."""
    return [
        Words(
            set_text(text, room, field="issuer.name_th"),
            middle,
            _SIGNATURE_HEIGHT - below,
            colour,
            language=language,
        )
        for text, room, below, colour, language in lines
    ]


def _check(statement: Statement) -> list[Item]:
    """Set the QR symbol with the code under it, and beside it how to use them."""
    left, bottom, right, _ = _QR_FRAME
    code = Gap("paper_code", _CODE, (left + right) / 2, bottom - 16.5, INK, language="en")
    return [FigureGap("check_url", _QR_FRAME), code, *_how_to_check(statement, left)]


def _how_to_check(statement: Statement, qr_left: float) -> list[Item]:
    x = qr_left - _QR_SIDE * QUIET_MODULES / 29 - 4
    place = urlsplit(statement.check_url.removesuffix(statement.paper_code))
    address = place.netloc.lower() + place.path.rstrip("/")
    top = _QR_BOTTOM + _QR_SIDE - 9
    lines = [
        (page_words.CHECK[0], Room(120, 9.5, 7, Weight.BOLD), top, GREEN, "th"),
        (page_words.CHECK[1], Room(120, 7, 5), top - 10, GREY, "en"),
        (page_words.CHECK_HOW[0], Room(120, 8, 6), top - 27, INK, "th"),
        (page_words.CHECK_HOW[1], Room(120, 7, 5), top - 37, GREY, "en"),
        (address, Room(120, 8.5, 5, Weight.BOLD), top - 49, INK, "en"),
    ]
    return [
        Words(set_text(text, room, field="check_url"), x, y, colour, Align.RIGHT, language=language)
        for text, room, y, colour, language in lines
    ]
