"""What a time stamp says (RFC 3161 section 2.4): that a digest existed at a moment.

``TSTInfo`` and ``TimeStampReq`` as DER, written and read; who said it is the business of
``time_stamp_token``. Only SHA-256 imprints occur here, because only we ask for stamps.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from certificates.sealing.byte_range import moment_of_digits
from certificates.sealing.cms_profile import CONTEXT_1, DIGEST_BYTES, SHA256_ID
from certificates.sealing.der import (
    CONTEXT_0,
    INTEGER,
    OBJECT_ID,
    OCTET_STRING,
    SEQUENCE,
    Element,
    encoded,
    first_element,
)

BOOLEAN: Final = 0x01
GENERALIZED_TIME: Final = 0x18
NULL_BYTES: Final = b"\x05\x00"
_VERSION_1: Final = encoded(INTEGER, b"\x01")
_TRUE: Final = encoded(BOOLEAN, b"\xff")
_SHA256_WITH_NULL: Final = encoded(SEQUENCE, SHA256_ID[2:], NULL_BYTES)
_TIME: Final = re.compile(rb"([0-9]{14})(\.[0-9]{0,5}[1-9])?Z")
_OPTIONAL: Final = (SEQUENCE, BOOLEAN, INTEGER, CONTEXT_0)
"""Accuracy, ordering, nonce, name of the authority: in this order, each at most once."""


@dataclass(frozen=True, slots=True)
class TimeStampInfo:
    """The statement inside a token; nothing is proved yet."""

    imprint: bytes
    """SHA-256 of what was stamped."""
    at: datetime
    """When, UTC."""
    nonce: int | None
    """What the one who asked sent along, to know the answer again."""


def stamp_request(imprint: bytes, *, nonce: int) -> bytes:
    """Write a ``TimeStampReq`` that asks for the authority's certificate too (section 2.4.1)."""
    return encoded(
        SEQUENCE, _VERSION_1, _imprint(imprint), encoded(INTEGER, _positive(nonce)), _TRUE
    )


def stamp_info(imprint: bytes, *, at: datetime, policy: bytes, serial: int) -> bytes:
    """Write a ``TSTInfo`` of whole seconds; ``policy`` is the encoded object identifier."""
    return encoded(
        SEQUENCE,
        _VERSION_1,
        policy,
        _imprint(imprint),
        encoded(INTEGER, _positive(serial)),
        encoded(GENERALIZED_TIME, at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode("ascii")),
    )


def read_stamp_info(data: bytes) -> TimeStampInfo:
    """Read a ``TSTInfo`` without extensions.

    Raises:
        ValueError: it is not strict DER, has other parts, or its imprint is not SHA-256.

    """
    whole = first_element(data)
    fields = whole.children()
    kinds = [field.tag for field in fields]
    if whole.end != len(data) or kinds[:5] != [
        INTEGER,
        OBJECT_ID,
        SEQUENCE,
        INTEGER,
        GENERALIZED_TIME,
    ]:
        raise ValueError("not a time stamp")
    rest = dict(zip(kinds[5:], fields[5:], strict=True))
    if kinds[5:] != [kind for kind in _OPTIONAL if kind in rest] or CONTEXT_1 in rest:
        raise ValueError("other parts than a time stamp has")
    imprint = fields[2].whole[-DIGEST_BYTES:]
    known = fields[2].whole in {_imprint(imprint), _imprint(imprint, _SHA256_WITH_NULL)}
    if fields[0].whole != _VERSION_1 or not known:
        raise ValueError("not a time stamp of a SHA-256 digest")
    nonce = int.from_bytes(rest[INTEGER].content, "big") if INTEGER in rest else None
    return TimeStampInfo(imprint, _moment(fields[4]), nonce)


def _imprint(digest: bytes, algorithm: bytes = SHA256_ID) -> bytes:
    return encoded(SEQUENCE, algorithm, encoded(OCTET_STRING, digest))


def _positive(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _moment(element: Element) -> datetime:
    found = _TIME.fullmatch(element.content)
    if found is None:
        raise ValueError("not a time in DER")
    whole = moment_of_digits(found[1])
    return whole + timedelta(seconds=float(found[2])) if found[2] else whole
