"""What databases and disks report, by the bank's own names.

A fault that is named is answered with a sentence and the advice to try again, or to restore; one
that is not is answered as an error nobody foresaw. Nothing is retried here: a failed commit is a
failed commit (PostgreSQL retried failed fsyncs for years, and could report success).
"""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError

from competency_bank.domain.errors import BankError, Conflict, NotNow, RecordDamaged

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_DISK_FAILS = frozenset({errno.EIO, errno.EROFS, errno.ENODEV})

_SQLITE = {
    "BUSY": "database-busy",
    "LOCKED": "database-busy",
    "FULL": "storage-full",
    "IOERR": "storage-failed",
    "CANTOPEN": "storage-failed",
    "READONLY": "storage-failed",
    "PROTOCOL": "storage-failed",
    "CORRUPT": "database-damaged",
    "NOTADB": "database-damaged",
}
"""By the second word of SQLite's name of its result code."""

_POSTGRESQL = {
    "40001": "database-busy",  # serialization failure: another transaction was first
    "40P01": "database-busy",  # deadlock: this transaction was the one given up
    "55P03": "database-busy",
    "53100": "storage-full",
    "58030": "storage-failed",
    "XX001": "database-damaged",
    "XX002": "database-damaged",
}
_POSTGRESQL_AWAY = ("08", "57P", "53")
"""Connection lost, server shutting down or out of resources (PostgreSQL appendix A)."""

_KINDS: dict[str, type[BankError]] = {
    "database-busy": Conflict,
    "storage-full": NotNow,
    "storage-failed": NotNow,
    "database-away": NotNow,
    "database-damaged": RecordDamaged,
}


def named_fault(fault: Exception) -> BankError | None:
    """Return what a fault of the database or a disk means to the bank, or None if it is neither.

    ``fault`` is of SQLAlchemy, of a driver or of the operating system.
    """
    code = _code(fault.orig if isinstance(fault, DBAPIError) and fault.orig else fault)
    return None if code is None else _KINDS[code](code)


def _code(fault: BaseException) -> str | None:
    if isinstance(fault, OSError):
        if fault.errno in _DISK_FULL:
            return "storage-full"
        return "storage-failed" if fault.errno in _DISK_FAILS else None
    if isinstance(fault, sqlite3.Error):
        return _of_sqlite(fault)
    state = getattr(fault, "sqlstate", None)
    if isinstance(state, str):
        away = "database-away" if state.startswith(_POSTGRESQL_AWAY) else None
        return _POSTGRESQL.get(state, away)
    # psycopg gives no state where no server answered.
    return "database-away" if type(fault).__name__ == "OperationalError" else None


def _of_sqlite(fault: sqlite3.Error) -> str | None:
    name = getattr(fault, "sqlite_errorname", None)
    if name is None:  # the driver's own: text that is no UTF-8, a value of no known type
        return "database-damaged" if isinstance(fault, sqlite3.OperationalError) else None
    return _SQLITE.get(str(name).split("_")[1])
