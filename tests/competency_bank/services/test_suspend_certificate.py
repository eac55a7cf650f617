"""A certificate can rest for a time and hold again, and each day keeps its answer."""

from datetime import timedelta
from pathlib import Path

import pytest

from certificates.report import examine
from certificates.sealing.trust_file import read_trust_list
from competency_bank.bank import Bank, now
from competency_bank.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.services.suspend_certificate import resume_certificate, suspend_certificate
from competency_bank.storage.people_rows import find_person
from tests.banks import expect_clean
from tests.competency_bank.services.test_manage_keys import issued_bank


def serial_of(bank: Bank) -> str:
    return next(path.stem for path in bank.settings.issued.glob("*.pdf"))


def step(bank: Bank, verb: str, *, hours: int, reason: str = "under-review") -> None:
    with bank.database.writing(now() + timedelta(hours=hours)) as transaction:
        by = find_person(transaction, "R-001").id
        act = {"suspend": suspend_certificate, "resume": resume_certificate}[verb]
        act(transaction, serial_of(bank), reason=reason, by=by)


def verdict(bank: Bank, *, made: int, at: int) -> tuple[str, str]:
    """Return verdict and last code by a trust list of one hour, for another hour."""
    with bank.database.reading(now() + timedelta(hours=made)) as transaction:
        trust = read_trust_list(bank.trust_list(transaction))
    paper = (bank.settings.issued / f"{serial_of(bank)}.pdf").read_bytes()
    report = examine(paper, name="paper", trust=trust, at=now() + timedelta(hours=at))
    codes = [each.code for each in report.steps if each.code not in {"proved", "not-reached"}]
    return report.verdict.value, codes[-1]


def test_each_moment_keeps_its_answer(tmp_path: Path) -> None:
    bank = issued_bank(tmp_path)
    step(bank, "suspend", hours=10)
    assert verdict(bank, made=11, at=11) == ("changed", "suspended")
    step(bank, "resume", hours=20, reason="cleared")
    assert verdict(bank, made=21, at=21)[0] == "valid"
    with bank.database.writing(now() + timedelta(hours=30)) as transaction:
        by = find_person(transaction, "R-001").id
        revoke_certificate(transaction, serial_of(bank), reason="misconduct", by=by)

    assert [verdict(bank, made=40, at=hour)[0] for hour in (5, 15, 25)] == [
        "valid",
        "changed",
        "valid",
    ]
    assert verdict(bank, made=40, at=15) == ("changed", "suspended")
    assert verdict(bank, made=40, at=35) == ("changed", "revoked")
    expect_clean(bank)


def test_only_what_holds_is_suspended_and_only_what_rests_is_resumed(tmp_path: Path) -> None:
    bank = issued_bank(tmp_path)
    with pytest.raises(Conflict, match="not-suspended"):
        step(bank, "resume", hours=1)
    with pytest.raises(BadInput, match="unknown-reason"):
        step(bank, "suspend", hours=1, reason="because")
    step(bank, "suspend", hours=1)
    with pytest.raises(Conflict, match="already-suspended"):
        step(bank, "suspend", hours=2)
    with bank.database.writing(now() + timedelta(hours=2)) as transaction:
        teacher = find_person(transaction, "T-001").id
        with pytest.raises(NotAllowed, match="not-registrar"):
            suspend_certificate(transaction, serial_of(bank), reason="cleared", by=teacher)
        registrar = find_person(transaction, "R-001").id
        with pytest.raises(NotFound, match="unknown-certificate"):
            suspend_certificate(transaction, "CB-1", reason="cleared", by=registrar)
