"""What must be true of the form of a seal."""

from dataclasses import replace

import pytest
from asn1crypto import cms as asn1_cms
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import Refused
from certificates.sealing import cms_profile
from certificates.sealing.byte_range import read_coverage
from certificates.sealing.cms_profile import (
    CONTEXT_1,
    SIGNATURE_TIME_STAMP,
    SealParts,
    assemble,
    longest_seal,
    seal_mould,
    signed_attributes,
    take_apart,
)
from certificates.sealing.der import CONTEXT_0, SEQUENCE, SET, encoded, first_element
from tests.certificates.stamped import authority
from tests.certificates.workshop import certificate, ring

CMS = read_coverage(certificate()).cms
CHAIN = ring().document.chain
PARTS = take_apart(CMS)
TOKEN = authority().stamp(PARTS.signature)
STAMPED = assemble(replace(PARTS, time_stamp=TOKEN)) + bytes(9)


def test_another_library_reads_the_same_parts() -> None:
    signed = asn1_cms.ContentInfo.load(assemble(PARTS), strict=True)["content"]
    (info,) = signed["signer_infos"]
    assert [each["type"].native for each in info["signed_attrs"]] == [
        "content_type",
        "message_digest",
        "signing_certificate_v2",
    ]
    assert info["signed_attrs"].untag().dump() == signed_attributes(PARTS.digest, PARTS.signer)
    assert {each.chosen.dump() for each in signed["certificates"]} == set(CHAIN[:2])
    assert info["unsigned_attrs"].native is None


def test_another_library_writes_the_same_bytes() -> None:
    whole = asn1_cms.ContentInfo.load(assemble(PARTS), strict=True)
    assert whole.copy().dump(force=True) == assemble(PARTS)


@settings(deadline=None, max_examples=60)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=8, max_size=72))
def test_what_is_assembled_comes_apart_the_same(digest: bytes, signature: bytes) -> None:
    parts = SealParts(CHAIN[0], CHAIN[1], digest=digest, signature=signature)
    padding = bytes(longest_seal(CHAIN[0], CHAIN[1]) - len(assemble(parts)))
    assert take_apart(assemble(parts) + padding) == parts


def test_a_stamped_seal_differs_by_one_unsigned_attribute() -> None:
    stamped = replace(PARTS, time_stamp=TOKEN)
    signed = asn1_cms.ContentInfo.load(assemble(stamped), strict=True)["content"]
    (info,) = signed["signer_infos"]
    (attribute,) = info["unsigned_attrs"]
    assert attribute["type"].native == "signature_time_stamp_token"
    assert [value.dump() for value in attribute["values"]] == [TOKEN]


@settings(deadline=None, max_examples=60)
@given(st.binary(min_size=8, max_size=72), st.binary(max_size=900))
def test_a_stamped_seal_comes_apart_the_same(signature: bytes, content: bytes) -> None:
    token = encoded(SEQUENCE, content)
    parts = replace(PARTS, signature=signature, time_stamp=token)
    room = longest_seal(parts.signer, parts.authority, time_stamp=len(token))
    assert len(assemble(parts)) <= room
    assert take_apart(assemble(parts) + bytes(room - len(assemble(parts)))) == parts


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 255), st.data())
def test_a_changed_byte_of_a_stamped_seal_is_refused_or_changes_a_part(
    pattern: int, data: st.DataObject
) -> None:
    stamped = replace(PARTS, time_stamp=TOKEN)
    changed = bytearray(assemble(stamped))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= pattern
    try:
        parts = take_apart(bytes(changed))
    except Refused:
        return
    assert parts != stamped


ATTRIBUTE = encoded(SEQUENCE, SIGNATURE_TIME_STAMP, encoded(SET, TOKEN))


@pytest.mark.parametrize(
    "unsigned",
    [
        encoded(SET, ATTRIBUTE, ATTRIBUTE),
        encoded(SET, encoded(SEQUENCE, SIGNATURE_TIME_STAMP, encoded(SET, TOKEN, TOKEN))),
        encoded(SET),
    ],
    ids=["two attributes", "two stamps", "no attribute"],
)
def test_only_one_attribute_with_one_stamp_is_read(unsigned: bytes) -> None:
    plain = encoded(CONTEXT_1, ATTRIBUTE)
    whole = assemble(replace(PARTS, time_stamp=TOKEN))
    changed = bytes([0xA1]) + unsigned[1:]
    more = len(changed) - len(plain)
    assert whole.endswith(plain)
    cms = bytearray(whole.removesuffix(plain) + changed)
    for at in range(len(whole) - 4):  # the elements that end where the attribute ends
        tag, form, length = whole[at], whole[at + 1], int.from_bytes(whole[at + 2 : at + 4], "big")
        around = tag in {SEQUENCE, SET, CONTEXT_0} and form == 0x82
        if around and at + 4 + length == len(whole) and at < len(whole) - len(plain):
            cms[at + 2 : at + 4] = (length + more).to_bytes(2, "big")
    assert first_element(bytes(cms)).end == len(cms)
    with pytest.raises(Refused, match="seal-form"):
        take_apart(bytes(cms))


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(CMS) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_changes_a_part(at: int, pattern: int) -> None:
    changed = bytearray(CMS)
    changed[at] ^= pattern
    try:
        parts = take_apart(bytes(changed))
    except Refused:
        return
    assert parts != PARTS


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([CMS, STAMPED]), st.integers(0, len(STAMPED)), st.integers(1, 255))
def test_a_seal_whose_form_is_known_is_read_like_any_other(cms: bytes, at: int, bits: int) -> None:
    changed = bytearray(cms)
    changed[at % len(cms)] ^= bits
    outcomes: list[SealParts | str] = []
    for known in (False, True):
        cms_profile._KNOWN.clear()  # noqa: SLF001 - to forget the forms
        if known:
            take_apart(cms)
        try:
            outcomes.append(take_apart(bytes(changed)))
        except Refused as refused:
            outcomes.append(refused.code)
    assert outcomes[0] == outcomes[1]


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=40) | st.integers(0, len(assemble(PARTS)) - 1).map(lambda end: CMS[:end]))
def test_other_bytes_are_refused_in_our_own_words(data: bytes) -> None:
    with pytest.raises(Refused, match="seal-form"):
        take_apart(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x30\x80\x00\x00",
        b"\x30\x81\x05\x02\x03\x01\x02\x03",
        b"\x30\x82\x00\x81" + bytes(0x81),
        b"\x30\x84\x00\x00\x00\x01\x00",
        b"\x30\x05\x02\x01\x00",
        b"\x1f\x81\x01\x00",
        b"\x30",
        b"",
    ],
    ids=["indefinite", "long form", "leading zero", "four bytes", "cut", "high tag", "tag", "none"],
)
def test_what_is_not_der_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reading fault
        first_element(data)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 70_000))
def test_every_length_is_written_so_that_it_reads_back(length: int) -> None:
    element = first_element(encoded(SEQUENCE, bytes(length)))
    assert len(element.content) == length
    assert element.end == len(element.data)


@settings(deadline=None, max_examples=60)
@given(st.binary(min_size=32, max_size=32), st.integers(1, 2**255), st.integers(1, 2**255))
def test_the_seal_that_is_joined_is_the_seal_that_is_written(digest: bytes, r: int, s: int) -> None:
    signature = encode_dss_signature(r, s)
    signer, authority = ring().document.chain[:2]
    plain = assemble(SealParts(signer, authority, digest=digest, signature=signature))
    assert seal_mould(signer, authority, len(signature)).filled(digest, signature) == plain
