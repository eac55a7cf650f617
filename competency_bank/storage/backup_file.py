"""A backup: one SQLite file with every table, from either database, into either database.

Taken in one reading transaction, so it is one state of the bank while others go on writing. It
holds no key. Trust: it is the database, with all its personal data; keep it as safely. Whoever
changes it is found out like whoever changes the database.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import insert, select
from sqlmodel import SQLModel

from competency_bank.domain.errors import Conflict, RecordDamaged
from competency_bank.storage.database import Database, Transaction
from competency_bank.storage.upgrading import upgrade

AT_ONCE = 1000
NEWEST = "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1"


def write_backup(transaction: Transaction, path: Path) -> None:
    """Write the state that the transaction sees, whole or not at all."""
    with _whole(path) as part:
        if transaction.connection.dialect.name == "sqlite":
            source = transaction.connection.connection.driver_connection
            with closing(sqlite3.connect(part)) as target:
                source.backup(target)  # type: ignore[union-attr]  # sqlite3.Connection
        else:
            _copy_to(transaction, _file_database(part))
        with closing(sqlite3.connect(part)) as target:
            # One file, not three: a copy of it is a copy of everything.
            target.execute("PRAGMA journal_mode=DELETE")
        _require_intact(part, path.name)


def backup_head(path: Path) -> str | None:
    """Return the newest checkpoint in a backup; raises RecordDamaged("backup-damaged")."""
    _require_intact(path, path.name)
    with _reading_file(path) as connection:
        row = connection.execute(NEWEST).fetchone()
    return None if row is None else str(row[0])


def put_in_place(path: Path, database: Path) -> None:
    """Make a backup the SQLite database; the one that stood there is kept beside it.

    Nobody may have the database open.
    """
    with _whole(database) as part:
        with _reading_file(path) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        if database.exists():
            database.replace(database.with_name(f"{database.name}.replaced"))
        for rest in ("-wal", "-shm"):  # they belong to the database that stood there
            database.with_name(database.name + rest).unlink(missing_ok=True)


def load_into(path: Path, database: Database) -> None:
    """Fill an empty database from a backup; raises Conflict("database-in-use")."""
    upgrade(database)
    source = _file_database(path)
    with source.connection() as reading, database.connection() as writing:
        for table in SQLModel.metadata.sorted_tables:
            if writing.execute(select(table).limit(1)).first() is not None:
                raise Conflict("database-in-use", name=table.name)
            names = [column.name for column in table.columns]
            rows = reading.execute(select(table)).partitions(AT_ONCE)
            for some in rows:
                named = [dict(zip(names, row, strict=True)) for row in some]
                writing.execute(insert(table), named)
    source.close()


def _copy_to(transaction: Transaction, target: Database) -> None:
    upgrade(target)
    with target.connection() as writing:
        for table in SQLModel.metadata.sorted_tables:
            names = [column.name for column in table.columns]
            query = select(table).execution_options(yield_per=AT_ONCE)
            for some in transaction.connection.execute(query).partitions():
                named = [dict(zip(names, row, strict=True)) for row in some]
                writing.execute(insert(table), named)
    target.close()


def _file_database(path: Path) -> Database:
    return Database(f"sqlite:///{path}", sign_checkpoint=lambda *_: "")


@contextmanager
def _reading_file(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup without changing it, and name whatever is wrong with it."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as found:
            yield found
    except sqlite3.DatabaseError as fault:
        raise RecordDamaged("backup-damaged", name=path.name, reason=str(fault)) from fault


def _require_intact(path: Path, name: str) -> None:
    with _reading_file(path) as connection:
        said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok":
        raise RecordDamaged("backup-damaged", name=name, reason=said)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Lend a name to write to; put it in place, safe from a power failure, when it is done."""
    part = path.with_name(f".{path.name}.part")
    for rest in ("", "-wal", "-shm"):
        part.with_name(part.name + rest).unlink(missing_ok=True)
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        for rest in ("", "-wal", "-shm"):
            part.with_name(part.name + rest).unlink(missing_ok=True)
