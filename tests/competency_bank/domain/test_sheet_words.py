"""Words of a class sheet: the quick ways say what the slow ones say."""

import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.domain.sheet_words import begins_footer, outcome_key
from standards.thai_text import forgiving_key
from tests.strategies import messy_text

FOOTERS = ("รวม", "ลงชื่อ", "total", "หมายเหตุ")


def test_exactly_the_variation_selectors_of_unicode_go_from_an_outcome() -> None:
    named = {
        chr(code)
        for code in range(sys.maxunicode + 1)
        if "VARIATION SELECTOR" in unicodedata.name(chr(code), "")
    }
    candidates = [*named, *(chr(ord(one) + step) for one in named for step in (-1, 1))]

    assert named
    assert {one for one in candidates if outcome_key(f"1{one}1") == "11"} >= named
    assert {one for one in candidates if outcome_key(f"✔{one}") == "✔"} - named <= {"\u180e"}


@settings(deadline=None)
@given(st.sampled_from(("", "0", "9", "๙", " ", "\u200b")), st.sampled_from(FOOTERS) | messy_text)
def test_a_line_begins_as_a_footer_just_where_its_key_does(before: str, text: str) -> None:
    line = before + text
    keyed = forgiving_key(line)

    assert begins_footer(line) == begins_footer(f"\u200b{line}")
    assert not (begins_footer(line) and keyed[:1].isdigit())
