"""Writing behind the bank's back, as one who owns the database and drops its guards can."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from competency_bank.bank import Bank

_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def tampering(bank: Bank) -> Iterator[Connection]:
    """Lend a connection on which neither guards nor foreign keys hold; both stand again after."""
    with bank.database.connection() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            yield connection
            return
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        guards = connection.exec_driver_sql(_GUARDS).all()
        for name, _ in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards:
            connection.exec_driver_sql(sql)
