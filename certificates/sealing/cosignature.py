"""Cosignatures of witnesses on checkpoints: C2SP tlog-cosignature, Ed25519 (cosignature/v1).

A witness states that the checkpoint is the largest of this log it has seen, and that it follows
from every one it saw before. Keys are written as signed-note does: a verifier key for everybody,
"name+hash+base64(0x04 || public key)", and a signer key for the witness alone, the same behind
"PRIVATE+KEY+" with the seed.
"""

import base64
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.errors import KeyUnusable, ProofFails
from certificates.sealing.checkpoint import (
    DASH,
    claimed_head,
    key_id,
    note_body,
    note_lines,
    read_line,
    verify_ed25519,
)
from certificates.sealing.strict_json import from_base64
from certificates.sealing.trust_list import Witness

NOTE_KEY: Final = 0x01
COSIGNER_KEY: Final = 0x04
SEED_BYTES: Final = 32
_TIME_BYTES: Final = 8
_LONGEST: Final = 12 + 64
_PRIVATE: Final = "PRIVATE+KEY+"
_KEY: Final = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The private key of a witness."""

    name: str
    seed: bytes = field(repr=False)
    """32 bytes."""

    @property
    def public(self) -> Witness:
        """What others know of it."""
        return Witness(self.name, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of an Ed25519 signature."""
        return self._private.sign(data)


def new_witness_key(name: str) -> str:
    """Return the signer key of a new witness, as text for its key file."""
    return _written(_PRIVATE, name, secrets.token_bytes(SEED_BYTES), kind=COSIGNER_KEY)


def read_witness_key(text: str) -> WitnessKey:
    """Read a signer key; raises KeyUnusable("key-damaged")."""
    if not text.startswith(_PRIVATE):
        raise KeyUnusable("key-damaged", file="witness")
    name, seed, _ = _read(text.removeprefix(_PRIVATE).strip(), COSIGNER_KEY)
    key = WitnessKey(name, seed)
    if new_text(key) != text.strip():
        raise KeyUnusable("key-damaged", file="witness")
    return key


def new_text(key: WitnessKey) -> str:
    """Return a signer key as text."""
    return _written(_PRIVATE, key.name, key.seed, kind=COSIGNER_KEY)


def verifier_key(witness: Witness) -> str:
    """Return the key by which everybody recognises a witness."""
    return _written("", witness.name, witness.public_key, kind=COSIGNER_KEY)


def log_verifier_key(origin: str, public_key: bytes) -> str:
    """Return the key by which everybody recognises a log."""
    return _written("", origin, public_key, kind=NOTE_KEY)


def read_verifier_key(text: str) -> Witness:
    """Read the verifier key of a witness; raises KeyUnusable("key-damaged")."""
    name, public, mark = _read(text, COSIGNER_KEY)
    if mark != key_id(name, public, kind=COSIGNER_KEY).hex():
        raise KeyUnusable("key-damaged", file=name)
    return Witness(name, public)


def read_log_key(text: str) -> tuple[str, bytes]:
    """Read the verifier key of a log: origin and key; raises KeyUnusable("key-damaged")."""
    origin, public, mark = _read(text, NOTE_KEY)
    if mark != key_id(origin, public, kind=NOTE_KEY).hex():
        raise KeyUnusable("key-damaged", file=origin)
    return origin, public


def cosign(note: str, key: WitnessKey, *, at: datetime) -> str:
    """Return the signature line of a witness, ended; whether it may sign is decided before."""
    claimed_head(note)
    stamp = int(at.timestamp())
    witness = key.public
    signature = key.sign(_message(note, stamp))
    mark = key_id(key.name, witness.public_key, kind=COSIGNER_KEY)
    whole = mark + stamp.to_bytes(_TIME_BYTES, "big") + signature
    return f"{DASH}{key.name} {base64.b64encode(whole).decode()}\n"


def cosigners(note: str, witnesses: Iterable[Witness]) -> dict[str, datetime]:
    """Return which of these witnesses signed the checkpoint, and when.

    Lines of others are passed over.

    Raises:
        ProofFails: ``checkpoint-malformed``, or ``cosignature-wrong`` for a line of a witness that
            does not verify: a note with a wrong signature of a known key is worth nothing.

    """
    found = {}
    for witness in witnesses:
        wanted = key_id(witness.name, witness.public_key, kind=COSIGNER_KEY)
        for name, mark in map(read_line, note_lines(note)):
            if name == witness.name and mark.startswith(wanted):
                found[name] = _verified(note, witness, mark)
    return found


def with_lines(note: str, lines: Iterable[str]) -> str:
    """Return a checkpoint with further signature lines, each only once."""
    known = set(note_lines(note))
    added = [line for line in dict.fromkeys(line.strip() for line in lines) if line not in known]
    whole = note + "".join(f"{line}\n" for line in added)
    claimed_head(whole)
    return whole


def _verified(note: str, witness: Witness, mark: bytes) -> datetime:
    if len(mark) != _LONGEST:
        raise ProofFails("cosignature-wrong", name=witness.name)
    stamp = int.from_bytes(mark[4 : 4 + _TIME_BYTES], "big")
    try:
        verify_ed25519(witness.public_key, mark[4 + _TIME_BYTES :], _message(note, stamp))
        return datetime.fromtimestamp(stamp, UTC)
    except (ProofFails, OverflowError, ValueError, OSError):
        raise ProofFails("cosignature-wrong", name=witness.name) from None


def _message(note: str, stamp: int) -> bytes:
    return f"cosignature/v1\ntime {stamp}\n{note_body(note)}".encode()


def _written(prefix: str, name: str, material: bytes, *, kind: int) -> str:
    public = material
    if prefix:
        public = Ed25519PrivateKey.from_private_bytes(material).public_key().public_bytes_raw()
    whole = base64.b64encode(bytes([kind]) + material).decode()
    text = f"{name}+{key_id(name, public, kind=kind).hex()}+{whole}"
    if not _KEY.fullmatch(text):
        raise KeyUnusable("key-damaged", file=name)
    return prefix + text


def _read(text: str, kind: int) -> tuple[str, bytes, str]:
    """Return name, key material and the written key id; the caller compares the last."""
    parts = _KEY.fullmatch(text.strip())
    if parts is None:
        raise KeyUnusable("key-damaged", file="-")
    try:
        material = from_base64(parts[3])
    except ValueError:
        raise KeyUnusable("key-damaged", file=parts[1]) from None
    if len(material) != 1 + SEED_BYTES or material[0] != kind:
        raise KeyUnusable("key-damaged", file=parts[1])
    return parts[1], material[1:], parts[2]
