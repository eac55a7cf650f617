"""Which bytes of a PDF its signature covers (ISO 32000-2 section 12.8.1), read without a parser.

A seal covers the whole file but for one hexadecimal string. Attacks live in what other readers let
pass there: ranges that leave room, a second range, text between the digits, bytes after the end.
So only the one form that we write is accepted, and nothing untrusted reaches a PDF parser.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from certificates.errors import Refused

_KEY: Final = b"/ByteRange"
_RANGE: Final = re.compile(
    rb"/ByteRange \[0 ([1-9][0-9]{0,8}) ([1-9][0-9]{0,8}) ([1-9][0-9]{0,8})\]"
)
_HOLE: Final = re.compile(rb"<[0-9a-f]+>")
LONGEST_HOLE: Final = 64 * 1024
"""More than any seal takes; a longer string is not even looked at."""
_CONTENTS: Final = b"/Contents "
_MOMENT: Final = re.compile(rb"/M \(D:([0-9]{14})Z\)")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the only signature of a file covers."""

    digest: bytes
    """SHA-256 of the file without the signature's string."""
    cms: bytes
    """Content of that string: the signature, then zero bytes."""
    signed_at: datetime
    """When the signer says to have signed, UTC; stands in the covered bytes."""


def read_coverage(pdf: bytes) -> Coverage:
    """Return the only signature of a file that it covers to the last byte.

    Raises:
        Refused: ``unsigned``, ``several-signatures``, ``coverage`` (the range leaves bytes out),
            ``gap`` (something else than one lower-case hexadecimal string) or ``signing-time``.

    """
    start, end = _hole(pdf)
    if end - start > LONGEST_HOLE:
        raise Refused("gap", length=end - start)
    hole = pdf[start:end]
    named = pdf[start - len(_CONTENTS) : start] == _CONTENTS
    if not named or not _HOLE.fullmatch(hole) or len(hole) % 2:
        raise Refused("gap")
    digest = sha256(memoryview(pdf)[:start])
    digest.update(memoryview(pdf)[end:])
    return Coverage(
        digest=digest.digest(),
        cms=bytes.fromhex(hole[1:-1].decode("ascii")),
        signed_at=_signing_time(pdf, start, end=end),
    )


def _hole(pdf: bytes) -> tuple[int, int]:
    key = pdf.find(_KEY)
    if key < 0 or key != pdf.rfind(_KEY):
        raise Refused("unsigned" if key < 0 else "several-signatures", count=pdf.count(_KEY))
    found = _RANGE.match(pdf, key)
    if found is None:
        raise Refused("coverage")
    start, end, rest = (int(number) for number in found.groups())
    if not len(_CONTENTS) <= start < end or end + rest != len(pdf):
        raise Refused("coverage", length=len(pdf))
    return start, end


def _signing_time(pdf: bytes, start: int, *, end: int) -> datetime:
    first = pdf.rfind(b" obj", 0, start)
    last = pdf.find(b"endobj", end)
    dictionary = pdf[max(first, 0) : start] + pdf[end : max(last, end)]
    moments = _MOMENT.findall(dictionary)
    if len(moments) != 1:
        raise Refused("signing-time", count=len(moments))
    try:
        return moment_of_digits(moments[0])
    except ValueError:
        raise Refused("signing-time") from None


def moment_of_digits(digits: bytes) -> datetime:
    """Return the moment in UTC that 14 digits from year to second say (ValueError for none)."""
    month, day, hour, minute, second = [int(digits[at : at + 2]) for at in range(4, 14, 2)]
    return datetime(int(digits[:4]), month, day, hour, minute, second, tzinfo=UTC)
