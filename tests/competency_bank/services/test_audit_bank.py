"""The audit names what was edited behind the bank's back."""

from pathlib import Path

import pytest
from sqlalchemy import text

from competency_bank.bank import Bank
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.storage.ledger_rows import log_size
from tests.banks import BARBER, HOUSEKEEPING, expect_clean, record, school_bank
from tests.tampering import tampering

BYTES = {"space": b" ", "zeros": bytes(8192)}
SELECT_BODY = text('SELECT body FROM ledger_entries WHERE "index" = :index')
UPDATE_BODY = text('UPDATE ledger_entries SET body = :body WHERE "index" = :index')


@pytest.fixture
def bank(school: Bank) -> Bank:
    record(school, HOUSEKEEPING)
    record(school, BARBER)
    with school.writing() as transaction:
        withdraw_learner(transaction, "BB-005", class_id=BARBER, by="x")
    expect_clean(school)
    return school


def edit(bank: Bank, *statements: str) -> None:
    with tampering(bank) as connection:
        for statement in statements:
            given = {name: value for name, value in BYTES.items() if f":{name}" in statement}
            assert connection.execute(text(statement), given).rowcount > 0


def test_any_single_entry_that_is_edited_is_named(bank: Bank) -> None:
    with bank.reading() as transaction:
        size = log_size(transaction)
    for index in range(0, size, 7):
        where = {"index": index}
        with tampering(bank) as connection:
            old = connection.execute(SELECT_BODY, where).scalar()
            spoilt = bytes(old or b"").replace(b'"at":"20', b'"at":"19')
            connection.execute(UPDATE_BODY, where | {"body": spoilt})
        first = bank.audit().findings[0]
        with tampering(bank) as connection:
            connection.execute(UPDATE_BODY, where | {"body": old})

        assert first.entry == index
    expect_clean(bank)


BEHIND_THE_BACK: dict[str, tuple[tuple[str, ...], str]] = {
    "kind": (("UPDATE ledger_entries SET kind = 'x' WHERE \"index\" = 40",), "entry-columns"),
    "time": (
        ("UPDATE ledger_entries SET at = 'yesterday' WHERE \"index\" = 40",),
        "entry-columns",
    ),
    "body": (
        ('UPDATE ledger_entries SET body = body || :space WHERE "index" = 40',),
        "entry-changed",
    ),
    "delete": (('DELETE FROM ledger_entries WHERE "index" = 40',), "entry-missing"),
    "delete last": (
        ('DELETE FROM ledger_entries WHERE "index" = (SELECT max("index") FROM ledger_entries)',),
        "checkpoint-size",
    ),
    "swap": (
        (
            'UPDATE ledger_entries SET "index" = -1 WHERE "index" = 60',
            'UPDATE ledger_entries SET "index" = 60 WHERE "index" = 61',
            'UPDATE ledger_entries SET "index" = 61 WHERE "index" = -1',
        ),
        "entry-changed",
    ),
    "insert": (
        (
            (
                'INSERT INTO ledger_entries SELECT "index" + 1, kind, at, body '
                'FROM ledger_entries ORDER BY "index" DESC LIMIT 1'
            ),
        ),
        "entry-unsigned",
    ),
    "tile": (("UPDATE log_tiles SET hashes = :zeros WHERE level = 0",), "tile-changed"),
    "checkpoint": (
        ("UPDATE checkpoints SET note = 'x' WHERE size = (SELECT min(size) FROM checkpoints)",),
        "checkpoint-signature",
    ),
    "checkpoint gone": (
        ("DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints)",),
        "entry-unsigned",
    ),
    "record day": (
        ("UPDATE records SET passed_on = '2023-04-18' WHERE entry = 60",),
        "record-differs",
    ),
    "record score": (("UPDATE records SET score = 100 WHERE entry = 60",), "record-differs"),
    "record owner": (
        ("UPDATE records SET learner_id = 'somebody' WHERE entry = 60",),
        "record-differs",
    ),
    "record gone": (("DELETE FROM records WHERE entry = 60",), "record-missing"),
    "record void": (
        ("UPDATE records SET voided_entry = 3 WHERE entry = 60",),
        "record-void-unproved",
    ),
    "enrolment": (
        ("UPDATE enrolments SET state = 'completed' WHERE number = '17'",),
        "enrolment-differs",
    ),
    "enrolment gone": (("DELETE FROM enrolments WHERE state = 'withdrawn'",), "enrolment-missing"),
    "person": (("UPDATE people SET given = 'ใหม่' WHERE ref = 'HK-001'",), "person-differs"),
    "edition": (("UPDATE editions SET digest = 'x' WHERE owner = 'TST'",), "edition-differs"),
    "edition text": (
        ("UPDATE editions SET document = document || :space WHERE owner = 'TST'",),
        "edition-differs",
    ),
    "decision": (
        (
            (
                "INSERT INTO successions SELECT 'D-9', 'equals', 'a', 'b', '', "
                "(SELECT max(passed_on) FROM records), 'x', id, id FROM people WHERE ref = 'C-001'"
            ),
        ),
        "decision-differs",
    ),
    "completion": (
        ("INSERT INTO completions SELECT id, 'q', 'e' FROM people WHERE ref = 'HK-001'",),
        "completion-differs",
    ),
}
ONLY_IN_SQLITE: dict[str, tuple[tuple[str, ...], str]] = {
    "body as text": (
        ("UPDATE ledger_entries SET body = replace(body, '20', '19') WHERE \"index\" = 40",),
        "entry-changed",
    ),
    "unreadable day": (
        ("UPDATE records SET passed_on = 'soon' WHERE entry = 60",),
        "table-unreadable",
    ),
    "mapping text": (
        ("UPDATE course_maps SET document = replace(document, 'full', 'partial')",),
        "mapping-differs",
    ),
}


@pytest.mark.parametrize("name", BEHIND_THE_BACK)
def test_what_was_changed_by_sql_is_found(name: str, bank: Bank) -> None:
    statements, code = BEHIND_THE_BACK[name]
    edit(bank, *statements)

    assert code in {one.code for one in bank.audit().findings}


@pytest.mark.parametrize("name", ONLY_IN_SQLITE)
def test_values_of_another_type_are_found_too(name: str, tmp_path: Path) -> None:
    """SQLite keeps whatever it is given; PostgreSQL would refuse these."""
    bank = school_bank(tmp_path)
    record(bank, BARBER)
    statements, code = ONLY_IN_SQLITE[name]
    edit(bank, *statements)

    assert code in {one.code for one in bank.audit().findings}


def test_a_rewritten_history_does_not_match_its_signed_checkpoints(
    bank: Bank, tmp_path: Path
) -> None:
    """Whoever owns the database, but not the key, cannot make another history look signed."""
    other = school_bank(tmp_path / "other")
    record(other, HOUSEKEEPING)
    with other.reading() as transaction:
        rows = transaction.connection.execute(text("SELECT size, note FROM checkpoints")).all()
    with tampering(bank) as connection:
        connection.execute(text("DELETE FROM checkpoints"))
        for size, note in rows:
            connection.execute(
                text("INSERT INTO checkpoints VALUES (:s, '2026-01-01', :n)"),
                {"s": size, "n": note},
            )

    assert bank.audit().findings[0].code == "checkpoint-signature"
