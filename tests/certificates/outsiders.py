"""Documents signed by other people's programs and keys, for tests of what we cannot judge."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pyhanko.pdf_utils.generic
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.certificates.workshop import MADE

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class _Reckless(PdfSigner):
    """Signs also what forbids any change, as somebody who tampers would."""

    def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
        del reader


def outside_key(kind: str) -> PrivateKey:
    """Return a new key: ``p256``, ``p384`` or ``rsa``."""
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key({"p256": ec.SECP256R1(), "p384": ec.SECP384R1()}[kind])


def signed_outside(
    pdf: bytes, organisation: str, *, kind: str = "p256", field: str = "Outside"
) -> bytes:
    """Return ``pdf`` with a signature made by pyHanko, self-signed by ``organisation``."""
    key = outside_key(kind)
    certificate = _self_signed(key, organisation, at=MADE)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store: Any = SimpleCertificateStore
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=store(),
    )
    meta = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    signed = _Reckless(meta, signer, new_field_spec=SigFieldSpec(field)).sign_pdf(writer)
    return bytes(signed.getvalue())


def with_annotation(pdf: bytes) -> bytes:
    """Return ``pdf`` with a note stuck on its page in one more revision."""
    generic: Any = pyhanko.pdf_utils.generic
    writer: Any = IncrementalPdfFileWriter(BytesIO(pdf))
    name = generic.pdf_name
    note = generic.DictionaryObject(
        {name("/Type"): name("/Annot"), name("/Subtype"): name("/Square")}
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))
    changed = BytesIO()
    writer.write(changed)
    return changed.getvalue()


def _self_signed(key: PrivateKey, organisation: str, *, at: datetime) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, "signer"),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
