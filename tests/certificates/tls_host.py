"""A host that speaks TLS over a pair of sockets, and can be told to misbehave in every way."""

import socket
import ssl
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from certificates.asking.https_once import Network

PUBLIC = "203.0.114.7"
"""An address in public; nothing is ever sent there."""
START = datetime(2026, 1, 1, tzinfo=UTC)

Behaviour = Callable[[ssl.SSLSocket], None]
"""What a host does once it has read a request."""


def answer(
    body: bytes,
    *,
    kind: str = "application/json",
    status: str = "200 OK",
    headers: str = "",
    length: int | None = None,
) -> Behaviour:
    """Answer as hosts do."""
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{headers}\r\n"
    return lambda connection: connection.sendall(head.encode() + body)


@cache
def _authority(name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    return _certificate(name, key, None), key


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    above: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None,
    *,
    until: datetime = START + timedelta(days=36_500),
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above[0].subject if above else subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=above is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    if above:
        names = x509.SubjectAlternativeName([x509.DNSName(name)])
        signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(above[1].public_key())
        builder = builder.add_extension(names, critical=False)
        builder = builder.add_extension(signer, critical=False)
    return builder.sign(above[1] if above else key, hashes.SHA256())


@cache
def _server_context(name: str, authority: str, *, ended: bool) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    until = START + timedelta(days=1 if ended else 36_500)
    certificate = _certificate(name, key, _authority(authority), until=until)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "host.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
        context.load_cert_chain(path)
    return context


def trusting() -> ssl.SSLContext:
    """Return the context of a client that trusts one authority of the tests and nobody else."""
    pem = _authority("trusted")[0].public_bytes(Encoding.PEM).decode()
    return ssl.create_default_context(cadata=pem)


@dataclass
class TlsHost:
    """A host: what it answers by path, and what is told about it."""

    name: str = "badges.example"
    pages: dict[str, Behaviour] = field(default_factory=dict)
    certificate_of: str = ""
    """Name in its certificate, if it is not its own."""
    authority: str = "trusted"
    ended: bool = False
    """Whether its certificate has expired."""
    addresses: tuple[str, ...] = (PUBLIC,)
    """What a look-up of its name says."""
    requests: list[bytes] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    """Where connections were opened to."""
    looked_up: list[str] = field(default_factory=list)

    def network(self) -> Network:
        """Return a network in which there is only this host."""
        return Network(look_up=self._look_up, connect=self._connect, context=trusting)

    def _look_up(self, host: str, _port: int) -> list[str]:
        self.looked_up.append(host)
        if host != self.name:
            raise socket.gaierror("no such host")
        return list(self.addresses)

    def _connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        theirs.settimeout(30)
        named = self.certificate_of or self.name
        context = _server_context(named, self.authority, ended=self.ended)
        Thread(target=self._serve, args=(theirs, context), daemon=True).start()
        return ours

    def _serve(self, plain: socket.socket, context: ssl.SSLContext) -> None:
        with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
            request = b""
            while b"\r\n\r\n" not in request:
                request += connection.recv(65536)
            self.requests.append(request)
            path = request.split(b" ")[1].decode()
            self.page(path)(connection)

    def page(self, path: str) -> Behaviour:
        """Return what is done for a path."""
        return self.pages.get(path, answer(b"{}", status="404 Not Found"))
