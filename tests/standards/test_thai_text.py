import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.errors import FaultInFile
from standards.thai_text import (
    HiddenKind,
    digits,
    find_forbidden,
    forgiving_key,
    refuse_hidden,
    tidy,
)
from tests.strategies import messy_text, plain_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("การท\u0e4d\u0e32งาน", "การทำงาน"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("เเม่บ้าน", "แม่บ้าน"),
        ("ที\u0e48", "ที่"),
        ("ท\u0e48ี", "ที่"),
        ("ผา\u0e48น", "ผ่าน"),
        ("คะ\u0e48", "ค่ะ"),
        ("ผ่\u200bาน", "ผ่าน"),
        ("\ufeffชื่อ\u00a0 สกุล\r\n", "ชื่อ สกุล"),
        ("cafe\u0301", "café"),
    ],
)
def test_slips_that_look_right_are_written_right(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    "text", ["น้ำ", "ทำ", "สมรรถนะ", "ผู้ปฏิบัติงาน", "ก็", "เก้าอี้", "ปฏิญญา ฯลฯ", "๒๕๖๙"]
)
def test_correct_thai_is_returned_unchanged(text: str) -> None:
    assert tidy(text) == text


def test_sara_am_is_kept_whole_where_nfkc_would_split_it() -> None:
    assert unicodedata.normalize("NFKC", "น้ำ") != "น้ำ"
    assert forgiving_key("น้ำ") == "น้ำ"


@settings(deadline=None)
@given(messy_text)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@settings(deadline=None)
@given(messy_text)
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert forgiving_key(forgiving_key(text)) == forgiving_key(text)


@settings(deadline=None)
@given(messy_text)
def test_text_and_its_tidy_form_have_one_key(text: str) -> None:
    assert forgiving_key(tidy(text)) == forgiving_key(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_of_ascii_only_letters_and_digits_matter_to_a_key(text: str) -> None:
    assert forgiving_key(text) == "".join(filter(str.isalnum, text)).lower()


@settings(deadline=None)
@given(st.integers(min_value=0))
def test_thai_and_western_digits_mean_the_same_number(number: int) -> None:
    thai = "".join(chr(0x0E50 + int(digit)) for digit in str(number))
    assert digits(thai) == str(number)


def test_case_spaces_and_punctuation_do_not_matter_for_finding() -> None:
    assert forgiving_key("ชื่อ - สกุล") == forgiving_key("ชื่อ–สกุล")
    assert forgiving_key("THR-HOH-1-200ZB") == forgiving_key("thr hoh 1 ๒๐๐zb")


@pytest.mark.parametrize(
    ("text", "position", "code_point", "kind"),
    [
        ("สม\u202eชาย", 3, "U+202E", HiddenKind.BIDI),
        ("\u200bสม", 1, "U+200B", HiddenKind.ZERO_WIDTH),
        ("สม\u3164", 3, "U+3164", HiddenKind.ZERO_WIDTH),
        ("ก\uf70a", 2, "U+F70A", HiddenKind.PRIVATE),
        ("ก\x07", 2, "U+0007", HiddenKind.CONTROL),
        ("ก\U000e0041", 2, "U+E0041", HiddenKind.CONTROL),
        ("ก\ud800", 2, "U+D800", HiddenKind.CONTROL),
    ],
)
def test_a_hidden_character_is_found_with_its_place_and_kind(
    text: str, position: int, code_point: str, kind: HiddenKind
) -> None:
    (found,) = find_forbidden(text)
    assert (found.position, found.code_point, found.kind) == (position, code_point, kind)
    with pytest.raises(FaultInFile) as caught:
        refuse_hidden(text)
    assert caught.value.code == "hidden-character"
    assert code_point in str(caught.value.values["character"])


@settings(deadline=None)
@given(plain_text)
def test_ordinary_text_passes_unchanged(text: str) -> None:
    assert refuse_hidden(text) == text


def test_line_ends_and_tabs_are_not_hidden() -> None:
    assert find_forbidden("หนึ่ง\nสอง\tสาม\r\n") == ()


every_thai_sign = st.text(
    "".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)))) + "aZ09 -./()<",
    max_size=12,
)
"""What the quick ways are for: Thai and ASCII, with every slip that these signs allow."""


@settings(deadline=None, max_examples=500)
@given(every_thai_sign | messy_text)
def test_text_is_tidied_alike_whether_or_not_the_quick_way_is_open(text: str) -> None:
    """A zero-width sign goes, and shuts the quick way."""
    assert tidy(f"\u200b{text}") == tidy(text)
    assert forgiving_key(f"\u200b{text}") == forgiving_key(text)


def test_a_sign_matters_to_a_key_just_where_unicode_calls_it_a_letter_number_or_mark() -> None:
    signs = [chr(code) for code in (*range(0x80), *range(0x0E00, 0x0E80))]

    assert [one for one in signs if forgiving_key(one)] == [
        one for one in signs if unicodedata.category(one)[0] in "LNM"
    ]
