"""From the owner of a standard to the school: a good signature alone is no authority."""

from datetime import timedelta
from pathlib import Path

import pytest

from certificates.report import examine
from certificates.sealing.trust_file import read_trust_list
from competency_bank.bank import Bank, now
from competency_bank.domain.clock import local_day
from competency_bank.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from competency_bank.services.give_mandate import WantedMandate, give_mandate, withdraw_mandate
from competency_bank.storage.people_rows import find_person
from tests.banks import expect_clean
from tests.competency_bank.services.test_manage_keys import issued_bank

OWN = "TPQI"


def wanted(*scope: str, school: str = "DEMO", days: int = 0) -> WantedMandate:
    first = local_day(now()) + timedelta(days=days)
    return WantedMandate(school, OWN, scope, begins=first, ends=None)


def give(bank: Bank, mandate: WantedMandate, *, by: str = "V-001") -> str:
    with bank.writing() as transaction:
        return give_mandate(transaction, mandate, by=find_person(transaction, by).id)


def mandate_step(bank: Bank) -> tuple[str, str]:
    paper = next(bank.settings.issued.glob("*.pdf")).read_bytes()
    trust = read_trust_list(bank.publish().read_bytes())
    report = examine(paper, name="paper", trust=trust, at=now())
    step = next(each for each in report.steps if each.step == "mandate")
    return report.verdict.value, step.code


def test_a_school_without_a_mandate_for_the_unit_has_no_authority(tmp_path: Path) -> None:
    bank = issued_bank(tmp_path)
    assert mandate_step(bank) == ("valid", "proved")
    give(bank, wanted("THR-HOH"))
    assert mandate_step(bank) == ("forged", "school-mandate")
    given = give(bank, wanted())
    assert mandate_step(bank) == ("valid", "proved")
    with bank.database.writing(now() + timedelta(hours=1)) as transaction:
        withdraw_mandate(transaction, given, by=find_person(transaction, "V-001").id)

    assert mandate_step(bank) == ("valid", "proved")
    expect_clean(bank)


def test_a_mandate_begins_on_its_day(tmp_path: Path) -> None:
    bank = issued_bank(tmp_path)
    give(bank, wanted(days=1))

    assert mandate_step(bank) == ("forged", "school-mandate")


def test_only_the_owners_people_give_mandates_and_only_real_ones(tmp_path: Path) -> None:
    bank = issued_bank(tmp_path)
    with pytest.raises(NotAllowed, match="not-tpqi"):
        give(bank, wanted(), by="R-001")
    with pytest.raises(NotFound):
        give(bank, wanted(school="S-99"))
    with pytest.raises(BadInput, match="bad-mandate"):
        give(bank, WantedMandate("DEMO", "NOBODY", (), local_day(now()), None))
    given = give(bank, wanted())
    with bank.writing() as transaction:
        by = find_person(transaction, "V-001").id
        with pytest.raises(NotFound, match="unknown-mandate"):
            withdraw_mandate(transaction, "none", by=by)
        withdraw_mandate(transaction, given, by=by)
    with bank.writing() as transaction, pytest.raises(Conflict, match="mandate-ended"):
        withdraw_mandate(transaction, given, by=by)
