"""Names as they are printed, and numbers that are never kept."""

import pytest

from competency_bank.domain.errors import BadInput
from competency_bank.domain.people import Name, match_code, name_part


@pytest.mark.parametrize(
    ("name", "full"),
    [
        (Name("นางสาว", "ปิ่น", "ทองคำ"), "นางสาวปิ่น ทองคำ"),
        (Name("ว่าที่ร้อยเอก", "ตัวอย่าง", None), "ว่าที่ร้อยเอกตัวอย่าง"),
        (Name("Mr.", "Sample", "Person"), "Mr. Sample Person"),
        (Name(None, "สมมุติ", "ดี"), "สมมุติ ดี"),
    ],
)
def test_a_thai_title_stands_against_the_name_and_others_apart(name: Name, full: str) -> None:
    assert name.full == full


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<b>ก", "name-mark-up"),
        ("ก\u202eข", "name-hidden-character"),
        ("ก\u200bข", "name-hidden-character"),
        ("\ue000", "name-hidden-character"),
        ("  ", "name-length"),
        ("ก" * 101, "name-length"),
    ],
)
def test_a_name_that_some_reader_would_obey_or_reorder_is_refused(text: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        name_part(text, field="given")

    assert caught.value.code == code


def test_a_split_sara_am_is_joined_in_a_name() -> None:
    assert name_part("น\u0e4d\u0e49า", field="given") == "น้ำ"


def test_a_national_number_is_matched_by_a_code_that_does_not_hold_it() -> None:
    code = match_code("1234567890121", pepper=b"a" * 32)

    assert "1234567890121" not in code
    assert code == match_code("1234567890121", pepper=b"a" * 32)
    assert code != match_code("1234567890121", pepper=b"b" * 32)
