"""What must be true of reading which bytes a signature covers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import Refused
from certificates.sealing.byte_range import read_coverage
from tests.certificates.workshop import ISSUED, certificate

DOCUMENT = certificate()
PIECES = [b"/ByteRange [0 ", b"9 ", b"40 ", b"]", b"/Contents ", b"<ab>", b"/M (D:20260504031500Z)"]


def test_the_signing_time_is_read_from_the_signed_bytes() -> None:
    assert read_coverage(DOCUMENT).signed_at == ISSUED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/M (D:20260504031500Z)", b"/M (D:20261304031500Z)"),
        (b"/M (D:20260504031500Z)", b"/M (D:20260504031500 )"),
        (b"/M (D:20260504031500Z)", b"/N (D:20260504031500Z)"),
    ],
    ids=["month 13", "no zone", "missing"],
)
def test_without_one_clear_signing_time_a_seal_is_refused(old: bytes, new: bytes) -> None:
    assert old in DOCUMENT
    with pytest.raises(Refused, match="signing-time"):
        read_coverage(DOCUMENT.replace(old, new))


def test_a_second_signing_time_makes_it_unclear() -> None:
    twice = DOCUMENT.replace(b">>\nendobj\n", b"\n/M (D:20260504031500Z)>>\nendobj\n", 1)
    added = len(twice) - len(DOCUMENT)
    rest = int(DOCUMENT.split(b"/ByteRange [")[1].split(b"]")[0].split()[3])
    twice = twice.replace(b" %d]" % rest, b" %d]" % (rest + added), 1)
    with pytest.raises(Refused, match="signing-time"):
        read_coverage(twice)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=12).map(b"".join))
def test_odd_bytes_are_refused_in_our_own_words(data: bytes) -> None:
    with pytest.raises(Refused):
        read_coverage(data)
