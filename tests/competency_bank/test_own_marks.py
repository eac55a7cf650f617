"""A bank with its issuer's emblem and signatories: refused in time, or shown."""

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from certificates.document.issuer_marks import NO_MARKS
from certificates.errors import CannotSet, MarkUnusable
from certificates.report import Verdict, examine
from certificates.sealing.trust_file import read_trust_list
from certificates.verifying.journal import Outcome, Step
from competency_bank.bank import Bank, now, open_bank
from competency_bank.cli.program import program
from competency_bank.founding import create_bank
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted, find_due, plan_certificates
from competency_bank.settings import Settings
from competency_bank.storage.issued_files import read_document
from competency_bank.storage.ledger_rows import log_size
from competency_bank.web.worker_app import app_from_environment
from tests.banks import BARBER, expect_clean, record, sheet_of
from tests.certificates.drawn_marks import emblem, png, signatories, write_marks

SHEET = "เลขที่,10101,10104,10302,20101,20102,วันที่ผ่าน"


@pytest.fixture
def bank(school: Bank) -> Bank:
    record(school, BARBER, sheet_of(SHEET, "1,ผ่าน,ผ่าน,ผ่าน,ผ่าน,ผ่าน,28/10/2569"))
    return school


def with_marks(bank: Bank, **which: object) -> Bank:
    """Open a bank again after its issuer's folder was written anew."""
    shutil.rmtree(bank.settings.issuer, ignore_errors=True)
    write_marks(bank.settings.issuer, **which)  # type: ignore[arg-type]  # fields by name
    return reopened(bank)


def reopened(bank: Bank) -> Bank:
    bank.database.close()
    return open_bank(bank.settings)


def drawn(pdf: bytes) -> dict[str, bytes]:
    """Return the samples of each picture of the first page, by name."""
    with pikepdf.open(BytesIO(pdf)) as document:
        found = document.pages[0].Resources.XObject.items()
        return {
            name: each.read_bytes() for name, each in found if each.Subtype == pikepdf.Name.Image
        }


def documents(bank: Bank, serials: list[str]) -> Iterator[bytes]:
    for serial in serials:
        document = read_document(bank.settings.issued, serial)
        assert document is not None
        yield document


def assert_proved(bank: Bank, pdf: bytes) -> None:
    """Assert that every step of a check ends well; only a time stamp is not asked for."""
    trust = read_trust_list((bank.settings.trust / "trust.json").read_bytes())
    said = examine(pdf, name="certificate.pdf", trust=trust, at=now())
    assert said.verdict is Verdict.VALID
    assert {one.step for one in said.steps if one.outcome is not Outcome.OK} <= {Step.TIME_STAMP}


def test_old_papers_hold_when_emblem_and_signatories_change_or_go(bank: Bank) -> None:
    own = with_marks(bank)
    first = [one.serial for one in issue(own, Wanted(kind=None))]
    assert len(first) == 6
    papers = list(documents(own, first))
    for pdf in papers:
        assert set(drawn(pdf)) == {"/Emblem", "/Signature1", "/Signature2"}
        assert_proved(own, pdf)

    other = with_marks(own, people=1)
    (other.settings.issuer / "emblem.png").write_bytes(png(emblem(120, 60)))
    other = reopened(other)
    record(other, BARBER, sheet_of(SHEET, "2,ผ่าน,ผ่าน,ผ่าน,ผ่าน,ผ่าน,28/10/2569"))
    (second, *_) = documents(other, [one.serial for one in issue(other, Wanted())])
    assert set(drawn(second)) == {"/Emblem", "/Signature1"}
    assert drawn(second)["/Emblem"] != drawn(papers[0])["/Emblem"]

    shutil.rmtree(other.settings.issuer)
    plain = reopened(other)
    assert plain.marks == NO_MARKS
    for pdf in (*papers, second):
        assert_proved(plain, pdf)
    expect_clean(plain)
    plain.database.close()


def test_what_was_planned_before_a_change_is_sealed_with_the_marks_of_the_day(bank: Bank) -> None:
    with bank.reading() as transaction:
        due = find_due(transaction, Wanted())
    with bank.writing() as transaction:
        planned = plan_certificates(transaction, due, terms=bank.terms, by="P-1")
    own = with_marks(bank, people=0)
    done = issue(own, Wanted())
    assert [one.serial for one in done] == [one.kept.serial for one in planned]
    for pdf in documents(own, [one.serial for one in done]):
        assert set(drawn(pdf)) == {"/Emblem"}
        assert_proved(own, pdf)
    expect_clean(own)
    own.database.close()


def test_an_unfit_picture_is_refused_before_a_bank_is_made(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    write_marks(settings.issuer)
    (settings.issuer / "emblem.png").write_bytes(b"GIF89a")
    with pytest.raises(MarkUnusable) as caught:
        create_bank(settings)
    assert caught.value.code == "picture-not-png"
    assert [each.name for each in settings.home.iterdir()] == ["issuer"]


def test_texts_that_do_not_fit_are_refused_before_a_bank_is_made(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    write_marks(settings.issuer)
    long = signatories(2).replace("ผู้อำนวยการ", "ผู้อำนวยการ" * 9)
    (settings.issuer / "signatories.toml").write_text(long, encoding="utf-8")
    with pytest.raises(CannotSet) as caught:
        create_bank(settings)
    assert caught.value.values["field"] == "signatory 1: office_th"
    assert [each.name for each in settings.home.iterdir()] == ["issuer"]


def test_a_running_bank_says_why_in_both_languages_and_records_nothing(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bank.reading() as transaction:
        before = log_size(transaction)
    write_marks(bank.settings.issuer)
    (bank.settings.issuer / "signature-1.png").write_bytes(b"")
    monkeypatch.setenv("COMPETENCY_BANK_DATABASE_URL", bank.settings.database)
    monkeypatch.setenv("COMPETENCY_BANK_HOME", str(bank.settings.home))
    result = CliRunner().invoke(program, ["issue", "--json"])
    assert result.exit_code == 1
    error = json.loads(result.stdout)["error"]
    assert error["code"] == "picture-not-png"
    assert error["message"]["th"] == "ไฟล์ภาพ signature-1.png ไม่ใช่ PNG"
    assert error["message"]["en"] == "The picture signature-1.png is no PNG file"
    with pytest.raises(SystemExit) as caught:
        app_from_environment()
    assert str(caught.value.code) == f"{error['message']['th']}\n{error['message']['en']}"
    with bank.reading() as transaction:
        assert log_size(transaction) == before
    expect_clean(bank)


def test_the_folder_may_lie_elsewhere(bank: Bank, tmp_path: Path) -> None:
    write_marks(tmp_path / "shared", people=0)
    settings = bank.settings.model_copy(update={"issuer_folder": tmp_path / "shared"})
    elsewhere = open_bank(settings)
    assert elsewhere.marks.emblem is not None
    assert elsewhere.terms.marks == elsewhere.marks
    elsewhere.database.close()
