"""Sealing a PDF: PAdES baseline B-B (ETSI EN 319 142-1) as certification that allows no change.

The seal is written together with the file, in one revision: a signature dictionary (ISO 32000-1,
12.8.1) that covers every byte but its own string, and forbids any change (DocMDP, 12.8.2.2). Same
draft, key and moment: same file but for the signature.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, Protocol

from certificates.errors import CannotSay
from certificates.sealing.byte_range import LONGEST_HOLE
from certificates.sealing.cms_profile import longest_seal
from certificates.sealing.keys import DocumentKey
from certificates.sealing.seal_making import make_seal

_RANGE_KEY: Final = b"/ByteRange"
_RANGE_WIDTH: Final = len("/ByteRange [0 123456789 123456789 123456789]")
"""The range is filled up with spaces, so that no number in it depends on its own length."""
_CONTENTS: Final = "\n/Contents "
_CLOSING: Final = b">>\nendobj\n"


class Unsealed(Protocol):
    """A file that lacks only its signature object."""

    @property
    def beginning(self) -> bytes:
        """The bytes before that object."""

    @property
    def signature_number(self) -> int:
        """Its object number."""

    def hash_state(self) -> Any:  # noqa: ANN401 - the type of hash objects has no public name
        """Return a SHA-256 object that has taken in ``beginning``."""

    def ending(self, start: int) -> bytes:
        """Return the bytes after that object, which ends before ``start``."""


def seal_pdf(draft: Unsealed, key: DocumentKey, *, at: datetime) -> bytes:
    """Return the file of ``draft``, certified as it is at ``at``, a moment of whole seconds.

    Raises:
        CannotSay: ``pdf-unsealable``: what was drafted could not be verified, or ``at`` lies
            outside the key's window; nothing was signed. Whatever ``make_seal`` raises.

    """
    moment = _moment(at)
    if not key.window.holds(at):
        raise CannotSay("pdf-unsealable", reason="key-window", at=at.isoformat())
    hole = 2 * _room(*key.chain[:2], time_stamp=key.longest_stamp) + 2
    if hole > LONGEST_HOLE:
        raise CannotSay("pdf-unsealable", reason="seal-length")
    head, ending = _around(draft, moment, hole)
    if _RANGE_KEY in ending:
        raise CannotSay("pdf-unsealable", reason="byte-range")
    hashed = draft.hash_state()
    for covered in (head, _CLOSING, ending):
        hashed.update(covered)
    cms = make_seal(key, hashed.digest())
    # Small letters and zeros to the end are the only form that the verifier takes.
    string = b"<%s>" % cms.hex().encode("ascii").ljust(hole - 2, b"0")
    if len(string) != hole:
        raise CannotSay("pdf-unsealable", reason="seal-length")
    return b"".join([draft.beginning, head, string, _CLOSING, ending])


_room = lru_cache(maxsize=16)(longest_seal)


def _around(draft: Unsealed, moment: str, hole: int) -> tuple[bytes, bytes]:
    """Return what stands before the signature's string, from its object on, and after that."""
    head = (
        f"{draft.signature_number} 0 obj\n"
        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
        f"\n/M ({moment})"
        "\n/Reference[<</Type/SigRef/TransformMethod/DocMDP"
        "/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]\n"
    )
    before = len(draft.beginning) + len(head) + _RANGE_WIDTH + len(_CONTENTS)
    ending = draft.ending(before + hole + len(_CLOSING))
    after = len(_CLOSING) + len(ending)
    covered = f"/ByteRange [0 {before} {before + hole} {after}]".ljust(_RANGE_WIDTH)
    return f"{head}{covered}{_CONTENTS}".encode("ascii"), ending


@lru_cache(maxsize=64)
def _moment(at: datetime) -> str:
    if at.utcoffset() is None or at.microsecond:
        raise CannotSay("pdf-unsealable", reason="moment")
    return at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
