"""What must be true of time stamps: of ours by every judge at hand, of others' by our reader."""

import asyncio
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext
from rfc3161_client import VerifierBuilder, decode_timestamp_response

from certificates.errors import CannotSay, Refused, StampMissing
from certificates.sealing import time_stamp_token
from certificates.sealing.der import INTEGER, SEQUENCE, encoded
from certificates.sealing.keys import Window
from certificates.sealing.time_stamp import read_stamp_info, stamp_info, stamp_request
from certificates.sealing.time_stamp_client import AuthorityByAddress
from certificates.sealing.time_stamp_token import open_token
from certificates.sealing.time_stamping import POLICY, OwnTimeStamps
from tests.certificates.openssl_authority import openssl_authority
from tests.certificates.stamped import authority
from tests.certificates.workshop import ISSUED, ring

DATA = b"the value of a signature"
DIGEST = sha256(DATA).digest()
TOKEN = authority().stamp(DATA)
ROOT = x509.load_der_x509_certificate(ring().document.chain[-1])
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing")
_MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - Hypothesis wants naive bounds beside timezones
    datetime(2199, 1, 1),  # noqa: DTZ001 - Hypothesis wants naive bounds beside timezones
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))


def granted(token: bytes) -> bytes:
    """Return the answer of an authority that grants ``token``."""
    return encoded(SEQUENCE, encoded(SEQUENCE, encoded(INTEGER, b"\0")), token)


# Ours, by other judges


def test_another_library_reads_and_writes_the_same_token() -> None:
    whole = asn1_cms.ContentInfo.load(TOKEN, strict=True)
    assert whole.copy().dump(force=True) == TOKEN
    signed = whole["content"]
    assert signed["encap_content_info"]["content_type"].native == "tst_info"
    (info,) = signed["signer_infos"]
    kinds = [each["type"].native for each in info["signed_attrs"]]
    assert kinds == ["content_type", "message_digest", "signing_certificate_v2"]


@settings(deadline=None, max_examples=60)
@given(st.binary(min_size=32, max_size=32), _MOMENTS, st.integers(0, 2**127 - 1))
def test_another_library_reads_the_same_statement(
    imprint: bytes, at: datetime, serial: int
) -> None:
    data = stamp_info(imprint, at=at, policy=POLICY, serial=serial)
    native: Any = tsp.TSTInfo.load(data, strict=True)
    assert native.copy().dump(force=True) == data
    assert native["message_imprint"]["hashed_message"].native == imprint
    assert native["gen_time"].native == at
    assert native["serial_number"].native == serial
    ours = read_stamp_info(data)
    assert (ours.imprint, ours.at, ours.nonce) == (imprint, at, None)


@settings(deadline=None, max_examples=40)
@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**64 - 1))
def test_another_library_reads_the_same_query(imprint: bytes, nonce: int) -> None:
    native: Any = tsp.TimeStampReq.load(stamp_request(imprint, nonce=nonce), strict=True)
    assert native["nonce"].native == nonce
    assert native["cert_req"].native is True
    assert native["message_imprint"]["hashed_message"].native == imprint


def test_a_client_of_the_protocol_verifies_our_token() -> None:
    answer = decode_timestamp_response(granted(TOKEN))
    verifier = VerifierBuilder().add_root_certificate(ROOT).build()
    assert verifier.verify_message(answer, DATA)
    assert answer.tst_info.gen_time == ISSUED


def test_pyhanko_verifies_our_token() -> None:
    signed = asn1_cms.ContentInfo.load(TOKEN)["content"]
    root: Any = asn1_x509.Certificate.load(ring().document.chain[-1])
    context = ValidationContext(trust_roots=[root], moment=ISSUED, allow_fetching=False)
    found = asyncio.run(validate_tst_signed_data(signed, context, lambda _: DIGEST))
    assert found["intact"]
    assert found["valid"]
    assert found["trust_problem_indic"] is None
    assert found["timestamp"] == ISSUED


