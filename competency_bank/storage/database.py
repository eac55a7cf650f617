"""The database: opened here, written in one transaction at a time, committed at the doors.

SQLite in one file, or PostgreSQL; one code path above this module. On both, writers stand in a
queue before their transaction sees anything, so that none of them has to be undone because of
another, and readers see one state and wait for nobody.

Trust: see ``tables``. A commit that fails raises, and the door answers with that failure.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from competency_bank.domain.clock import steady
from competency_bank.domain.errors import Conflict, RecordDamaged
from competency_bank.domain.log_tiles import Edge
from competency_bank.storage.engines import open_engine
from competency_bank.storage.log_state import LogState
from competency_bank.storage.mapped_row import table
from competency_bank.storage.plain_statements import ask
from competency_bank.storage.storage_faults import named_fault
from competency_bank.storage.tables import CheckpointRow

WRITERS_LOCK = 0x62616E6B
"""PostgreSQL advisory lock that a writer of the bank holds until its transaction ends."""

_AT = table(CheckpointRow).c.at.type
_NEWEST = {
    # As bytes: text that is damaged stops what signs, and nothing else.
    "sqlite": "SELECT size, CAST(note AS BLOB), at FROM checkpoints ORDER BY size DESC LIMIT 1",
    "postgresql": "SELECT size, note, at FROM checkpoints ORDER BY size DESC LIMIT 1",
}

CheckpointSigner: TypeAlias = Callable[[int, bytes], str]
"""Takes size and root hash of the log, returns the signed checkpoint as text."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One unit of work: everything in it is kept, or nothing. It has one time."""

    connection: Connection
    now: datetime
    """Moment of the transaction (UTC, whole seconds), given by the door's clock."""
    sign_checkpoint: CheckpointSigner
    log: LogState = field(default_factory=LogState)
    """What this process has proved of the log."""
    newest: tuple[int, str | bytes] | None = None
    """Size and note of the newest checkpoint when a writing transaction began, as stored; None in
    an empty log, and where nobody looked."""
    batches: list[tuple[Edge, str]] = field(default_factory=list)
    """Edge and checkpoint of the log after each batch that this transaction appended."""


def stored_bytes(value: object) -> bytes:
    """Return a stored blob; SQLite gives text back where somebody wrote text into it by hand."""
    return value.encode() if isinstance(value, str) else bytes(value or b"")  # type: ignore[call-overload]  # a blob


def stored_day(value: str | date) -> date:
    """Return a stored day as the driver gives it: SQLite keeps text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


class Database:
    """The bank's database and the key that signs its checkpoints."""

    def __init__(
        self, url: str, *, sign_checkpoint: CheckpointSigner, log: LogState | None = None
    ) -> None:
        """Prepare to open ``url``; nothing is read or made yet."""
        self._engine = open_engine(url)
        name = self._engine.dialect.name
        self._writing = self._engine.execution_options(**_WRITING[name])
        self._reading = self._engine.execution_options(**_READING[name])
        self._sign = sign_checkpoint
        self._log = LogState() if log is None else log

    @contextmanager
    def writing(self, now: datetime) -> Iterator[Transaction]:
        """Open the one writing transaction, commit it at the end, roll back on any error.

        Its time is never before that of the last checkpoint (``domain.clock.steady``). Raises
        Conflict("database-busy") when another writer does not finish in time, NotNow when disk,
        database or clock fail, RecordDamaged when the database is damaged; nothing was changed
        then.
        """
        with self._open(self._writing) as connection:
            newest, last = _newest(connection)
            moment = steady(now.replace(microsecond=0), last=last)
            opened = Transaction(connection, moment, self._sign, self._log, newest)
            yield opened
            connection.commit()
        if opened.batches:
            self._log.committed(opened.batches[-1][1], now)

    @contextmanager
    def reading(self, now: datetime) -> Iterator[Transaction]:
        """Open a transaction that sees one state of the bank and keeps no writer waiting."""
        with self._open(self._reading) as connection:
            yield Transaction(connection, now.replace(microsecond=0), self._sign, self._log)
            connection.commit()

    @contextmanager
    def _open(self, engine: Engine) -> Iterator[Connection]:
        """Lend a connection whose transaction has begun; nothing can be lost when that fails."""
        with _naming_faults(), engine.connect() as connection:
            connection.begin()
            yield connection

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection to migrations; like writers, they run one at a time."""
        with _naming_faults(), self._writing.connect() as connection, _rebuilding(connection):
            yield connection
            _expect_references(connection)
            connection.commit()

    def scrub(self) -> None:
        """Leave no trace of what was erased in the database's own files.

        SQLite overwrites what is deleted (``secure_delete``); copies of older pages stand in its
        write-ahead log until that is emptied, which waits for readers. PostgreSQL keeps dead rows
        until they are vacuumed; what its archive of writes and backups hold goes when they expire.
        """
        with self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
                return
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")
            outside.exec_driver_sql("VACUUM people, records, certificates, enrolments")
            outside.exec_driver_sql("VACUUM pending_sheets, answered_requests, roles")

    def close(self) -> None:
        """Give every connection back to the operating system."""
        self._log.close()
        self._engine.dispose()


_WRITING: dict[str, Any] = {
    "sqlite": {"begin": "BEGIN IMMEDIATE"},
    # After the lock every statement sees what the writer before has committed; a snapshot taken
    # with the first statement, as stricter levels do, would be older than the lock.
    "postgresql": {
        "isolation_level": "READ COMMITTED",
        "begin": f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})",
    },
}
_READING: dict[str, Any] = {
    "sqlite": {"begin": "BEGIN"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def _newest(connection: Connection) -> tuple[tuple[int, str | bytes] | None, datetime | None]:
    """Return size and note of the newest checkpoint and its moment, None for an empty log."""
    dialect = connection.dialect
    rows = ask(connection, _NEWEST[dialect.name])
    if not rows:
        return None, None
    size, note, at = rows[0]
    return (int(size), note), _moment_reader(dialect)(at)


@lru_cache(maxsize=8)
def _moment_reader(dialect: Dialect) -> Callable[[Any], Any]:
    """Return what turns a moment as the driver gives it into one in UTC."""
    read = _AT.dialect_impl(dialect).result_processor(dialect, None)
    if read is None:
        raise TypeError("moments are stored in a form of their own")
    return read


@contextmanager
def _naming_faults() -> Iterator[None]:
    """Raise what disk and database report by the bank's own names; see ``storage_faults``."""
    try:
        yield
    except NoConnectionFree as fault:
        raise Conflict("database-busy") from fault
    except (DBAPIError, sqlite3.Error) as fault:
        named = named_fault(fault)
        if named is None:
            raise
        raise named from fault


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables that others refer to.

    SQLite changes a column by building the table anew and dropping the old one; with foreign keys
    on, dropping it means deleting rows that others refer to (sqlite.org/lang_altertable, 7).
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _expect_references(connection: Connection) -> None:
    """Raise RecordDamaged when a rebuilt table lacks a row that others refer to."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RecordDamaged("database-damaged", table=broken[0])
