"""What must be true of the certificate that stands behind a seal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from pyhanko.sign.fields import MDPPerm

from certificates.errors import Refused
from certificates.sealing.development_pki import create_development_keys
from certificates.sealing.keys import DocumentKey, KeyRing, Window, load_keys
from certificates.sealing.p256 import ALGORITHM, raw_of_der
from certificates.verifying.verification import verify
from tests.benchmarks import revision_seal
from tests.benchmarks.revision_seal import seal_revision
from tests.certificates.statements import ISSUER, UNIT_LETTER
from tests.certificates.workshop import CHECKED, MADE, Office, archived, sealed, token

Change = Callable[[x509.CertificateBuilder], x509.CertificateBuilder]


@cache
def house() -> tuple[KeyRing, ec.EllipticCurvePrivateKey]:
    """Return a bank's keys together with the private key of its issuing authority."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "keys"
        create_development_keys(folder, now=MADE, issuer=ISSUER)
        issuing = load_pem_private_key((folder / "issuing.pem").read_bytes(), password=None)
        assert isinstance(issuing, ec.EllipticCurvePrivateKey)
        return load_keys(folder), issuing


def usage(
    *, signature: bool = True, commitment: bool = True, issuing: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signature,
        content_commitment=commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issuing,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def certified(
    *extensions: tuple[x509.ExtensionType, bool],
    curve: ec.EllipticCurve | None = None,
    hashed: hashes.SHA512 | None = None,
) -> KeyRing:
    """Return the bank's keys with a signer whose certificate the authority really issued."""
    ring, issuing = house()
    key = ec.generate_private_key(curve or ec.SECP256R1())
    authority = x509.load_der_x509_certificate(ring.document.chain[1])
    builder = (
        x509.CertificateBuilder()
        .subject_name(authority.subject)
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MADE)
        .not_valid_after(MADE + timedelta(days=300))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    der = builder.sign(issuing, hashed or hashes.SHA256()).public_bytes(Encoding.DER)

    def make(data: bytes) -> bytes:
        if curve is not None:
            return bytes(range(1, 65))
        return raw_of_der(key.sign(data, ALGORITHM))

    document = DocumentKey(
        "any", (der, *ring.document.chain[1:]), window=ring.document.window, make=make
    )
    return replace(ring, document=document)


def refusal(keys: KeyRing) -> str:
    with pytest.raises(Refused) as stopped:
        verify(sealed(keys=keys), trust=Office(house()[0]).trust(), at=CHECKED)
    return stopped.value.code


NO_AUTHORITY = x509.BasicConstraints(ca=False, path_length=None)


def test_a_signer_the_authority_certified_for_this_is_accepted() -> None:
    keys = certified((usage(), True), (NO_AUTHORITY, True))
    verified = verify(sealed(keys=keys), trust=Office(house()[0]).trust(), at=CHECKED)
    assert verified.statement == UNIT_LETTER


@pytest.mark.parametrize(
    "extensions",
    [
        (),
        ((usage(commitment=False), True),),
        ((usage(signature=False), True),),
        ((usage(issuing=True), True),),
        ((usage(), True), (x509.BasicConstraints(ca=True, path_length=0), True)),
    ],
    ids=["no usage", "no commitment", "no signature", "may issue", "authority"],
)
def test_a_certificate_not_meant_for_seals_is_refused(
    extensions: tuple[tuple[x509.ExtensionType, bool], ...],
) -> None:
    assert refusal(certified(*extensions)) == "signer-usage"


def test_a_critical_extension_nobody_understands_makes_it_unusable() -> None:
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    assert refusal(certified((usage(), True), (unknown, True))) == "certificate-unreadable"
    harmless = sealed(keys=certified((usage(), True), (unknown, False)))
    verified = verify(harmless, trust=Office(house()[0]).trust(), at=CHECKED)
    assert verified.statement == UNIT_LETTER


def test_another_curve_or_hash_makes_it_unusable() -> None:
    assert refusal(certified((usage(), True), curve=ec.SECP384R1())) == "certificate-unreadable"
    assert refusal(certified((usage(), True), hashed=hashes.SHA512())) == "certificate-unreadable"


def test_an_authority_of_the_list_cannot_seal_by_itself() -> None:
    ring, issuing = house()

    def make(data: bytes) -> bytes:
        return raw_of_der(issuing.sign(data, ALGORITHM))

    ever = Window(MADE, MADE + timedelta(days=300))
    chain = (ring.document.chain[1], ring.document.chain[2], ring.document.chain[2])
    keys = replace(ring, document=DocumentKey("any", chain, window=ever, make=make))
    assert refusal(keys) == "signer-usage"


def test_a_seal_that_allows_changes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = SimpleNamespace(NO_CHANGES=MDPPerm.FILL_FORMS)
    monkeypatch.setattr(revision_seal, "MDPPerm", weak)
    keys = house()[0]
    whole = archived(UNIT_LETTER, token(keys=keys).encode())
    weakly = seal_revision(whole, keys.document, at=UNIT_LETTER.issued_at)
    with pytest.raises(Refused, match="not-certified"):
        verify(weakly, trust=Office(keys).trust(), at=CHECKED)
