"""Time-stamp tokens (RFC 3161 section 2.4.2, RFC 5816): written by our own authority, read of any.

A token is CMS SignedData around a ``TSTInfo``. It stands outside of what a seal signs, so nothing
in it may be left unproved: one signer, no unsigned attributes, no certificate but the authority's
own and those the trust list holds, and strict DER throughout.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256, sha384, sha512
from typing import Any, Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from certificates.errors import Refused
from certificates.sealing.cms_profile import (
    CONTENT_TYPE,
    DIGEST_BYTES,
    MESSAGE_DIGEST,
    SHA256_ID,
    SIGNED_DATA,
    SIGNING_CERTIFICATE_V2,
    attributes,
    attributes_mould,
    issuer_and_serial,
    signer_info,
    value_of,
)
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
    require_der,
)
from certificates.sealing.mould import Mould
from certificates.sealing.p256 import ALGORITHM, LONGEST_DER
from certificates.sealing.time_stamp import NULL_BYTES, TimeStampInfo, read_stamp_info

CT_TST_INFO: Final = encoded(OBJECT_ID, bytes.fromhex("2a864886f70d0109100104"))
LONGEST_TOKEN: Final = 24 * 1024
"""Bytes; a longer one would not fit into the place of a seal."""
_HEAD: Final = 4
"""Bytes that say how long a token is."""
_MOST_KNOWN: Final = 256
_VERSION_3: Final = encoded(INTEGER, b"\x03")
_SIGNER_INFO: Final = (INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTET_STRING)


def _algorithm(hexadecimal: str) -> bytes:
    return encoded(OBJECT_ID, bytes.fromhex(hexadecimal))


_DIGESTS: Final[dict[bytes, tuple[Callable[[bytes], Any], hashes.HashAlgorithm]]] = {
    _algorithm("608648016503040201"): (sha256, hashes.SHA256()),
    _algorithm("608648016503040202"): (sha384, hashes.SHA384()),
    _algorithm("608648016503040203"): (sha512, hashes.SHA512()),
}
_Hash = type[hashes.SHA256] | type[hashes.SHA384] | type[hashes.SHA512]
_ECDSA: Final[dict[bytes, _Hash]] = {
    _algorithm("2a8648ce3d040302"): hashes.SHA256,
    _algorithm("2a8648ce3d040303"): hashes.SHA384,
    _algorithm("2a8648ce3d040304"): hashes.SHA512,
}
_RSA: Final[dict[bytes, _Hash]] = {
    _algorithm("2a864886f70d01010b"): hashes.SHA256,
    _algorithm("2a864886f70d01010c"): hashes.SHA384,
    _algorithm("2a864886f70d01010d"): hashes.SHA512,
}
_RSA_ANY: Final = _algorithm("2a864886f70d010101")
"""rsaEncryption: the hash is that of the digest algorithm (RFC 3370 section 3.2)."""


@dataclass(frozen=True, slots=True)
class SignedStamp:
    """A token whose signature holds; whether its signer is to be believed is not said."""

    info: TimeStampInfo
    certificate: bytes
    """The signer's certificate, DER."""
    others: tuple[bytes, ...]
    """Further certificates in the token, DER: unproved."""


class _Form(NamedTuple):
    """What the bytes of a token of our form depend on, but for what it says."""

    signer: bytes
    """Certificate, DER."""
    info: int
    """Bytes of its ``TSTInfo``."""
    signature: int
    """Bytes of its signature."""


_KNOWN: Final[dict[bytes, _Form]] = {}
"""The form of the last token of each length, by its head."""


