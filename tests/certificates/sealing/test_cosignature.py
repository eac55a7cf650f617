"""Witnesses' cosignatures: the published form, and a wrong one spoils the note."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import KeyUnusable, ProofFails
from certificates.sealing.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from certificates.sealing.cosignature import (
    cosign,
    cosigners,
    log_verifier_key,
    new_witness_key,
    read_log_key,
    read_verifier_key,
    read_witness_key,
    verifier_key,
    with_lines,
)
from certificates.sealing.trust_list import Witness
from tests.certificates.workshop import ring

ORIGIN = "bank.example/log"
KEY = ring("log").checkpoint
NOTE = sign_checkpoint(Checkpoint(ORIGIN, 7, bytes(32)), KEY)
AT = datetime(2023, 3, 20, 13, 32, 27, tzinfo=UTC)
ONE, OTHER = (read_witness_key(new_witness_key(f"witness.example/{n}")) for n in "ab")
LINE = cosign(NOTE, ONE, at=AT)


def test_a_cosigned_checkpoint_is_still_the_logs_and_names_its_witnesses() -> None:
    whole = with_lines(NOTE, [LINE, cosign(NOTE, OTHER, at=AT), LINE])

    assert whole.count(LINE) == 1
    assert open_checkpoint(whole, origin=ORIGIN, public_key=KEY.public_bytes).size == 7
    assert cosigners(whole, [ONE.public, OTHER.public]) == {ONE.name: AT, OTHER.name: AT}
    assert cosigners(whole, [OTHER.public]) == {OTHER.name: AT}
    assert cosigners(NOTE, [ONE.public]) == {}


def test_the_signed_bytes_are_those_of_the_specification() -> None:
    """Verified here word by word, without the code that made them."""
    name, encoded = LINE.removeprefix("\u2014 ").strip().split(" ")
    mark = base64.b64decode(encoded)
    assert (name, len(mark)) == (ONE.name, 4 + 8 + 64)
    assert int.from_bytes(mark[4:12], "big") == 1679319147 == int(AT.timestamp())
    body = f"cosignature/v1\ntime 1679319147\n{ORIGIN}\n7\n{base64.b64encode(bytes(32)).decode()}\n"
    Ed25519PublicKey.from_public_bytes(ONE.public.public_key).verify(mark[12:], body.encode())


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 75), st.integers(1, 255))
def test_a_changed_cosignature_is_never_counted(place: int, bits: int) -> None:
    name, encoded = LINE.removeprefix("\u2014 ").strip().split(" ")
    mark = bytearray(base64.b64decode(encoded))
    mark[place] ^= bits
    whole = with_lines(NOTE, [f"\u2014 {name} {base64.b64encode(mark).decode()}"])
    if place < 4:  # another key's line, which is nobody's here
        assert cosigners(whole, [ONE.public]) == {}
    else:
        with pytest.raises(ProofFails, match="cosignature-wrong"):
            cosigners(whole, [ONE.public])


def test_a_cosignature_does_not_stand_on_another_checkpoint() -> None:
    other = sign_checkpoint(Checkpoint(ORIGIN, 8, bytes(32)), KEY)
    with pytest.raises(ProofFails, match="cosignature-wrong"):
        cosigners(with_lines(other, [LINE]), [ONE.public])
    short = base64.b64encode(base64.b64decode(LINE.split(" ")[2])[:-1]).decode()
    with pytest.raises(ProofFails, match="cosignature-wrong"):
        cosigners(with_lines(NOTE, [f"\u2014 {ONE.name} {short}"]), [ONE.public])


def test_keys_are_written_as_signed_notes_write_them() -> None:
    text = verifier_key(ONE.public)
    name, mark, material = text.split("+", 2)
    assert (name, len(mark), base64.b64decode(material)[0]) == (ONE.name, 8, 4)
    assert read_verifier_key(f"{text}\n") == ONE.public
    assert read_log_key(log_verifier_key(ORIGIN, KEY.public_bytes)) == (ORIGIN, KEY.public_bytes)
    # An example of golang.org/x/mod/sumdb/note.
    peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert read_log_key(peter)[0] == "PeterNeumann"
    assert "PRIVATE" not in repr(ONE)
    assert ONE.seed.hex() not in repr(ONE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "na me+00000000+BAAA",
        verifier_key(ONE.public).replace("+", "-"),
        verifier_key(ONE.public)[:-4],
        verifier_key(Witness("other", ONE.public.public_key)).replace("other", ONE.name),
        log_verifier_key(ORIGIN, KEY.public_bytes),
        new_witness_key("w"),
    ],
    ids=["empty", "name", "space", "dashes", "short", "renamed", "a log's", "private"],
)
def test_a_text_that_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(KeyUnusable, match="key-damaged"):
        read_verifier_key(text)


def test_a_damaged_or_foreign_private_key_is_refused() -> None:
    good = new_witness_key("w")
    for bad in ("x", verifier_key(ONE.public), good.replace("+w+", "+v+"), good[:-4] + "AAA="):
        with pytest.raises(KeyUnusable, match="key-damaged"):
            read_witness_key(bad)
    with pytest.raises(KeyUnusable, match="key-damaged"):
        new_witness_key("two words")
    with pytest.raises(KeyUnusable, match="key-damaged"):
        read_log_key(log_verifier_key(ORIGIN, KEY.public_bytes).replace("bank", "park"))
