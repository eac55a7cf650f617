"""JWS of other issuers (RFC 7515, compact form), by keys the caller has read for them.

The algorithm is that of the key found under ``kid``; what the header says must agree and decides
nothing. A key in the header is not looked at: it would be the forger's.
"""

from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from certificates.errors import NotChecked, Refused
from certificates.sealing.ed25519 import verify_ed25519
from certificates.sealing.public_jwk import CURVES, SigningJwk
from certificates.sealing.strict_json import from_base64url, parse_object
from certificates.sealing.token import LONGEST_TOKEN

HEADER: Final = frozenset({"alg", "kid", "jwk", "typ"})
"""What Open Badges 3.0 (section 8.2.3) lets stand in a header."""
_HASHES: Final[Mapping[str, hashes.HashAlgorithm]] = {
    "256": hashes.SHA256(),
    "384": hashes.SHA384(),
    "512": hashes.SHA512(),
}
_LENGTHS: Final = {algorithm: length for _, algorithm, length in CURVES.values()}


def open_jws(token: str, keys: Mapping[str, SigningJwk]) -> bytes:
    """Return the payload of a token that one of ``keys`` signed.

    Raises:
        Refused: ``token-too-long``, ``token-shape``, ``token-encoding``, ``token-json``,
            ``token-header``, ``token-algorithm`` or ``signature-wrong``.
        NotChecked: ``token-key-unknown``.

    """
    if len(token) > LONGEST_TOKEN:
        raise Refused("token-too-long", length=len(token))
    parts = token.split(".")
    if len(parts) != 3 or not parts[0] or not parts[2]:  # noqa: PLR2004 - header, payload, signature
        raise Refused("token-shape", parts=len(parts))
    header_bytes, payload, signature = (_decode(part) for part in parts)
    header = _header(header_bytes)
    key = keys.get(str(header.get("kid")))
    if key is None:
        raise NotChecked("token-key-unknown", kid=str(header.get("kid"))[:200])
    if header.get("alg") != key.algorithm:
        raise Refused("token-algorithm", algorithm=str(header.get("alg"))[:40])
    _verify(key, signature, f"{parts[0]}.{parts[1]}".encode("ascii"))
    return payload


def _header(data: bytes) -> dict[str, object]:
    try:
        header = parse_object(data)
    except ValueError:
        raise Refused("token-json") from None
    if not set(header) <= HEADER:
        raise Refused("token-header", members=sorted(header))
    return header


def _verify(key: SigningJwk, signature: bytes, signed: bytes) -> None:
    try:
        if isinstance(key.key, bytes):
            verify_ed25519(key.key, signature, signed)
        elif isinstance(key.key, rsa.RSAPublicKey):
            _verify_rsa(key.key, key.algorithm, signature, signed)
        else:
            algorithm = ec.ECDSA(_HASHES[key.algorithm[2:]])
            key.key.verify(_der(signature, _LENGTHS[key.algorithm]), signed, algorithm)
    except InvalidSignature:
        raise Refused("signature-wrong") from None


def _verify_rsa(key: rsa.RSAPublicKey, algorithm: str, signature: bytes, signed: bytes) -> None:
    hashing = _HASHES[algorithm[2:]]
    if algorithm.startswith("RS"):
        key.verify(signature, signed, padding.PKCS1v15(), hashing)
        return
    salted = padding.PSS(padding.MGF1(hashing), salt_length=hashing.digest_size)
    key.verify(signature, signed, salted, hashing)


def _der(signature: bytes, length: int) -> bytes:
    if len(signature) != 2 * length:
        raise Refused("signature-wrong", length=len(signature))
    r, s = (int.from_bytes(part, "big") for part in (signature[:length], signature[length:]))
    return encode_dss_signature(r, s)


def _decode(part: str) -> bytes:
    try:
        return from_base64url(part)
    except ValueError:
        raise Refused("token-encoding") from None
