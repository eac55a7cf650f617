"""Issuing survives a crash at any point and never issues twice."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from certificates.credential.snapshot import CertificateKind
from competency_bank.bank import Bank
from competency_bank.domain.awards import CertificateState
from competency_bank.issue_run import issue
from competency_bank.services.correct_record import void_record
from competency_bank.services.issue_certificates import Wanted, find_due, plan_certificates
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.services.show_holdings import bank_of, holdings_of
from competency_bank.storage.certificate_rows import all_certificates, certificate_by_code
from competency_bank.storage.people_rows import find_person
from tests.banks import BARBER, expect_clean, record, sheet_of


class Torn(Exception):
    """Stands for the power going away."""


@pytest.fixture
def bank(school: Bank) -> Bank:
    rows = [f"{n},ผ่าน,ผ่าน,ผ่าน,ผ่าน,ผ่าน,28/10/2569" for n in (1, 2)]
    record(school, BARBER, sheet_of("เลขที่,10101,10104,10302,20101,20102,วันที่ผ่าน", *rows))
    return school


def failing_after(good: int, sign: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    left = [good]

    def torn(data: bytes) -> bytes:
        if left[0] == 0:
            raise Torn
        left[0] -= 1
        return sign(data)

    return torn


def states(bank: Bank) -> list[str]:
    with bank.reading() as transaction:
        return [one.state.value for one in all_certificates(transaction)]


@pytest.mark.parametrize("good", [0, 1, 5])
def test_a_run_that_was_torn_off_is_finished_by_the_next(bank: Bank, good: int) -> None:
    key = replace(bank.keys.document, make=failing_after(good, bank.keys.document.make))
    torn = replace(bank, keys=replace(bank.keys, document=key))
    with pytest.raises(Torn):
        issue(torn, Wanted())
    with bank.reading() as transaction:
        planned = {one.serial: one.plan for one in all_certificates(transaction)}
    assert set(states(bank)) == {"planned"}

    issued = issue(bank, Wanted())

    with bank.reading() as transaction:
        after = {one.serial: one.plan for one in all_certificates(transaction)}
    assert after == planned, "the same serials say the same"
    assert len(issued) == 12
    assert set(states(bank)) == {"issued"}
    assert issue(bank, Wanted()) == []
    expect_clean(bank)


def test_only_what_is_wanted_is_issued(bank: Bank) -> None:
    one = issue(bank, Wanted(learner="BB-001", kind=CertificateKind.UNIT))
    rest = issue(bank, Wanted(class_id=BARBER))

    assert [each.kind for each in one] == ["unit"] * 5
    assert sorted(each.kind for each in rest) == ["course"] * 2 + ["unit"] * 5
    expect_clean(bank)


def test_a_voided_pass_takes_its_certificates_with_it(bank: Bank) -> None:
    issue(bank, Wanted())
    with bank.writing() as transaction:
        entry = holdings_of(transaction, "BB-001")[0].holding.entry
        teacher = find_person(transaction, "T-002").id
        done = void_record(transaction, entry, by=teacher, reason="another person")

    assert len(done.revoked) == 2, "the unit letter and the course certificate"
    assert states(bank).count("revoked") == 2
    assert issue(bank, Wanted()) == [], "nothing is due for a unit that is not held"
    expect_clean(bank)


def test_a_plan_whose_record_was_voided_before_it_was_sealed_stays_unsealed(bank: Bank) -> None:
    with bank.writing() as transaction:
        due = find_due(transaction, Wanted(learner="BB-001"))
        plan_certificates(transaction, due, terms=bank.terms, by="x")
        entry = holdings_of(transaction, "BB-001")[0].holding.entry
        teacher = find_person(transaction, "T-002").id
        void_record(transaction, entry, by=teacher, reason="slip")

    issued = issue(bank, Wanted(learner="BB-001"))
    assert len(issued) == 4
    assert states(bank).count("revoked") == 2
    expect_clean(bank)


def test_what_became_void_between_finding_and_planning_is_left_out(bank: Bank) -> None:
    with bank.reading() as transaction:
        due = find_due(transaction, Wanted(learner="BB-001", kind=CertificateKind.UNIT))
    with bank.writing() as transaction:
        entry = due[0].rests_on[0].entry
        teacher = find_person(transaction, "T-002").id
        void_record(transaction, entry, by=teacher, reason="slip")
    with bank.writing() as transaction:
        assert len(plan_certificates(transaction, due, terms=bank.terms, by="x")) == 4
    expect_clean(bank)


def test_a_revoked_certificate_can_be_issued_anew_under_another_serial(bank: Bank) -> None:
    first = issue(bank, Wanted(learner="BB-001", kind=CertificateKind.UNIT))
    with bank.writing() as transaction:
        registrar = find_person(transaction, "R-001").id
        revoke_certificate(transaction, first[0].serial, reason="issued-in-error", by=registrar)
    again = issue(bank, Wanted(learner="BB-001", kind=CertificateKind.UNIT))

    assert len(again) == 1
    assert again[0].serial not in {one.serial for one in first}
    with bank.reading() as transaction:
        shown = bank_of(transaction, "BB-001")
    assert len(shown.certificates) == 6
    assert [one.state for one in shown.certificates].count(CertificateState.REVOKED) == 1
    expect_clean(bank)


def test_the_code_on_the_paper_leads_to_the_certificate_and_nothing_personal_is_in_it(
    bank: Bank,
) -> None:
    issue(bank, Wanted(learner="BB-001", kind=CertificateKind.UNIT))
    with bank.reading() as transaction:
        (one, *_) = all_certificates(transaction)
        plan = json.loads(one.plan)
        url = next(each["id"] for each in plan["evidence"])
        code = url.rpartition("/")[2]
        assert certificate_by_code(transaction, code).serial == one.serial


def test_the_audit_finds_a_document_that_is_gone_or_not_the_sealed_one(bank: Bank) -> None:
    issued = issue(bank, Wanted(learner="BB-001", kind=CertificateKind.UNIT))
    (bank.settings.issued / f"{issued[0].serial}.pdf").unlink()
    (bank.settings.issued / f"{issued[1].serial}.pdf").write_bytes(b"%PDF-1.7 another")

    codes = [one.code for one in bank.audit().findings]
    assert sorted(codes) == ["document-differs", "document-missing"]
