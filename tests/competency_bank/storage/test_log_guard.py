"""Nothing is signed over a log that is not the one that was signed before."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from competency_bank import bank as opened
from competency_bank.bank import Bank
from competency_bank.domain.errors import Conflict, RecordDamaged
from competency_bank.domain.ledger import SYSTEM, VERSION_LINE, Entry, EntryKind
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.storage import log_guard
from competency_bank.storage.ledger_rows import append_bodies, append_entries, log_size
from competency_bank.storage.log_proof_rows import inclusion_proof
from competency_bank.storage.log_state import ROOM, HeadFile
from tests.banks import BARBER, empty_bank, record, school_bank
from tests.tampering import tampering


def left_course(number: int) -> Entry:
    facts = {"learner": f"p{number}", "class": "c"}
    return Entry(EntryKind.COURSE_WITHDRAWN, opened.now(), SYSTEM, dict(facts))


def grow(bank: Bank, *counts: int, seconds: int = 0) -> None:
    for count in counts:
        with bank.database.writing(opened.now() + timedelta(seconds=seconds)) as transaction:
            append_entries(transaction, [left_course(n) for n in range(count)])


def edit(bank: Bank, *statements: str) -> None:
    with tampering(bank) as connection:
        for statement in statements:
            connection.execute(text(statement))


def stopped(bank: Bank) -> tuple[object, object]:
    """Return which entry the bank names, and why, when it refuses to append."""
    with pytest.raises(RecordDamaged, match="log-stopped") as caught:
        grow(bank, 1)
    return caught.value.values["entry"], caught.value.values["reason"]


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    made = empty_bank(tmp_path)
    grow(made, 300, 1, 299)
    with made.reading() as transaction:
        assert log_size(transaction) > 600
    return made


def again(bank: Bank) -> Bank:
    """Return the bank as a new process opens it."""
    bank.database.close()
    return opened.open_bank(bank.settings)


LAST = '(SELECT max("index") FROM ledger_entries)'
SABOTAGE = {
    "edited": (
        "UPDATE ledger_entries SET body = replace(body, 'p', 'q') WHERE \"index\" = 400",
        400,
        "entry-changed",
    ),
    "deleted": ('DELETE FROM ledger_entries WHERE "index" = 400', 400, "entry-missing"),
    "inserted": (
        f"INSERT INTO ledger_entries SELECT {LAST} + 1, 'x', 'x', 'x'",
        -1,
        "entry-unsigned",
    ),
    "leaf hash": (
        'UPDATE log_tiles SET hashes = zeroblob(8192) WHERE level = 0 AND "index" = 1',
        256,
        "entry-changed",
    ),
    "upper hash": (
        "UPDATE log_tiles SET hashes = zeroblob(length(hashes)) WHERE level = 1",
        0,
        "entry-changed",
    ),
    "tile gone": ("DELETE FROM log_tiles WHERE level = 1", 0, "entry-changed"),
    "tile too long": (
        "UPDATE log_tiles SET hashes = CAST(hashes || zeroblob(32) AS BLOB) WHERE level = 1",
        512,
        "tile-changed",
    ),
    "tile of text": (
        "UPDATE log_tiles SET hashes = CAST(hashes AS TEXT) WHERE level = 1",
        0,
        "database-damaged",
    ),
    "another root": (
        "UPDATE checkpoints SET note = (SELECT note FROM checkpoints ORDER BY size LIMIT 1)",
        0,
        "checkpoint-root",
    ),
    "no signature": ("UPDATE checkpoints SET note = 'x'", 0, "checkpoint-signature"),
}


@pytest.mark.parametrize("case", SABOTAGE.values(), ids=list(SABOTAGE))
def test_a_new_start_finds_any_damage_before_it_signs_and_names_the_entry(
    bank: Bank, case: tuple[str, int, str]
) -> None:
    statement, entry, reason = case
    bank.settings.log_head.unlink(missing_ok=True)
    edit(bank, statement)
    fresh = again(bank)
    bank.settings.log_head.unlink(missing_ok=True)
    with fresh.reading() as transaction:
        size = log_size(transaction)

    assert stopped(fresh) == (size if entry < 0 else entry, reason)
    with pytest.raises(RecordDamaged, match="log-stopped"):
        fresh.require_sound_log()
    with fresh.reading() as transaction:
        assert log_size(transaction) == size


def test_what_was_written_last_is_read_again_before_the_next_checkpoint(bank: Bank) -> None:
    edit(bank, f"UPDATE ledger_entries SET body = 'x' WHERE \"index\" = {LAST}")
    with bank.reading() as transaction:
        size = log_size(transaction)

    assert stopped(bank) == (size - 1, "entry-changed")


def test_a_stopped_bank_stays_stopped_until_it_is_mended_and_started_anew(bank: Bank) -> None:
    old = "SELECT hashes FROM log_tiles WHERE level = 1"
    with tampering(bank) as connection:
        hashes = connection.execute(text(old)).scalar()
        connection.execute(text("UPDATE log_tiles SET hashes = 'x' WHERE level = 1"))
    stopped(bank)
    with tampering(bank) as connection:
        mend = text("UPDATE log_tiles SET hashes = :hashes WHERE level = 1")
        connection.execute(mend, {"hashes": hashes})

    stopped(bank)
    fresh = again(bank)
    grow(fresh, 1)
    expect_no_log_findings(fresh)


def expect_no_log_findings(bank: Bank) -> None:
    found = {one.code for one in bank.audit().findings}
    assert found <= {"enrolment-missing"}  # the entries of this test stand for nobody


def test_reading_goes_on_while_signing_has_stopped(tmp_path: Path) -> None:
    bank = school_bank(tmp_path)
    record(bank, BARBER)
    edit(bank, "UPDATE ledger_entries SET body = 'x' WHERE \"index\" = 0")
    fresh = again(bank)
    with pytest.raises(RecordDamaged, match="log-stopped"), fresh.writing() as transaction:
        withdraw_learner(transaction, "BB-005", class_id=BARBER, by="x")

    with fresh.reading() as transaction:
        last = log_size(transaction) - 1
        assert inclusion_proof(transaction, last).index == last


def test_a_batch_that_was_not_kept_stops_nothing(bank: Bank) -> None:
    for _ in range(2):
        with pytest.raises(OSError, match="no room"), bank.writing() as transaction:  # noqa: PT012  (the batch must come before the failure)
            append_entries(transaction, [left_course(1)])
            append_entries(transaction, [left_course(2)])
            raise OSError("no room")
    grow(bank, 2, 3)
    expect_no_log_findings(bank)


def test_two_servers_append_in_turn_and_each_checks_what_the_other_wrote(bank: Bank) -> None:
    other = opened.open_bank(bank.settings)
    for _ in range(3):
        grow(bank, 5)
        grow(other, 300)
    expect_no_log_findings(bank)
    edit(bank, f"UPDATE ledger_entries SET body = 'x' WHERE \"index\" = {LAST} - 7")
    with bank.reading() as transaction:
        size = log_size(transaction)

    assert stopped(bank) == (size - 8, "entry-changed")
    other.database.close()


def test_a_writer_that_sees_an_older_head_loses_and_may_try_again(bank: Bank) -> None:
    """What PostgreSQL calls a snapshot: two writers begin on the same head."""
    with bank.reading() as transaction:
        size = log_size(transaction)
    taken = f"INSERT INTO ledger_entries SELECT {size}, kind, at, body FROM ledger_entries"
    with pytest.raises(Conflict, match="log-moved"), bank.writing() as transaction:  # noqa: PT012  (the other's entry comes between)
        log_guard.sound_edge(transaction)
        transaction.batches.append((transaction.log.known, ""))
        transaction.connection.execute(text(f'{taken} WHERE "index" = 0'))
        append_entries(transaction, [left_course(1)])
    grow(bank, 1)
    expect_no_log_findings(bank)


def test_an_older_copy_of_the_database_is_refused(bank: Bank, tmp_path: Path) -> None:
    bank.database.close()
    kept = tmp_path / "copy.sqlite"
    shutil.copy(tmp_path / "bank.sqlite", kept)
    fresh = again(bank)
    with fresh.reading() as transaction:
        size = log_size(transaction)
    grow(fresh, 4, seconds=5)
    fresh.database.close()
    shutil.copy(kept, tmp_path / "bank.sqlite")

    assert stopped(again(bank)) == (size, "log-went-back")


def test_an_older_copy_under_a_running_server_is_refused(bank: Bank) -> None:
    with bank.reading() as transaction:
        size = log_size(transaction)
    grow(bank, 4)
    with bank.writing() as transaction:
        log_guard.sound_edge(transaction)
    edit(
        bank,
        f"DELETE FROM checkpoints WHERE size > {size}",
        f'DELETE FROM ledger_entries WHERE "index" >= {size}',
    )
    assert stopped(bank) == (size, "log-went-back")


def test_another_log_of_the_same_length_is_refused(bank: Bank, tmp_path: Path) -> None:
    bank.database.close()
    kept = tmp_path / "copy.sqlite"
    shutil.copy(tmp_path / "bank.sqlite", kept)
    fresh = again(bank)
    grow(fresh, 4, seconds=5)
    with fresh.reading() as transaction:
        size = log_size(transaction)
    fresh.database.close()
    head = bank.settings.log_head.read_bytes()
    shutil.copy(kept, tmp_path / "bank.sqlite")
    bank.settings.log_head.unlink()
    grow(again(bank), 2, 3)
    bank.settings.log_head.write_bytes(head)

    assert stopped(again(bank)) == (size - 1, "log-forked")


def test_a_head_nobody_signed_stops_the_bank_too(bank: Bank) -> None:
    fresh = again(bank)
    bank.settings.log_head.write_text("x", encoding="utf-8")

    assert stopped(fresh) == (0, "checkpoint-signature")


def test_a_head_that_cannot_be_written_is_no_failed_commit(
    bank: Bank, caplog: pytest.LogCaptureFixture
) -> None:
    bank.settings.log_head.unlink()
    bank.settings.log_head.mkdir()
    grow(bank, 1, seconds=9)
    assert "head of the log was not kept" in caplog.text
    bank.settings.log_head.rmdir()
    grow(again(bank), 1)


def test_a_head_that_cannot_be_made_lasting_at_the_end_is_no_failure_either(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: HeadFile) -> None:
        raise OSError("no room")

    grow(bank, 1)
    with monkeypatch.context() as patched:
        patched.setattr(HeadFile, "flush", full)
        bank.database.close()
    assert "head of the log was not kept" in caplog.text


@pytest.mark.parametrize("before", ["", "old\n", "old\n--\n", "old\n--\ncut o", "old\n--"])
def test_the_head_read_back_is_the_one_kept_last_whatever_stood_there(
    tmp_path: Path, before: str
) -> None:
    path = tmp_path / "head"
    path.write_text(before, encoding="utf-8")
    head = HeadFile(path)
    for second in range(3):
        for kept in range(ROOM // 1000):
            note = f"{second} {kept}\n\n" + "x" * 1000 + "\n"
            head.keep(note, opened.now() + timedelta(seconds=second))
            assert head.read() == note
    assert path.stat().st_size < 2 * ROOM
    assert HeadFile(tmp_path / "none").read() is None


def test_a_head_that_was_cut_off_as_it_was_written_is_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "head"
    head = HeadFile(path)
    head.keep("one\n\n— a\n", opened.now())
    begun = path.stat().st_size
    head.keep("two\n\n— b\n", opened.now())
    whole = path.read_bytes()
    for length in range(begun, len(whole)):
        path.write_bytes(whole[:length])
        assert head.read() == "one\n\n— a\n"
    head.keep("three\n\n— c\n", opened.now())
    assert head.read() == "three\n\n— c\n"


def test_a_large_log_begins_with_the_newest_entries_and_reads_the_older_bit_by_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_guard, "START", 2000)
    monkeypatch.setattr(log_guard, "SWEEP", 1 << 15)
    bank = empty_bank(tmp_path)
    bodies = [(EntryKind.KEY_INTRODUCED, VERSION_LINE + b"%d" % n) for n in range(68_000)]
    with bank.writing() as transaction:
        append_bodies(transaction, bodies)
    fresh = again(bank)
    grow(fresh, 1, 1, 1)

    edit(bank, "UPDATE ledger_entries SET body = 'x' WHERE \"index\" IN (50000, 60000)")
    fresh = again(bank)
    grow(fresh, 1)
    assert stopped(fresh) == (50_000, "entry-changed")
    edit(bank, "UPDATE ledger_entries SET body = 'x' WHERE \"index\" = 67000")
    assert stopped(again(bank)) == (67_000, "entry-changed")