@needs_openssl
@pytest.mark.parametrize(("text", "good"), [(DATA, True), (b"something else", False)])
def test_openssl_verifies_our_token(tmp_path: Path, text: bytes, *, good: bool) -> None:
    (tmp_path / "token.der").write_bytes(TOKEN)
    (tmp_path / "data").write_bytes(text)
    (tmp_path / "root.pem").write_bytes(ROOT.public_bytes(Encoding.PEM))
    command = ["openssl", "ts", "-verify", "-data", "data", "-in", "token.der", "-token_in"]
    command += ["-CAfile", "root.pem", "-attime", str(int(ISSUED.timestamp()))]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ("Verification: OK" in found.stdout) is good


def test_tokens_differ_and_are_never_longer_than_foretold() -> None:
    own = authority()
    tokens = {own.stamp(DATA) for _ in range(40)}
    assert len(tokens) == 40
    assert max(len(token) for token in tokens) <= own.longest


def test_an_authority_out_of_its_time_does_not_stamp() -> None:
    own = authority()
    late = OwnTimeStamps(own.key, lambda: own.key.window.end + timedelta(seconds=1))
    with pytest.raises(CannotSay, match="time-stamp-window"):
        late.stamp(DATA)
    never = OwnTimeStamps(replace(own.key, window=Window(ISSUED, ISSUED)), lambda: ISSUED)
    assert never.stamp(DATA)


# Any authority's, by our reader


def test_our_own_token_is_read_as_it_was_said() -> None:
    stamp = open_token(TOKEN)
    assert (stamp.info.imprint, stamp.info.at, stamp.others) == (DIGEST, ISSUED, ())
    own = ring().time_stamps
    assert own is not None
    assert stamp.certificate == own.certificate


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_token_goes_unnoticed(at: int, pattern: int) -> None:
    changed = bytearray(TOKEN)
    changed[at] ^= pattern
    with pytest.raises(Refused):
        open_token(bytes(changed))


@settings(deadline=None, max_examples=100)
@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 255))
def test_a_token_whose_form_is_known_is_refused_like_any_other(at: int, pattern: int) -> None:
    changed = bytearray(TOKEN)
    changed[at] ^= pattern
    codes = []
    for known in (False, True):
        time_stamp_token._KNOWN.clear()  # noqa: SLF001 - to forget the forms
        if known:
            open_token(TOKEN)
        with pytest.raises(Refused) as caught:
            open_token(bytes(changed))
        codes.append(caught.value.code)
    assert codes[0] == codes[1]


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=60) | st.integers(0, len(TOKEN) - 1).map(lambda end: TOKEN[:end]))
def test_other_bytes_are_refused_in_our_own_words(data: bytes) -> None:
    with pytest.raises(Refused, match="time-stamp-form"):
        open_token(data)


def test_what_is_nested_too_deeply_or_too_long_is_refused() -> None:
    deep = b""
    for _ in range(2_000):
        deep = encoded(SEQUENCE, deep)
    for data in (deep, encoded(SEQUENCE, bytes(30_000)), b"\x30\x80" + TOKEN[4:] + b"\0\0"):
        with pytest.raises(Refused, match="time-stamp-form"):
            open_token(data)


@needs_openssl
@pytest.mark.parametrize("kind", ["rsa", "p256", "p384"])
def test_tokens_of_openssl_are_read_whatever_their_key(tmp_path: Path, kind: str) -> None:
    digest = "sha512" if kind == "rsa" else "sha256"
    other = openssl_authority(tmp_path, kind, digest=digest)
    token = AuthorityByAddress("http://tsa.example", send=other.answer).stamp(DATA)
    stamp = open_token(token)
    assert stamp.info.imprint == DIGEST
    assert stamp.certificate == other.certificate
    assert abs(stamp.info.at - datetime.now(UTC)) < timedelta(minutes=1)
    for at in range(0, len(token), 97):
        changed = bytearray(token)
        changed[at] ^= 0x20
        with pytest.raises(Refused):
            open_token(bytes(changed))


@needs_openssl
def test_a_token_that_names_its_signer_by_a_broken_hash_is_refused(tmp_path: Path) -> None:
    other = openssl_authority(tmp_path, "rsa", identifier="sha1")
    with pytest.raises(StampMissing, match="stamp-unusable"):
        AuthorityByAddress("http://tsa.example", send=other.answer).stamp(DATA)
