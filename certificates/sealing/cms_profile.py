"""The one form of CMS SignedData (RFC 5652) that a seal has, written and read.

Detached content, one signer, SHA-256, ECDSA P-256, the signed attributes content-type,
message-digest and signing-certificate-v2 (ETSI EN 319 122-1; signing time stands in the PDF), the
signer's and the issuing certificate, nothing else. A reader takes out the few parts that vary,
writes the whole again and compares: so no byte is left that could be changed unnoticed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
)
from certificates.sealing.p256 import LONGEST_DER

EMBEDDED: Final = 2
"""Certificates inside: the signer's and the issuing CA's."""


def _oid(hexadecimal: str) -> bytes:
    return encoded(OBJECT_ID, bytes.fromhex(hexadecimal))


_DATA: Final = _oid("2a864886f70d010701")
_SIGNED_DATA: Final = _oid("2a864886f70d010702")
_CONTENT_TYPE: Final = _oid("2a864886f70d010903")
_MESSAGE_DIGEST: Final = _oid("2a864886f70d010904")
_SIGNING_CERTIFICATE_V2: Final = _oid("2a864886f70d010910022f")
_SHA256: Final = encoded(SEQUENCE, _oid("608648016503040201"))
_ECDSA_SHA256: Final = encoded(SEQUENCE, _oid("2a8648ce3d040302"))
_VERSION_1: Final = encoded(INTEGER, b"\x01")


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


def signed_attributes(digest: bytes, signer: bytes) -> bytes:
    """Return the bytes that are signed: the attributes as SET OF, DER (RFC 5652 section 5.4)."""
    return encoded_set(SET, *_attributes(digest, signer))


def assemble(parts: SealParts) -> bytes:
    """Write the ContentInfo of a seal.

    Raises:
        ValueError: the signer's certificate is not DER.

    """
    issuer, serial = _issuer_and_serial(parts.signer)
    signer_info = encoded(
        SEQUENCE,
        _VERSION_1,
        encoded(SEQUENCE, issuer, serial),
        _SHA256,
        encoded_set(CONTEXT_0, *_attributes(parts.digest, parts.signer)),
        _ECDSA_SHA256,
        encoded(OCTET_STRING, parts.signature),
    )
    signed_data = encoded(
        SEQUENCE,
        _VERSION_1,
        encoded(SET, _SHA256),
        encoded(SEQUENCE, _DATA),
        encoded_set(CONTEXT_0, parts.signer, parts.authority),
        encoded(SET, signer_info),
    )
    return encoded(SEQUENCE, _SIGNED_DATA, encoded(CONTEXT_0, signed_data))


def longest_seal(signer: bytes, authority: bytes) -> int:
    """Return the most bytes a seal with these certificates can take."""
    filler = SealParts(signer, authority, digest=bytes(32), signature=bytes(LONGEST_DER))
    return len(assemble(filler))


def take_apart(cms: bytes) -> SealParts:
    """Return the parts of a seal that has exactly our form.

    ``cms`` may end in zero bytes, the padding of the place reserved for it.

    Raises:
        Refused: ``seal-form``.

    """
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
    info = fields[4].parts(SEQUENCE)[0].parts(*_SIGNER_INFO)
    found = [element.whole for element in fields[3].parts(*[SEQUENCE] * EMBEDDED)]
    named = info[1].content
    signers = [der for der in found if b"".join(_issuer_and_serial(der)) == named]
    if len(signers) != 1:
        raise ValueError("not one signer")
    found.remove(signers[0])
    digest = _digest_in(info[3])
    return SealParts(signers[0], found[0], digest=digest, signature=info[5].content)


_SIGNER_INFO: Final = (INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTET_STRING)


def _digest_in(attributes: Element) -> bytes:
    for attribute in attributes.children():
        name, values = attribute.parts(OBJECT_ID, SET)
        if name.whole == _MESSAGE_DIGEST:
            return values.parts(OCTET_STRING)[0].content
    raise ValueError("no message digest")


def _attributes(digest: bytes, signer: bytes) -> Sequence[bytes]:
    certificate_id = encoded(SEQUENCE, encoded(OCTET_STRING, sha256(signer).digest()))
    return [
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_MESSAGE_DIGEST, encoded(OCTET_STRING, digest)),
        _attribute(_SIGNING_CERTIFICATE_V2, encoded(SEQUENCE, encoded(SEQUENCE, certificate_id))),
    ]


def _attribute(name: bytes, value: bytes) -> bytes:
    return encoded(SEQUENCE, name, encoded(SET, value))


def _issuer_and_serial(certificate: bytes) -> tuple[bytes, bytes]:
    """Return issuer and serial number as they stand in a v3 certificate (RFC 5280)."""
    to_be_signed = first_element(certificate).children()[0].children()
    kinds = [element.tag for element in to_be_signed[:4]]
    if kinds != [CONTEXT_0, INTEGER, SEQUENCE, SEQUENCE]:
        raise ValueError("not a v3 certificate")
    return to_be_signed[3].whole, to_be_signed[1].whole
