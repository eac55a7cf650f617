"""The bank's signing keys, as objects that sign and give nothing else away.

A key is used through ``sign``; where the private part lives is the business of the function behind
it: here a PKCS#8 file, in production a PKCS#11 module. ``load_keys`` reads a folder as
``development_pki`` writes it: trusted, and worth as much as the protection of the folder; whoever
reads it can issue in the bank's name. Hence files that others can read are refused.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from certificates.credential.snapshot import Party
from certificates.errors import KeyUnusable
from certificates.sealing.p256 import ALGORITHM, jwk_of, raw_of_der, thumbprint
from certificates.sealing.strict_json import canonical, parse_object, to_base64url

INDEX_FILE: Final = "keys.json"
CHAIN_FILE: Final = "certificates.pem"
INDEX_VERSION: Final = 1
LARGEST_FILE: Final = 64 * 1024
P256_NAMES: Final = ("document", "credential", "status", "trust")
CHECKPOINT_NAME: Final = "checkpoint"


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a key may sign; both ends are inside."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        """Tell whether ``moment`` lies in the window."""
        return self.start <= moment <= self.end


@dataclass(frozen=True, slots=True)
class P256Key:
    """An ECDSA P-256 key for JWS."""

    kid: str
    """RFC 7638 thumbprint of the public key."""
    jwk: dict[str, str]
    """The public key: required members only."""
    window: Window
    make: Callable[[bytes], bytes] = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """Return r and s, 32 bytes each, over the SHA-256 of ``data``."""
        return self.make(data)


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """The key that seals documents, with the certificates that vouch for it."""

    kid: str
    chain: tuple[bytes, ...]
    """DER: the signer's certificate, the issuing CA, the root."""
    window: Window
    make: Callable[[bytes], bytes] = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """Return r and s, 32 bytes each, over the SHA-256 of ``data``."""
        return self.make(data)


@dataclass(frozen=True, slots=True)
class CheckpointKey:
    """The Ed25519 key that signs heads of the log."""

    kid: str
    public_bytes: bytes
    """The public key, 32 bytes."""
    window: Window
    make: Callable[[bytes], bytes] = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of an Ed25519 signature."""
        return self.make(data)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys of one issuer; no two purposes share one."""

    document: DocumentKey
    credential: P256Key
    status: P256Key
    trust: P256Key
    """The root's own key: what it signs is pinned by the root's fingerprint."""
    checkpoint: CheckpointKey
    issuer: Party
    development: bool
    """True for keys made by a program on one machine: nothing they sign has any effect."""


def load_keys(folder: Path) -> KeyRing:
    """Read the keys of ``folder``.

    Raises:
        KeyUnusable: ``key-missing``, ``key-exposed`` (readable by group or others) or
            ``key-damaged`` (not what the index says), each with the file's name.

    """
    _require_private(folder, folder.stat() if folder.is_dir() else None)
    index = _read_index(folder)
    entries = _member(index, "keys")
    chain = _read_chain(folder)
    p256 = {name: _load_p256(folder, name, entry=_member(entries, name)) for name in P256_NAMES}
    document = p256["document"]
    _require_certified(document.jwk, chain[0], name="document")
    _require_certified(p256["trust"].jwk, chain[-1], name="trust")
    return KeyRing(
        document=DocumentKey(document.kid, chain, window=document.window, make=document.make),
        credential=p256["credential"],
        status=p256["status"],
        trust=p256["trust"],
        checkpoint=_load_checkpoint(folder, _member(entries, CHECKPOINT_NAME)),
        issuer=_read_party(_member(index, "issuer")),
        development=index.get("development") is not False,
    )


def kid_of_ed25519(public_bytes: bytes) -> str:
    """Return the RFC 7638 thumbprint of an Ed25519 key (RFC 8037 appendix A.3)."""
    return thumbprint({"crv": "Ed25519", "kty": "OKP", "x": to_base64url(public_bytes)})


