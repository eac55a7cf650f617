"""Fitting: smaller, then two lines, then refused; and nothing but plain text."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from certificates.document.shaping import shape
from certificates.document.typeface import Weight
from certificates.document.typesetting import Room, broken_in_two, set_shortened, set_text
from certificates.errors import CannotSet
from tests.certificates.statements import LONG_TITLE

WORDS = st.lists(
    st.sampled_from(["ปฏิบัติ", "งาน", "ไฟฟ้า", "ชั้น", "น้ำ", "เพื่อ", "ที่", "work ", " safe "]),
    min_size=1,
    max_size=30,
).map("".join)
TIGHT = Room(width=200, size=20, smallest=8, weight=Weight.BOLD, lines=2, second_size=12)


def _refusal(text: str, room: Room = TIGHT) -> CannotSet:
    with pytest.raises(CannotSet) as caught:
        set_text(text, room, field="holder.name")
    assert caught.value.values["field"] == "holder.name"
    return caught.value


@settings(deadline=None)
@given(WORDS)
def test_a_text_that_is_set_keeps_within_its_room_and_sizes(text: str) -> None:
    try:
        setting = set_text(text, TIGHT, field="title")
    except CannotSet:
        assume(not text.strip() or shape(text, TIGHT.weight).width(TIGHT.smallest) > TIGHT.width)
        return
    assert setting.width <= TIGHT.width + 0.01
    assert TIGHT.smallest <= setting.size <= TIGHT.size
    assert 1 <= len(setting.lines) <= TIGHT.lines


@settings(deadline=None)
@given(WORDS)
def test_a_text_in_two_lines_loses_nothing_but_space_at_the_break(text: str) -> None:
    lines = broken_in_two(text, Weight.REGULAR)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_text_is_made_smaller_before_it_is_broken() -> None:
    whole, smaller, broken = (
        set_text("ปฏิบัติงาน" * times, TIGHT, field="title") for times in (1, 3, 6)
    )
    assert (len(whole.lines), whole.size) == (1, 20)
    assert len(smaller.lines) == 1
    assert 8 <= smaller.size < 20
    assert len(broken.lines) == 2


def test_a_thai_line_breaks_between_words() -> None:
    first, second = broken_in_two("ติดตั้งอิเล็กทรอนิกส์และตรวจสอบระบบไฟฟ้าภายในอาคาร", Weight.REGULAR)
    assert first.endswith(("อิเล็กทรอนิกส์", "และ", "ตรวจ", "สอบ", "ตรวจสอบ", "ระบบ"))
    assert second


def test_a_text_with_no_room_at_the_smallest_size_is_refused_with_the_width_it_needs() -> None:
    refused = _refusal("ก" * 200)
    assert refused.code == "too-long"
    assert refused.values["width"] == round(shape("ก" * 200, Weight.BOLD).width(8))


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("สมชาย😀", "no-glyph", "U+1F600 GRINNING FACE"),
        ("王小明", "no-glyph", "U+738B CJK UNIFIED IDEOGRAPH-738B"),
        ("Иван", "no-glyph", "U+0418 CYRILLIC CAPITAL LETTER I"),
        ("สม\u202eชาย", "unseen-character", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("สม\u200bชาย", "unseen-character", "U+200B ZERO WIDTH SPACE"),
        ("สม\ue000ชาย", "unseen-character", "U+E000 (no name)"),
        ("สม\tชาย", "unseen-character", "U+0009 (no name)"),
        ("สม\u2028ชาย", "unseen-character", "U+2028 LINE SEPARATOR"),
    ],
)
def test_a_character_that_cannot_be_shown_is_refused_and_named(
    text: str, code: str, named: str
) -> None:
    refused = _refusal(text)
    assert (refused.code, refused.values["character"]) == (code, named)


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert _refusal(text).code == "empty"


@pytest.mark.parametrize(
    "text", ["<b>ก</b>", "&amp;", "</para>", '<a href="x">', "<img src='/etc/hosts'>", "%s{0}\\"]
)
def test_mark_up_is_set_as_the_characters_it_is_made_of(text: str) -> None:
    setting = set_text(text, Room(width=600, size=12, smallest=8), field="holder.name")
    assert setting.lines[0].text == text


@settings(deadline=None)
@given(WORDS.filter(str.strip))
def test_a_shortened_text_is_whole_or_ends_in_an_ellipsis(text: str) -> None:
    setting = set_shortened(text, Room(width=120, size=10, smallest=8), field="title")
    shown = setting.lines[0].text
    assert setting.width <= 120.01
    assert shown == text or (shown.endswith("…") and text.startswith(shown.removesuffix("…")))


def test_a_long_title_breaks_into_two_lines_of_about_the_same_width() -> None:
    first, second = (
        shape(line, Weight.BOLD).width(1) for line in broken_in_two(LONG_TITLE, Weight.BOLD)
    )
    assert 0.85 < first / second < 1.18
