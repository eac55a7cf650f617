"""The proof that an entry stands in the log: one text to hand on, checked without any network.

The form is C2SP tlog-proof v1: the entry in the "extra" line, its index, the hashes from the
leaf's sibling to the root's child, an empty line, and the signed checkpoint as the log published
it, with the cosignatures of witnesses. Nothing in the text is believed: the leaf is hashed from
the entry, the size and the root come from the checkpoint, the checkpoint from a key that the
verifier holds already.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from certificates.errors import ProofFails, Refused
from certificates.sealing.checkpoint import (
    LONGEST_NOTE,
    Checkpoint,
    claimed_head,
    open_checkpoint,
)
from certificates.sealing.cosignature import cosigners
from certificates.sealing.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from certificates.sealing.strict_json import from_base64
from certificates.sealing.trust_list import Witness

HEADER: Final = "c2sp.org/tlog-proof@v1"
LONGEST_ENTRY: Final = 0xFFFF
"""Bytes; entry bundles of tlog-tiles give the length of an entry in 16 bits."""
MOST_HASHES: Final = 63
LONGEST_PROOF: Final = LONGEST_NOTE + 2 * LONGEST_ENTRY
_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA: Final = "extra "


@dataclass(frozen=True, slots=True)
class LogProof:
    """An entry with all that proves it, as handed over; only ``prove_inclusion`` makes it true."""

    entry: bytes
    """The canonical bytes of the entry."""
    index: int
    """Position of the entry in the log, from 0."""
    size: int
    """Size of the log at the checkpoint."""
    hashes: tuple[bytes, ...]
    """32 bytes each, from the leaf's sibling to the root's child (RFC 6962 section 2.1.1)."""
    checkpoint: str
    """The signed note, with all its signature lines."""


@dataclass(frozen=True, slots=True)
class ProvedEntry:
    """An entry that the log of this checkpoint holds at this index."""

    entry: bytes
    index: int
    checkpoint: Checkpoint
    witnesses: tuple[str, ...] = ()
    """Names of those among the witnesses asked for who cosigned the checkpoint."""


def write_log_proof(proof: LogProof) -> bytes:
    """Return the proof as text (UTF-8).

    Raises:
        Refused: ``log-proof-malformed`` if it could not be read back.

    """
    hashes = [_text(each) for each in proof.hashes]
    lines = [HEADER, f"{_EXTRA}{_text(proof.entry)}", f"index {proof.index}", *hashes]
    data = "\n".join([*lines, "", proof.checkpoint]).encode()
    if read_log_proof(data) != proof:
        raise _malformed("text")
    return data


def read_log_proof(data: bytes) -> LogProof:
    """Read a proof; there is one text for one proof, and no other is read.

    Raises:
        Refused: ``log-proof-malformed``; ``reason`` says which part.

    """
    if len(data) > LONGEST_PROOF:
        raise _malformed("length")
    try:
        head, gap, checkpoint = data.decode("utf-8").partition("\n\n")
    except UnicodeDecodeError:
        raise _malformed("text") from None
    header, *lines = head.split("\n")
    if header != HEADER or not gap or len(lines) < len(("extra", "index")):
        raise _malformed("header")
    extra, index, *hashes = lines
    if not extra.startswith(_EXTRA):
        raise _malformed("extra")
    return _checked(extra.removeprefix(_EXTRA), index, hashes=hashes, checkpoint=checkpoint)


def prove_inclusion(
    proof: LogProof, *, origin: str, public_key: bytes, witnesses: Iterable[Witness] = ()
) -> ProvedEntry:
    """Prove that the log ``origin``, whose key is ``public_key`` (32 bytes), holds the entry.

    1. The checkpoint is signed by that log; which of ``witnesses`` cosigned it is told, for the
       caller to judge whether they are enough.
    2. The proof speaks of the size that the checkpoint states.
    3. The entry, hashed as a leaf, leads along the hashes to the checkpoint's root.

    Raises:
        Refused: ``log-proof-checkpoint`` (1) or ``log-proof-path`` (2, 3).

    """
    try:
        head = open_checkpoint(proof.checkpoint, origin=origin, public_key=public_key)  # 1
        seen_by = tuple(sorted(cosigners(proof.checkpoint, witnesses)))
    except ProofFails as fault:
        raise Refused("log-proof-checkpoint", reason=fault.code) from fault
    if head.size != proof.size:  # 2
        raise Refused("log-proof-path", reason="size", index=proof.index)
    leaf = leaf_hash(proof.entry)
    try:
        verify_inclusion(  # 3
            leaf, proof.index, size=head.size, proof=proof.hashes, root=head.root
        )
    except ProofFails as fault:
        raise Refused("log-proof-path", reason=fault.code, index=proof.index) from fault
    return ProvedEntry(proof.entry, proof.index, checkpoint=head, witnesses=seen_by)


def _checked(extra: str, index: str, *, hashes: list[str], checkpoint: str) -> LogProof:
    number = _INDEX.fullmatch(index)
    if number is None or len(hashes) > MOST_HASHES:
        raise _malformed("index" if number is None else "hashes")
    try:
        entry, path = from_base64(extra), tuple(from_base64(each) for each in hashes)
    except ValueError:
        raise _malformed("base64") from None
    if len(entry) > LONGEST_ENTRY or any(len(each) != HASH_BYTES for each in path):
        raise _malformed("hashes")
    try:
        size = claimed_head(checkpoint).size
    except ProofFails as fault:
        raise Refused("log-proof-malformed", reason=fault.code) from fault
    return LogProof(entry, int(number[1]), size, path, checkpoint)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _malformed(reason: str) -> Refused:
    return Refused("log-proof-malformed", reason=reason)
