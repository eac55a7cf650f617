"""Keys that an identifier itself holds: did:key and did:jwk, read without asking anybody.

The identifier is bound to the key by its very letters, so nothing has to be fetched and nothing
can be exchanged on the way; whom it belongs to is another question.
"""

from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.errors import NotChecked
from certificates.sealing.ed25519 import ed25519_jwk, from_base58, of_multikey
from certificates.sealing.p256 import jwk_of
from certificates.sealing.public_jwk import SigningJwk, read_jwk
from certificates.sealing.strict_json import from_base64url, parse_object

LONGEST_DID: Final = 2000
_P256_PREFIX: Final = b"\x80\x24"
"""Multicodec p256-pub, before a compressed point."""


def key_of_did(did: str) -> SigningJwk:
    """Return the key that an identifier holds, under the name of the identifier.

    Raises:
        NotChecked: ``issuer-unknown`` for every other kind of identifier or key.

    """
    method, _, rest = did.removeprefix("did:").partition(":")
    readers = {"key": jwk_of_multikey, "jwk": _of_jwk}
    reader = readers.get(method) if did.startswith("did:") else None
    if reader is None or len(did) > LONGEST_DID:
        raise NotChecked("issuer-unknown", issuer=did[:LONGEST_DID])
    try:
        return read_jwk({**reader(rest), "kid": did})
    except ValueError as error:
        raise NotChecked("issuer-unknown", issuer=did) from error


def _of_jwk(text: str) -> dict[str, object]:
    return parse_object(from_base64url(text))


def jwk_of_multikey(text: str) -> dict[str, object]:
    """Return a Multikey (Controlled Identifiers v1.0 section 2.2.2) as JWK.

    Raises:
        ValueError: no Ed25519 or P-256 key in base58.

    """
    data = from_base58(text.removeprefix("z"))
    if text.startswith("z") and data.startswith(_P256_PREFIX):
        point = data.removeprefix(_P256_PREFIX)
        return {**jwk_of(ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))}
    return {**ed25519_jwk(of_multikey(text))}
