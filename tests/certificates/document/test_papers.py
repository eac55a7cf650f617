"""Every kind of paper: all of it is there, in order, and machines read what people read."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.credential.snapshot import CertificateKind, Statement
from certificates.document.certificate_pages import certificate
from certificates.document.page_items import Words, filled
from certificates.document.sheet import sheet_layout, sheet_values, sheets
from certificates.errors import CannotSet
from tests.certificates.document.page_boxes import assert_in_order
from tests.certificates.papers import (
    HONOUR,
    HONOUR_LETTER,
    LETTERS,
    PORTFOLIO,
    PORTFOLIO_LETTER,
    QUALIFICATION,
    QUALIFICATION_LETTER,
    RECORD,
    RECORD_LETTER,
)
from tests.certificates.statements import COURSE, LONG_NAME, LONG_TITLE
from tests.certificates.unsealed import unsealed

MANY = tuple(
    replace(unit, code=f"{unit.code}{number}", title_th=LONG_TITLE)
    for number, unit in enumerate(COURSE.units * 8)
)
"""Forty units with long titles."""
CROWDED = [
    replace(QUALIFICATION_LETTER, qualification=replace(QUALIFICATION, units=MANY)),
    replace(HONOUR_LETTER, honour=replace(HONOUR, reason=HONOUR.reason + " " + HONOUR.reason)),
    replace(RECORD_LETTER, record=replace(RECORD, units=MANY[:20], left=MANY[20:])),
    replace(RECORD_LETTER, record=replace(RECORD, units=())),
    replace(
        PORTFOLIO_LETTER,
        portfolio=replace(
            PORTFOLIO,
            held=tuple(replace(PORTFOLIO.held[0], unit=unit) for unit in MANY),
            pathways=PORTFOLIO.pathways * 5,
        ),
    ),
    replace(PORTFOLIO_LETTER, portfolio=replace(PORTFOLIO, pathways=()), evidence=()),
]


def draw_sheet(statement: Statement) -> bytes:
    """Return the file of ``statement`` with an empty place for its seal."""
    return unsealed(certificate(statement).draft())


def _long(statement: Statement) -> Statement:
    return replace(statement, holder=replace(statement.holder, name=LONG_NAME))


ALL = [*LETTERS.values(), *CROWDED, *map(_long, [*LETTERS.values(), *CROWDED])]


def _said(items: Iterable[object]) -> str:
    """Return every letter that is set, whatever line it is on."""
    lines = [line for one in items if isinstance(one, Words) for line in one.setting.lines]
    return "".join("".join(each.text for each in line.clusters) for line in lines).replace(" ", "")


def _pages(statement: Statement) -> Any:  # noqa: ANN401 - a document of a library without types
    return pypdfium2.PdfDocument(draw_sheet(statement))


@pytest.mark.parametrize("statement", ALL)
def test_nothing_overlaps_and_nothing_comes_near_the_edge(statement: Statement) -> None:
    for items in sheets(statement):
        assert_in_order(items)


@pytest.mark.parametrize("statement", ALL)
def test_what_is_laid_out_once_for_many_says_what_each_of_them_says(statement: Statement) -> None:
    values = sheet_values(statement)
    alone = [filled(item, values) for item in sheet_layout(statement)]
    assert _said(sheets(statement)[0]) == _said(alone)


@pytest.mark.parametrize("kind", CertificateKind)
def test_every_line_of_every_page_is_extracted_exactly(kind: CertificateKind) -> None:
    statement = LETTERS[kind]
    document = _pages(statement)
    assert len(document) == len(sheets(statement))
    for page, items in zip(document, sheets(statement), strict=True):
        text = page.get_textpage().get_text_range()
        for item in items:
            if isinstance(item, Words):
                for line in item.setting.lines:
                    assert line.text in text


@pytest.mark.parametrize("kind", CertificateKind)
def test_the_code_on_the_first_and_the_last_page_leads_to_the_check_page(
    kind: CertificateKind,
) -> None:
    document = _pages(LETTERS[kind])
    for number in {0, len(document) - 1}:
        image = document[number].render(scale=100 / 72).to_pil()
        found = zxingcpp.read_barcodes(image)
        assert [each.text for each in found] == [LETTERS[kind].check_url]


def test_a_portfolio_of_forty_units_takes_more_pages_and_numbers_them() -> None:
    document = _pages(CROWDED[4])
    assert len(document) == 8
    text = document[7].get_textpage().get_text_range()
    assert "หน้า 8 จาก 8 · Page 8 of 8" in text


def test_a_portfolio_without_pathways_and_evidence_has_no_empty_pages() -> None:
    assert len(_pages(CROWDED[5])) == 3


def test_an_honour_names_its_reason_and_the_two_who_award_it() -> None:
    text = _pages(HONOUR_LETTER)[0].get_textpage().get_text_range()
    for person in HONOUR.awarded_by:
        assert person.name in text
        assert person.position in text


def test_a_record_names_what_was_passed_and_what_is_left() -> None:
    text = _pages(RECORD_LETTER)[0].get_textpage().get_text_range()
    for unit in (*RECORD.units, *RECORD.left):
        assert unit.code in text
    assert "ผ่านแล้ว 3 หน่วย" in text
    assert "ยังเหลือ 2 หน่วย" in text


def test_a_reason_too_long_for_the_page_is_refused_by_name() -> None:
    honour = replace(HONOUR, reason=HONOUR.reason * 6)
    with pytest.raises(CannotSet) as caught:
        draw_sheet(replace(HONOUR_LETTER, honour=honour))
    assert caught.value.code == "too-long"
    assert caught.value.values["field"] == "honour.reason"


WORDS = st.sampled_from(["ปฏิบัติ", "งาน", "ฟ้า", "ชั้น", "น้ำ", "ผู้", "ที่", "ญู", "กู้", "Safe", " ", "(2)"])


@settings(deadline=None, max_examples=25)
@given(
    st.lists(WORDS, min_size=1, max_size=60), st.integers(0, 8), st.sampled_from(["q", "h", "r"])
)
def test_titles_reasons_and_lists_always_find_room(words: list[str], count: int, kind: str) -> None:
    text = ("ก" + "".join(words)).strip()
    title = text[:120].strip()
    units = tuple(replace(unit, title_th=title) for unit in (COURSE.units * 2)[:count])
    statement = {
        "q": replace(
            QUALIFICATION_LETTER,
            qualification=replace(
                QUALIFICATION, title_th=title, units=units or QUALIFICATION.units
            ),
        ),
        "h": replace(HONOUR_LETTER, honour=replace(HONOUR, title_th=title, reason=text)),
        "r": replace(
            RECORD_LETTER, record=replace(RECORD, title_th=title, units=units, left=RECORD.left)
        ),
    }[kind]
    for items in sheets(statement):
        assert_in_order(items)
