"""Ed25519 (RFC 8032): proving signatures, and public keys as JWK (RFC 8037) and Multikey (W3C CID).

A Multikey is ``z`` and the base58btc of the two bytes ED 01 and the 32 bytes of the key.
"""

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certificates.errors import Refused
from certificates.sealing.strict_json import from_base64url, to_base64url

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
MULTICODEC: Final = b"\xed\x01"
ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Base58btc: no 0, O, I or l, which people mix up."""
LONGEST_BASE58: Final = 128
_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)}


def verify_ed25519(public_bytes: bytes, signature: bytes, data: bytes) -> None:
    """Prove that ``signature`` (64 bytes) over ``data`` was made with the key.

    Raises:
        Refused: ``signature-wrong``.

    """
    if len(signature) != SIGNATURE_BYTES or len(public_bytes) != KEY_BYTES:
        raise Refused("signature-wrong", length=len(signature))
    try:
        Ed25519PublicKey.from_public_bytes(public_bytes).verify(signature, data)
    except InvalidSignature:
        raise Refused("signature-wrong") from None


def ed25519_jwk(public_bytes: bytes) -> dict[str, str]:
    """Return the required members of the public JWK, and no others."""
    return {"crv": "Ed25519", "kty": "OKP", "x": to_base64url(public_bytes)}


def ed25519_of_jwk(jwk: dict[str, str]) -> bytes:
    """Return the 32 bytes of a public JWK of exactly the members ``ed25519_jwk`` writes.

    Raises:
        ValueError: another kind of key, more members, or another length.

    """
    if set(jwk) != {"crv", "kty", "x"} or (jwk["crv"], jwk["kty"]) != ("Ed25519", "OKP"):
        raise ValueError("not a public Ed25519 key")
    public = from_base64url(jwk["x"])
    if len(public) != KEY_BYTES:
        raise ValueError("key of the wrong length")
    return public


@lru_cache(maxsize=64)
def multikey(public_bytes: bytes) -> str:
    """Return the key as a controller document shows it."""
    return "z" + to_base58(MULTICODEC + public_bytes)


def of_multikey(text: str) -> bytes:
    """Return the 32 bytes of a Multikey.

    Raises:
        ValueError: not base58btc, or the key of another algorithm.

    """
    data = from_base58(text.removeprefix("z"))
    if not text.startswith("z") or data[:2] != MULTICODEC or len(data) != KEY_BYTES + 2:
        raise ValueError("not an Ed25519 Multikey")
    return data[2:]


def to_base58(data: bytes) -> str:
    """Encode in base58btc; a leading zero byte becomes a ``1``."""
    number, letters = int.from_bytes(data, "big"), []
    while number:
        number, value = divmod(number, 58)
        letters.append(ALPHABET[value])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return ALPHABET[0] * zeros + "".join(reversed(letters))


def from_base58(text: str) -> bytes:
    """Decode base58btc, at most 128 letters; raises ValueError for any other text."""
    if len(text) > LONGEST_BASE58 or not set(text) <= set(ALPHABET):
        raise ValueError("not base58btc")
    number = 0
    for letter in text:
        number = number * 58 + _VALUES[letter]
    zeros = len(text) - len(text.lstrip(ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
