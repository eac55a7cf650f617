"""The verb archive: what was issued gets its evidence, and what was not gets none."""

import pytest

from certificates.report import Verdict, examine
from certificates.sealing.trust_file import read_trust_list
from competency_bank.bank import Bank, now
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from tests.banks import HOUSEKEEPING, record, school_bank, sheet_of
from tests.competency_bank.cli.test_program import answer, run

HEAD = "เลขที่,THR-HOH-1-194ZB,วันที่ผ่าน"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    found = school_bank(tmp_path_factory.mktemp("archive"))
    record(found, HOUSEKEEPING, sheet_of(HEAD, "1,ผ่าน,29/4/2566"))
    return found


@pytest.fixture(scope="module")
def serial(bank: Bank) -> str:
    return issue(bank, Wanted())[0].serial


def test_an_archived_document_is_kept_beside_the_issued_one_and_is_valid(
    bank: Bank, serial: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPETENCY_BANK_TIME_STAMPS", "own")
    home = bank.settings.home
    issued = (bank.settings.issued / f"{serial}.pdf").read_bytes()
    for _ in range(2):
        assert list(answer(home, "archive", serial)["archived"]) == [serial]
    archived = (bank.settings.archive / f"{serial}.pdf").read_bytes()
    trust = read_trust_list(bank.publish().read_bytes())
    assert archived.startswith(issued)
    assert archived.count(b"/DocTimeStamp") == 2
    assert examine(archived, name="x", trust=trust, at=now()).verdict is Verdict.VALID
    assert run(home, "audit").exit_code == 0


def test_without_time_stamps_or_for_what_is_unknown_nothing_is_archived(
    bank: Bank, serial: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = bank.settings.home
    assert run(home, "archive", serial).exit_code == 1
    monkeypatch.setenv("COMPETENCY_BANK_TIME_STAMPS", "own")
    assert run(home, "archive", "CB-0000-000000").exit_code == 1


def test_a_file_that_is_not_what_was_issued_is_not_archived(
    bank: Bank, serial: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPETENCY_BANK_TIME_STAMPS", "own")
    places = [folder / f"{serial}.pdf" for folder in (bank.settings.archive, bank.settings.issued)]
    kept = {file: file.read_bytes() for file in places if file.exists()}
    for file, content in kept.items():
        file.write_bytes(content + b"\n")
    found = run(bank.settings.home, "archive", serial)
    for file, content in kept.items():  # for the other tests, which come in any order
        file.write_bytes(content)
    assert found.exit_code == 1
    assert "not what was issued" in found.stderr
