"""A person erased: nothing of them is left in any file of the bank, and every proof still holds."""

import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from certificates.sealing.log_proof import prove_inclusion
from competency_bank.bank import Bank
from competency_bank.cli.program import program
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.courses import ClassId
from competency_bank.domain.errors import BadInput, NotAllowed, NotFound
from competency_bank.domain.people import Role
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted, find_due, plan_certificates
from competency_bank.services.publish_trust import log_origin
from competency_bank.services.sign_in import make_link
from competency_bank.storage import certificate_rows, record_rows
from competency_bank.storage.issued_files import read_document
from competency_bank.storage.ledger_rows import latest_checkpoint
from competency_bank.storage.log_proof_rows import inclusion_proof
from competency_bank.storage.pending_sheet_rows import PendingSheet, keep_sheet
from competency_bank.storage.people_rows import find_person
from tests.banks import BARBER, HOUSEKEEPING, TEACHERS, expect_clean, record, school_bank
from tests.tampering import tampering

LEARNER = "BB-002"
ASKED = "asked-by-the-person"


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """Return a bank in which a learner's data stand wherever data can stand."""
    made = school_bank(tmp_path)
    record(made, HOUSEKEEPING)
    record(made, BARBER)
    issue(made, Wanted(learner=LEARNER))
    with made.writing() as transaction:
        make_link(transaction, LEARNER, Role.LEARNER)
        teacher = find_person(transaction, TEACHERS[BARBER]).id
        person = find_person(transaction, LEARNER)
        data = f"{person.ref},{person.name.plain}".encode()
        keep_sheet(transaction, PendingSheet("s", ClassId(BARBER), teacher, "s.csv", data))
        transaction.connection.exec_driver_sql(
            "INSERT INTO answered_requests VALUES ('x', 'r', 'k', 'd', 200, 'application/json', "
            f"X'{json.dumps({'name': person.name.given}).encode().hex()}', '2026-11-21')"
        )
        transaction.connection.exec_driver_sql(
            "INSERT INTO host_profiles (learner_id, document) VALUES (?, ?)",
            (person.id, person.name.plain),
        )
        transaction.connection.exec_driver_sql(
            "INSERT INTO wallet_requests (page_hash, request_hash, nonce, expires_at, outcome)"
            " VALUES ('p', 'r', 'n', '2026-11-21', ?)",
            (person.name.given,),
        )
    expect_clean(made)
    return made


def secrets_of(bank: Bank) -> list[bytes]:
    """Return what no file may hold after the erasure: given name, number, and every salt.

    The family name is shared with people who stay.
    """
    with bank.reading() as transaction:
        person = find_person(transaction, LEARNER)
        own = f"SELECT salt FROM records WHERE learner_id = '{person.id}'"
        query = f"SELECT salt FROM people WHERE id = '{person.id}' UNION ALL {own}"
        salts = [bytes(salt) for (salt,) in transaction.connection.exec_driver_sql(query)]
    assert len(salts) == 6
    texts = [person.name.given, person.name.plain, person.ref]
    return salts + [form for one in texts for form in (one.encode(), json.dumps(one).encode())]


def traces(bank: Bank, wanted: list[bytes]) -> list[str]:
    """Return the files of the bank in which one of these still stands."""
    found = [path for path in files(bank) if any(one in path.read_bytes() for one in wanted)]
    return [path.name for path in found]


def files(bank: Bank) -> list[Path]:
    return [path for path in bank.settings.home.rglob("*") if path.is_file()]


