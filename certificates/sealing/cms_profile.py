"""The two forms of CMS SignedData (RFC 5652) that a seal has, written and read.

Detached content, one signer, SHA-256, ECDSA P-256, the signed attributes content-type,
message-digest and signing-certificate-v2 (ETSI EN 319 122-1; signing time stands in the PDF), the
signer's and the issuing certificate: that is baseline B-B. B-T adds one unsigned attribute, the
time stamp over the signature's value (ETSI EN 319 122-1 section 5.3). A reader takes out the few
parts that vary, writes the whole again and compares: so no byte is left that could be changed
unnoticed. The time stamp is such a part; ``time_stamp_token`` proves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from certificates.errors import Refused
from certificates.sealing.der import (
    CONTEXT_0,
    INTEGER,
    OBJECT_ID,
    OCTET_STRING,
    SEQUENCE,
    SET,
    Element,
    encoded,
    encoded_set,
    first_element,
    is_one_element,
)
from certificates.sealing.mould import SHORTEST, Mould
from certificates.sealing.p256 import LONGEST_DER

EMBEDDED: Final = 2
"""Certificates inside: the signer's and the issuing CA's."""
CONTEXT_1: Final = 0xA1


DIGEST_BYTES: Final = 32
_HEAD: Final = 4
"""Bytes that say how long a seal is."""
_MOST_KNOWN: Final = 256
_KNOWN: Final[dict[bytes, "SealParts"]] = {}
"""The last seal of each length, by its head: most that follow come from the same signer."""


def _oid(hexadecimal: str) -> bytes:
    return encoded(OBJECT_ID, bytes.fromhex(hexadecimal))


DATA: Final = _oid("2a864886f70d010701")
SIGNED_DATA: Final = _oid("2a864886f70d010702")
CONTENT_TYPE: Final = _oid("2a864886f70d010903")
MESSAGE_DIGEST: Final = _oid("2a864886f70d010904")
SIGNING_CERTIFICATE_V2: Final = _oid("2a864886f70d010910022f")
SIGNATURE_TIME_STAMP: Final = _oid("2a864886f70d010910020e")
SHA256_ID: Final = encoded(SEQUENCE, _oid("608648016503040201"))
ECDSA_SHA256: Final = encoded(SEQUENCE, _oid("2a8648ce3d040302"))
_VERSION_1: Final = encoded(INTEGER, b"\x01")
_PLAIN: Final = [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTET_STRING]
_STAMPED: Final = [*_PLAIN, CONTEXT_1]


@dataclass(frozen=True, slots=True)
class SealParts:
    """The parts of a seal that differ from document to document; nothing is proved yet."""

    signer: bytes
    """Certificate of the signer, DER."""
    authority: bytes
    """The other certificate inside, DER."""
    digest: bytes
    """What the signed attributes say the SHA-256 of the document is."""
    signature: bytes
    """ECDSA signature, DER."""
    time_stamp: bytes = b""
    """RFC 3161 token over ``signature``, DER; empty in a B-B seal."""


def signed_attributes(digest: bytes, signer: bytes) -> bytes:
    """Return the bytes that are signed: the attributes as SET OF, DER (RFC 5652 section 5.4)."""
    return attributes_mould(signer, DATA).filled(digest)


@lru_cache(maxsize=64)
def attributes_mould(signer: bytes, content_type: bytes) -> Mould:
    """Return the signed attributes of one signer, with a hole for a SHA-256."""

    def write(digest: bytes) -> bytes:
        return encoded_set(SET, *attributes(digest, signer, content_type=content_type))

    return Mould(write, [DIGEST_BYTES])


@lru_cache(maxsize=256)
def seal_mould(signer: bytes, authority: bytes, signature: int, time_stamp: int = 0) -> Mould:
    """Return the seals of one signer with holes for digest, signature and time stamp.

    ``signature`` and ``time_stamp`` are lengths in bytes; 0 for a B-B seal.
    """

    def write(digest: bytes, signature: bytes, time_stamp: bytes = b"") -> bytes:
        return assemble(SealParts(signer, authority, digest, signature, time_stamp))

    lengths = [DIGEST_BYTES, signature, *[time_stamp] * (time_stamp > 0)]
    return Mould(write, lengths)


def assemble(parts: SealParts) -> bytes:
    """Write the ContentInfo of a seal.

    Raises:
        ValueError: the signer's certificate is not DER.

    """
    stamp = parts.time_stamp
    signed_data = encoded(
        SEQUENCE,
        _VERSION_1,
        encoded(SET, SHA256_ID),
        encoded(SEQUENCE, DATA),
        encoded_set(CONTEXT_0, parts.signer, parts.authority),
        encoded(
            SET,
            signer_info(
                parts.signer,
                encoded_set(CONTEXT_0, *attributes(parts.digest, parts.signer, content_type=DATA)),
                signature=parts.signature,
                unsigned=encoded(CONTEXT_1, _attribute(SIGNATURE_TIME_STAMP, stamp))
                if stamp
                else b"",
            ),
        ),
    )
    return encoded(SEQUENCE, SIGNED_DATA, encoded(CONTEXT_0, signed_data))


def signer_info(signer: bytes, signed: bytes, *, signature: bytes, unsigned: bytes = b"") -> bytes:
    """Write a SignerInfo: SHA-256, ECDSA; ``signed`` and ``unsigned`` are whole elements."""
    return encoded(
        SEQUENCE,
        _VERSION_1,
        encoded(SEQUENCE, *issuer_and_serial(signer)),
        SHA256_ID,
        signed,
        ECDSA_SHA256,
        encoded(OCTET_STRING, signature),
        unsigned,
    )


def longest_seal(signer: bytes, authority: bytes, *, time_stamp: int = 0) -> int:
    """Return the most bytes a seal with these certificates can take.

    ``time_stamp`` is the length of the longest token that may come; 0 for a B-B seal.
    """
    filler = SealParts(
        signer,
        authority,
        digest=bytes(32),
        signature=bytes(LONGEST_DER),
        time_stamp=bytes(time_stamp),
    )
    return len(assemble(filler))


def take_apart(cms: bytes) -> SealParts:
    """Return the parts of a seal that has exactly our form.

    ``cms`` may end in zero bytes, the padding of the place reserved for it.

    Raises:
        Refused: ``seal-form``.

    """
    known = _KNOWN.get(cms[:_HEAD])
    parts = None if known is None else _as_known(cms, known)
    if parts is None:
        parts = _taken_apart(cms)
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[cms[:_HEAD]] = parts
    return parts


def _as_known(cms: bytes, known: SealParts) -> SealParts | None:
    """Read a seal that has the form of one that was taken apart before; None if it has another."""
    lengths = len(known.signature), len(known.time_stamp)
    if lengths[0] < SHORTEST or 0 < lengths[1] < SHORTEST:
        return None
    mould = seal_mould(known.signer, known.authority, *lengths)
    values = mould.taken_from(cms[: mould.length])
    if values is None or any(cms[mould.length :]):
        return None
    parts = SealParts(known.signer, known.authority, *values)
    if parts.time_stamp and not is_one_element(parts.time_stamp):
        return None
    return parts


def _taken_apart(cms: bytes) -> SealParts:
    try:
        whole = first_element(cms)
        parts = _parts(whole)
        same = assemble(parts) == whole.whole
    except ValueError:
        raise Refused("seal-form") from None
    if not same or any(cms[whole.end :]):
        raise Refused("seal-form")
    return parts


def _parts(whole: Element) -> SealParts:
    content = whole.parts(OBJECT_ID, CONTEXT_0)[1].parts(SEQUENCE)[0]
    fields = content.parts(INTEGER, SET, SEQUENCE, CONTEXT_0, SET)
    info = fields[4].parts(SEQUENCE)[0].children()
    stamped = len(info) == len(_STAMPED)
    if [part.tag for part in info] != (_STAMPED if stamped else _PLAIN):
        raise ValueError("not a signer's information")
    found = [element.whole for element in fields[3].parts(*[SEQUENCE] * EMBEDDED)]
    named = info[1].content
    signers = [der for der in found if b"".join(issuer_and_serial(der)) == named]
    if len(signers) != 1:
        raise ValueError("not one signer")
    found.remove(signers[0])
    return SealParts(
        signers[0],
        found[0],
        digest=value_of(info[3], MESSAGE_DIGEST).content,
        signature=info[5].content,
        time_stamp=value_of(info[6], SIGNATURE_TIME_STAMP).whole if stamped else b"",
    )


def value_of(attributes_found: Element, wanted: bytes) -> Element:
    """Return the only value of the only attribute ``wanted`` (ValueError if there is not one)."""
    pairs = [attribute.parts(OBJECT_ID, SET) for attribute in attributes_found.children()]
    values = [value.children() for name, value in pairs if name.whole == wanted]
    if len(values) != 1 or len(values[0]) != 1:
        raise ValueError("not one value")
    return values[0][0]


def attributes(digest: bytes, signer: bytes, *, content_type: bytes) -> Sequence[bytes]:
    """Return the three signed attributes, not yet in the order of their encodings."""
    certificate_id = encoded(SEQUENCE, encoded(OCTET_STRING, sha256(signer).digest()))
    return [
        _attribute(CONTENT_TYPE, content_type),
        _attribute(MESSAGE_DIGEST, encoded(OCTET_STRING, digest)),
        _attribute(SIGNING_CERTIFICATE_V2, encoded(SEQUENCE, encoded(SEQUENCE, certificate_id))),
    ]


def _attribute(name: bytes, value: bytes) -> bytes:
    return encoded(SEQUENCE, name, encoded(SET, value))


@lru_cache(maxsize=64)
def issuer_and_serial(certificate: bytes) -> tuple[bytes, bytes]:
    """Return issuer and serial number as they stand in a v3 certificate (RFC 5280)."""
    to_be_signed = first_element(certificate).children()[0].children()
    kinds = [element.tag for element in to_be_signed[:4]]
    if kinds != [CONTEXT_0, INTEGER, SEQUENCE, SEQUENCE]:
        raise ValueError("not a v3 certificate")
    return to_be_signed[3].whole, to_be_signed[1].whole
