"""Who sealed a document, and whether a trusted issuer stands behind the seal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID

from certificates.errors import NotChecked, Refused
from certificates.sealing.certificate_chain import (
    is_issued_by,
    may_seal,
    public_key_of,
    read_certificate,
    window_of,
)
from certificates.sealing.cms_profile import SealParts, signed_attributes
from certificates.sealing.der import OBJECT_ID, SEQUENCE, encoded
from certificates.sealing.p256 import require_low, verify_der
from certificates.sealing.trust_list import TrustList

_ORGANISATION: Final = encoded(OBJECT_ID, bytes.fromhex("55040a"))
_STRING_TAGS: Final = (0x0C, 0x13)
"""UTF8String and PrintableString: how organisations are written in certificates."""


def prove_seal(parts: SealParts, digest: bytes) -> None:
    """Prove that the seal is over a document with this SHA-256, by the certificate inside.

    Raises:
        Refused: ``bytes-changed``, ``certificate-unreadable`` or ``signature-wrong``.

    """
    if parts.digest != digest:
        raise Refused("bytes-changed")
    try:
        key = public_key_of(read_certificate(parts.signer))
    except ValueError:
        raise Refused("certificate-unreadable") from None
    require_low(parts.signature)
    verify_der(key, parts.signature, signed_attributes(digest, parts.signer))


def issuers_behind(parts: SealParts, trust: TrustList, *, signed_at: datetime) -> frozenset[str]:
    """Return the ids of the trusted issuers whose authority certified the signer.

    The signature must have been proved before.

    Raises:
        Refused: ``signer-forged`` (a trusted name over other keys), ``seal-form`` (the wrong
            certificate beside the signer's), ``signer-usage`` or ``signer-window``.
        NotChecked: ``signer-unknown``: nobody on the trust list, nor claiming to be.

    """
    signer = read_certificate(parts.signer)
    behind = {
        issuer.id: index
        for issuer in trust.issuers
        for index, der in enumerate(issuer.certificates)
        if is_issued_by(signer, read_certificate(der))
    }
    if not behind:
        if bears_trusted_name(parts.signer + parts.authority, trust):
            raise Refused("signer-forged")
        raise NotChecked("signer-unknown", signer=signer.subject.rfc4514_string())
    if not may_seal(signer):
        raise Refused("signer-usage")
    for issuer in trust.issuers:
        if issuer.id in behind:
            _require_chain(parts, issuer.certificates[behind[issuer.id] :], signed_at=signed_at)
    return frozenset(behind)


def bears_trusted_name(der: bytes, trust: TrustList) -> bool:
    """Tell whether certificates in ``der`` name somebody of the trust list."""
    return any(mark in der for mark in _marks(trust))


def _require_chain(parts: SealParts, chain: tuple[bytes, ...], *, signed_at: datetime) -> None:
    if parts.authority != chain[0]:
        raise Refused("seal-form")
    for der in (parts.signer, *chain):
        if not window_of(read_certificate(der)).holds(signed_at):
            raise Refused("signer-window", signed_at=signed_at)


def _marks(trust: TrustList) -> Iterator[bytes]:
    for issuer in trust.issuers:
        names = {issuer.name_th, issuer.name_en}
        for der in issuer.certificates:
            certificate = read_certificate(der)
            yield certificate.subject.public_bytes()
            names |= set(_organisations(certificate))
        for name in names:
            for tag in _STRING_TAGS:
                yield encoded(SEQUENCE, _ORGANISATION, encoded(tag, name.encode("utf-8")))


def _organisations(certificate: x509.Certificate) -> Iterator[str]:
    for attribute in certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME):
        yield str(attribute.value)
