"""What is copied out of a page is what was set, code point for code point, by every reader."""

import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import which

import pdf_oxide
import pymupdf
import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import pytest

from certificates.credential.snapshot import Holder, Statement
from certificates.document.certificate_pages import certificate
from certificates.document.page_items import Words
from certificates.document.sheet import sheet_items
from tests.certificates.statements import UNIT, UNIT_LETTER, UNIT_TITLES

CERTIFICATES = 40
GIVEN = ("น้ำผึ้ง", "ปิ่นปินัทธ์", "กัลยาณี", "ฟ้าใส", "ณัฐวุฒิ", "พึ่งบุญ", "ปั้นทอง", "ญาณิศา", "กู้เกียรติ")
FAMILY = ("ฟ้าอำไพ", "ณัฏฐวุฒิ", "ป่าไม้", "พันธุ์ดี", "อภิสิทธิ์", "ฐูปะเตมีย์", "สุขสำราญ", "Van der Tal")


@cache
def made() -> list[tuple[list[str], bytes]]:
    """Return the lines of each certificate that differ between learners or units, and its file."""
    chance, found = random.Random(14), []
    for number in range(CERTIFICATES):
        code, thai, english = UNIT_TITLES[number % len(UNIT_TITLES)]
        name = f"นางสาว{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
        statement = replace(
            UNIT_LETTER,
            serial=f"BMA-2569-{number:06d}",
            holder=Holder(UNIT_LETTER.holder.id, name),
            unit=replace(UNIT, code=code, title_th=thai, title_en=english),
        )
        lines = _lines(statement)
        assert len(lines) >= 14
        draft = certificate(statement, compact=number % 4 == 3).draft()
        hole = b"1 0 obj\nnull\nendobj\n"
        whole = draft.beginning + hole + draft.ending(len(draft.beginning) + len(hole))
        found.append((lines, whole))
    return found


def _lines(statement: Statement) -> list[str]:
    items = [item for item in sheet_items(statement) if isinstance(item, Words)]
    return [line.text for item in items for line in item.setting.lines]


def by_pdfium(file: Path) -> str:
    text: str = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    return text


def by_pymupdf(file: Path) -> str:
    with pymupdf.open(file) as document:  # type: ignore[no-untyped-call]  # no types there
        text: str = document[0].get_text(flags=0)
    return text


def by_poppler(file: Path) -> str:
    return _said("pdftotext", "-raw", str(file), "-")


def by_mutool(file: Path) -> str:
    return _said("mutool", "draw", "-q", "-F", "text", "-o", "-", str(file))


def _said(program: str, *words: str) -> str:
    path = which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    return subprocess.run([path, *words], check=True, capture_output=True).stdout.decode()


@pytest.mark.parametrize("extract", [by_pdfium, by_pymupdf, by_poppler, by_mutool])
def test_every_line_of_forty_certificates_is_extracted_exactly(
    extract: Callable[[Path], str], tmp_path: Path
) -> None:
    file, count, missing = tmp_path / "certificate.pdf", 0, []
    for lines, whole in made():
        file.write_bytes(whole)
        text = extract(file)
        count += len(lines)
        missing += [line for line in lines if line not in text]
    assert count >= 560
    assert missing == []


@pytest.mark.parametrize("number", [0, 3])
def test_an_independent_judge_finds_an_archive_that_everybody_can_read(
    number: int, tmp_path: Path
) -> None:
    """PDF/A-3a and PDF/UA-1; number 3 is compact."""
    file = tmp_path / "certificate.pdf"
    file.write_bytes(made()[number][1])
    document = pdf_oxide.PdfDocument(str(file))
    archive, universal = document.validate_pdf_a("3a"), document.validate_pdf_ua()
    assert (archive["valid"], archive["errors"]) == (True, [])
    assert (universal["valid"], universal["errors"]) == (True, [])
