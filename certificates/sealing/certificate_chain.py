"""X.509 certificates of the bank (RFC 5280): the little that is needed, checked strictly.

Authorities are trusted because the signed trust list holds them, not because of what they say;
a path is therefore one step long: the signer, directly below one listed certificate.
"""

from functools import lru_cache
from hashlib import sha256
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, SignatureAlgorithmOID

from certificates.sealing.keys import Window
from certificates.sealing.p256 import PublicKey

UNDERSTOOD: Final = frozenset({ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE})
"""Critical extensions that are acted upon; any other critical one makes a certificate unusable."""


@lru_cache(maxsize=256)
def read_certificate(der: bytes) -> x509.Certificate:
    """Read a certificate with a P-256 key that is signed with ECDSA and SHA-256.

    Raises:
        ValueError: it cannot be read, or is of another kind.

    """
    try:
        certificate = x509.load_der_x509_certificate(der)
        critical = {ext.oid for ext in certificate.extensions if ext.critical}
        public_key_of(certificate)
        algorithm = certificate.signature_algorithm_oid
    except (x509.DuplicateExtension, x509.InvalidVersion, UnsupportedAlgorithm) as error:
        raise ValueError("certificate cannot be read") from error
    if not critical <= UNDERSTOOD or algorithm != SignatureAlgorithmOID.ECDSA_WITH_SHA256:
        raise ValueError("certificate of another kind")
    return certificate


def public_key_of(certificate: x509.Certificate) -> PublicKey:
    """Return the P-256 key of a certificate (ValueError if it has another kind of key)."""
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise ValueError("not a P-256 key")
    return key


@lru_cache(maxsize=256)
def is_issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Tell whether ``authority`` is named as the issuer and its key signed ``certificate``."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def stands_below(der: bytes, authority: bytes) -> bool:
    """Tell the same of certificates as DER, which takes less time (ValueError as reading them)."""
    return is_issued_by(read_certificate(der), read_certificate(authority))


def may_issue(certificate: x509.Certificate) -> bool:
    """Tell whether this is a certification authority: basic constraints and key usage say so."""
    constraints, usage = _extensions(certificate)
    return constraints is not None and constraints.ca and usage is not None and usage.key_cert_sign


def may_seal(certificate: x509.Certificate) -> bool:
    """Tell whether this is a document signer: no authority, and meant for content commitment."""
    constraints, usage = _extensions(certificate)
    if usage is None or (constraints is not None and constraints.ca):
        return False
    return usage.digital_signature and usage.content_commitment and not usage.key_cert_sign


@lru_cache(maxsize=256)
def may_stamp(certificate: x509.Certificate) -> bool:
    """Tell whether this is a time-stamping authority and nothing else (RFC 3161 section 2.3)."""
    constraints, usage = _extensions(certificate)
    purposes = [
        extension
        for extension in certificate.extensions
        if isinstance(extension.value, x509.ExtendedKeyUsage)
    ]
    alone = [list(each.value) for each in purposes if each.critical]
    no_authority = constraints is None or not constraints.ca
    may_sign = usage is None or usage.digital_signature or usage.content_commitment
    return no_authority and may_sign and alone == [[ExtendedKeyUsageOID.TIME_STAMPING]]


def window_of(certificate: x509.Certificate) -> Window:
    """Return from when to when a certificate is valid."""
    return Window(certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def fingerprint(der: bytes) -> str:
    """Return the SHA-256 of a certificate, 64 small hexadecimal digits."""
    return sha256(der).hexdigest()


def _extensions(
    certificate: x509.Certificate,
) -> tuple[x509.BasicConstraints | None, x509.KeyUsage | None]:
    constraints: x509.BasicConstraints | None = None
    usage: x509.KeyUsage | None = None
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.BasicConstraints):
            constraints = extension.value
        elif isinstance(extension.value, x509.KeyUsage):
            usage = extension.value
    return constraints, usage
