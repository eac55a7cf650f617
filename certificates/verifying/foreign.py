"""Telling an honest document of somebody else from a broken one of ours.

Our own form is strict, so a sound signature by another program never has it. Calling such a
document forged would be wrong: we just cannot judge it. It counts as somebody else's only if its
signature holds over the whole file and no certificate in the file bears a name we trust; in all
doubt it is not, and the refusal stands. Nothing here can ever make a document valid.
"""

import re
from collections.abc import Callable
from typing import Final

from asn1crypto import cms as asn1_cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from certificates.sealing.trust_list import TrustList
from certificates.verifying.signer import bears_trusted_name

_RANGE: Final = re.compile(
    rb"/ByteRange\s{0,9}\[\s{0,9}0\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{0,9}\]"
)
_HEX_DIGITS: Final = re.compile(rb"[0-9A-Fa-f\s]{400,}")
_HASHES: Final[dict[str, Callable[[], hashes.HashAlgorithm]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_UNREADABLE: Final = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
)
"""What ASN.1 readers raise on what they cannot read."""


def is_by_somebody_else(pdf: bytes, trust: TrustList | None) -> bool:
    """Tell whether ``pdf`` is intact under a signature of somebody the trust list does not name."""
    strings = b"\0".join(_unhex(found) for found in _HEX_DIGITS.findall(pdf))
    if trust is not None and bears_trusted_name(strings, trust):
        return False
    try:
        return _is_intact(pdf)
    except _UNREADABLE:
        return False


def _is_intact(pdf: bytes) -> bool:
    for found in _RANGE.finditer(pdf):
        start, end, rest = (int(number) for number in found.groups())
        delimited = pdf[start : start + 1] == b"<" and pdf[end - 1 : end] == b">"
        if start < end and delimited and end + rest == len(pdf):
            _verify(_unhex(pdf[start + 1 : end - 1]), pdf[:start] + pdf[end:])
            return True
    return False


def _verify(signature: bytes, covered: bytes) -> None:
    """Check a CMS signature of any common kind; raises one of ``_UNREADABLE`` if it fails."""
    signed = asn1_cms.ContentInfo.load(signature)["content"]
    (info,) = signed["signer_infos"]
    hash_type = _HASHES[info["digest_algorithm"]["algorithm"].native]
    digest = hashes.Hash(hash_type())
    digest.update(covered)
    values = {each["type"].native: each["values"] for each in info["signed_attrs"]}
    if values["message_digest"][0].native != digest.finalize():
        raise InvalidSignature
    attributes = info["signed_attrs"].untag().dump()
    _verify_with(_key_of(signed, info), info["signature"].native, attributes, hash_type())


def _key_of(signed: asn1_cms.SignedData, info: asn1_cms.SignerInfo) -> object:
    sid = info["sid"].chosen
    for choice in signed["certificates"]:
        certificate = choice.chosen
        same_issuer = certificate.issuer.dump() == sid["issuer"].dump()
        if same_issuer and certificate.serial_number == sid["serial_number"].native:
            return x509.load_der_x509_certificate(certificate.dump()).public_key()
    raise LookupError


def _verify_with(
    key: object, signature: bytes, signed: bytes, algorithm: hashes.HashAlgorithm
) -> None:
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(algorithm))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, signed)
    else:
        raise UnsupportedAlgorithm("key")


def _unhex(text: bytes) -> bytes:
    digits = b"".join(text.split())
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
