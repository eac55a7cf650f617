"""What a disk or a database reports has a name, a sentence and an answer."""

import errno
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from competency_bank.domain.errors import BankError, Conflict, NotNow, RecordDamaged
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind
from competency_bank.domain.messages import SENTENCES
from competency_bank.storage.database import Database
from competency_bank.storage.ledger_rows import append_entries
from competency_bank.storage.storage_faults import named_fault
from competency_bank.storage.upgrading import upgrade
from tests.banks import NOON


class Reported(Exception):
    """Stands for what PostgreSQL's driver raises: it carries the server's own code."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


class OperationalError(Exception):
    """Named as the driver names it when no server answers at all."""


def of_sqlite(name: str | None) -> sqlite3.Error:
    fault = sqlite3.OperationalError("as the library words it")
    if name is not None:
        fault.sqlite_errorname = name
    return fault


@pytest.mark.parametrize(
    ("fault", "code", "kind"),
    [
        (of_sqlite("SQLITE_BUSY"), "database-busy", Conflict),
        (of_sqlite("SQLITE_BUSY_SNAPSHOT"), "database-busy", Conflict),
        (of_sqlite("SQLITE_FULL"), "storage-full", NotNow),
        (of_sqlite("SQLITE_IOERR_FSYNC"), "storage-failed", NotNow),
        (of_sqlite("SQLITE_CORRUPT_INDEX"), "database-damaged", RecordDamaged),
        (of_sqlite("SQLITE_NOTADB"), "database-damaged", RecordDamaged),
        (of_sqlite(None), "database-damaged", RecordDamaged),
        (OSError(errno.ENOSPC, "full"), "storage-full", NotNow),
        (OSError(errno.EIO, "gone"), "storage-failed", NotNow),
        (Reported("40001"), "database-busy", Conflict),
        (Reported("53100"), "storage-full", NotNow),
        (Reported("57P01"), "database-away", NotNow),
        (Reported("08006"), "database-away", NotNow),
        (Reported("XX001"), "database-damaged", RecordDamaged),
        (OperationalError(), "database-away", NotNow),
    ],
)
def test_a_fault_is_named_and_has_a_sentence(
    fault: Exception, code: str, kind: type[BankError]
) -> None:
    named = named_fault(fault)

    assert isinstance(named, kind)
    assert named.code == code
    assert code in SENTENCES


@pytest.mark.parametrize(
    "fault",
    [
        of_sqlite("SQLITE_CONSTRAINT_UNIQUE"),
        sqlite3.ProgrammingError("wrong call"),
        FileNotFoundError(errno.ENOENT, "no file"),
        Reported("23505"),
        ValueError("a mistake of ours"),
    ],
)
def test_what_is_no_fault_of_disk_or_database_gets_no_name(fault: Exception) -> None:
    assert named_fault(fault) is None


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/bank.sqlite", sign_checkpoint=lambda n, _: str(n))
    upgrade(made)
    yield made
    made.close()


def test_a_file_that_is_no_database_is_said_to_be_damaged(
    database: Database, tmp_path: Path
) -> None:
    database.close()
    (tmp_path / "bank.sqlite").write_bytes(b"no database at all" * 100)

    with pytest.raises(RecordDamaged, match="database-damaged"), database.reading(NOON):
        pass


def test_a_rule_of_the_tables_that_is_broken_keeps_its_own_name(database: Database) -> None:
    twice = text("INSERT INTO schools VALUES ('s', 'x', 'x')")
    with pytest.raises(IntegrityError), database.writing(NOON) as transaction:  # noqa: PT012  (both inserts in one transaction)
        transaction.connection.execute(twice)
        transaction.connection.execute(twice)


def known(number: int) -> dict[str, str]:
    return {"person": f"p{number}", "commitment": "0" * 64}


def test_entries_never_go_back_in_time(database: Database) -> None:
    """A little behind, the clock waits for the log; far behind, nothing is written."""
    with database.writing(NOON) as transaction:
        entry = Entry(EntryKind.PERSON_KNOWN, transaction.now, SYSTEM, known(1))
        append_entries(transaction, [entry])

    with database.writing(NOON - timedelta(minutes=4)) as transaction:
        assert transaction.now == NOON
    with database.writing(NOON + timedelta(seconds=1)) as transaction:
        assert transaction.now == NOON + timedelta(seconds=1)
    with (
        pytest.raises(NotNow, match="clock-behind") as caught,
        database.writing(NOON - timedelta(minutes=6)),
    ):
        pass
    assert "04:54:00" in str(caught.value.values["now"])
    with database.reading(NOON - timedelta(days=9)) as transaction:
        assert transaction.now == NOON - timedelta(days=9), "looking back is no offence"
