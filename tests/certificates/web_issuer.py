"""An issuer whose keys and lists stand on a host of its own; it publishes what it is told to."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.sealing.data_integrity import add_proof
from certificates.sealing.ed25519 import multikey
from certificates.sealing.keys import Window
from certificates.sealing.p256 import ALGORITHM, jwk_of, raw_of_der
from certificates.sealing.status_list import FEWEST_BITS, encode_bits
from certificates.sealing.strict_json import to_base64url
from certificates.verifying.issuer_proof import ALWAYS, issuer_in
from tests.certificates.foreign_badges import badge
from tests.certificates.tls_host import TlsHost, answer
from tests.certificates.workshop import CHECKED

HOST = "badges.example"
LIST_PATH = "/status/1"
LIST = f"https://{HOST}{LIST_PATH}"
INDEX = 77


@dataclass
class LinkedKey:
    """An Ed25519 key that signs proofs."""

    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    window: Window = ALWAYS

    @property
    def public_bytes(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data)


@dataclass
class WebIssuer:
    """An issuer named by did:web or by an https address."""

    id: str = f"did:web:{HOST}"
    tokens: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    linked: LinkedKey = field(default_factory=LinkedKey)

    @property
    def token_method(self) -> str:
        return f"{self.id}#tokens" if self.id.startswith("did:") else f"{self.id}/keys/tokens"

    @property
    def linked_method(self) -> str:
        name = multikey(self.linked.public_bytes)
        return f"{self.id}#{name}" if self.id.startswith("did:") else f"{self.id}/keys/{name}"

    def document(self) -> dict[str, Any]:
        """Return the controller document: both keys, both for assertions."""
        return {
            "id": self.id,
            "verificationMethod": [
                {
                    "id": self.token_method,
                    "type": "JsonWebKey",
                    "controller": self.id,
                    "publicKeyJwk": {**jwk_of(self.tokens.public_key()), "alg": "ES256"},
                },
                {
                    "id": self.linked_method,
                    "type": "Multikey",
                    "controller": self.id,
                    "publicKeyMultibase": multikey(self.linked.public_bytes),
                },
            ],
            "assertionMethod": [self.token_method, self.linked_method],
        }

    def token(self, credential: dict[str, Any], **header: object) -> str:
        """Return a credential as VC-JWT."""
        head = {"alg": "ES256", "typ": "JWT", "kid": self.token_method} | header
        claims = {"iss": issuer_in(credential)} | credential
        parts = [to_base64url(json.dumps(part).encode()) for part in (head, claims)]
        signed = ".".join(parts)
        return f"{signed}.{to_base64url(raw_of_der(self.tokens.sign(signed.encode(), ALGORITHM)))}"

    def proved(self, credential: dict[str, Any]) -> str:
        """Return a credential with a Data Integrity proof."""
        return json.dumps(add_proof(credential, self.linked, at=CHECKED), ensure_ascii=False)

    def credential(self, **changes: object) -> dict[str, Any]:
        """Return a badge that names its place in a status list."""
        return badge(self.id, **({"credentialStatus": status()} | changes))

    def status_list(self, *revoked: int, **changes: object) -> dict[str, Any]:
        """Return a list of revocations, not signed yet."""
        bits = bytearray(FEWEST_BITS // 8)
        for index in revoked:
            bits[index // 8] |= 0x80 >> index % 8
        subject = {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_bits(bytes(bits)),
        }
        return {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": LIST,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": {"id": self.id},
            "validFrom": written(-1),
            "validUntil": written(23),
            "credentialSubject": subject | dict(changes.pop("subject", {})),  # type: ignore[call-overload]  # members of the subject
        } | changes

    def host(self, listed: str | None = None) -> TlsHost:
        """Return the host with everything this issuer publishes."""
        path = "/.well-known/did.json" if self.id.startswith("did:") else "/issuer"
        found = TlsHost(HOST, {path: answer(json.dumps(self.document()).encode())})
        tokens, linked = self.document()["verificationMethod"]
        for name, page in (
            (self.token_method, tokens["publicKeyJwk"]),
            (self.linked_method, linked),
        ):
            found.pages[name.removeprefix(f"https://{HOST}")] = answer(json.dumps(page).encode())
        listed = self.proved(self.status_list()) if listed is None else listed
        found.pages[LIST_PATH] = answer(listed.encode(), kind="application/vc")
        return found


def status(purpose: str = "revocation", **changes: object) -> dict[str, Any]:
    """Return the entry of a credential in a list."""
    return {
        "id": f"{LIST}#{INDEX}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(INDEX),
        "statusListCredential": LIST,
    } | changes


def written(hours: int) -> str:
    """Return the moment so many hours from when documents are checked."""
    return (CHECKED + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
