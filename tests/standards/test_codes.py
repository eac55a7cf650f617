import pytest
from hypothesis import given, settings

from standards.codes import CodeFormat, format_of, looks_like_code, normalise_code
from tests.strategies import messy_text


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("HDS-NEFI-224B", CodeFormat.CURRENT),
        ("THR-OYQI-1000A", CodeFormat.CURRENT),
        ("HDS-BUE-3-153ZB", CodeFormat.LEGACY),
        ("THR-HOH-1-200ZB", CodeFormat.LEGACY),
        ("DG-WPJL-028", CodeFormat.UNSUFFIXED),
        ("CEC-OQZN-027", CodeFormat.UNSUFFIXED),
        ("--ZZZ-2-002ZB", CodeFormat.MALFORMED),
        ("10302", CodeFormat.MALFORMED),
        ("hds-nefi-224b", CodeFormat.MALFORMED),
        ("HDS-NEFI-224B\n", CodeFormat.MALFORMED),
        ("HDS-NEFI-๒๒๔B", CodeFormat.MALFORMED),
    ],
)
def test_each_format_is_told_from_the_code_as_printed(code: str, expected: CodeFormat) -> None:
    assert format_of(code) is expected


@pytest.mark.parametrize(
    "typed",
    ["thr-hoh-1-200zb", " THR - HOH - 1 - 200ZB ", "THR–HOH–๑–๒๐๐ZB", "THR-HOH-1-200\u200bZB"],
)
def test_a_typed_code_becomes_the_printed_one(typed: str) -> None:
    assert normalise_code(typed) == "THR-HOH-1-200ZB"


@settings(deadline=None)
@given(messy_text)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise_code(normalise_code(text)) == normalise_code(text)


@pytest.mark.parametrize(
    "text", ["thr-hoh-1-200zb", "10302", "IV12021", "5.01.005", "std1949:10302"]
)
def test_published_kinds_of_code_look_like_codes(text: str) -> None:
    assert looks_like_code(text)


@pytest.mark.parametrize("text", ["2567", "คะแนน", "score", "1", "29/4/2569", "ผ่าน", "COVID19"])
def test_other_headings_do_not_look_like_codes(text: str) -> None:
    assert not looks_like_code(text)
