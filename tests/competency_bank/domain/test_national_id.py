import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.domain.national_id import masked, plain, valid, without_numbers

_VALID = "1234567890121"


def _with_check(twelve: str) -> str:
    weighted = sum(
        weight * int(digit) for weight, digit in zip(range(13, 1, -1), twelve, strict=True)
    )
    return f"{twelve}{(11 - weighted % 11) % 10}"


_numbers = st.from_regex(r"[1-8][0-9]{11}", fullmatch=True).map(_with_check)


@pytest.mark.parametrize(
    "number",
    [_VALID, "1-2345-67890-12-1", "1 2345 67890 12 1", "๑๒๓๔๕๖๗๘๙๐๑๒๑", "1–2345–67890–12–1"],
)
def test_a_right_number_is_valid_however_it_is_set_out(number: str) -> None:
    assert valid(number)
    assert plain(number) == _VALID


@pytest.mark.parametrize(
    "number",
    [
        "",
        "1234567890122",
        "123456789012",
        "12345678901210",
        "0234567890129",
        "9234567890123",
        "1.23457E+12",
        "²" * 13,
    ],
)
def test_anything_else_is_not(number: str) -> None:
    assert not valid(number)


@settings(deadline=None)
@given(_numbers, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed_but_where_the_check_cannot_tell(
    number: str, place: int, shift: int
) -> None:
    """The check digit 0 or 1 stands for two remainders each, so a few slips stay unseen."""
    slip = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert valid(number)
    assert not valid(slip) or slip == _with_check(slip[:12])


@settings(deadline=None)
@given(_numbers)
def test_a_mask_shows_five_digits_at_most(number: str) -> None:
    assert masked(number) == f"{number[0]}-XXXX-XXXXX-{number[10:12]}-{number[12]}"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("123456", "XXXXXX"), ("12345678", "XXXXX678"), ("1.23457E+12", "XXXXX712"), ("", "")],
)
def test_a_number_of_another_length_is_masked_too(number: str, shown: str) -> None:
    assert masked(number) == shown


@settings(deadline=None)
@given(_numbers, st.sampled_from(["{}", "เลข {} ค่ะ", "{}.", "{}/2569"]))
def test_no_text_for_people_holds_a_whole_number(number: str, around: str) -> None:
    dashed = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    for form in (number, dashed, dashed.replace("-", " "), number[:12]):
        assert number[1:10] not in plain(without_numbers(around.format(form)))


def test_short_numbers_and_words_stay() -> None:
    assert without_numbers("สอบ 29/4/2569 ได้ 85 จาก 100") == "สอบ 29/4/2569 ได้ 85 จาก 100"
