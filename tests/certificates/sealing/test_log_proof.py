"""Proofs as they are handed on: one text for one proof, and believed for nothing they say."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import Refused
from certificates.sealing.checkpoint import Checkpoint, sign_checkpoint
from certificates.sealing.log_proof import (
    HEADER,
    LogProof,
    prove_inclusion,
    read_log_proof,
    write_log_proof,
)
from certificates.sealing.merkle import inclusion_proof, leaf_hash, root_of
from tests.certificates.workshop import ring

ORIGIN = "bank.example/log"
KEY = ring("log").checkpoint
PUBLIC = KEY.public_bytes


def proof(index: int = 3, size: int = 7) -> LogProof:
    entries = [f"entry {n}".encode() for n in range(size)]
    leaves = [leaf_hash(entry) for entry in entries]
    note = sign_checkpoint(Checkpoint(ORIGIN, size, root_of(leaves)), KEY)
    return LogProof(entries[index], index, size, tuple(inclusion_proof(leaves, index)), note)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 40), st.data())
def test_what_is_written_reads_back_and_proves_the_entry(size: int, data: st.DataObject) -> None:
    made = proof(data.draw(st.integers(0, size - 1)), size)
    read = read_log_proof(write_log_proof(made))
    proved = prove_inclusion(read, origin=ORIGIN, public_key=PUBLIC)

    assert read == made
    assert (proved.entry, proved.index, proved.checkpoint.size) == (made.entry, made.index, size)


def test_the_text_is_the_published_form() -> None:
    made = proof()
    lines = write_log_proof(made).decode().split("\n")

    assert lines[0] == HEADER == "c2sp.org/tlog-proof@v1"
    assert lines[1] == "extra " + base64.b64encode(b"entry 3").decode()
    assert lines[2] == "index 3"
    assert [base64.b64decode(line) for line in lines[3:6]] == list(made.hashes)
    assert lines[6:9] == ["", ORIGIN, "7"]


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_no_changed_text_proves_anything(data: st.DataObject) -> None:
    good = write_log_proof(proof())
    place = data.draw(st.integers(0, len(good) - 1))
    bad = good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :]

    with pytest.raises(Refused):
        prove_inclusion(read_log_proof(bad), origin=ORIGIN, public_key=PUBLIC)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_rubbish_is_refused_and_never_crashes(data: bytes) -> None:
    for text in (data, f"{HEADER}\n".encode() + data):
        with pytest.raises(Refused, match="log-proof-malformed"):
            read_log_proof(text)


GOOD = write_log_proof(proof()).decode()
MALFORMED = {
    "another version": GOOD.replace("@v1", "@v2"),
    "no entry": "\n".join(GOOD.split("\n")[:1] + GOOD.split("\n")[2:]),
    "leading zero": GOOD.replace("index 3", "index 03"),
    "negative index": GOOD.replace("index 3", "index -3"),
    "two spaces": GOOD.replace("index 3", "index  3"),
    "carriage returns": GOOD.replace("\n", "\r\n"),
    "no checkpoint": GOOD.split("\n\n", maxsplit=1)[0] + "\n\n",
    "unpadded base64": GOOD.replace("extra ZW50cnkgMw==", "extra ZW50cnkgMw"),
    "loose base64 bits": GOOD.replace("extra ZW50cnkgMw==", "extra ZW50cnkgMx=="),
    "a short hash": GOOD.replace("index 3\n", "index 3\nAAAA\n"),
    "too many hashes": GOOD.replace("index 3\n", "index 3\n" + ("A" * 43 + "=\n") * 64),
    "a blank first": "\n" + GOOD,
    "text after the end": GOOD + "x",
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=list(MALFORMED))
def test_another_form_is_refused(text: str) -> None:
    assert text != GOOD
    with pytest.raises(Refused, match="log-proof-malformed"):
        read_log_proof(text.encode())


def test_a_proof_that_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(Refused, match="log-proof-malformed"):
        write_log_proof(replace(proof(), size=8))
    with pytest.raises(Refused, match="log-proof-malformed"):
        write_log_proof(replace(proof(), entry=bytes(70_000)))
    with pytest.raises(Refused, match="log-proof-malformed"):
        read_log_proof(GOOD.encode() + b"\n" * 300_000)


WRONG = {
    "another entry": (replace(proof(), entry=b"entry 4"), "log-proof-path"),
    "another index": (replace(proof(), index=4), "log-proof-path"),
    "an index beyond": (replace(proof(), index=7), "log-proof-path"),
    "another size": (replace(proof(), size=8), "log-proof-path"),
    "a hash too many": (replace(proof(), hashes=(*proof().hashes, bytes(32))), "log-proof-path"),
    "a hash too few": (replace(proof(), hashes=proof().hashes[:-1]), "log-proof-path"),
    "another log's checkpoint": (
        replace(proof(), checkpoint=proof(size=8, index=3).checkpoint),
        "log-proof-path",
    ),
    "an inner node as entry": (
        # Without the prefixes, two hashes put together would pass for an entry above them.
        replace(
            proof(2, 4),
            entry=leaf_hash(b"entry 2") + leaf_hash(b"entry 3"),
            index=1,
            size=4,
            hashes=proof(2, 4).hashes[1:],
        ),
        "log-proof-path",
    ),
    "an unsigned checkpoint": (
        replace(proof(), checkpoint=proof().checkpoint.replace(f"— {ORIGIN} ", "— w.example ")),
        "log-proof-checkpoint",
    ),
}


@pytest.mark.parametrize(("bad", "code"), WRONG.values(), ids=list(WRONG))
def test_what_the_checkpoint_does_not_hold_is_refused(bad: LogProof, code: str) -> None:
    with pytest.raises(Refused, match=code):
        prove_inclusion(bad, origin=ORIGIN, public_key=PUBLIC)


def test_a_proof_by_another_key_or_of_another_log_is_refused() -> None:
    with pytest.raises(Refused, match="log-proof-checkpoint"):
        prove_inclusion(proof(), origin=ORIGIN, public_key=ring("stranger").checkpoint.public_bytes)
    with pytest.raises(Refused, match="log-proof-checkpoint"):
        prove_inclusion(proof(), origin="other.example/log", public_key=PUBLIC)
