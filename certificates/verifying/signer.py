"""Who sealed a document, and whether a trusted issuer stands behind the seal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID

from certificates.errors import NotChecked, Refused
from certificates.sealing.certificate_chain import (
    fingerprint,
    may_seal,
    public_key_of,
    read_certificate,
    stands_below,
    window_of,
)
from certificates.sealing.cms_profile import SealParts, signed_attributes
from certificates.sealing.der import OBJECT_ID, SEQUENCE, encoded
from certificates.sealing.legal_class import LegalClass, legal_class_of
from certificates.sealing.p256 import verify_low_der
from certificates.sealing.revoked_signers import revocation_of
from certificates.sealing.trust_list import TrustedIssuer, TrustList

_ORGANISATION: Final = encoded(OBJECT_ID, bytes.fromhex("55040a"))
_STRING_TAGS: Final = (0x0C, 0x13)
"""UTF8String and PrintableString: how organisations are written in certificates."""


@dataclass(frozen=True, slots=True)
class SigningMoment:
    """When a document was signed."""

    at: datetime
    proved: bool
    """True by a trusted time stamp; False where only the signer says so."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands behind a seal, and what it is worth in law."""

    issuers: frozenset[str]
    """Ids of the trusted issuers whose authority certified the signer; at least one."""
    legal_class: LegalClass
    """The least of what these authorities' certificates have."""


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
    verify_low_der(key, parts.signature, signed_attributes(digest, parts.signer))


def prove_signer(parts: SealParts, trust: TrustList, *, moment: SigningMoment) -> Standing:
    """Return which trusted issuers certified the signer, for this use and then in force.

    The signature must have been proved before. What happened to a certificate after the moment of
    signing (expiry, retirement) changes nothing; only of a key that came into other hands the
    moment must be proved, since whoever has it can write any.

    Raises:
        Refused: ``signer-forged`` (a trusted name over other keys), ``seal-form`` (the wrong
            certificate beside the signer's), ``signer-usage``, ``signer-window`` or
            ``signer-revoked``.
        NotChecked: ``signer-unknown``: nobody on the trust list, nor claiming to be;
            ``signer-compromised``: perhaps made later, with a stolen key.

    """
    signer = read_certificate(parts.signer)
    behind = {
        issuer.id: index
        for issuer in trust.issuers
        for index, der in enumerate(issuer.certificates)
        if stands_below(parts.signer, der)
    }
    if not behind:
        if bears_trusted_name(parts.signer + parts.authority, trust):
            raise Refused("signer-forged")
        raise NotChecked("signer-unknown", signer=signer.subject.rfc4514_string())
    if not may_seal(signer):
        raise Refused("signer-usage")
    classes = []
    for issuer in trust.issuers:
        if issuer.id in behind:
            chain = issuer.certificates[behind[issuer.id] :]
            _require_chain(parts, chain, issuer=issuer, moment=moment)
            authority, listed = fingerprint(chain[0]), issuer.legal_classes
            classes.append(
                legal_class_of(signer, authority, listed, demonstration=trust.demonstration)
            )
    return Standing(frozenset(behind), min(classes, key=list(LegalClass).index))


def bears_trusted_name(der: bytes, trust: TrustList) -> bool:
    """Tell whether certificates in ``der`` name somebody of the trust list."""
    return any(mark in der for mark in _marks(trust))


def _require_chain(
    parts: SealParts, chain: tuple[bytes, ...], *, issuer: TrustedIssuer, moment: SigningMoment
) -> None:
    if parts.authority != chain[0]:
        raise Refused("seal-form")
    certificates = [read_certificate(der) for der in (parts.signer, *chain)]
    for certificate in certificates:
        if not window_of(certificate).holds(moment.at):
            raise Refused("signer-window", signed_at=moment.at)
    for certificate, above in pairwise(certificates):
        _require_not_revoked(certificate, above, issuer=issuer, moment=moment)


def _require_not_revoked(
    certificate: x509.Certificate,
    above: x509.Certificate,
    *,
    issuer: TrustedIssuer,
    moment: SigningMoment,
) -> None:
    revocation = revocation_of(certificate, issuer.revocation_lists, above)
    if revocation is None:
        return
    if revocation.at <= moment.at:
        raise Refused("signer-revoked", revoked_at=revocation.at)
    if revocation.compromised and not moment.proved:
        raise NotChecked("signer-compromised", revoked_at=revocation.at)


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
