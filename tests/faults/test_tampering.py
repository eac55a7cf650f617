"""Whoever owns the database can change a cell, but not so that the audit does not name it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Column, LargeBinary, Table, create_engine, text
from sqlmodel import SQLModel

from competency_bank.bank import Bank, open_bank
from competency_bank.domain.errors import BankError
from competency_bank.issue_run import issue
from competency_bank.services.correct_record import void_record
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.record_units import record_sheet
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.settings import Settings
from competency_bank.storage.certificate_rows import all_certificates
from competency_bank.storage.people_rows import find_person
from competency_bank.storage.record_rows import held_by
from tests.banks import expect_clean, sheet_of
from tests.faults.promises import scratch
from tests.faults.test_damage import VOUCHED
from tests.trips.stateful_bank import found_small_bank

FREE = {
    "log_tiles": {"level", "index"},  # named as a tile that is missing, by the row that is gone
    "people": {"ref", "national_id_code", "national_id_shown"},
    "course_maps": {"state", "proposed_by", "approved_by", "digest"},
    "successions": set(),
    "certificates": {"class_id"},
}
"""Columns that no entry states: the school's own number and the matching code of a person (all
outside what a proof may show), who proposed and approved a mapping and whether a later one retired
it, and the class that a certificate is listed under."""

CASES = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """A bank in which every vouched table that can has a row."""

    home: Path


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    with scratch() as folder:
        found_small_bank(folder / "home")
        bank = open_bank(Settings(home=folder / "home"))
        with bank.writing() as transaction:
            teacher, registrar = (find_person(transaction, ref).id for ref in ("T-1", "R-1"))
            sheet = sheet_of(
                "เลขที่,S1,S2,S3,วันที่ผ่าน,คะแนน", "1,ผ่าน,ผ่าน,,2021-01-05,80", "2,ผ่าน,,,2021-01-05,"
            )
            record_sheet(transaction, sheet, "K-1", by=teacher, pepper=bank.pepper)
        issue(bank, Wanted(learner="L-1"))
        with bank.writing() as transaction:
            serial = all_certificates(transaction)[0].serial
            revoke_certificate(transaction, serial, reason="issued-in-error", by=registrar)
            (own,) = held_by(transaction, find_person(transaction, "L-2").id)
            void_record(transaction, own.entry, by=teacher, reason="ทดสอบ")
            withdraw_learner(transaction, "L-2", class_id="K-1", by=teacher)
        expect_clean(bank)
        bank.database.close()
        yield Kept(folder / "home")


def spoil(path: Path, statement: str) -> int:
    """Run a statement as somebody who owns the file does: past every guard; returns rows hit."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for (name,) in triggers.all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        count = connection.execute(text(statement)).rowcount
    engine.dispose()
    return count


def named(home: Path) -> list[str]:
    """Return what an audit names; a database that cannot be read at all is named as damaged."""
    bank: Bank = open_bank(Settings(home=home))
    try:
        return [one.code for one in bank.audit().findings]
    except BankError as fault:
        return [fault.code]
    finally:
        bank.database.close()


def other_value(column: Column[object]) -> str:
    """Return SQL for another value of the same column: bytes, text, number or moment."""
    name = f'"{column.name}"'
    if isinstance(column.type, LargeBinary):
        return f"CAST(replace(CAST({name} AS TEXT), 'e', 'f') AS BLOB) || x'00'"
    kind = column.type.python_type.__name__ if hasattr(column.type, "python_type") else "datetime"
    if kind in {"int", "bool", "Decimal"}:
        return f"coalesce({name}, 0) + 1"
    if kind == "date":
        return f"date(coalesce({name}, '2000-01-01'), '-1 day')"
    if kind == "datetime":
        return f"strftime('%Y-%m-%d %H:%M:%S', coalesce({name}, 'now'), '-1 day') || '.000000'"
    return f"coalesce({name}, '') || 'x'"


def edits() -> Iterator[tuple[str, str, str]]:
    """Yield table, what is done, and the statement, for every vouched table."""
    for name in VOUCHED:
        table: Table = SQLModel.metadata.tables[name]
        one = f"rowid = (SELECT max(rowid) FROM {name})"
        if name == "records":  # a table without row ids
            one = "entry = (SELECT max(entry) FROM records WHERE voided_entry IS NULL)"
        for column in table.columns:
            if column.name not in FREE.get(name, set()):
                change = f'UPDATE {name} SET "{column.name}" = {other_value(column)} WHERE {one}'
                yield name, f"edits {column.name}", change
        yield name, "deletes", f"DELETE FROM {name} WHERE {one}"


