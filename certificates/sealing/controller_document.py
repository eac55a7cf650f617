"""An issuer's keys as other programs look them up: controller document, did:web, JWK set.

A controller document (W3C Controlled Identifiers v1.0; for did:web the same as a DID document)
lists which keys may assert something in the issuer's name, and is believed because of where it was
fetched from. Keys that were retired stay listed: what they signed in their time still holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from certificates.sealing.data_integrity import method_of
from certificates.sealing.ed25519 import ed25519_of_jwk, multikey
from certificates.sealing.token import key_address

CONTEXTS: Final = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
)


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A public key as the issuer shows it to everybody."""

    kid: str
    """RFC 7638 thumbprint of ``jwk``."""
    jwk: dict[str, str]
    """Required members only."""


def did_web_of(issuer: str) -> str | None:
    """Return the did:web name of an issuer whose id is an https address, else None."""
    parts = urlsplit(issuer)
    if parts.scheme != "https" or not parts.netloc or parts.query or parts.fragment:
        return None
    host = quote(parts.netloc, safe=".-")
    return ":".join(["did:web", host, *(quote(each) for each in parts.path.split("/") if each)])


def controller_document(
    controller: str, issuer: str, keys: Sequence[PublishedKey]
) -> dict[str, object]:
    """Return the document of ``controller``: the issuer's id, or its did:web name.

    Both name the same keys and each other.
    """
    names = {issuer, did_web_of(issuer)} - {controller, None}
    methods = [method_document(controller, key) for key in keys]
    return {
        "@context": list(CONTEXTS),
        "id": controller,
        **({"alsoKnownAs": sorted(str(name) for name in names)} if names else {}),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_document(issuer: str, name: str, keys: Sequence[PublishedKey]) -> dict[str, object] | None:
    """Return what stands at the address of a key, or None where the issuer has none of that name.

    A Multikey is named by itself, as proofs name it; a key of tokens by its thumbprint, as JWK.
    """
    for key in keys:
        if name == key.kid:
            return dict(signing_jwk(key))
        if key.jwk["kty"] == "OKP" and name == multikey(ed25519_of_jwk(key.jwk)):
            return {"@context": CONTEXTS[1], **method_document(issuer, key)}
    return None


def jwk_set(keys: Sequence[PublishedKey]) -> dict[str, object]:
    """Return the keys as a JWK set (RFC 7517 section 5)."""
    return {"keys": [signing_jwk(key) for key in keys]}


def signing_jwk(key: PublishedKey) -> dict[str, str]:
    """Return a key as a JWK that says what it is for."""
    algorithm = "EdDSA" if key.jwk["kty"] == "OKP" else "ES256"
    return {**key.jwk, "kid": key.kid, "use": "sig", "alg": algorithm}


def method_document(controller: str, key: PublishedKey) -> dict[str, object]:
    """Return one key as its controller lists it."""
    if key.jwk["kty"] == "OKP":
        public = ed25519_of_jwk(key.jwk)
        return {
            "id": method_of(controller, public),
            "type": "Multikey",
            "controller": controller,
            "publicKeyMultibase": multikey(public),
        }
    is_did = controller.startswith("did:")
    return {
        "id": f"{controller}#{key.kid}" if is_did else key_address(controller, key.kid),
        "type": "JsonWebKey",
        "controller": controller,
        "publicKeyJwk": signing_jwk(key),
    }
