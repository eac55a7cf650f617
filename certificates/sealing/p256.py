"""ECDSA over P-256 with SHA-256 (FIPS 186-5), and the public keys as JWKs (RFC 7517, RFC 7638).

Signatures travel in two shapes: ``raw`` is r and s as 32 bytes each (JWS, PKCS#11), ``der`` is the
ASN.1 sequence (CMS, X.509). Every s has a twin n - s that verifies too; a seal uses only the lower
one, so that a seal cannot be rewritten into another valid one by somebody without the key.
"""

from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from certificates.errors import Refused
from certificates.sealing.strict_json import canonical, from_base64url, to_base64url

ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order n of the group (SP 800-186 section 3.2.1.3)."""
SCALAR_BYTES: Final = 32
LONGEST_DER: Final = 72
ALGORITHM: Final = ec.ECDSA(hashes.SHA256())

PublicKey = ec.EllipticCurvePublicKey


def verify_raw(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Prove that ``signature`` (64 bytes, r then s) over ``data`` was made with ``key``.

    Raises:
        Refused: ``signature-wrong``.

    """
    if len(signature) != 2 * SCALAR_BYTES:
        raise Refused("signature-wrong", length=len(signature))
    r = int.from_bytes(signature[:SCALAR_BYTES], "big")
    s = int.from_bytes(signature[SCALAR_BYTES:], "big")
    _verify(key, r, s, data=data)


def verify_der(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Prove that ``signature`` (strict DER) over ``data`` was made with ``key``.

    Raises:
        Refused: ``signature-wrong``.

    """
    r, s = _scalars(signature)
    _verify(key, r, s, data=data)


def verify_low_der(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Do the same, and refuse the higher twin of a signature (``signature-wrong``)."""
    r, s = _scalars(signature)
    if s > ORDER // 2:
        raise Refused("signature-wrong", reason="high s")
    _verify(key, r, s, data=data)


def low_der(raw: bytes) -> bytes:
    """Turn a raw signature into DER with the lower s."""
    r = int.from_bytes(raw[:SCALAR_BYTES], "big")
    s = int.from_bytes(raw[SCALAR_BYTES:], "big")
    return encode_dss_signature(r, min(s, ORDER - s))


def raw_of_der(signature: bytes) -> bytes:
    """Turn a DER signature made by a library of ours into r and s of 32 bytes each."""
    r, s = decode_dss_signature(signature)
    return r.to_bytes(SCALAR_BYTES, "big") + s.to_bytes(SCALAR_BYTES, "big")


def jwk_of(key: PublicKey) -> dict[str, str]:
    """Return the required members of the public JWK, and no others."""
    point = key.public_numbers()
    x, y = (to_base64url(n.to_bytes(SCALAR_BYTES, "big")) for n in (point.x, point.y))
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def key_of_jwk(jwk: dict[str, str]) -> PublicKey:
    """Read a public JWK of exactly the members ``jwk_of`` writes.

    Raises:
        ValueError: another kind of key, more members, or a point that is not on the curve.

    """
    if set(jwk) != {"crv", "kty", "x", "y"} or (jwk["crv"], jwk["kty"]) != ("P-256", "EC"):
        raise ValueError("not a public P-256 key")
    x, y = (from_base64url(jwk[name]) for name in ("x", "y"))
    if len(x) != SCALAR_BYTES or len(y) != SCALAR_BYTES:
        raise ValueError("coordinate of the wrong length")
    numbers = ec.EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
    )
    return numbers.public_key()


def thumbprint(jwk: dict[str, str]) -> str:
    """Return the RFC 7638 thumbprint (SHA-256, base64url) of a JWK of required members only."""
    return to_base64url(sha256(canonical(jwk)).digest())


def _scalars(signature: bytes) -> tuple[int, int]:
    try:
        r, s = decode_dss_signature(signature)
    except ValueError:
        raise Refused("signature-wrong", reason="not DER") from None
    if encode_dss_signature(r, s) != signature:
        raise Refused("signature-wrong", reason="not DER")
    return r, s


def _verify(key: PublicKey, r: int, s: int, *, data: bytes) -> None:
    if not (0 < r < ORDER and 0 < s < ORDER):
        raise Refused("signature-wrong", reason="out of range")
    try:
        key.verify(encode_dss_signature(r, s), data, ALGORITHM)
    except InvalidSignature:
        raise Refused("signature-wrong") from None