def index_bytes(index: dict[str, object]) -> bytes:
    """Write the index of a key folder."""
    return canonical(index)


def _load_p256(folder: Path, name: str, *, entry: dict[str, object]) -> P256Key:
    private = _load_private(folder, name)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise KeyUnusable("key-damaged", file=f"{name}.pem")
    jwk = jwk_of(private.public_key())

    def make(data: bytes) -> bytes:
        return raw_of_der(private.sign(data, ALGORITHM))

    return P256Key(_kid(entry, thumbprint(jwk), name=name), jwk, window=_window(entry), make=make)


def _load_checkpoint(folder: Path, entry: dict[str, object]) -> CheckpointKey:
    private = _load_private(folder, CHECKPOINT_NAME)
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise KeyUnusable("key-damaged", file=f"{CHECKPOINT_NAME}.pem")
    public = private.public_key().public_bytes_raw()
    kid = _kid(entry, kid_of_ed25519(public), name=CHECKPOINT_NAME)
    return CheckpointKey(kid, public, window=_window(entry), make=private.sign)


def _load_private(folder: Path, name: str) -> object:
    try:
        return load_pem_private_key(_read(folder, f"{name}.pem"), password=None)
    except (ValueError, TypeError):  # TypeError: encrypted, and there is nobody to ask
        raise KeyUnusable("key-damaged", file=f"{name}.pem") from None


def _read_index(folder: Path) -> dict[str, object]:
    try:
        index = parse_object(_read(folder, INDEX_FILE))
    except ValueError:
        raise KeyUnusable("key-damaged", file=INDEX_FILE) from None
    if index.get("version") != INDEX_VERSION:
        raise KeyUnusable("key-damaged", file=INDEX_FILE)
    return index


def _read_chain(folder: Path) -> tuple[bytes, ...]:
    try:
        chain = x509.load_pem_x509_certificates(_read(folder, CHAIN_FILE))
    except ValueError:
        raise KeyUnusable("key-damaged", file=CHAIN_FILE) from None
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in chain)


def _require_certified(jwk: dict[str, str], certificate: bytes, *, name: str) -> None:
    public = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey) or jwk_of(public) != jwk:
        raise KeyUnusable("key-damaged", file=CHAIN_FILE, key=name)


def _read(folder: Path, name: str) -> bytes:
    path = folder / name
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        raise KeyUnusable("key-missing", file=name) from None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise KeyUnusable("key-missing", file=name)
        _require_private(path, found)
        return file.read(LARGEST_FILE)


def _require_private(path: Path, found: os.stat_result | None) -> None:
    if found is None:
        raise KeyUnusable("key-missing", file=path.name)
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyUnusable("key-exposed", file=path.name)


def _member(index: dict[str, object], name: str) -> dict[str, object]:
    member = index.get(name)
    if not isinstance(member, dict):
        raise KeyUnusable("key-damaged", file=INDEX_FILE, member=name)
    return member


def _text(entry: dict[str, object], name: str) -> str:
    text = entry.get(name)
    if not isinstance(text, str):
        raise KeyUnusable("key-damaged", file=INDEX_FILE, member=name)
    return text


def _kid(entry: dict[str, object], kid: str, *, name: str) -> str:
    if _text(entry, "kid") != kid:  # the file was exchanged, or the index is of other keys
        raise KeyUnusable("key-damaged", file=f"{name}.pem")
    return kid


def _window(entry: dict[str, object]) -> Window:
    try:
        start, end = (datetime.fromisoformat(_text(entry, name)) for name in ("start", "end"))
    except ValueError:
        raise KeyUnusable("key-damaged", file=INDEX_FILE, member="window") from None
    if start.tzinfo is None or end.tzinfo is None:
        raise KeyUnusable("key-damaged", file=INDEX_FILE, member="window")
    return Window(start, end)


def _read_party(entry: dict[str, object]) -> Party:
    return Party(
        id=_text(entry, "id"), name_th=_text(entry, "name_th"), name_en=_text(entry, "name_en")
    )
