"""The sheet: everything is there, nothing overlaps, and machines read what people read."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.credential.paper_code import in_groups
from certificates.credential.snapshot import Basis, CourseShown, Statement, UnitShown
from certificates.document import page_words
from certificates.document.certificate_pages import certificate
from certificates.document.facts import UNITS_LISTED
from certificates.document.page_items import Words
from certificates.document.sheet import sheet_items
from certificates.errors import CannotSet
from tests.certificates.document.page_boxes import assert_in_order
from tests.certificates.statements import (
    COURSE,
    COURSE_LETTER,
    LONG_NAME,
    LONG_TITLE,
    UNIT,
    UNIT_LETTER,
)
from tests.certificates.unsealed import unsealed


def draw_sheet(statement: Statement) -> bytes:
    """Return the file of ``statement`` with an empty place for its seal."""
    return unsealed(certificate(statement).draft())


def _named(name: str, statement: Statement = UNIT_LETTER) -> Statement:
    return replace(statement, holder=replace(statement.holder, name=name))


def _titled(title: str) -> Statement:
    return replace(UNIT_LETTER, unit=replace(UNIT, title_th=title))


def _of_units(count: int) -> CourseShown:
    units = tuple(
        replace(unit, code=f"{unit.code}{number}", made_up=True)
        for number, unit in enumerate((COURSE.units * count)[:count])
    )
    return replace(COURSE, title_th=LONG_TITLE, units=units)


LONG_UNIT = replace(
    _named(LONG_NAME),
    unit=replace(UNIT, title_th=LONG_TITLE, title_en=" ".join(["Install"] * 18), made_up=True),
)
LONG_COURSE = replace(_named(LONG_NAME, COURSE_LETTER), course=_of_units(13))
SHORT = replace(_named("ก ข"), unit=replace(UNIT, title_th="ชง", title_en=None, level=None))
LASTING = replace(UNIT_LETTER, valid_until=UNIT_LETTER.issued_at.replace(year=2029))
LONG_SCHOOL = replace(
    LASTING,
    school=replace(
        UNIT_LETTER.school,
        name_th="โรงเรียนฝึกอาชีพกรุงเทพมหานครหลวงพ่อทวีศักดิ์ ชุตินฺธโร อุทิศ",
        name_en="Bangkok Vocational Training School Luang Pho Thawisak Uthit",
    ),
)
EXAMPLES = [UNIT_LETTER, COURSE_LETTER, LONG_UNIT, LONG_COURSE, SHORT, LASTING, LONG_SCHOOL]


def _image(pdf: bytes, dpi: int) -> Any:  # noqa: ANN401 - an image of a library without types
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()


def _text(pdf: bytes) -> str:
    text: str = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return text


def _lines(statement: Statement) -> list[str]:
    """Return every line the sheet of ``statement`` should show."""
    return [
        line.text
        for item in sheet_items(statement)
        if isinstance(item, Words)
        for line in item.setting.lines
    ]


@pytest.mark.parametrize("statement", EXAMPLES)
def test_nothing_overlaps_and_nothing_comes_near_the_edge(statement: Statement) -> None:
    assert_in_order(sheet_items(statement))


WORDS = st.sampled_from(["ปฏิบัติ", "งาน", "ฟ้า", "ชั้น", "น้ำ", "ผู้", "ที่", "ญู", "กู้", "Safe", " ", "(2)"])


def _phrases(longest: int) -> st.SearchStrategy[str]:
    return st.lists(WORDS, min_size=1, max_size=40).map(
        lambda w: ("ก" + "".join(w))[:longest].strip()
    )


@settings(deadline=None, max_examples=40)
@given(_phrases(60), _phrases(150), st.none() | _phrases(90), st.integers(0, 14))
def test_names_to_60_and_titles_to_150_characters_always_find_room(
    name: str, title: str, title_en: str | None, count: int
) -> None:
    unit: UnitShown | None = replace(UNIT, title_th=title, title_en=title_en, occupation=title[:50])
    statement = replace(_named(name), unit=unit)
    if count:
        shown = replace(_of_units(count), title_th=title, title_en=title_en)
        statement = replace(_named(name, COURSE_LETTER), course=shown)
    assert_in_order(sheet_items(statement))


@pytest.mark.parametrize("statement", EXAMPLES)
def test_the_sheet_is_exactly_one_a4_page(statement: Statement) -> None:
    document = pypdfium2.PdfDocument(draw_sheet(statement))
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((841.89, 595.276), abs=0.1)


@pytest.mark.parametrize("dpi", [72, 100, 150])
@pytest.mark.parametrize("statement", [UNIT_LETTER, LONG_COURSE])
def test_the_qr_on_the_rendered_page_leads_to_the_check_page(
    statement: Statement, dpi: int
) -> None:
    found = zxingcpp.read_barcodes(_image(draw_sheet(statement), dpi))
    assert [each.text for each in found] == [statement.check_url]


@pytest.mark.parametrize("statement", EXAMPLES)
def test_every_line_is_extracted_exactly_by_pdfium(statement: Statement) -> None:
    text = _text(draw_sheet(statement))
    for line in _lines(statement):
        assert line in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("statement", EXAMPLES)
def test_every_line_is_extracted_exactly_by_poppler(statement: Statement, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(draw_sheet(statement))
    command = [shutil.which("pdftotext") or "", "-raw", str(file), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    for line in _lines(statement):
        assert line in text


def test_a_unit_letter_shows_who_what_where_and_when_in_two_languages() -> None:
    text = _text(draw_sheet(UNIT_LETTER))
    for shown in (
        *page_words.KIND[UNIT_LETTER.kind],
        UNIT_LETTER.holder.name,
        UNIT.title_th,
        "Clean guest rooms",
        UNIT.code,
        "แม่บ้านในโรงแรม",
        "ระดับ 1",
        UNIT_LETTER.school.name_th,
        "29 เมษายน พ.ศ. 2569",
        "29 April 2026",
        "4 พฤษภาคม พ.ศ. 2569",
        UNIT_LETTER.serial,
        in_groups(UNIT_LETTER.paper_code),
        page_words.SIGNATORY[0],
    ):
        assert shown in text


def test_a_course_certificate_lists_ten_units_and_counts_the_rest() -> None:
    text = _text(draw_sheet(LONG_COURSE))
    assert LONG_COURSE.course is not None
    codes = [unit.code for unit in LONG_COURSE.course.units]
    assert all(code in text for code in codes[:UNITS_LISTED])
    assert not any(code in text for code in codes[UNITS_LISTED:])
    assert "และอีก 3 หน่วย" in text
    assert "54 ชั่วโมง" in text


@pytest.mark.parametrize("statement", [UNIT_LETTER, COURSE_LETTER])
@pytest.mark.parametrize("basis", Basis)
def test_the_basis_is_printed_and_training_is_never_called_assessment(
    statement: Statement, basis: Basis
) -> None:
    text = _text(draw_sheet(replace(statement, basis=basis)))
    words = page_words.UNIT_BASIS if statement.unit else page_words.COURSE_BASIS
    assert [other for other in Basis if words[other][0] in text] == [basis]
    assert ("not an assessment" in text) == (basis is Basis.TRAINING)


@pytest.mark.parametrize("flag", [True, False])
def test_demonstration_and_made_up_units_are_printed_as_such(*, flag: bool) -> None:
    unit = replace(UNIT, made_up=flag)
    text = _text(draw_sheet(replace(UNIT_LETTER, demonstration=flag, unit=unit)))
    assert (page_words.DEMONSTRATION[0] in text) is flag
    assert (page_words.DEMONSTRATION[1] in text) is flag
    assert (page_words.MADE_UP[0] in text) is flag


def test_mark_up_in_a_name_is_printed_as_it_is() -> None:
    name = '<font color="white">ก</font> & <img src="x">'
    assert name in _text(draw_sheet(_named(name)))


def test_the_same_statement_gives_the_same_bytes() -> None:
    assert draw_sheet(UNIT_LETTER) == draw_sheet(UNIT_LETTER)


def test_every_font_of_the_page_is_embedded_and_maps_to_its_characters() -> None:
    with pikepdf.open(BytesIO(draw_sheet(UNIT_LETTER))) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        for font in fonts.as_dict().values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            assert "/ToUnicode" in font
        every = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    assert not any("Helvetica" in str(each.get("/BaseFont", "")) for each in every)


@pytest.mark.parametrize(
    ("statement", "field", "code"),
    [
        (_named("ก" * 200), "holder.name", "too-long"),
        (_named("สมชาย 😀"), "holder.name", "no-glyph"),
        (_named("สม\u202eชาย"), "holder.name", "unseen-character"),
        (_titled("漢字"), "unit.title_th", "no-glyph"),
        (_titled("ก" * 400), "unit.title_th", "too-long"),
        (replace(UNIT_LETTER, check_url="HTTPS://" + "X" * 300), "check_url", "qr-too-dense"),
    ],
)
def test_what_cannot_be_set_is_refused_by_field(
    statement: Statement, field: str, code: str
) -> None:
    with pytest.raises(CannotSet) as caught:
        draw_sheet(statement)
    assert (caught.value.values["field"], caught.value.code) == (field, code)
