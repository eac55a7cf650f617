"""Badges of other issuers, whose identifier holds their key; honest ones and others."""

import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certificates.sealing.ed25519 import to_base58
from certificates.sealing.p256 import ALGORITHM, jwk_of, raw_of_der
from certificates.sealing.strict_json import to_base64url


@dataclass(frozen=True)
class P256Issuer:
    """An issuer with did:jwk or did:key over P-256."""

    method: str = "jwk"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    algorithm: str = "ES256"

    @property
    def did(self) -> str:
        if self.method == "jwk":
            return "did:jwk:" + to_base64url(json.dumps(jwk_of(self.key.public_key())).encode())
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return "did:key:z" + to_base58(b"\x80\x24" + point)

    def sign(self, data: bytes) -> bytes:
        return raw_of_der(self.key.sign(data, ALGORITHM))


@dataclass(frozen=True)
class Ed25519Issuer:
    """An issuer with did:jwk or did:key over Ed25519."""

    method: str = "key"
    key: ed25519.Ed25519PrivateKey = field(default_factory=ed25519.Ed25519PrivateKey.generate)
    algorithm: str = "EdDSA"

    @property
    def did(self) -> str:
        raw = self.key.public_key().public_bytes_raw()
        if self.method == "key":
            return "did:key:z" + to_base58(b"\xed\x01" + raw)
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": to_base64url(raw)}
        return "did:jwk:" + to_base64url(json.dumps(jwk).encode())

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data)


Issuer = P256Issuer | Ed25519Issuer


def badge(issuer: str, **changes: object) -> dict[str, Any]:
    """Return an Open Badge as another issuer may write it."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:11111111-2222-4333-8444-555555555555",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": "ศูนย์ฝึกตัวอย่าง"},
        "validFrom": "2026-03-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "id": "urn:uuid:99999999-2222-4333-8444-555555555555",
            "achievement": {
                "id": "urn:uuid:22222222-2222-4333-8444-555555555555",
                "type": ["Achievement"],
                "name": "ปฐมพยาบาลเบื้องต้น",
                "description": "ปฐมพยาบาล",
                "criteria": {"narrative": "สอบผ่าน"},
            },
        },
    } | changes


def signed_badge(issuer: Issuer, credential: dict[str, Any] | None = None, **claims: object) -> str:
    """Return a badge as VC-JWT; ``claims`` come beside the credential."""
    payload = (credential or badge(issuer.did)) | claims
    header = {"alg": issuer.algorithm, "typ": "JWT", "kid": f"{issuer.did}#0"}
    parts = [to_base64url(json.dumps(part).encode()) for part in (header, payload)]
    signed = ".".join(parts)
    return f"{signed}.{to_base64url(issuer.sign(signed.encode()))}"
