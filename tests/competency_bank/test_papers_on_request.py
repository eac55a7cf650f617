"""Papers that are made on request: qualification, record, honour, portfolio, replacement."""

import json
from pathlib import Path

import pytest

from certificates.credential.open_badge import statement_of
from certificates.credential.snapshot import Attendance, Basis, CertificateKind, Statement
from certificates.errors import NoLongerValid, Refused
from certificates.report import examine
from certificates.sealing.data_integrity import open_proof
from certificates.sealing.trust_file import read_trust_list
from certificates.sealing.trust_list import TrustList
from certificates.verifying.verification import verify
from competency_bank.bank import Bank, now
from competency_bank.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from competency_bank.issue_run import issue, issue_now, issue_portfolio, portfolio_file
from competency_bank.services.compile_portfolio import Wish
from competency_bank.services.correct_record import void_record
from competency_bank.services.honour_learner import Award, Voice, plan_honour
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.replace_certificate import plan_replacement
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.storage.certificate_rows import find_certificate
from competency_bank.storage.issued_files import read_document
from competency_bank.storage.people_rows import find_person
from tests.banks import BARBER, expect_clean, record, school_bank, sheet_of

HEAD = "เลขที่,10101,10104,10302,20101,20102,วันที่ผ่าน"
ALL_FIVE = "1,ผ่าน,ผ่าน,ผ่าน,ผ่าน,ผ่าน,28/10/2569"
ONLY_THREE = "2,ผ่าน,ผ่าน,ผ่าน,,,28/10/2569"


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    made = school_bank(tmp_path)
    record(made, BARBER, sheet_of(HEAD, ALL_FIVE, ONLY_THREE))
    return made


def trust_of(bank: Bank) -> TrustList:
    """Return the trust list as it stands now."""
    return read_trust_list(bank.publish().read_bytes())


def verdict(bank: Bank, serial: str) -> tuple[str, Statement]:
    """Return what an offline check of the kept document says, and what the document says."""
    trust = trust_of(bank)
    document = read_document(bank.settings.issued, serial)
    assert document is not None
    report = examine(document, name=serial, trust=trust, at=now())
    assert report.credential is not None, report
    return report.verdict.value, statement_of(report.credential)


def test_a_complete_qualification_is_certified_once_and_when_asked_for(bank: Bank) -> None:
    everyday = issue(bank, Wanted())
    assert {one.kind for one in everyday} == {"unit", "course"}

    (made,) = issue(bank, Wanted(kind=CertificateKind.QUALIFICATION))
    assert issue(bank, Wanted(kind=CertificateKind.QUALIFICATION)) == []

    judged, said = verdict(bank, made.serial)
    assert judged == "valid"
    assert said.qualification is not None
    assert len(said.qualification.units) == 5
    assert said.qualification.level == "ระดับ 3"
    expect_clean(bank)


def test_a_record_names_what_was_passed_and_what_is_left_and_is_made_once(bank: Bank) -> None:
    with bank.writing() as transaction:
        withdraw_learner(transaction, "BB-002", class_id=BARBER, by="x")
    wanted = Wanted(learner="BB-002", class_id=BARBER, kind=CertificateKind.RECORD)

    (made,) = issue(bank, wanted)
    assert issue(bank, wanted) == []

    judged, said = verdict(bank, made.serial)
    assert judged == "valid"
    assert said.record is not None
    assert said.record.attendance is Attendance.WITHDRAWN
    assert (len(said.record.units), len(said.record.left)) == (3, 2)
    expect_clean(bank)


def test_a_finished_course_has_no_record_and_a_record_is_of_somebody(bank: Bank) -> None:
    assert issue(bank, Wanted("BB-001", BARBER, CertificateKind.RECORD)) == []
    with pytest.raises(BadInput, match="kind-on-request"):
        issue(bank, Wanted(kind=CertificateKind.RECORD))
    with pytest.raises(BadInput, match="kind-on-request"):
        issue(bank, Wanted(kind=CertificateKind.HONOUR))
    expect_clean(bank)


AWARD = Award("ครูภูมิปัญญาการตัดผม", "Master of Barbering", "ตัดผมบุรุษ", "สอนช่างรุ่นใหม่มาสี่สิบปี")


