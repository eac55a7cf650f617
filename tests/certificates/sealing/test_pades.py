"""What must be true of sealed documents, by independent judges."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from os import urandom
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.credential.embedded import attachments_of
from certificates.document.attachments import Attachment, Relationship
from certificates.document.certificate_pages import certificate as pages_of
from certificates.errors import CannotSay
from certificates.sealing.byte_range import read_coverage
from certificates.sealing.cms_profile import take_apart
from certificates.sealing.der import first_element
from certificates.sealing.pades import Unsealed, seal_pdf
from tests.certificates.statements import UNIT, UNIT_LETTER
from tests.certificates.workshop import CHECKED, ISSUED, certificate, draft, ring

KEY = ring().document
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
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


def test_everything_but_the_signature_is_the_draft_byte_for_byte() -> None:
    drawn = draft()
    sealed = seal_pdf(drawn, KEY, at=ISSUED)
    assert drawn.is_sealed_as(sealed)
    assert not drawn.is_sealed_as(sealed + b"\n")
    assert not drawn.is_sealed_as(sealed[:-1])
    assert not drawn.is_sealed_as(b"\n" + sealed)
    assert not drawn.is_sealed_as(sealed.replace(b"/Root", b"/Info", 1))


def test_two_seals_differ_in_the_signature_only() -> None:
    drawn = draft()
    one, two = (seal_pdf(drawn, KEY, at=ISSUED) for _ in range(2))
    assert read_coverage(one).digest == read_coverage(two).digest
    assert read_coverage(one).cms != read_coverage(two).cms
    start = one.index(b"/Contents <")
    end = one.index(b">", start)
    assert (one[:start], one[end:]) == (two[:start], two[end:])


def test_the_prepared_hash_is_that_of_the_whole_file() -> None:
    coverage = read_coverage(seal_pdf(draft(), KEY, at=ISSUED))
    assert take_apart(coverage.cms).digest == coverage.digest


def test_a_file_so_long_or_short_that_its_length_has_other_digits_is_covered_too() -> None:
    for size in (0, 20, 900, 40_000, 90_000, 400_000):
        more = Attachment("more.bin", "application/data", Relationship.SUPPLEMENT, urandom(size))
        sealed = seal_pdf(pages_of(UNIT_LETTER).draft([more]), KEY, at=ISSUED)
        assert read_coverage(sealed).signed_at == ISSUED
        with pikepdf.open(BytesIO(sealed)) as document:
            assert [len(file.obj.EF.F.read_bytes()) for file in document.attachments.values()] == [
                size
            ]


class _Short:
    """A draft whose parts are as short as can be."""

    beginning = b"%PDF-1.7\n"
    signature_number = 1

    def __init__(self, end: bytes) -> None:
        self._end = end

    def hash_state(self) -> Any:  # noqa: ANN401 - the type of hash objects has no public name
        return sha256(self.beginning)

    def ending(self, start: int) -> bytes:
        return b"%d%s" % (start, self._end)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 120) | st.integers(900, 1_100) | st.integers(9_900, 10_100))
def test_the_range_is_exact_at_every_length(length: int) -> None:
    assert read_coverage(seal_pdf(_Short(b"x" * length), KEY, at=ISSUED)).signed_at == ISSUED


@pytest.mark.parametrize(
    ("drawn", "at"),
    [
        (_Short(b"/ByteRange"), ISSUED),
        (draft(), ISSUED.replace(microsecond=5)),
        (draft(), ISSUED.replace(tzinfo=None)),
        (draft(), datetime(2020, 1, 1, tzinfo=UTC)),
        (draft(), ISSUED + timedelta(days=400)),
    ],
    ids=["second range", "fraction", "no zone", "before key", "after key"],
)
def test_what_could_not_be_verified_is_not_sealed(drawn: Unsealed, at: datetime) -> None:
    def never(data: bytes) -> bytes:
        raise AssertionError(data)

    with pytest.raises(CannotSay) as refusal:
        seal_pdf(drawn, replace(KEY, make=never), at=at)
    assert refusal.value.code == "pdf-unsealable"


def test_a_title_that_names_a_byte_range_is_found_out_before_signing() -> None:
    unit = replace(UNIT, title_th="/ByteRange [0 1 2 3]")
    with pytest.raises(CannotSay, match="pdf-unsealable"):
        seal_pdf(draft(replace(UNIT_LETTER, unit=unit), "a.b.c"), KEY, at=ISSUED)


@needs_openssl
def test_openssl_finds_the_seal_sound(tmp_path: Path) -> None:
    sealed = certificate()
    start = sealed.index(b"/Contents <") + len(b"/Contents ")
    end = sealed.index(b">", start) + 1
    root = x509.load_der_x509_certificate(KEY.chain[-1]).public_bytes(Encoding.PEM)
    cms = first_element(read_coverage(sealed).cms).whole
    files = {"cms": cms, "covered": sealed[:start] + sealed[end:], "root": root}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    moment = str(int(CHECKED.timestamp()))
    done = subprocess.run(
        [
            *("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "cms"),
            *("-content", "covered", "-CAfile", "root", "-attime", moment, "-purpose", "any"),
            *("-out", "same"),
        ],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "same").read_bytes() == files["covered"]
