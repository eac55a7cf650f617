"""Keys for trying the bank out: a root, an issuing CA and everything that signs, in one folder.

Every certificate says DEVELOPMENT in its subject. In production each of these keys is made in its
own ceremony and stays in hardware; here they are PKCS#8 files that only their owner can read.
"""

import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certificates.credential.snapshot import Party
from certificates.errors import KeyUnusable
from certificates.sealing.keys import (
    CHAIN_FILE,
    CHECKPOINT_NAME,
    IN_TOKEN,
    INDEX_FILE,
    INDEX_VERSION,
    REVOKED_SIGNERS,
    TIME_STAMP_NAME,
    Window,
    index_bytes,
    kid_of_ed25519,
)
from certificates.sealing.p256 import PublicKey, jwk_of, thumbprint
from certificates.sealing.revoked_signers import revocation_list

ROOT_LIFE: Final = timedelta(days=3652)
ISSUING_LIFE: Final = timedelta(days=1095)
SIGNER_LIFE: Final = timedelta(days=365)
LONGEST_NAME: Final = 64
"""Upper bound of organisation and common name (RFC 5280 appendix A)."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A key pair and the certificate it signs with."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


class MakesKeys(Protocol):
    """A token that makes P-256 keys and keeps their private halves (PKCS#11)."""

    def create(self, label: str) -> PublicKey:
        """Make a key pair under a label; raises KeyUnusable."""


def create_development_keys(
    folder: Path, *, now: datetime, issuer: Party, token: MakesKeys | None = None
) -> None:
    """Make a whole set of development keys; the folder appears complete or not at all.

    With ``token`` the key that seals documents is made there, and only named in the folder.

    Raises:
        KeyUnusable: ``keys-exist`` if the folder holds anything; ``keys-unwritable``; or what the
            token raises.

    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KeyUnusable("keys-exist", folder=folder.name)
    now = now.replace(microsecond=0)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".keys-", dir=folder.parent))  # mode 0700
        try:
            for name, content in _key_files(now, issuer, token).items():
                _write_private(draft / name, content)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise KeyUnusable("keys-unwritable", folder=folder.name) from error


def _key_files(now: datetime, issuer: Party, token: MakesKeys | None) -> dict[str, bytes]:
    root = _make_root(now, issuer)
    issuing = _make_issuing(root, now=now, issuer=issuer)
    document, label = _document_key(token, now)
    signer = _make_signer(document, issuing, now=now, issuer=issuer)
    stamper = _make_stamper(root, now=now, issuer=issuer)
    credential, status = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    checkpoint = ed25519.Ed25519PrivateKey.generate()
    signing = Window(now, now + ISSUING_LIFE)
    keys = {
        "document": (document, Window(now, now + SIGNER_LIFE)),
        "credential": (credential, signing),
        "status": (status, signing),
        TIME_STAMP_NAME: (stamper.key, signing),
        "trust": (root.key, Window(now, now + ROOT_LIFE)),
    }
    entries = {
        name: _entry(thumbprint(jwk_of(_public(key))), window)
        for name, (key, window) in keys.items()
    }
    entries["document"] |= label
    checkpoint_kid = kid_of_ed25519(checkpoint.public_key().public_bytes_raw())
    entries[CHECKPOINT_NAME] = _entry(checkpoint_kid, Window(now, now + ROOT_LIFE))
    files = {
        f"{name}.pem": _pem(key)
        for name, (key, _) in keys.items()
        if isinstance(key, ec.EllipticCurvePrivateKey)
    }
    return {
        INDEX_FILE: _index(issuer, entries),
        CHAIN_FILE: _certificates(signer, issuing.certificate, root.certificate),
        f"{TIME_STAMP_NAME}-certificate.pem": _certificates(stamper.certificate),
        "issuing.pem": _pem(issuing.key),
        f"{CHECKPOINT_NAME}.pem": _pem(checkpoint),
        **_no_revocations(issuing, root, now=now),
        **files,
    }


def _index(issuer: Party, entries: dict[str, dict[str, str]]) -> bytes:
    return index_bytes(
        {
            "version": INDEX_VERSION,
            "development": True,
            "issuer": asdict(issuer),
            "keys": entries,
        }
    )


def _document_key(
    token: MakesKeys | None, now: datetime
) -> tuple[ec.EllipticCurvePrivateKey | PublicKey, dict[str, str]]:
    """Return the sealing key, or its public half and the label that the index names."""
    if token is None:
        return ec.generate_private_key(ec.SECP256R1()), {}
    label = f"document-{now:%Y%m%d%H%M%S}"
    return token.create(label), {IN_TOKEN: label}


def _no_revocations(issuing: Authority, root: Authority, *, now: datetime) -> dict[str, bytes]:
    lists = (
        revocation_list(each.certificate, each.key, {}, at=now, until=now + ISSUING_LIFE)
        for each in (issuing, root)
    )
    return dict(zip(REVOKED_SIGNERS, lists, strict=True))


def _make_root(now: datetime, issuer: Party) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(issuer, "root CA")
    builder = _builder(name, key, window=Window(now, now + ROOT_LIFE)).issuer_name(name)
    builder = _as_authority(builder, path_length=1)
    return Authority(key, builder.sign(key, hashes.SHA256()))


def _make_issuing(root: Authority, *, now: datetime, issuer: Party) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(issuer, "issuing CA"), key, window=Window(now, now + ISSUING_LIFE))
    builder = _as_authority(_issued_by(builder, root), path_length=0)
    return Authority(key, builder.sign(root.key, hashes.SHA256()))


def _make_signer(
    key: ec.EllipticCurvePrivateKey | PublicKey, issuing: Authority, *, now: datetime, issuer: Party
) -> x509.Certificate:
    name = _name(issuer, "document signer")
    builder = _issued_by(_builder(name, key, window=Window(now, now + SIGNER_LIFE)), issuing)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    # contentCommitment besides digitalSignature: readers of PDF signatures ask for it.
    builder = builder.add_extension(
        _usage(digital_signature=True, content_commitment=True), critical=True
    )
    return builder.sign(issuing.key, hashes.SHA256())


def _make_stamper(root: Authority, *, now: datetime, issuer: Party) -> Authority:
    """Make the time-stamping authority: directly below the root, so that tokens stay short."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(issuer, "time-stamping authority")
    builder = _issued_by(_builder(name, key, window=Window(now, now + ISSUING_LIFE)), root)
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        # Critical and alone: RFC 3161 section 2.3.
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    )
    return Authority(key, builder.sign(root.key, hashes.SHA256()))


