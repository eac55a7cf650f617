"""The verification sheet: readable by people, and by a camera with no network."""

import random
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import pytest
import zxingcpp
from PIL import ImageFilter

from certificates.credential.paper_code import in_groups
from certificates.credential.snapshot import Statement
from certificates.document import page_words
from certificates.document.certificate_pages import certificate, with_token
from certificates.document.page_items import filled
from certificates.document.personal_facts import in_common
from certificates.document.qr_text import ALPHABET
from certificates.document.sheet import sheet_values
from certificates.document.verification_sheet import (
    PAPER_TOKEN,
    token_figure,
    verification_layout,
)
from certificates.errors import CannotSet
from certificates.issuing import prepare
from certificates.sealing.pades import seal_pdf
from certificates.sealing.token import sign_credential
from tests.certificates.document.page_boxes import assert_in_order
from tests.certificates.statements import COURSE_LETTER, LONG_NAME, LONG_TITLE, UNIT, UNIT_LETTER
from tests.certificates.workshop import ring

LONG = replace(
    UNIT_LETTER,
    holder=replace(UNIT_LETTER.holder, name=LONG_NAME),
    unit=replace(UNIT, title_th=LONG_TITLE, title_en=" ".join(["Install"] * 18)),
)


def token(length: int = 560) -> str:
    chance = random.Random(length)
    return "".join(chance.choice(ALPHABET) for _ in range(length))


def written(statement: Statement, paper_token: str) -> bytes:
    draft = with_token(certificate(statement, verification_sheet=True), paper_token).draft()
    hole = b"1 0 obj\nnull\nendobj\n"
    return draft.beginning + hole + draft.ending(len(draft.beginning) + len(hole))


@pytest.mark.parametrize("length", [430, 560, 600, 816])
def test_the_signed_statement_is_read_from_a_blurred_tilted_photo_of_the_page(length: int) -> None:
    page = pypdfium2.PdfDocument(written(UNIT_LETTER, token(length)))[1]
    plain = page.render(scale=100 / 72).to_pil()
    assert [each.text for each in zxingcpp.read_barcodes(plain)] == [token(length)]
    photo = page.render(scale=200 / 72).to_pil().rotate(7, expand=True, fillcolor="white")
    blurred = photo.filter(ImageFilter.GaussianBlur(1.2))
    assert [each.text for each in zxingcpp.read_barcodes(blurred)] == [token(length)]


@pytest.mark.parametrize("statement", [UNIT_LETTER, COURSE_LETTER, LONG])
def test_nothing_on_the_sheet_overlaps_or_comes_near_the_edge(statement: Statement) -> None:
    values = {**sheet_values(statement), PAPER_TOKEN: token_figure(token())}
    assert_in_order([filled(item, values) for item in verification_layout(in_common(statement))])


def test_it_says_who_what_and_how_to_check_in_two_languages() -> None:
    document = pypdfium2.PdfDocument(written(UNIT_LETTER, token()))
    text = document[1].get_textpage().get_text_range()
    assert len(document) == 2
    for shown in (
        *page_words.SHEET,
        UNIT_LETTER.holder.name,
        UNIT.title_th,
        UNIT.code,
        UNIT_LETTER.serial,
        in_groups(UNIT_LETTER.paper_code),
        "bank.example/V",
        *page_words.OFFLINE_STEPS[1],
        *page_words.REVOKED_LATER,
    ):
        assert shown in text


def test_a_statement_too_long_for_paper_is_refused() -> None:
    with pytest.raises(CannotSet) as caught:
        with_token(certificate(UNIT_LETTER, verification_sheet=True), token(1_400))
    assert caught.value.code == "qr-too-dense"


def test_a_sheet_without_its_statement_is_not_written() -> None:
    with pytest.raises(ValueError, match="missing"):
        certificate(UNIT_LETTER, verification_sheet=True).draft()


def test_the_statement_is_made_for_the_very_credential_that_is_embedded() -> None:
    keys, seen = ring(), []

    def sign_paper(jwt: str) -> str:
        seen.append(jwt)
        return token()

    sealed = prepare(UNIT_LETTER, verification_sheet=True).seal(
        sign_credential=lambda credential: sign_credential(credential, keys.credential),
        seal_pdf=lambda draft: seal_pdf(draft, keys.document, at=UNIT_LETTER.issued_at),
        sign_paper=sign_paper,
    )
    assert seen == [sealed.credential_jwt]
    assert len(sealed.pdf) < 80_000