def test_every_cell_and_row_that_is_changed_by_sql_is_named(kept: Kept) -> None:
    done, silent = 0, []
    for name, what, statement in edits():
        with scratch() as folder:
            shutil.copytree(kept.home, folder / "home")
            try:
                hit = spoil(folder / "home" / "bank.sqlite", statement)
            except Exception as refusal:  # noqa: BLE001  (a rule of the table itself forbids it)
                assert "constraint" in str(refusal), statement
                continue
            if hit:
                done += 1
                if not named(folder / "home"):
                    silent.append(f"{name} {what}")

    assert ", ".join(silent) == ""
    assert done >= CASES


INSERTED = {
    "an entry": (
        'INSERT INTO ledger_entries SELECT max("index") + 1, kind, at, body FROM ledger_entries'
    ),
    "a pass": (
        "INSERT INTO records SELECT 'somebody', unit_key, entry + 1000, edition, basis, class_id,"
        " passed_on, recorded_at, recorded_by, NULL, NULL, score, note, salt FROM records LIMIT 1"
    ),
    "a pass that another entry states": (
        "INSERT INTO records SELECT learner_id, 'sml-s5', entry, edition, basis, class_id,"
        " passed_on, recorded_at, recorded_by, NULL, NULL, score, note, salt FROM records LIMIT 1"
    ),
    "a certificate": (
        "INSERT INTO certificates SELECT learner_id, serial || '9', kind, subject || 'x', class_id,"
        " state, plan, rests_on, planned_at, document_digest, revoked_at, reason"
        " FROM certificates LIMIT 1"
    ),
    "a paper code": (
        "INSERT INTO paper_codes SELECT code || 'x', learner_id, serial FROM paper_codes LIMIT 1"
    ),
    "a place on a status list": (
        'INSERT INTO status_slots SELECT list_number, "index" + 1, serial, revoked'
        " FROM status_slots LIMIT 1"
    ),
    "a checkpoint": (
        "INSERT INTO checkpoints SELECT size + 1, at, note FROM checkpoints"
        " ORDER BY size DESC LIMIT 1"
    ),
    "a tile": 'INSERT INTO log_tiles SELECT level, "index" + 1, hashes FROM log_tiles LIMIT 1',
    "an edition": (
        "INSERT INTO editions SELECT id || 'x', owner, released, digest, document FROM editions"
    ),
    "two entries in the other order": (
        "UPDATE ledger_entries SET body = (SELECT body FROM ledger_entries AS other WHERE"
        ' other."index" = CASE ledger_entries."index" WHEN 9 THEN 10 ELSE 9 END)'
        ' WHERE "index" IN (9, 10)'
    ),
}


@pytest.mark.parametrize("what", INSERTED)
def test_what_is_inserted_or_put_in_another_order_is_named(kept: Kept, what: str) -> None:
    with scratch() as folder:
        shutil.copytree(kept.home, folder / "home")
        assert spoil(folder / "home" / "bank.sqlite", INSERTED[what]) > 0
        assert named(folder / "home"), what


PASSING = (
    *("sessions", "sign_in_links", "pending_sheets", "answered_requests", "quarantine"),
    *("shares", "share_views", "used_nonces", "wallet_requests", "wallet_grants"),
    *("host_clients", "host_grants", "host_profiles", "foreign_credentials"),
)
"""Who may come in, what waits, and what belongs to other offices: no part of the record."""

UNSTATED = ("schools", "roles", "courses", "classes", "class_teachers", "enrolments", "counters")
"""No entry states these (of enrolments: their end is stated, their beginning is not)."""

SIGNED = ("cosignatures", "public_keys")
"""Proved by signatures of their own, or named by a thumbprint that stands in the ledger."""


def test_every_table_is_vouched_for_or_known_not_to_be() -> None:
    """A new table must say which: silence would let it be changed unseen."""
    known = {*VOUCHED, *PASSING, *UNSTATED, *SIGNED}

    assert sorted(set(SQLModel.metadata.tables) - known) == []
