"""Signed heads of the log: C2SP tlog-checkpoint inside a C2SP signed-note, Ed25519.

The note is text: origin, size and root, each on a line; an empty line; then one line for each
signature, "— name base64(key id || signature)". Lines of keys we do not know are witnesses'
business and are passed over; a line of our key that does not verify spoils the whole note.
"""

import base64
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certificates.errors import ProofFails
from certificates.sealing.merkle import HASH_BYTES
from certificates.sealing.strict_json import from_base64

LONGEST_NOTE: Final = 64 * 1024
MOST_SIGNATURES: Final = 100
KEY_ID_BYTES: Final = 4
DASH: Final = "\u2014 "
_NAME: Final = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_RESTARTED: Final = re.compile(r"/[1-9][0-9]{0,5}")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")


class SignsNotes(Protocol):
    """A key that signs checkpoints."""

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of an Ed25519 signature."""

    @property
    def public_bytes(self) -> bytes:
        """The 32 bytes of the Ed25519 public key."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Head of the log at one size."""

    origin: str
    """Name of the log: a URL without scheme; no space and no plus sign."""
    size: int
    root: bytes
    """32 bytes."""


def sign_checkpoint(checkpoint: Checkpoint, key: SignsNotes) -> str:
    """Return the signed note; the key's name is the log's origin.

    Raises:
        ProofFails: ``checkpoint-malformed`` if it could not be read back.

    """
    body = _body(checkpoint)
    if parse_body(body) != checkpoint:
        raise ProofFails("checkpoint-malformed", origin=checkpoint.origin)
    mark = key_id(checkpoint.origin, key.public_bytes) + key.sign(body.encode())
    return f"{body}\n{DASH}{checkpoint.origin} {base64.b64encode(mark).decode()}\n"


def open_checkpoint(note: str, *, origin: str, public_key: bytes) -> Checkpoint:
    """Return what the log ``origin`` signed with ``public_key`` (32 bytes).

    A log that lost entries goes on under its own name with a number behind, "origin/2", and the
    same key: what was proved from the one before still is, and no two heads of one name differ.

    Raises:
        ProofFails: ``checkpoint-malformed``, ``checkpoint-unsigned`` (no line of this key),
            ``checkpoint-signature`` or ``checkpoint-origin``.

    """
    body, lines = _split_note(note)
    claimed = body.partition("\n")[0]
    later = claimed.startswith(origin) and _RESTARTED.fullmatch(claimed[len(origin) :])
    own = claimed if later else origin
    wanted = key_id(own, public_key)
    marks = [read_line(line) for line in lines]
    ours = [mark[KEY_ID_BYTES:] for name, mark in marks if (name, mark[:4]) == (own, wanted)]
    if not ours:
        raise ProofFails("checkpoint-unsigned", origin=origin)
    for signature in ours:
        verify_ed25519(public_key, signature, body.encode())
    checkpoint = parse_body(body)
    if checkpoint.origin != own:
        raise ProofFails("checkpoint-origin", origin=checkpoint.origin)
    return checkpoint


def claimed_head(note: str) -> Checkpoint:
    """Return what a well-formed note says, proved by nothing: for looking up, never for trusting.

    Raises:
        ProofFails: ``checkpoint-malformed``.

    """
    for line in note_lines(note):
        read_line(line)
    return parse_body(note_body(note))


def note_body(note: str) -> str:
    """Return the signed text of a note; raises ProofFails("checkpoint-malformed")."""
    return _split_note(note)[0]


def note_lines(note: str) -> list[str]:
    """Return the signature lines of a note; raises ProofFails("checkpoint-malformed")."""
    return _split_note(note)[1]


def verify_ed25519(public_key: bytes, signature: bytes, data: bytes) -> None:
    """Prove that ``signature`` (64 bytes) over ``data`` was made with ``public_key`` (RFC 8032).

    Raises:
        ProofFails: ``checkpoint-signature``.

    """
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        raise ProofFails("checkpoint-signature") from None


def key_id(name: str, public_key: bytes, *, kind: int = 1) -> bytes:
    """Return the four bytes that mark a signature line (C2SP signed-note).

    ``kind`` is the type of signature: 1 for the log's own, 4 for cosignatures.
    """
    return sha256(name.encode() + bytes([10, kind]) + public_key).digest()[:KEY_ID_BYTES]


def parse_body(body: str) -> Checkpoint:
    """Read origin, size and root; further lines are extensions and are refused: we write none.

    Raises:
        ProofFails: ``checkpoint-malformed``.

    """
    lines = body.split("\n")
    if len(lines) != 4 or lines[3]:  # noqa: PLR2004 - three lines, each ended
        raise ProofFails("checkpoint-malformed", lines=len(lines))
    origin, size, root = lines[:3]
    if not _NAME.fullmatch(origin) or not _SIZE.fullmatch(size):
        raise ProofFails("checkpoint-malformed", origin=origin, size=size)
    checkpoint = Checkpoint(origin=origin, size=int(size), root=_decode(root))
    if len(checkpoint.root) != HASH_BYTES:
        raise ProofFails("checkpoint-malformed", length=len(checkpoint.root))
    return checkpoint


def _body(checkpoint: Checkpoint) -> str:
    root = base64.b64encode(checkpoint.root).decode()
    return f"{checkpoint.origin}\n{checkpoint.size}\n{root}\n"


def _split_note(note: str) -> tuple[str, list[str]]:
    text, gap, signatures = note.rpartition("\n\n")
    lines = signatures.split("\n")
    whole = gap and lines[-1] == "" and 1 < len(lines) <= MOST_SIGNATURES + 1
    if len(note) > LONGEST_NOTE or not whole or _CONTROL.search(note):
        raise ProofFails("checkpoint-malformed", length=len(note))
    return f"{text}\n", lines[:-1]


def read_line(line: str) -> tuple[str, bytes]:
    """Return name and key id with signature of a line; raises ProofFails."""
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    mark = _decode(encoded)
    if not line.startswith(DASH) or not _NAME.fullmatch(name) or len(mark) <= KEY_ID_BYTES:
        raise ProofFails("checkpoint-malformed", line=line[:80])
    return name, mark


def _decode(text: str) -> bytes:
    try:
        return from_base64(text)
    except ValueError:
        raise ProofFails("checkpoint-malformed", text=text[:80]) from None
