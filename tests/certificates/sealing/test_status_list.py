"""What must be true of status lists."""

import gzip
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import CannotSay, NoLongerValid, NotChecked
from certificates.sealing.p256 import key_of_jwk
from certificates.sealing.status_list import (
    FEWEST_BITS,
    SignedStatusList,
    StatusList,
    decode_bits,
    encode_bits,
    read_status_list,
    sign_status_list,
)
from certificates.sealing.strict_json import from_base64url, to_base64url
from certificates.sealing.token import VerificationKey, credential_of, parse_token, sign_credential
from tests.certificates.workshop import ISSUED, STATUS_URI, ring

KEY = ring().status
ISSUER = ring().issuer.id
KEYS = {KEY.kid: VerificationKey(KEY.kid, ISSUER, key_of_jwk(KEY.jwk), KEY.window)}
EMPTY = StatusList.revoked([], uri=STATUS_URI, issuer=ISSUER)
indexes = st.sets(st.integers(0, FEWEST_BITS - 1), max_size=30)


def signed(content: StatusList = EMPTY) -> SignedStatusList:
    return read_status_list(sign_status_list(content, KEY, at=ISSUED), KEYS)


@settings(deadline=None, max_examples=25)
@given(indexes, st.integers(0, FEWEST_BITS - 1))
def test_exactly_the_revoked_indexes_are_revoked(revoked: set[int], other: int) -> None:
    content = signed(StatusList.revoked(revoked, uri=STATUS_URI, issuer=ISSUER)).content
    assert all(content.is_revoked(index) for index in revoked)
    assert content.is_revoked(other) == (other in revoked)


def test_the_first_index_is_the_most_significant_bit() -> None:
    content = StatusList.revoked([0, 9], uri=STATUS_URI, issuer=ISSUER)
    assert content.bits[:2] == b"\x80\x40"
    assert len(content.bits) == 16_384


def test_the_encoding_is_the_published_one() -> None:
    encoded = encode_bits(EMPTY.bits)
    assert encoded.startswith("u")
    assert gzip.decompress(from_base64url(encoded[1:])) == EMPTY.bits
    assert encode_bits(EMPTY.bits) == encoded


@pytest.mark.parametrize("index", [-1, FEWEST_BITS])
def test_an_index_outside_the_list_is_never_taken_for_good(index: int) -> None:
    with pytest.raises(NotChecked, match="status-index-range"):
        signed().require_not_revoked(index, at=ISSUED)
    with pytest.raises(CannotSay, match="status-index"):
        StatusList.revoked([index], uri=STATUS_URI, issuer=ISSUER)


def test_a_list_is_good_for_a_day_at_most() -> None:
    signed().require_not_revoked(1, at=ISSUED + timedelta(hours=24))
    with pytest.raises(NotChecked, match="status-stale"):
        signed().require_not_revoked(1, at=ISSUED + timedelta(hours=24, seconds=1))
    with pytest.raises(CannotSay, match="status-life"):
        sign_status_list(EMPTY, KEY, at=ISSUED, life=timedelta(hours=25))


def test_a_later_list_clears_the_past_but_does_not_condemn_it() -> None:
    revoked = signed(StatusList.revoked([5], uri=STATUS_URI, issuer=ISSUER))
    before = ISSUED - timedelta(days=3)
    revoked.require_not_revoked(6, at=before)
    with pytest.raises(NotChecked, match="status-not-yet"):
        revoked.require_not_revoked(5, at=before)
    with pytest.raises(NoLongerValid, match="revoked"):
        revoked.require_not_revoked(5, at=ISSUED - timedelta(minutes=4))


BOMB = gzip.compress(bytes(64 * 1024 * 1024), mtime=0)
WRONG: dict[str, str] = {
    "no letter u": encode_bits(EMPTY.bits)[1:],
    "empty": "",
    "not base64url": "u===",
    "not gzip": "u" + to_base64url(b"nothing packed"),
    "cut off": "u" + to_base64url(gzip.compress(EMPTY.bits)[:-9]),
    "something behind": "u" + to_base64url(gzip.compress(EMPTY.bits) + b"x"),
    "two members": "u" + to_base64url(gzip.compress(EMPTY.bits) + gzip.compress(EMPTY.bits)),
    "too short": encode_bits(bytes(16_383)),
    "bomb": "u" + to_base64url(BOMB),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_odd_list_says_nothing(name: str) -> None:
    with pytest.raises(NotChecked, match="status-"):
        decode_bits(WRONG[name])


def _changed(**changes: object) -> str:
    credential = credential_of(parse_token(sign_status_list(EMPTY, KEY, at=ISSUED)).payload)
    return sign_credential({**credential, **changes}, KEY)


SUBJECT = {
    "id": f"{STATUS_URI}#list",
    "type": "BitstringStatusList",
    "statusPurpose": "revocation",
    "encodedList": encode_bits(EMPTY.bits),
}


@pytest.mark.parametrize(
    "changes",
    [
        {"credentialSubject": {**SUBJECT, "statusPurpose": "suspension"}},
        {"credentialSubject": {**SUBJECT, "type": "Other"}},
        {"credentialSubject": {**SUBJECT, "encodedList": 1}},
        {"credentialSubject": {**SUBJECT, "encodedList": encode_bits(bytes(100))}},
        {"validUntil": "2099-01-01T00:00:00Z"},
        {"validUntil": "2026-05-04T03:15:00Z"},
        {"issuer": {"id": "https://x.example", "type": ["Profile"]}},
    ],
    ids=["suspension", "type", "number", "short", "too long a life", "no life", "other issuer"],
)
def test_a_signed_list_of_another_form_says_nothing(changes: dict[str, object]) -> None:
    with pytest.raises(NotChecked, match="status-"):
        read_status_list(_changed(**changes), KEYS)


def test_a_list_without_an_end_says_nothing() -> None:
    credential = credential_of(parse_token(sign_status_list(EMPTY, KEY, at=ISSUED)).payload)
    del credential["validUntil"]
    with pytest.raises(NotChecked, match="status-unreadable"):
        read_status_list(sign_credential(credential, KEY), KEYS)


def test_a_list_signed_with_a_credential_key_says_nothing() -> None:
    other = ring().credential
    with pytest.raises(NotChecked, match="status-unreadable"):
        read_status_list(sign_status_list(EMPTY, other, at=ISSUED), KEYS)