def _public(key: ec.EllipticCurvePrivateKey | PublicKey) -> PublicKey:
    return key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else key


def _builder(
    subject: x509.Name, key: ec.EllipticCurvePrivateKey | PublicKey, *, window: Window
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(_public(key))
        .serial_number(x509.random_serial_number())
        .not_valid_before(window.start)
        .not_valid_after(window.end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(_public(key)), critical=False)
    )


def _issued_by(builder: x509.CertificateBuilder, above: Authority) -> x509.CertificateBuilder:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key())
    return builder.issuer_name(above.certificate.subject).add_extension(identifier, critical=False)


def _as_authority(builder: x509.CertificateBuilder, *, path_length: int) -> x509.CertificateBuilder:
    return builder.add_extension(
        x509.BasicConstraints(ca=True, path_length=path_length), critical=True
    ).add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)


def _usage(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})


def _name(issuer: Party, role: str) -> x509.Name:
    organisation = (issuer.name_en or issuer.name_th or issuer.id)[:LONGEST_NAME]
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TH"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "DEVELOPMENT KEYS, NO EFFECT"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"DEVELOPMENT {role}"),
        ]
    )


def _entry(kid: str, window: Window) -> dict[str, str]:
    return {"kid": kid, "start": window.start.isoformat(), "end": window.end.isoformat()}


def _certificates(*chain: x509.Certificate) -> bytes:
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in chain)


def _pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write_private(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
