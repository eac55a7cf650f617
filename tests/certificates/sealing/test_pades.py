"""What must be true of sealed documents, by independent judges."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.credential.embedded import attachments_of
from certificates.errors import CannotSay
from certificates.sealing.byte_range import read_coverage
from certificates.sealing.pades import seal_pdf
from tests.certificates.workshop import CHECKED, ISSUED, certificate, page, ring

KEY = ring().document
needs_pdfsig = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed")


def test_pyhanko_finds_the_whole_file_certified_by_our_root() -> None:
    root = asn1_x509.Certificate.load(KEY.chain[-1])
    (signature,) = PdfFileReader(BytesIO(certificate())).embedded_signatures
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[root], moment=CHECKED, allow_fetching=False)
    )
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.docmdp_ok
    assert status.signer_reported_dt == ISSUED


@needs_pdfsig
def test_poppler_finds_the_signature_valid_and_the_total_document_signed(tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(certificate())
    said = subprocess.run(
        ["pdfsig", str(file)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "Not total document signed" not in said
    assert "ETSI.CAdES.detached" in said


def test_the_seal_takes_nothing_away_and_shows_nothing() -> None:
    with pikepdf.open(BytesIO(certificate())) as document:
        assert len(document.pages) == 1
        (field,) = document.Root.AcroForm.Fields
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
    assert list(attachments_of(certificate())) == ["credential.jwt"]


def test_the_drawn_page_is_inside_byte_for_byte() -> None:
    drawn = page()
    assert seal_pdf(drawn, KEY, at=ISSUED).startswith(drawn)


def test_two_seals_differ_in_the_signature_only() -> None:
    one, two = (seal_pdf(page(), KEY, at=ISSUED) for _ in range(2))
    assert read_coverage(one).digest == read_coverage(two).digest
    assert read_coverage(one).cms != read_coverage(two).cms


@pytest.mark.parametrize("identifier", [b"plain text here!", b"\xfe\xff\x0e\x01" * 4, b"\xe0" * 16])
def test_the_first_identifier_of_the_file_is_kept(identifier: bytes) -> None:
    with pikepdf.open(BytesIO(page())) as document:
        document.trailer.ID = pikepdf.Array([pikepdf.String(identifier)] * 2)
        drawn = BytesIO()
        document.save(drawn, deterministic_id=True)
    with (
        pikepdf.open(drawn) as before,
        pikepdf.open(BytesIO(seal_pdf(drawn.getvalue(), KEY, at=ISSUED))) as after,
    ):
        assert bytes(after.trailer.ID[0]) == bytes(before.trailer.ID[0])
        assert bytes(after.trailer.ID[1]) != bytes(before.trailer.ID[1])


def test_a_reason_in_thai_is_kept() -> None:
    sealed = seal_pdf(page(), KEY, at=ISSUED, reason="ออกหนังสือรับรอง")
    with pikepdf.open(BytesIO(sealed)) as document:
        assert str(document.Root.Perms.DocMDP.Reason) == "ออกหนังสือรับรอง"


@pytest.mark.parametrize(
    ("pdf", "at", "code"),
    [
        (certificate(), ISSUED, "pdf-signed"),
        (b"", ISSUED, "pdf-unsealable"),
        (b"%PDF-1.7 and nothing else", ISSUED, "pdf-unsealable"),
        (page()[:300], ISSUED, "pdf-unsealable"),
        (page(), ISSUED.replace(microsecond=5), "pdf-unsealable"),
        (page(), datetime(2020, 1, 1, tzinfo=UTC), "pdf-unsealable"),
        (page(), ISSUED + timedelta(days=400), "pdf-unsealable"),
    ],
    ids=["signed", "empty", "no pdf", "cut", "fraction", "before key", "after key"],
)
def test_what_could_not_be_verified_is_not_sealed(pdf: bytes, at: datetime, code: str) -> None:
    def never(data: bytes) -> bytes:
        raise AssertionError(data)

    with pytest.raises(CannotSay) as refusal:
        seal_pdf(pdf, replace(KEY, make=never), at=at)
    assert refusal.value.code == code
