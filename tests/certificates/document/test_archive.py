"""The file to keep: PDF/A-3 with the credential inside, the same bytes for the same input."""

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import which

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import pytest

from certificates.credential.embedded import attachments_of
from certificates.credential.snapshot import Statement
from certificates.document.attachments import Attachment, Relationship
from certificates.document.certificate_pages import certificate
from certificates.document.colour_profile import srgb_profile
from tests.certificates.statements import COURSE_LETTER, UNIT, UNIT_LETTER

ATTACHMENT = b"eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl"


def _finished(statement: Statement = UNIT_LETTER) -> bytes:
    source = Attachment("credential.jwt", "application/vc+jwt", Relationship.SOURCE, ATTACHMENT)
    draft = certificate(statement).draft([source])
    hole = b"1 0 obj\nnull\nendobj\n"
    return draft.beginning + hole + draft.ending(len(draft.beginning) + len(hole))


def test_equal_input_gives_equal_bytes() -> None:
    assert _finished() == _finished()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed: str) -> None:
    code = (
        "import hashlib, tests.certificates.document.test_archive as here; "
        "print(hashlib.sha256(here._finished()).hexdigest())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert answer.stdout.strip() == sha256(_finished()).hexdigest()


def test_another_certificate_has_another_identifier() -> None:
    files = [pikepdf.open(BytesIO(_finished(each))) for each in (UNIT_LETTER, COURSE_LETTER)]
    one, other = (bytes(file.trailer.ID[0]) for file in files)
    assert one != other


def test_the_attachment_comes_out_as_it_went_in() -> None:
    assert attachments_of(_finished()) == {"credential.jwt": ATTACHMENT}


def test_the_attachment_is_described_as_an_archive_asks() -> None:
    with pikepdf.open(BytesIO(_finished())) as pdf:
        (specification,) = pdf.Root.AF.as_list()
        stream = specification.EF.F
        assert specification.AFRelationship == pikepdf.Name.Source
        assert stream.Subtype == pikepdf.Name("/application/vc+jwt")
        assert int(stream.Params.Size) == len(ATTACHMENT)
        assert str(stream.Params.ModDate) == "D:20260504031500Z"


def test_the_file_says_what_it_is_without_the_name_of_the_holder() -> None:
    with pikepdf.open(BytesIO(_finished())) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        title = str(pdf.docinfo["/Title"])
        assert str(pdf.Root.Lang) == "th"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() == srgb_profile()
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert title in packet
    assert UNIT_LETTER.serial in title
    assert UNIT_LETTER.holder.name not in title + packet


def test_mark_up_in_a_title_does_not_break_the_metadata() -> None:
    statement = replace(UNIT_LETTER, unit=replace(UNIT, title_th="ก & <b>ข</b>"))
    with pikepdf.open(BytesIO(_finished(statement))) as pdf, pdf.open_metadata() as metadata:
        assert "ก & <b>ข</b>" in str(metadata["dc:title"])


def test_nothing_active_and_no_foreign_font_is_inside() -> None:
    with pikepdf.open(BytesIO(_finished())) as pdf:
        found = {
            name
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)
            for name in (*each.keys(), str(each.get("/BaseFont", "")))
        }
    assert not found & {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/URI"}
    assert not any("Helvetica" in name for name in found)


@pytest.mark.parametrize("statement", [UNIT_LETTER, COURSE_LETTER])
def test_the_compact_file_looks_as_the_other(statement: Statement) -> None:
    pages = []
    for compact in (False, True):
        draft = certificate(statement, compact=compact).draft()
        hole = b"1 0 obj\nnull\nendobj\n"
        whole = draft.beginning + hole + draft.ending(len(draft.beginning) + len(hole))
        pages.append(pypdfium2.PdfDocument(whole)[0].render(scale=1.5).to_pil().tobytes())
    assert pages[0] == pages[1]


@pytest.mark.skipif(which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(_finished())
    command = [which("qpdf") or "", "--check", str(file)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
