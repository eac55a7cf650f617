"""Papers with an issuer's emblem and signatures hold as all others, by us and by outsiders."""

import subprocess
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.credential.paper_token import paper_token
from certificates.credential.snapshot import CertificateKind
from certificates.document.issuer_marks import NO_MARKS, IssuerMarks
from certificates.issuing import prepare_for_print
from certificates.report import Report, Verdict, examine
from certificates.sealing.pades import seal_pdf
from certificates.sealing.token import sign_credential
from certificates.verifying.journal import Outcome, Step
from tests.certificates.drawn_marks import marks_in
from tests.certificates.signed_kinds import signed_kinds
from tests.certificates.workshop import CHECKED, ring, trust

KINDS = signed_kinds()


@cache
def own_marks() -> IssuerMarks:
    """Return the emblem and the signatories of an invented issuer."""
    with TemporaryDirectory() as home:
        return marks_in(Path(home) / "issuer")


@cache
def issued(kind: CertificateKind, marks: IssuerMarks) -> bytes:
    """Return a paper as a bank issues it."""
    statement, keys = KINDS[kind], ring()

    def on_paper(jwt: str) -> str:
        digest, key = sha256(jwt.encode("ascii")).digest(), keys.credential
        return paper_token(statement, digest, kid=key.kid, sign=key.sign)

    ticket = prepare_for_print(statement, marks)
    sealed = ticket.seal(
        sign_credential=partial(sign_credential, key=keys.credential),
        seal_pdf=partial(seal_pdf, key=keys.document, at=statement.issued_at),
        sign_paper=on_paper if ticket.awaits_paper_token else None,
    )
    return sealed.pdf


def report(data: bytes) -> Report:
    return examine(data, name="certificate.pdf", trust=trust(), at=CHECKED)


@pytest.mark.parametrize("kind", CertificateKind)
def test_every_step_ends_as_it_does_without_marks(kind: CertificateKind) -> None:
    own, plain = report(issued(kind, own_marks())), report(issued(kind, NO_MARKS))
    assert own.verdict is Verdict.VALID
    assert own == plain
    not_proved = {each.step for each in own.steps if each.outcome is not Outcome.OK}
    assert not_proved <= {Step.TIME_STAMP, Step.LOG, Step.LEGAL_CLASS}


@pytest.mark.parametrize("kind", CertificateKind)
def test_pyhanko_finds_the_whole_file_certified_by_our_root(kind: CertificateKind) -> None:
    root = x509.Certificate.load(ring().document.chain[-1])
    (signature,) = PdfFileReader(BytesIO(issued(kind, own_marks()))).embedded_signatures
    context = ValidationContext(trust_roots=[root], moment=CHECKED, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.docmdp_ok


@pytest.mark.skipif(which("pdfsig") is None, reason="pdfsig is not installed")
@pytest.mark.parametrize("kind", CertificateKind)
def test_poppler_finds_the_total_document_signed(kind: CertificateKind, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(issued(kind, own_marks()))
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "Not total document signed" not in said


def test_a_pixel_changed_is_a_forgery() -> None:
    whole = issued(CertificateKind.UNIT, own_marks())
    for name, picture in own_marks().pictures:
        for data in (picture.data, picture.mask.data if picture.mask else b""):
            place = whole.index(data) + len(data) // 2
            changed = bytearray(whole)
            changed[place] ^= 1
            assert report(bytes(changed)).verdict is Verdict.FORGED, name
