"""Every certificate carries the proof of its log entry and the status list of its day."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import pytest
import zxingcpp

from certificates.credential.embedded import attachments_of
from certificates.report import Verdict, examine
from certificates.sealing.log_proof import prove_inclusion, read_log_proof
from certificates.sealing.status_list import read_status_list
from certificates.sealing.trust_file import read_trust_list
from certificates.sealing.trust_list import KeyPurpose
from certificates.verifying.journal import Outcome, Step
from competency_bank import issue_run
from competency_bank.bank import Bank, now
from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.ledger import EntryKind, read_entry
from competency_bank.issue_run import issue, require_stated
from competency_bank.services.issue_certificates import Wanted, find_due, plan_certificates
from competency_bank.storage.certificate_rows import find_certificate
from competency_bank.storage.issued_files import read_document
from competency_bank.storage.log_proof_rows import inclusion_proofs
from tests.banks import BARBER, expect_clean, record, school_bank, sheet_of


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    made = school_bank(tmp_path)
    record(made, BARBER, sheet_of("เลขที่,10302,วันที่ผ่าน", "1,ผ่าน,28/10/2569", "2,ผ่าน,28/10/2569"))
    return made


def carried(bank: Bank, serial: str) -> dict[str, bytes]:
    """Return the files inside a kept document."""
    document = read_document(bank.settings.issued, serial)
    assert document is not None
    return attachments_of(document)


def test_the_proof_inside_holds_for_the_plan_of_this_certificate(bank: Bank) -> None:
    issued = issue(bank, Wanted())
    trust = read_trust_list(bank.publish().read_bytes())
    assert trust.log is not None
    for one in issued:
        files = carried(bank, one.serial)
        assert set(files) == {"credential.jwt", "log-proof.txt", "status.jwt"}
        proof = read_log_proof(files["log-proof.txt"])
        proved = prove_inclusion(proof, origin=trust.log.origin, public_key=trust.log.public_key)
        entry = read_entry(proved.entry)
        with bank.reading() as transaction:
            plan = find_certificate(transaction, one.serial).plan
        assert entry.kind is EntryKind.CERTIFICATE_PLANNED
        assert entry.text("serial") == one.serial
        assert entry.text("digest") == sha256(plan).hexdigest()
    expect_clean(bank)


def test_the_status_inside_is_signed_and_shows_the_certificate_as_good(bank: Bank) -> None:
    (one, _) = issue(bank, Wanted())
    trust = read_trust_list(bank.publish().read_bytes())
    token = carried(bank, one.serial)["status.jwt"].decode()
    signed = read_status_list(token, trust.keys(KeyPurpose.STATUS))
    with bank.reading() as transaction:
        plan = json.loads(find_certificate(transaction, one.serial).plan)
    signed.require_not_revoked(int(plan["credentialStatus"]["statusListIndex"]), at=now())


def test_a_print_on_paper_checks_with_nothing_but_the_trust_list(bank: Bank) -> None:
    for one in issue(bank, Wanted()):
        document = read_document(bank.settings.issued, one.serial)
        assert document is not None
        with pypdfium2.PdfDocument(document) as pages:
            sheet = pages[1].render(scale=100 / 72).to_pil().convert("L")
        (symbol,) = zxingcpp.read_barcodes(sheet)
        trust = read_trust_list(bank.publish().read_bytes())
        report = examine(symbol.text.encode("ascii"), name="paper", trust=trust, at=now())
        assert report.verdict is Verdict.VALID
        assert report.credential is not None
        paper = report.credential["paper"]
        assert isinstance(paper, dict)
        token = carried(bank, one.serial)["credential.jwt"]
        assert (paper["serial"], paper["credential_sha256"]) == (
            one.serial,
            sha256(token).hexdigest(),
        )


def test_a_long_status_list_is_left_out(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issue_run, "MOST_STAPLED", 10)
    (one, _) = issue(bank, Wanted())
    assert set(carried(bank, one.serial)) == {"credential.jwt", "log-proof.txt"}


def test_a_plan_that_a_torn_run_left_gets_its_proof_too(bank: Bank) -> None:
    with bank.writing() as transaction:
        due = find_due(transaction, Wanted(learner="BB-001"))
        plan_certificates(transaction, due, terms=bank.terms, by="x")
    (one,) = issue(bank, Wanted(learner="BB-001"))
    entry = read_entry(read_log_proof(carried(bank, one.serial)["log-proof.txt"]).entry)
    assert entry.text("serial") == one.serial
    expect_clean(bank)


def test_nothing_is_signed_that_the_ledger_does_not_state(bank: Bank) -> None:
    with bank.writing() as transaction:
        due = find_due(transaction, Wanted())
        one, other = plan_certificates(transaction, due, terms=bank.terms, by="x")
    with bank.reading() as transaction:
        (first, second) = inclusion_proofs(transaction, [one.entry, other.entry])
    require_stated(one, first.entry)
    for planned, body in (
        (one, second.entry),
        (replace(one, ticket=other.ticket), first.entry),
        (replace(one, kept=other.kept), first.entry),
    ):
        with pytest.raises(RecordDamaged, match="plan-differs"):
            require_stated(planned, body)


def test_a_fresh_file_checks_with_a_trust_list_older_than_itself(bank: Bank) -> None:
    old = read_trust_list(bank.publish().read_bytes())
    (one, _) = issue(bank, Wanted())
    document = read_document(bank.settings.issued, one.serial)
    assert document is not None
    bare = replace(old, status_tokens={})
    for at, verdict in (
        (now(), Verdict.VALID),
        (now() + timedelta(hours=23), Verdict.VALID),
        (now() + timedelta(days=3), Verdict.UNKNOWN),
    ):
        report = examine(document, name="x.pdf", trust=bare, at=at)
        assert report.verdict is verdict
        steps = {each.step: each.outcome for each in report.steps}
        assert steps[Step.LOG] is Outcome.OK
