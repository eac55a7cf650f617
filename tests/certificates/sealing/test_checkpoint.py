"""What must be true of signed heads of the log."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import ProofFails
from certificates.sealing.checkpoint import (
    Checkpoint,
    key_id,
    open_checkpoint,
    sign_checkpoint,
    verify_ed25519,
)
from tests.certificates.workshop import ORIGIN, ring

VECTORS = Path(__file__).parents[4] / "shared/vectors/wycheproof/ed25519_test.json"
HEAD = Checkpoint(origin=ORIGIN, size=7, root=bytes(range(32)))
KEY = ring().checkpoint


def opened(note: str) -> Checkpoint:
    return open_checkpoint(note, origin=ORIGIN, public_key=KEY.public_bytes)


def test_the_key_id_is_the_one_published_for_a_known_log() -> None:
    """The verifier key of the Go checksum database names its id: 033de0ae."""
    key = base64.b64decode("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
    assert key_id("sum.golang.org", key[1:]).hex() == "033de0ae"


@pytest.mark.skipif(not VECTORS.is_file(), reason="no public vectors beside the tree")
def test_every_public_signature_vector_is_judged_right() -> None:
    wrong, count = [], 0
    for group in json.loads(VECTORS.read_text("utf-8"))["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for test in group["tests"]:
            count += 1
            try:
                verify_ed25519(key, bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"]))
            except ProofFails:
                wrong += [test["tcId"]] * (test["result"] == "valid")
            else:
                wrong += [test["tcId"]] * (test["result"] != "valid")
    assert (wrong, count) == ([], 151)


def test_what_was_signed_can_be_opened_and_has_the_published_shape() -> None:
    note = sign_checkpoint(HEAD, KEY)
    lines = note.split("\n")
    assert lines[:4] == [ORIGIN, "7", base64.b64encode(HEAD.root).decode(), ""]
    assert lines[4].startswith(f"\u2014 {ORIGIN} ")
    assert lines[5:] == [""]
    assert base64.b64decode(lines[4].split(" ")[2])[:4] == key_id(ORIGIN, KEY.public_bytes)
    assert opened(note) == HEAD


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_changed_character_goes_unnoticed(data: st.DataObject) -> None:
    note = sign_checkpoint(HEAD, KEY)
    at = data.draw(st.integers(0, len(note) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda letter: letter != note[at]))
    with pytest.raises(ProofFails):
        opened(note[:at] + other + note[at + 1 :])


def test_a_witness_line_is_passed_over_but_never_enough() -> None:
    note = sign_checkpoint(HEAD, KEY)
    witness = sign_checkpoint(HEAD, ring("stranger").checkpoint).split("\n")[4]
    assert opened(f"{note}{witness}\n") == HEAD
    with pytest.raises(ProofFails, match="checkpoint-unsigned"):
        opened(sign_checkpoint(HEAD, ring("stranger").checkpoint))


def test_a_head_of_another_log_is_refused_even_if_our_key_signed_it() -> None:
    other = sign_checkpoint(Checkpoint("other.example", 7, HEAD.root), KEY)
    with pytest.raises(ProofFails, match="checkpoint-unsigned"):
        opened(other)


@pytest.mark.parametrize(
    "head",
    [
        Checkpoint("two words", 1, bytes(32)),
        Checkpoint("plus+sign", 1, bytes(32)),
        Checkpoint("", 1, bytes(32)),
        Checkpoint("line\nbreak", 1, bytes(32)),
        Checkpoint(ORIGIN, -1, bytes(32)),
        Checkpoint(ORIGIN, 1, bytes(31)),
    ],
    ids=lambda head: f"{head.origin!r}-{head.size}-{len(head.root)}",
)
def test_a_head_that_could_not_be_read_back_is_not_signed(head: Checkpoint) -> None:
    with pytest.raises(ProofFails, match="checkpoint-malformed"):
        sign_checkpoint(head, KEY)


@pytest.mark.parametrize(
    "note", ["", "\n\n", "a\n\nb", "a\n1\nAAAA\n\n\u2014 a AAAA\n", "x" * 70_000]
)
def test_text_that_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(ProofFails):
        opened(note)
