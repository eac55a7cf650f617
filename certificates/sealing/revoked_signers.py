"""Which signers an authority has revoked: its own CRL (RFC 5280 section 5), written and read.

A list stands in the signed part of the trust file, so whoever leaves it out must forge that. It
counts whatever its age: a revocation is never taken back, and how fresh the trust file is, is
judged by the status lists beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.sealing.certificate_chain import public_key_of


@dataclass(frozen=True, slots=True)
class Revocation:
    """When a certificate was revoked, and why."""

    at: datetime
    compromised: bool
    """True if somebody else may hold the key: then the signer's word on the time is worthless."""


def revocation_list(
    authority: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    revoked: Mapping[int, Revocation],
    *,
    at: datetime,
    until: datetime,
) -> bytes:
    """Return the signed list of revoked serial numbers, DER."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.subject)
        .last_update(at)
        .next_update(until)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
    )
    for serial, revocation in revoked.items():
        reason = "key_compromise" if revocation.compromised else "superseded"
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(serial)
            .revocation_date(revocation.at)
            .add_extension(x509.CRLReason(x509.ReasonFlags[reason]), critical=False)
        )
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


@lru_cache(maxsize=64)
def read_revocation_list(der: bytes) -> x509.CertificateRevocationList:
    """Read a list without critical extensions (ValueError otherwise)."""
    found = x509.load_der_x509_crl(der)
    entries = [extension for entry in found for extension in entry.extensions]
    if any(extension.critical for extension in (*found.extensions, *entries)):
        raise ValueError("a list with conditions that are not understood")
    return found


def is_list_of(crl: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
    """Tell whether ``authority`` is named as the issuer and its key signed the list."""
    return crl.issuer == authority.subject and crl.is_signature_valid(public_key_of(authority))


def revocation_of(
    certificate: x509.Certificate, lists: tuple[bytes, ...], authority: x509.Certificate
) -> Revocation | None:
    """Return when ``authority`` revoked a certificate it issued; None if no list of it says so."""
    for der in lists:
        crl = read_revocation_list(der)
        entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is not None and crl.issuer == authority.subject:
            return Revocation(entry.revocation_date_utc, compromised=_is_compromise(entry))
    return None


def _is_compromise(entry: x509.RevokedCertificate) -> bool:
    """Take every reason but the harmless ones for the worst (RFC 5280 section 5.3.1)."""
    harmless = {
        x509.ReasonFlags.superseded,
        x509.ReasonFlags.cessation_of_operation,
        x509.ReasonFlags.affiliation_changed,
    }
    for extension in entry.extensions:
        if isinstance(extension.value, x509.CRLReason):
            return extension.value.reason not in harmless
    return True
