"""Keys come and go; what they signed in their time stays proved."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from certificates.errors import KeyUnusable
from certificates.report import Report, Verdict, examine
from certificates.sealing.strict_json import parse_object
from certificates.sealing.trust_file import read_trust_list
from competency_bank.bank import Bank, now, open_bank
from competency_bank.domain.errors import BadInput, Conflict, NotFound
from competency_bank.founding import renew
from competency_bank.issue_run import issue
from competency_bank.services.export_badge import BadgeForm, export_badge
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.manage_keys import list_keys, retire_compromised, retire_key
from tests.banks import BARBER, expect_clean, record, school_bank, sheet_of
from tests.everything_issued import (
    LISTS,
    every_form,
    expected_forms,
    issue_every_kind,
    require_lists,
)


def issued_bank(home: Path) -> Bank:
    bank = school_bank(home)
    record(bank, BARBER, sheet_of("เลขที่,10101,วันที่ผ่าน", "1,ผ่าน,28/10/2569"))
    issue(bank, Wanted())
    return bank


def check(bank: Bank, data: bytes) -> Report:
    trust = read_trust_list(bank.publish().read_bytes())
    return examine(data, name="file", trust=trust, at=now())


def badges(bank: Bank) -> list[bytes]:
    serial = next(path.stem for path in bank.settings.issued.glob("*.pdf"))
    folder = bank.settings.issued
    with bank.database.reading(now()) as transaction:
        return [
            export_badge(transaction, serial, form, issued=folder, proof_key=key)
            for form in BadgeForm
            for key in (None, bank.proof_key)
            if (form, key is None) not in {(BadgeForm.JWT, False), (BadgeForm.JSON, True)}
        ]


def members_of(learner_record: bytes) -> list[bytes]:
    """Return the certificates that a learner record holds, as they were issued."""
    subject: Any = parse_object(learner_record)["credentialSubject"]
    held = [one["id"] for one in subject["verifiableCredential"]]
    return [one.partition(",")[2].encode() for one in held]


def test_everything_still_verifies_after_three_rotations_with_the_old_keys_gone(
    tmp_path: Path,
) -> None:
    bank, serials = issue_every_kind(tmp_path)
    issued = every_form(bank, serials)
    before = {path.name: path.read_bytes() for path in bank.settings.keys.glob("*.pem")}
    for _ in range(3):
        for purpose in ("credential", "status", "proof"):
            old, new = renew(bank.settings, purpose)
            assert old != new
    bank = open_bank(bank.settings)
    now_there = {path.name: path.read_bytes() for path in bank.settings.keys.glob("*.pem")}
    at = now() + timedelta(days=365)
    with bank.database.reading(at) as transaction:
        trust = read_trust_list(bank.trust_list(transaction))
        known = list_keys(transaction)

    assert set(issued) == expected_forms()
    for forms in (issued, every_form(bank, serials)):
        papers = {name: data for name, data in forms.items() if name not in LISTS}
        verdicts = {
            name: examine(data, name=name, trust=trust, at=at).verdict
            for name, data in papers.items()
        }
        assert verdicts == dict.fromkeys(papers, Verdict.VALID)
        require_lists(forms, trust)
    members = members_of(issued["portfolio.json"])
    assert len(members) > 5
    assert {examine(one, name="x", trust=trust, at=at).verdict for one in members} == {
        Verdict.VALID
    }
    assert all(
        now_there[f"{name}.pem"] != before[f"{name}.pem"]
        for name in ("credential", "status", "proof")
    )
    for purpose in ("credential", "status", "proof"):
        assert sorted(key.purpose for key in known).count(purpose) == 4
    expect_clean(bank)


def test_what_a_key_signs_outside_its_time_is_refused(tmp_path: Path) -> None:
    bank = issued_bank(tmp_path)
    paper = next(bank.settings.issued.glob("*.pdf")).read_bytes()
    linked = badges(bank)[-2]
    since = now() - timedelta(days=1)
    with bank.writing() as transaction:
        affected = retire_compromised(transaction, bank.keys.credential.kid, since=since)
        retire_compromised(transaction, bank.proof_key.kid, since=since)

    assert affected == [path.stem for path in bank.settings.issued.glob("*.pdf")]
    for data in (paper, linked):
        report = check(bank, data)
        assert report.verdict is not Verdict.VALID
        assert report.credential is None
    expect_clean(bank)


def test_a_key_is_retired_once_and_must_be_known(tmp_path: Path) -> None:
    bank = school_bank(tmp_path)
    kid = bank.keys.status.kid
    with bank.writing() as transaction:
        retire_key(transaction, kid)
    with bank.writing() as transaction, pytest.raises(Conflict, match="key-already-retired"):
        retire_key(transaction, kid)
    with bank.writing() as transaction, pytest.raises(NotFound, match="unknown-key"):
        retire_key(transaction, "unknown")
    with bank.writing() as transaction, pytest.raises(BadInput, match="moment-unreadable"):
        retire_compromised(transaction, kid, since=now() + timedelta(days=1))


def test_keys_that_need_a_certificate_are_not_renewed_without_one(tmp_path: Path) -> None:
    bank = school_bank(tmp_path)
    with pytest.raises(KeyUnusable, match="key-not-renewable"):
        renew(bank.settings, "document")
    expect_clean(bank)
