"""An issuer's own marks on every kind of paper: ordered, described, archived, light."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import pdf_oxide
import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import pytest
import zxingcpp
from PIL import Image

from certificates.credential.snapshot import CertificateKind, Statement
from certificates.document import page_words
from certificates.document.certificate_pages import certificate, with_token
from certificates.document.issuer_folder import MOST_PICTURES, read_issuer_folder
from certificates.document.issuer_marks import NO_MARKS, IssuerMarks, Raster, Signatory
from certificates.document.marks_on_page import signature_block
from certificates.document.page_items import Figure, Words
from certificates.document.sheet import sheets
from certificates.errors import CannotSet
from tests.benchmarks.certificate_figures import largest
from tests.certificates.document.page_boxes import assert_in_order
from tests.certificates.document.test_extraction import (
    by_mutool,
    by_pdfium,
    by_poppler,
    by_pymupdf,
)
from tests.certificates.document.test_papers import ALL
from tests.certificates.document.test_verification_sheet import token
from tests.certificates.drawn_marks import PEOPLE, TEAL, emblem, png, signature, write_marks
from tests.certificates.papers import LETTERS
from tests.certificates.statements import UNIT_LETTER
from tests.certificates.unsealed import unsealed

SHAPES = {
    "as drawn": ((180, 180), (280, 74)),
    "very wide": ((600, 40), (600, 20)),
    "very tall": ((30, 500), (24, 400)),
    "a pixel": ((1, 1), (1, 1)),
}


@cache
def marks(people: int = 2, shape: str = "as drawn", *, signed: bool = True) -> IssuerMarks:
    """Return the marks of an invented issuer."""
    with TemporaryDirectory() as home:
        folder = write_marks(Path(home) / "issuer", people=people, signed=signed)
        (folder / "emblem.png").write_bytes(png(_sized(emblem, SHAPES[shape][0])))
        for number in range(1, people + 1) if signed and shape != "as drawn" else ():
            drawn = png(_sized(signature, SHAPES[shape][1]))
            (folder / f"signature-{number}.png").write_bytes(drawn)
        return read_issuer_folder(folder)


def _sized(draw: Callable[[int, int], Image.Image], size: tuple[int, int]) -> Image.Image:
    return Image.new("RGBA", size, TEAL) if size == (1, 1) else draw(*size)


def pages(statement: Statement, own: IssuerMarks, *, compact: bool = False) -> bytes:
    """Return the file of ``statement``, whole but for its seal, with a verification sheet."""
    sheet = statement.portfolio is None
    filled = certificate(statement, verification_sheet=sheet, compact=compact, marks=own)
    return unsealed((with_token(filled, token()) if sheet else filled).draft())


@pytest.mark.parametrize("statement", ALL)
@pytest.mark.parametrize("people", [0, 1, 2])
def test_nothing_overlaps_and_nothing_comes_near_the_edge(
    people: int, statement: Statement
) -> None:
    for items in sheets(statement, marks(people)):
        assert_in_order(items)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", CertificateKind)
def test_a_picture_of_any_shape_keeps_it_and_finds_its_room(
    kind: CertificateKind, shape: str
) -> None:
    for people in (1, 2):
        items = sheets(LETTERS[kind], marks(people, shape))[0]
        assert_in_order(items)
        drawn = [
            item for item in items if isinstance(item, Figure) and item.operators.endswith(" Do")
        ]
        assert len(drawn) == 1 + people
        for (_, picture), item in zip(marks(people, shape).pictures, drawn, strict=True):
            left, bottom, right, top = item.frame
            wide, high = right - left, top - bottom
            assert wide / high == pytest.approx(picture.width / picture.height)
            assert wide > 25 or high > 25


@pytest.mark.parametrize("kind", CertificateKind)
def test_without_marks_every_byte_is_as_ever(kind: CertificateKind, tmp_path: Path) -> None:
    plain = unsealed(certificate(LETTERS[kind]).draft())
    nothing = read_issuer_folder(tmp_path / "issuer")
    assert unsealed(certificate(LETTERS[kind], marks=nothing).draft()) == plain
    assert b"/Subtype/Image" not in plain
    assert plain != unsealed(certificate(LETTERS[kind], marks=marks()).draft())


@pytest.mark.parametrize("kind", CertificateKind)
def test_the_neutral_emblem_gives_way_on_every_page(kind: CertificateKind) -> None:
    with pikepdf.open(BytesIO(pages(LETTERS[kind], marks()))) as pdf:
        for number, page in enumerate(pdf.pages):
            drawn = page.Resources.XObject
            assert "/Emblem" not in drawn.Art.Resources.XObject
            assert drawn.Emblem.Subtype == pikepdf.Name.Image
            assert ("/Signature1" in drawn) == (number == 0)
            assert str(page.Group.CS) == "/DeviceRGB"
            assert page.Contents.read_bytes().count(b"/Emblem Do") == 1
        emblems = {page.Resources.XObject.Emblem.objgen for page in pdf.pages}
        assert len(emblems) == 1


@pytest.mark.parametrize("kind", CertificateKind)
def test_each_mark_is_described_once_for_those_who_cannot_see_it(kind: CertificateKind) -> None:
    statement = LETTERS[kind]
    with pikepdf.open(BytesIO(pages(statement, marks()))) as pdf:
        (document,) = [pdf.Root.StructTreeRoot.K]
        elements = [each for each in document.K.as_list() if str(each.get("/S")) == "/Figure"]
        said = [str(each.Alt) for each in elements]
    assert said[0] == page_words.EMBLEM_ALT.format(name=statement.issuer.name_th)
    for thai, english, *_ in PEOPLE:
        alt = page_words.SIGNATURE_ALT.format(thai=thai, english=english)
        assert said.count(alt) == 1
    assert len([each for each in said if statement.issuer.name_th in each]) == 1


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("kind", CertificateKind)
def test_an_independent_judge_finds_an_archive_that_everybody_can_read(
    kind: CertificateKind, tmp_path: Path, *, compact: bool
) -> None:
    """PDF/A-3a and PDF/UA-1."""
    file = tmp_path / "certificate.pdf"
    file.write_bytes(pages(LETTERS[kind], marks(), compact=compact))
    document = pdf_oxide.PdfDocument(str(file))
    archive, universal = document.validate_pdf_a("3a"), document.validate_pdf_ua()
    assert (archive["valid"], archive["errors"]) == (True, [])
    assert (universal["valid"], universal["errors"]) == (True, [])


@pytest.mark.skipif(which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("kind", CertificateKind)
def test_qpdf_finds_nothing_wrong(kind: CertificateKind, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(pages(LETTERS[kind], marks()))
    command = [which("qpdf") or "", "--check", str(file)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("extract", [by_pdfium, by_pymupdf, by_poppler, by_mutool])
def test_every_line_is_extracted_exactly(extract: Callable[[Path], str], tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    for statement in LETTERS.values():
        file.write_bytes(pages(statement, marks()))
        text = extract(file)
        for item in sheets(statement, marks())[0]:
            if isinstance(item, Words):
                assert not [line.text for line in item.setting.lines if line.text not in text]
        for person in PEOPLE:
            assert not [each for each in person if each not in text]


@pytest.mark.parametrize("kind", CertificateKind)
def test_the_marks_are_seen_and_the_code_beside_them_is_read(kind: CertificateKind) -> None:
    own, plain = (
        pypdfium2.PdfDocument(pages(LETTERS[kind], each))[0].render(scale=100 / 72).to_pil()
        for each in (marks(), NO_MARKS)
    )
    head = own.crop((530, 60, 640, 155)).convert("RGB").getcolors(100_000)
    (_, most), (_, next_most) = sorted(head or (), reverse=True)[:2]
    assert (255, 255, 255) in {most, next_most}
    assert TEAL[:3] in {most, next_most}
    line = own.crop((470, 630, 610, 669)).convert("L").histogram()
    assert 0.02 < sum(line[:128]) / sum(line) < 0.3, "strokes, and the paper between them"
    assert own.crop((460, 620, 780, 690)).tobytes() != plain.crop((460, 620, 780, 690)).tobytes()
    assert [each.text for each in zxingcpp.read_barcodes(own)] == [LETTERS[kind].check_url]


def test_the_compact_file_looks_as_the_other() -> None:
    drawn = [
        pypdfium2.PdfDocument(pages(UNIT_LETTER, marks(), compact=compact))[0]
        .render(scale=1.5)
        .to_pil()
        .tobytes()
        for compact in (False, True)
    ]
    assert drawn[0] == drawn[1]


def _filling(size: int) -> Raster:
    """Return a picture that takes so many bytes."""
    own = Raster(300, 300, "/ColorSpace/DeviceGray/BitsPerComponent 8", b"")
    return replace(own, data=bytes(size - own.size))


def test_the_size_that_is_said_is_what_a_picture_adds_to_a_file() -> None:
    small, large = (
        len(unsealed(certificate(UNIT_LETTER, marks=IssuerMarks(_filling(size))).draft()))
        for size in (1_000, 5_000)
    )
    # The table of offsets deflates a little better or worse with other offsets in it.
    assert large - small == pytest.approx(4_000, abs=16)


def test_the_largest_pictures_leave_a_unit_letter_below_75_kilobytes() -> None:
    own = IssuerMarks(_filling(MOST_PICTURES), marks(2, signed=False).signatories)
    assert largest(own) <= 75


@pytest.mark.parametrize("thai", ["ฟื้ฐู", "ฎู้ญื้", "ปั้น (ฐู้)"])
@pytest.mark.parametrize("people", [1, 2])
def test_names_that_reach_far_up_and_down_touch_nothing(people: int, thai: str) -> None:
    some = marks(people).signatories
    high = tuple(Signatory(thai, "Åg(|_", thai, "Åg(|_", each.signature) for each in some)
    for statement in LETTERS.values():
        assert_in_order(sheets(statement, replace(marks(people), signatories=high))[0])


def test_texts_that_would_run_into_what_is_below_are_refused() -> None:
    with pytest.raises(CannotSet) as caught:
        signature_block([Signatory("ฟื้ฐู", "ฟื้ฐู", "ฟื้ฐู", "ฟื้ฐู")])
    assert caught.value.code == "page-full"
    assert caught.value.values["field"] == "signatory 1"