def test_an_honour_takes_two_persons_of_two_offices(bank: Bank) -> None:
    def by(first: str, second: str) -> str:
        voices = (Voice(first, "นายทะเบียน"), Voice(second, "เจ้าหน้าที่ สคช."))
        (made,) = issue_now(
            bank,
            lambda transaction: plan_honour(
                transaction, "BB-001", AWARD, voices=voices, terms=bank.terms
            ),
        )
        return made.serial

    for first, second, code in (
        ("R-001", "R-001", "approver-is-author"),
        ("BB-001", "V-001", "not-registrar"),
        ("R-001", "T-001", "not-tpqi"),
    ):
        with pytest.raises(NotAllowed, match=code):
            by(first, second)

    judged, said = verdict(bank, by("R-001", "V-001"))
    assert judged == "valid"
    assert said.honour is not None
    assert said.honour.reason == AWARD.reason
    assert len({each.name for each in said.honour.awarded_by}) == 2
    with pytest.raises(Conflict, match="already-planned"):
        by("R-001", "V-001")
    expect_clean(bank)


def test_a_replaced_certificate_ends_and_the_new_one_names_it(bank: Bank) -> None:
    old = issue(bank, Wanted(learner="BB-001", kind=CertificateKind.UNIT))[0].serial
    with bank.reading() as transaction:
        registrar = find_person(transaction, "R-001").id
        teacher = find_person(transaction, "T-002").id

    def replaced(serial: str, by: str) -> str:
        (made,) = issue_now(
            bank,
            lambda transaction: plan_replacement(transaction, serial, terms=bank.terms, by=by),  # type: ignore[arg-type]  # an id is a string
        )
        return made.serial

    with pytest.raises(NotAllowed, match="not-registrar"):
        replaced(old, teacher)
    new = replaced(old, registrar)

    judged, said = verdict(bank, new)
    assert (judged, said.replaces) == ("valid", old)
    assert verdict(bank, old)[0] == "changed"
    trust = trust_of(bank)
    with pytest.raises(NoLongerValid, match="replaced") as ended:
        verify(read_document(bank.settings.issued, old) or b"", trust=trust, at=now())
    assert ended.value.values == {"serial": old, "by": new}
    with pytest.raises(Conflict, match="not-in-force"):
        replaced(old, registrar)
    assert issue(bank, Wanted(learner="BB-001", kind=CertificateKind.UNIT)) == []
    expect_clean(bank)


def test_a_portfolio_holds_the_certificates_themselves_and_is_made_once(bank: Bank) -> None:
    with pytest.raises(Conflict, match="no-certificates"):
        issue_portfolio(bank, Wish("BB-001"))
    issue(bank, Wanted())
    serial = issue_portfolio(bank, Wish("BB-001"))
    assert issue_portfolio(bank, Wish("BB-001")) == serial

    judged, said = verdict(bank, serial)
    assert judged == "valid"
    shown = said.portfolio
    assert shown is not None
    assert (len(shown.held), len(shown.members), shown.partial) == (5, 6, False)
    assert shown.pathways[0].missing == 0
    assert all(len(each.serials) == 2 for each in shown.held)
    assert said.basis is Basis.TRAINING
    learner_record = json.loads(portfolio_file(bank, serial, ".json"))
    assert learner_record["type"] == ["VerifiableCredential", "ClrCredential"]
    proof = learner_record.pop("proof")
    assert proof["cryptosuite"] == "eddsa-rdfc-2022"
    assert statement_of(learner_record) == said
    keys = trust_of(bank).proof_keys()
    assert open_proof({**learner_record, "proof": proof}, keys)[0] == learner_record
    learner_record["credentialSubject"]["achievement"][0]["name"] += "x"
    with pytest.raises(Refused):
        open_proof({**learner_record, "proof": proof}, keys)
    expect_clean(bank)


def test_a_portfolio_of_picked_units_says_so_and_shows_nothing_else(bank: Bank) -> None:
    issue(bank, Wanted())
    serial = issue_portfolio(bank, Wish("BB-001", ("10302",)))

    _, said = verdict(bank, serial)
    assert said.portfolio is not None
    assert said.portfolio.partial
    assert [each.unit.code for each in said.portfolio.held] == ["10302"]
    assert len(said.portfolio.members) == 1, "the course certificate names other units"
    text = portfolio_file(bank, serial, ".json").decode()
    assert "10101" not in text
    with pytest.raises(NotFound, match="unit-not-held"):
        issue_portfolio(bank, Wish("BB-002", ("20101",)))
    expect_clean(bank)


def test_a_voided_pass_takes_every_paper_with_it_that_rests_on_it(bank: Bank) -> None:
    issue(bank, Wanted())
    (qualification,) = issue(bank, Wanted(kind=CertificateKind.QUALIFICATION))
    serial = issue_portfolio(bank, Wish("BB-001"))
    with bank.writing() as transaction:
        entry = find_certificate(transaction, serial).rests_on[0]
        teacher = find_person(transaction, "T-002").id
        void_record(transaction, entry, by=teacher, reason="another person")

    assert verdict(bank, serial)[0] == "changed"
    assert verdict(bank, qualification.serial)[0] == "changed"
    expect_clean(bank)