def write_token(info: bytes, certificate: bytes, *, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the token around a ``TSTInfo``; ``sign`` gives ECDSA P-256 over SHA-256 as DER."""
    digest = sha256(info).digest()
    signature = sign(_to_be_signed(digest, certificate))
    return _token_mould(certificate, len(info), len(signature)).filled(info, digest, signature)


def longest_token(info: int, certificate: bytes) -> int:
    """Return the most bytes of a token of ours with ``info`` bytes inside."""
    return _token_mould(certificate, info, LONGEST_DER).length


def open_token(token: bytes) -> SignedStamp:
    """Return what a token says once its own signature is proved.

    Raises:
        Refused: ``time-stamp-form`` or ``time-stamp-wrong``.

    """
    try:
        return _opened(token)
    except (
        ValueError,
        LookupError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.InvalidVersion,
    ):
        raise Refused("time-stamp-form") from None
    except InvalidSignature:
        raise Refused("time-stamp-wrong") from None


@lru_cache(maxsize=64)
def read_any_certificate(der: bytes) -> x509.Certificate:
    """Read a certificate of any algorithm (ValueError if it is not one)."""
    return x509.load_der_x509_certificate(der)


@lru_cache(maxsize=256)
def _token_mould(certificate: bytes, info: int, signature: int) -> Mould:
    """Return the tokens of our form with holes for ``TSTInfo``, its SHA-256 and the signature.

    ``info`` and ``signature`` are lengths in bytes.
    """

    def write(info: bytes, digest: bytes, signature: bytes) -> bytes:
        signed = encoded_set(CONTEXT_0, *attributes(digest, certificate, content_type=CT_TST_INFO))
        information = signer_info(certificate, signed, signature=signature)
        content = encoded(SEQUENCE, CT_TST_INFO, encoded(CONTEXT_0, encoded(OCTET_STRING, info)))
        signed_data = encoded(
            SEQUENCE,
            _VERSION_3,
            encoded(SET, SHA256_ID),
            content,
            encoded(CONTEXT_0, certificate),
            encoded(SET, information),
        )
        return encoded(SEQUENCE, SIGNED_DATA, encoded(CONTEXT_0, signed_data))

    return Mould(write, [info, DIGEST_BYTES, signature])


def _to_be_signed(digest: bytes, certificate: bytes) -> bytes:
    return attributes_mould(certificate, CT_TST_INFO).filled(digest)


def _opened(token: bytes) -> SignedStamp:
    known = _KNOWN.get(token[:_HEAD])
    stamp = None if known is None else _as_ours(token, known)
    return stamp or _taken_apart(token)


def _as_ours(token: bytes, form: _Form) -> SignedStamp | None:
    """Prove a token that has the very bytes we would have written; None if it has others."""
    signer = form.signer
    values = _token_mould(signer, form.info, form.signature).taken_from(token)
    if values is None:
        return None
    info, digest, signature = values
    if sha256(info).digest() != digest:
        return None
    key = read_any_certificate(signer).public_key()
    _verify_p256(key, signature, _to_be_signed(digest, signer))
    return SignedStamp(read_stamp_info(info), signer, others=())


def _taken_apart(token: bytes) -> SignedStamp:
    whole = first_element(token)
    if whole.tag != SEQUENCE or whole.end != len(token) or len(token) > LONGEST_TOKEN:
        raise ValueError("other bytes than one token")
    kind, content = whole.parts(OBJECT_ID, CONTEXT_0)
    version, digests, around, found, infos = content.parts(SEQUENCE)[0].parts(
        INTEGER, SET, SEQUENCE, CONTEXT_0, SET
    )
    information = infos.parts(SEQUENCE)[0].parts(*_SIGNER_INFO)
    inside = around.parts(OBJECT_ID, CONTEXT_0)
    if (kind.whole, version.whole, inside[0].whole) != (SIGNED_DATA, _VERSION_3, CT_TST_INFO):
        raise ValueError("not a time-stamp token")
    if digests.content != information[2].whole:
        raise ValueError("another digest than the signer's")
    info = inside[1].parts(OCTET_STRING)[0].content
    certificates = [each.whole for each in found.children()]
    signer = _signer(certificates, information[1].content)
    form = _Form(signer, len(info), len(information[5].content))
    ours = _as_ours(token, form) if form.signature <= LONGEST_DER else None
    if ours is not None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[token[:_HEAD]] = form
        return ours
    require_der(whole)
    _prove(info, signer, information)
    others = tuple(der for der in certificates if der != signer)
    if len(others) + 1 != len(certificates):
        raise ValueError("a certificate twice")
    return SignedStamp(read_stamp_info(info), signer, others)


def _verify_p256(key: object, signature: bytes, data: bytes) -> None:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError("a signature of another kind")  # noqa: TRY004 - one error for bad form
    key.verify(signature, data, ALGORITHM)


def _signer(certificates: Sequence[bytes], named: bytes) -> bytes:
    signers = [der for der in certificates if b"".join(issuer_and_serial(der)) == named]
    if len(signers) != 1:
        raise ValueError("not one signer")
    return signers[0]


def _prove(info: bytes, signer: bytes, information: Sequence[Element]) -> None:
    """Prove the signature over the signed attributes, and these over ``info`` and ``signer``."""
    version, _, digest, signed, algorithm, signature = information
    digest_oid = _oid_of(digest)
    if version.whole != encoded(INTEGER, b"\x01") or digest_oid not in _DIGESTS:
        raise ValueError("another form of signer's information")
    hashed, hash_type = _DIGESTS[digest_oid]
    if value_of(signed, CONTENT_TYPE).whole != CT_TST_INFO:
        raise ValueError("another content type")
    _require_certificate_id(value_of(signed, SIGNING_CERTIFICATE_V2), signer)
    if value_of(signed, MESSAGE_DIGEST).content != hashed(info).digest():
        raise InvalidSignature
    data = bytes([SET]) + signed.whole[1:]
    _verify(signer, signature.content, data, algorithm=algorithm, hash_type=hash_type)


def _require_certificate_id(value: Element, signer: bytes) -> None:
    """Require that the first ESSCertIDv2 is the signer's (RFC 5035 section 4)."""
    first = value.children()[0].children()[0].children()
    hashed: Callable[[bytes], Any] = sha256
    if first[0].tag == SEQUENCE:  # the algorithm is named only where it is not SHA-256
        known = _DIGESTS.get(_oid_of(first.pop(0)))
        if known is None:
            raise ValueError("a digest that is not accepted")
        hashed = known[0]
    if first[0].content != hashed(signer).digest():
        raise InvalidSignature


def _verify(
    signer: bytes,
    signature: bytes,
    data: bytes,
    *,
    algorithm: Element,
    hash_type: hashes.HashAlgorithm,
) -> None:
    key = read_any_certificate(signer).public_key()
    oid = _oid_of(algorithm)
    if isinstance(key, ec.EllipticCurvePublicKey) and oid in _ECDSA:
        key.verify(signature, data, ec.ECDSA(_ECDSA[oid]()))
    elif isinstance(key, rsa.RSAPublicKey) and (oid in _RSA or oid == _RSA_ANY):
        chosen = _RSA[oid]() if oid in _RSA else hash_type
        key.verify(signature, data, padding.PKCS1v15(), chosen)
    else:
        raise ValueError("a signature of another kind")


def _oid_of(algorithm: Element) -> bytes:
    """Return the object identifier of an AlgorithmIdentifier without parameters, or with NULL."""
    fields = algorithm.children()
    if not fields or any(field.whole != NULL_BYTES for field in fields[1:]) or len(fields) > 2:  # noqa: PLR2004 - identifier, parameters
        raise ValueError("an algorithm with parameters")
    return fields[0].whole
