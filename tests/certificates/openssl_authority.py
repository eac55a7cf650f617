"""Time stamps of another program: ``openssl ts``, with a key and certificate of its own."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = {digest}
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = {identifier}
crypto_device = builtin
"""
QUERY, REPLY, CONF = "query.tsq", "reply.tsr", "tsa.conf"


@dataclass(frozen=True)
class OpensslAuthority:
    """An authority in a folder; stamps at the time of the machine."""

    folder: Path
    certificate: bytes
    """DER."""

    def answer(self, address: str, query: bytes, timeout: float) -> bytes:
        """Answer a query as over HTTP: the transport of the client."""
        del address, timeout
        (self.folder / "query.tsq").write_bytes(query)
        subprocess.run(
            f"openssl ts -reply -config {CONF} -queryfile {QUERY} -out {REPLY}".split(),
            cwd=self.folder,
            check=True,
            capture_output=True,
        )
        return (self.folder / "reply.tsr").read_bytes()


def openssl_authority(
    folder: Path, kind: str, *, digest: str = "sha256", identifier: str = "sha256"
) -> OpensslAuthority:
    """Make an authority with a key of ``kind``: rsa, p256 or p384."""
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    if kind == "rsa":
        private = rsa.generate_private_key(65537, 2048)
    else:
        private = ec.generate_private_key({"p256": ec.SECP256R1(), "p384": ec.SECP384R1()}[kind])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Stamps elsewhere {kind}")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=900))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(private, hashes.SHA256())
    )
    (folder / "tsa.key").write_bytes(
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "tsa.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "serial").write_text("01\n")
    (folder / "tsa.conf").write_text(
        CONFIG.format(folder=folder, digest=digest, identifier=identifier)
    )
    return OpensslAuthority(folder, certificate.public_bytes(Encoding.DER))
