"""Keys that an identifier itself holds: did:key and did:jwk, read without asking anybody.

Only P-256 and Ed25519, the two kinds whose signatures are checked here. The identifier is bound to
the key by its very letters, so nothing has to be fetched and nothing can be exchanged on the way;
whom it belongs to is another question.
"""

from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from certificates.errors import NotChecked, Refused
from certificates.sealing.p256 import PublicKey, key_of_jwk, verify_raw
from certificates.sealing.strict_json import from_base64url, parse_object

LONGEST_DID: Final = 1000
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_P256_PREFIX, _ED25519_PREFIX = b"\x80\x24", b"\xed\x01"
_OPTIONAL: Final = frozenset({"kid", "use", "alg", "key_ops", "ext"})
_ED25519_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class DidKey:
    """A public key and the one algorithm it signs with."""

    algorithm: str
    """As JWS names it: ``ES256`` or ``EdDSA``."""
    public: PublicKey | ed25519.Ed25519PublicKey

    def prove(self, signature: bytes, data: bytes) -> None:
        """Prove that this key signed ``data``; raises Refused('signature-wrong')."""
        if isinstance(self.public, ec.EllipticCurvePublicKey):
            verify_raw(self.public, signature, data)
            return
        try:
            self.public.verify(signature, data)
        except InvalidSignature:
            raise Refused("signature-wrong") from None


def key_of_did(did: str) -> DidKey:
    """Return the key that an identifier holds.

    Raises:
        NotChecked: ``issuer-unknown`` for every other kind of identifier or key.

    """
    method, _, rest = did.removeprefix("did:").partition(":")
    readers = {"key": _of_multikey, "jwk": _of_jwk}
    reader = readers.get(method) if did.startswith("did:") else None
    if reader is None or len(did) > LONGEST_DID:
        raise NotChecked("issuer-unknown", issuer=did[:LONGEST_DID])
    try:
        return reader(rest)
    except ValueError as error:
        raise NotChecked("issuer-unknown", issuer=did) from error


def _of_jwk(text: str) -> DidKey:
    jwk = parse_object(from_base64url(text))
    plain = {name: str(value) for name, value in jwk.items() if name not in _OPTIONAL}
    if plain.get("kty") != "OKP":
        return DidKey("ES256", key_of_jwk(plain))
    if set(plain) != {"kty", "crv", "x"} or plain["crv"] != "Ed25519":
        raise ValueError("another kind of key")
    return _ed25519(from_base64url(plain["x"]))


def _of_multikey(text: str) -> DidKey:
    if not text.startswith("z"):
        raise ValueError("not base58")
    data = _from_base58(text[1:])
    prefix, key = data[:2], data[2:]
    if prefix == _ED25519_PREFIX:
        return _ed25519(key)
    if prefix == _P256_PREFIX:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        return DidKey("ES256", point)
    raise ValueError("another kind of key")


def _ed25519(key: bytes) -> DidKey:
    if len(key) != _ED25519_BYTES:
        raise ValueError("key of the wrong length")
    return DidKey("EdDSA", ed25519.Ed25519PublicKey.from_public_bytes(key))


def _from_base58(text: str) -> bytes:
    number = 0
    for sign in text:
        number = number * 58 + _BASE58.index(sign)  # ValueError for a sign that is none
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return bytes(len(text) - len(text.lstrip("1"))) + data
