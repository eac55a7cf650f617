"""Who may revoke, for what reason, and only once."""

from pathlib import Path

import pytest

from competency_bank.bank import Bank
from competency_bank.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.storage.people_rows import find_person
from tests.banks import BARBER, expect_clean, record, school_bank, sheet_of


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    made = school_bank(tmp_path_factory.mktemp("home"))
    record(made, BARBER, sheet_of("เลขที่,10101,วันที่ผ่าน", "1,ผ่าน,28/10/2569"))
    issue(made, Wanted())
    return made


def revoke(bank: Bank, serial: str = "", *, reason: str = "misconduct", by: str = "R-001") -> None:
    serial = serial or next(path.stem for path in bank.settings.issued.glob("*.pdf"))
    with bank.writing() as transaction:
        person = find_person(transaction, by).id
        revoke_certificate(transaction, serial, reason=reason, by=person)


def test_only_a_registrar_revokes(bank: Bank) -> None:
    with pytest.raises(NotAllowed, match="not-registrar"):
        revoke(bank, by="T-002")


def test_the_reason_is_one_that_readers_know(bank: Bank) -> None:
    with pytest.raises(BadInput, match="unknown-reason"):
        revoke(bank, reason="because")


def test_an_unknown_serial_is_named(bank: Bank) -> None:
    with pytest.raises(NotFound, match="unknown-certificate"):
        revoke(bank, "CB-1-000001")


def test_a_certificate_is_revoked_once(tmp_path: Path) -> None:
    bank = school_bank(tmp_path)
    record(bank, BARBER, sheet_of("เลขที่,10101,วันที่ผ่าน", "1,ผ่าน,28/10/2569"))
    issue(bank, Wanted())
    revoke(bank)
    expect_clean(bank)

    with pytest.raises(Conflict, match="already-revoked"):
        revoke(bank)
