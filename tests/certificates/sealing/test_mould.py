"""Moulds: what is filled in comes out again, and nothing else passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.sealing.der import OCTET_STRING, SEQUENCE, encoded
from certificates.sealing.mould import SHORTEST, Mould


def _pair(one: bytes, other: bytes) -> bytes:
    return encoded(SEQUENCE, b"before", encoded(OCTET_STRING, one), encoded(OCTET_STRING, other))


VALUES = st.tuples(*[st.binary(min_size=SHORTEST, max_size=300)] * 2)


@given(VALUES)
def test_what_is_filled_is_what_is_written_and_comes_out_again(values: tuple[bytes, bytes]) -> None:
    mould = Mould(_pair, [len(value) for value in values])
    assert mould.filled(*values) == _pair(*values)
    assert mould.taken_from(_pair(*values)) == [*values]


@given(VALUES, st.integers(1, 255), st.data())
def test_a_changed_byte_is_noticed_or_stands_in_a_hole(
    values: tuple[bytes, bytes], pattern: int, data: st.DataObject
) -> None:
    mould, changed = Mould(_pair, [len(value) for value in values]), bytearray(_pair(*values))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= pattern
    found = mould.taken_from(bytes(changed))
    assert found is None or (found != [*values] and _pair(*found) == changed)


@given(VALUES, st.binary(min_size=1, max_size=9))
def test_more_or_less_than_the_mould_is_none(values: tuple[bytes, bytes], more: bytes) -> None:
    mould, whole = Mould(_pair, [len(value) for value in values]), _pair(*values)
    assert mould.taken_from(whole + more) is None
    assert mould.taken_from(whole[: -len(more)]) is None


def test_values_of_other_lengths_are_refused() -> None:
    mould = Mould(_pair, [SHORTEST, 20])
    for values in ((bytes(SHORTEST), bytes(21)), (bytes(20),), (bytes(SHORTEST), bytes(20), b"")):
        with pytest.raises(ValueError, match=r"lengths|argument"):
            mould.filled(*values)


@pytest.mark.parametrize(
    ("write", "length"),
    [
        (lambda one: one, SHORTEST - 1),
        (lambda one: one + one, SHORTEST),
        (lambda one: one[::-1], SHORTEST),
    ],
    ids=["too short to be told", "twice", "not as it is"],
)
def test_without_one_place_for_a_value_there_is_no_mould(write: object, length: int) -> None:
    assert callable(write)
    with pytest.raises(ValueError, match="no hole"):
        Mould(write, [length])
