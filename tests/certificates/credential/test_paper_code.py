"""The code on paper: what is typed is read rightly or refused."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from certificates.credential.paper_code import (
    ALPHABET,
    CODE_LENGTH,
    RANDOM_BYTES,
    in_groups,
    new_paper_code,
    read_paper_code,
)
from certificates.errors import CannotSay, NotACode

RANDOM = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
CODES = RANDOM.map(new_paper_code)
PLACES = st.integers(0, CODE_LENGTH - 1)


@settings(deadline=None)
@given(CODES)
def test_a_new_code_reads_back_as_itself(code: str) -> None:
    assert read_paper_code(code) == code
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)


@settings(deadline=None)
@given(CODES)
def test_groups_lower_case_hyphens_and_look_alikes_are_forgiven(code: str) -> None:
    typed = in_groups(code).lower().replace(" ", "-").replace("0", "o").replace("1", "l")
    assert read_paper_code(typed) == code
    assert read_paper_code(f" {in_groups(code).replace('1', 'I')} ") == code


@settings(deadline=None)
@given(CODES, PLACES, st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_detected(code: str, place: int, other: str) -> None:
    assume(code[place] != other)
    with pytest.raises(NotACode) as caught:
        read_paper_code(code[:place] + other + code[place + 1 :])
    assert caught.value.code == "paper-code-check"


# Codes of many equal characters are likely examples, and in these few swaps change anything.
@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(CODES, PLACES, PLACES)
def test_every_swap_of_two_characters_is_detected(code: str, one: int, two: int) -> None:
    assume(code[one] != code[two])
    swapped = list(code)
    swapped[one], swapped[two] = swapped[two], swapped[one]
    with pytest.raises(NotACode):
        read_paper_code("".join(swapped))


@settings(deadline=None)
@given(RANDOM, st.integers(0, 124))
def test_each_of_the_first_125_bits_changes_the_code(random: bytes, bit: int) -> None:
    number = int.from_bytes(random, "big") ^ (1 << (127 - bit))
    assert new_paper_code(random) != new_paper_code(number.to_bytes(RANDOM_BYTES, "big"))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "paper-code-length"),
        ("0" * 25, "paper-code-length"),
        ("0" * 27, "paper-code-length"),
        ("U" + "0" * 25, "paper-code-character"),
        ("๐" * 26, "paper-code-character"),
        ("\u017f" + "0" * 25, "paper-code-character"),
        ("0" * 25 + "1", "paper-code-check"),
    ],
)
def test_what_is_no_code_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(NotACode) as caught:
        read_paper_code(typed)
    assert caught.value.code == reason


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_code_is_never_cut_from_less_or_more_randomness(length: int) -> None:
    with pytest.raises(CannotSay):
        new_paper_code(bytes(length))
