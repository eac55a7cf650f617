"""The database: opened here, written in one transaction at a time, committed at the doors.

SQLite in one file, or PostgreSQL; one code path above this module. On both, writers stand in a
queue before their transaction sees anything, so that none of them has to be undone because of
another, and readers see one state and wait for nobody.

Trust: see ``tables``. A commit that fails raises, and the door answers with that failure.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import ConnectionPoolEntry

from competency_bank.domain.clock import steady
from competency_bank.domain.errors import Conflict, RecordDamaged
from competency_bank.domain.log_tiles import Edge
from competency_bank.storage.log_state import LogState
from competency_bank.storage.mapped_row import table
from competency_bank.storage.storage_faults import named_fault
from competency_bank.storage.tables import CheckpointRow

BUSY_SECONDS = 20
"""How long a writer waits for another; a roster takes milliseconds."""

WAL_PAGES = "wal_autocheckpoint=4000"
"""SQLite copies its log into the database every so many pages of 4 KiB; with the default of 1,000
every second large sheet waits for that."""

WRITERS_LOCK = 0x62616E6B
"""PostgreSQL advisory lock that a writer of the bank holds until its transaction ends."""

_checkpoints = table(CheckpointRow)
_LAST_MOMENT = select(_checkpoints.c.at).order_by(_checkpoints.c.size.desc()).limit(1)

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
    batches: list[tuple[Edge, str]] = field(default_factory=list)
    """Edge and checkpoint of the log after each batch that this transaction appended."""


def stored_bytes(value: object) -> bytes:
    """Return a stored blob; SQLite gives text back where somebody wrote text into it by hand."""
    return value.encode() if isinstance(value, str) else bytes(value or b"")  # type: ignore[call-overload]  # a blob


class Database:
    """The bank's database and the key that signs its checkpoints."""

    def __init__(
        self, url: str, *, sign_checkpoint: CheckpointSigner, log: LogState | None = None
    ) -> None:
        """Prepare to open ``url``; nothing is read or made yet."""
        self._engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
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
        with self._open(now, _WRITING) as opened:
            last = opened.connection.execute(_LAST_MOMENT).scalar()
            yield replace(opened, now=steady(opened.now, last=last))

    @contextmanager
    def reading(self, now: datetime) -> Iterator[Transaction]:
        """Open a transaction that sees one state of the bank and keeps no writer waiting."""
        with self._open(now, _READING) as transaction:
            yield transaction

    @contextmanager
    def _open(self, now: datetime, how: dict[str, Any]) -> Iterator[Transaction]:
        batches: list[tuple[Edge, str]] = []
        with _naming_faults(), self._begun(how) as connection:
            moment = now.replace(microsecond=0)
            yield Transaction(connection, moment, self._sign, self._log, batches)
            connection.commit()
        if batches:
            self._log.committed(batches[-1][1], now)

    def _begun(self, how: dict[str, Any]) -> Connection:
        """Return a connection whose transaction has begun; nothing can be lost when that fails."""
        bare = self._engine.connect()
        connection = bare.execution_options(**how[bare.dialect.name])
        try:
            connection.begin()
        except DBAPIError:
            bare.close()
            raise
        return connection

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection to migrations; like writers, they run one at a time."""
        with _naming_faults(), self._engine.connect() as bare, _rebuilding(bare):
            connection = bare.execution_options(**_WRITING[bare.dialect.name])
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


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(url: str) -> Engine:
    """Open PostgreSQL; of several hosts in the address, the one that can be written to.

    A connection that waited in the pool is tried before it is lent: after a failover the old
    ones lead nowhere.
    """
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=BUSY_SECONDS, hide_parameters=True)
    milliseconds = int(BUSY_SECONDS * 1000)

    def configure(connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401  (the driver's own type)
        connection.execute(f"SET lock_timeout = {milliseconds}")
        connection.commit()

    event.listen(engine, "connect", configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure_sqlite(connection: object, _: ConnectionPoolEntry) -> None:
    """Make SQLite durable and strict; the driver's own transaction handling is switched off.

    Without the last, the driver would open a deferred transaction behind our back, and two
    writers that read first would fail with "locked" (measured: 2,100 of 2,400 writes).
    """
    connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3.Connection
    durable = ("journal_mode=WAL", "synchronous=FULL", WAL_PAGES)
    settings = (*durable, "foreign_keys=ON", "secure_delete=ON")
    for pragma in settings:
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]  # sqlite3.Connection


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


def _begin(connection: Connection) -> None:
    """Begin as the caller asked; what the driver begins by itself needs nothing more."""
    begin = connection.get_execution_options().get("begin")
    if begin is not None:
        connection.exec_driver_sql(str(begin))
