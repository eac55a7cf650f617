"""The bank's signing keys, as objects that sign and give nothing else away.

A key is used through ``sign``; where the private part lives is the business of the function behind
it: a PKCS#8 file, or a PKCS#11 module (``token_keys``). ``load_keys`` reads a folder as
``development_pki`` writes it: trusted, and worth as much as the protection of the folder; whoever
reads it can issue in the bank's name. Hence files that others can read are refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from certificates.credential.snapshot import Party
from certificates.errors import KeyUnusable
from certificates.sealing.key_files import (
    finish_renewal,
    read_certificates,
    read_private_file,
    read_private_key,
    require_private,
)
from certificates.sealing.p256 import (
    ALGORITHM,
    PublicKey,
    jwk_of,
    raw_of_der,
    thumbprint,
)
from certificates.sealing.strict_json import canonical, parse_object, to_base64url

INDEX_FILE: Final = "keys.json"
CHAIN_FILE: Final = "certificates.pem"
INDEX_VERSION: Final = 1
P256_NAMES: Final = ("document", "credential", "status", "trust")
CHECKPOINT_NAME: Final = "checkpoint"
TIME_STAMP_NAME: Final = "time-stamp"
"""Key and certificate of the own time-stamping authority; older key folders have none."""
OTHER_STAMPERS: Final = "time-stamp-authorities.pem"
REVOKED_SIGNERS: Final = ("issuing.crl", "root.crl")
"""Revocation lists of the authorities, DER; either may be absent."""
IN_TOKEN: Final = "token_key"  # noqa: S105 - the name of a member, no secret
"""Member of the index that names a private key's label in the token instead of a file."""


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
    stamp: Callable[[bytes], bytes] | None = field(default=None, repr=False)
    """Time-stamps the value of a signature; without it seals are B-B."""
    longest_stamp: int = 0
    """The most bytes that ``stamp`` returns."""

    def sign(self, data: bytes) -> bytes:
        """Return r and s, 32 bytes each, over the SHA-256 of ``data``."""
        return self.make(data)


@dataclass(frozen=True, slots=True)
class TimeStampKey:
    """The key of the own time-stamping authority."""

    certificate: bytes
    """DER."""
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
    time_stamps: TimeStampKey | None = None
    """The own time-stamping authority, where there is one."""
    other_stampers: tuple[bytes, ...] = ()
    """Certificates (DER) of time-stamping authorities elsewhere, or of those that certify them."""
    revocation_lists: tuple[bytes, ...] = ()
    """Lists of revoked signers that the authorities signed (CRL, RFC 5280 section 5), DER."""


class HoldsKeys(Protocol):
    """A token that holds private keys and gives none away (PKCS#11)."""

    def key(self, label: str) -> tuple[PublicKey, Callable[[bytes], bytes]]:
        """Return the public key and the signing function of a label; raises KeyUnusable."""


def load_keys(folder: Path, *, token: HoldsKeys | None = None) -> KeyRing:
    """Read the keys of ``folder``; those that the index places in a token come from ``token``.

    Raises:
        KeyUnusable: ``key-missing``, ``key-exposed`` (readable by group or others) or
            ``key-damaged`` (not what the index says), each with the file's name;
            ``token-not-configured``, or what the token raises.

    """
    require_private(folder, folder.stat() if folder.is_dir() else None)
    index = _read_index(folder)
    entries = _member(index, "keys")
    chain = read_certificates(folder, CHAIN_FILE)
    p256 = {
        name: _load_p256(folder, name, entry=_member(entries, name), token=token)
        for name in P256_NAMES
    }
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
        time_stamps=_load_time_stamps(folder, entries, token=token),
        other_stampers=_load_other_stampers(folder),
        revocation_lists=tuple(
            read_private_file(folder, name) for name in REVOKED_SIGNERS if (folder / name).exists()
        ),
    )


def kid_of_ed25519(public_bytes: bytes) -> str:
    """Return the RFC 7638 thumbprint of an Ed25519 key (RFC 8037 appendix A.3)."""
    return thumbprint({"crv": "Ed25519", "kty": "OKP", "x": to_base64url(public_bytes)})


def index_bytes(index: dict[str, object]) -> bytes:
    """Write the index of a key folder."""
    return canonical(index)


def _load_p256(
    folder: Path, name: str, *, entry: dict[str, object], token: HoldsKeys | None
) -> P256Key:
    if IN_TOKEN not in entry:
        finish_renewal(folder, name, _text(entry, "kid"))
        public, make = _load_pair(folder, name)
    elif token is None:
        raise KeyUnusable("token-not-configured", key=name)
    else:
        public, make = token.key(_text(entry, IN_TOKEN))
    jwk = jwk_of(public)
    return P256Key(_kid(entry, thumbprint(jwk), name=name), jwk, window=_window(entry), make=make)


def _load_pair(folder: Path, name: str) -> tuple[PublicKey, Callable[[bytes], bytes]]:
    private = read_private_key(folder, name)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise KeyUnusable("key-damaged", file=f"{name}.pem")
    return private.public_key(), lambda data: raw_of_der(private.sign(data, ALGORITHM))


def _load_time_stamps(
    folder: Path, entries: dict[str, object], *, token: HoldsKeys | None
) -> TimeStampKey | None:
    if TIME_STAMP_NAME not in entries:
        return None
    entry = _member(entries, TIME_STAMP_NAME)
    key = _load_p256(folder, TIME_STAMP_NAME, entry=entry, token=token)
    certificate = read_certificates(folder, f"{TIME_STAMP_NAME}-certificate.pem")[0]
    _require_certified(key.jwk, certificate, name=TIME_STAMP_NAME)
    return TimeStampKey(certificate, window=key.window, make=key.make)


def _load_checkpoint(folder: Path, entry: dict[str, object]) -> CheckpointKey:
    private = read_private_key(folder, CHECKPOINT_NAME)
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise KeyUnusable("key-damaged", file=f"{CHECKPOINT_NAME}.pem")
    public = private.public_key().public_bytes_raw()
    kid = _kid(entry, kid_of_ed25519(public), name=CHECKPOINT_NAME)
    return CheckpointKey(kid, public, window=_window(entry), make=private.sign)


def _load_other_stampers(folder: Path) -> tuple[bytes, ...]:
    there = (folder / OTHER_STAMPERS).exists()
    return read_certificates(folder, OTHER_STAMPERS) if there else ()


def _read_index(folder: Path) -> dict[str, object]:
    try:
        index = parse_object(read_private_file(folder, INDEX_FILE))
    except ValueError:
        raise KeyUnusable("key-damaged", file=INDEX_FILE) from None
    if index.get("version") != INDEX_VERSION:
        raise KeyUnusable("key-damaged", file=INDEX_FILE)
    return index


def _require_certified(jwk: dict[str, str], certificate: bytes, *, name: str) -> None:
    public = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey) or jwk_of(public) != jwk:
        raise KeyUnusable("key-damaged", file=CHAIN_FILE, key=name)


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
