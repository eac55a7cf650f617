"""A paper checks with no network: genuine, ended, or no paper of ours at all."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import segno
import zxingcpp
from PIL import Image, ImageFilter

from certificates.credential.base45 import ALPHABET
from certificates.credential.paper_token import PREFIX
from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.report import Verdict, examine
from certificates.verifying.paper_token_check import verify_paper_token
from tests.certificates.credential.test_paper_token import token_of
from tests.certificates.papers import LETTERS, QUALIFICATION_LETTER
from tests.certificates.statements import UNIT, UNIT_LETTER
from tests.certificates.workshop import CHECKED, Office, office, ring, trust

TOKEN = token_of(UNIT_LETTER)


@pytest.mark.parametrize("statement", LETTERS.values())
def test_a_genuine_token_of_every_kind_is_proved(statement: object) -> None:
    token = token_of(statement)  # type: ignore[arg-type]  # the letters are statements
    proved = verify_paper_token(token, trust=trust(), at=CHECKED)
    assert proved.issuer.id == ring().issuer.id


def test_it_is_read_from_a_blurred_and_tilted_photo() -> None:
    drawn = BytesIO()
    segno.make(TOKEN, error="m", boost_error=False).save(drawn, kind="png", scale=6, border=4)
    photo = Image.open(drawn).convert("L").rotate(4, expand=True, fillcolor=255)
    photo = photo.filter(ImageFilter.GaussianBlur(1.6))
    (found,) = zxingcpp.read_barcodes(photo)
    proved = verify_paper_token(found.text, trust=trust(), at=CHECKED)
    assert proved.statement.holder == UNIT_LETTER.holder.name


def test_the_report_on_a_scanned_text_says_what_to_compare_with_the_paper() -> None:
    report = examine(TOKEN.encode() + b"\n", name="scan.txt", trust=trust(), at=CHECKED)
    assert report.verdict is Verdict.VALID
    assert report.credential is not None
    paper = report.credential["paper"]
    assert isinstance(paper, dict)
    assert (paper["holder"], paper["title"]) == (UNIT_LETTER.holder.name, UNIT.title_th)
    forged = examine(TOKEN[:-3].encode() + b"000", name="scan.txt", trust=trust(), at=CHECKED)
    assert forged.verdict is Verdict.FORGED
    assert forged.credential is None


def test_every_single_changed_character_is_refused() -> None:
    for place in range(len(PREFIX), len(TOKEN)):
        other = ALPHABET[(ALPHABET.index(TOKEN[place]) + 1) % 45]
        changed = TOKEN[:place] + other + TOKEN[place + 1 :]
        with pytest.raises((Refused, NotChecked)) as caught:
            verify_paper_token(changed, trust=trust(), at=CHECKED)
        if isinstance(caught.value, NotChecked):
            assert caught.value.code == "issuer-unknown", "only where the key id was changed"


def test_a_revoked_certificate_has_ended_on_paper_too() -> None:
    listed = replace(office(), revoked=(UNIT_LETTER.status.index,)).trust()
    with pytest.raises(NoLongerValid, match="revoked"):
        verify_paper_token(TOKEN, trust=listed, at=CHECKED)


def test_an_expired_certificate_has_ended_although_its_status_is_not_known() -> None:
    until = UNIT_LETTER.issued_at + timedelta(days=3)
    token = token_of(replace(UNIT_LETTER, valid_until=until))
    with pytest.raises(NoLongerValid, match="expired"):
        verify_paper_token(token, trust=trust(), at=until + timedelta(days=9))


def test_a_stale_status_and_a_stranger_cannot_be_judged() -> None:
    with pytest.raises(NotChecked, match="status-stale"):
        verify_paper_token(TOKEN, trust=trust(), at=CHECKED + timedelta(days=9))
    with pytest.raises(NotChecked, match="issuer-unknown"):
        verify_paper_token(TOKEN, trust=Office(ring("other")).trust(), at=CHECKED)
    with pytest.raises(NotChecked, match="trust-list-missing"):
        verify_paper_token(TOKEN, trust=None, at=CHECKED)


@pytest.mark.parametrize("statement", [UNIT_LETTER, QUALIFICATION_LETTER])
def test_an_issuer_without_the_mandate_is_refused(statement: object) -> None:
    listed = replace(office(), owners=("DSD",)).trust()
    with pytest.raises(Refused, match="mandate"):
        verify_paper_token(token_of(statement), trust=listed, at=CHECKED)  # type: ignore[arg-type]
    assert UNIT.owner == "TPQI"


def test_a_key_out_of_its_window_is_refused() -> None:
    early = replace(UNIT_LETTER, issued_at=UNIT_LETTER.issued_at - timedelta(days=900))
    with pytest.raises(Refused, match="token-window"):
        verify_paper_token(token_of(early), trust=trust(), at=CHECKED)