def test_nothing_of_the_person_is_left_in_any_file_and_the_audit_is_clean(  # noqa: PLR0915  (one whole trip)
    bank: Bank,
) -> None:
    with bank.reading() as transaction:
        person = find_person(transaction, LEARNER)
        before = latest_checkpoint(transaction)
    wanted = secrets_of(bank)
    assert all(any(salt in path.read_bytes() for path in files(bank)) for salt in wanted[:6])
    assert {"bank.sqlite"} <= {name.removesuffix("-wal") for name in traces(bank, wanted)}

    done = bank.erase(LEARNER, by="R-001", reason=ASKED)

    assert (done.person, done.anew) == (person.id, True)
    assert done.serials
    assert traces(bank, wanted) == []
    expect_clean(bank)
    with bank.reading() as transaction:
        kept = record_rows.held_by(transaction, person.id)
        entries = [one.entry for one in kept]
        proofs = [inclusion_proof(transaction, entry) for entry in entries]
        certificates = certificate_rows.certificates_of(transaction, person.id)
        with pytest.raises(NotFound, match="unknown-person"):
            find_person(transaction, LEARNER)
        after = latest_checkpoint(transaction)
    assert len(kept) == 5
    assert {(one.score, one.note) for one in kept} == {(None, None)}
    for proof in proofs:
        key = bank.keys.checkpoint.public_bytes
        prove_inclusion(proof, origin=log_origin(bank.keys), public_key=key)
    assert {one.state for one in certificates} == {CertificateState.ISSUED}
    assert not any(read_document(bank.settings.issued, one.serial) for one in certificates)
    assert after != before


def test_an_erasure_can_be_repeated_and_nothing_is_issued_any_more(bank: Bank) -> None:
    person = bank.erase(LEARNER, by="R-001", reason=ASKED).person
    document = bank.settings.issued / "left.pdf"
    again = bank.erase(person, by="R-001", reason=ASKED)

    assert not again.anew
    assert not document.exists()
    assert issue(bank, Wanted(learner=person)) == []
    assert [one for one in issue(bank, Wanted()) if one.learner == person] == []
    expect_clean(bank)


def test_a_certificate_that_waits_to_be_sealed_is_revoked(bank: Bank) -> None:
    who = "BB-005"
    with bank.writing() as transaction:
        due = find_due(transaction, Wanted(learner=who))
        planned = plan_certificates(transaction, due, terms=bank.terms, by="x")
    person = bank.erase(who, by="R-001", reason="retention-over").person
    with bank.reading() as transaction:
        kept = certificate_rows.certificates_of(transaction, person)
    assert len(planned) == len(kept) == 3
    assert {(one.state, one.reason) for one in kept} == {
        (CertificateState.REVOKED, "holder-erased"),
    }
    expect_clean(bank)


def test_only_a_registrar_erases_and_nobody_themselves(bank: Bank) -> None:
    with pytest.raises(NotAllowed, match="not-registrar"):
        bank.erase(LEARNER, by="T-001", reason=ASKED)
    with pytest.raises(NotAllowed, match="erase-oneself"):
        bank.erase("R-001", by="R-001", reason=ASKED)
    with pytest.raises(BadInput, match="unknown-erasure-reason"):
        bank.erase(LEARNER, by="R-001", reason="she asked me on the phone")
    with pytest.raises(NotFound, match="unknown-person"):
        bank.erase("NOBODY", by="R-001", reason=ASKED)
    expect_clean(bank)


def test_data_that_come_back_are_named_by_the_audit(bank: Bank) -> None:
    done = bank.erase(LEARNER, by="R-001", reason=ASKED)
    (bank.settings.issued / f"{done.serials[0]}.pdf").write_bytes(b"x")
    with tampering(bank) as connection:
        for statement in (
            "UPDATE people SET given = 'x' WHERE given = ''",
            "UPDATE records SET note = 'x' WHERE salt = X''",
            "UPDATE certificates SET plan = X'00' WHERE plan = X''",
        ):
            connection.exec_driver_sql(statement)
    found = bank.audit().findings

    codes = Counter(one.code for one in found)
    # A plan that came back has none of the addresses that its certificate was given.
    assert codes.keys() == {"not-erased", "certificate-differs"}
    assert codes["not-erased"] == 1 + 5 + len(done.serials) + 1


def test_the_verb_answers_what_it_did(bank: Bank) -> None:
    words = ("--home", str(bank.settings.home), "erase", LEARNER, "--by", "R-001")
    done = CliRunner().invoke(program, [*words, "--reason", ASKED, "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["erased"] is True
    refused = CliRunner().invoke(program, [*words, "--reason", "because"])
    assert refused.exit_code == 1
    assert "asked-by-the-person" in refused.stderr
