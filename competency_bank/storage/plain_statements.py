"""Statements handed to the driver as text.

A single pass is a dozen statements, and what SQLAlchemy builds around each costs more than SQLite
takes to answer it. ``?`` marks a parameter on every backend. Nothing here asks several at once:
PostgreSQL's pipeline mode costs psycopg more than it saves, unless the server is far away; what
belongs together is asked in one statement.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Rows: TypeAlias = list[tuple[Any, ...]]


def ask(connection: Connection, text: str, parameters: Sequence[object] = ()) -> Rows:
    """Return all rows of a query as the driver's own tuples.

    Raises what ``Connection.execute`` raises.
    """
    try:
        found = _driver(connection).execute(_marked(connection, text), parameters)
        rows: Rows = found.fetchall()
    except connection.dialect.loaded_dbapi.Error as fault:
        raise named_by_toolkit(connection, text, fault) from fault
    return rows


def tell(connection: Connection, text: str, rows: Sequence[Sequence[object]]) -> None:
    """Run a statement once for each of ``rows``; raises what ``Connection.execute`` raises."""
    try:
        if len(rows) == 1:
            _driver(connection).execute(_marked(connection, text), rows[0])
        elif rows:
            _driver(connection).cursor().executemany(_marked(connection, text), rows)
    except connection.dialect.loaded_dbapi.Error as fault:
        raise named_by_toolkit(connection, text, fault) from fault


def named_by_toolkit(connection: Connection, text: str, fault: Exception) -> Exception:
    """Return what the driver reported as SQLAlchemy would raise it, without any parameter."""
    base = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(text, None, fault, base, hide_parameters=True)


def _marked(connection: Connection, text: str) -> str:
    return text if connection.dialect.name == "sqlite" else _percent_marked(text)


@lru_cache(maxsize=128)
def _percent_marked(text: str) -> str:
    return text.replace("?", "%s")


def _driver(connection: Connection) -> Any:  # noqa: ANN401  (each driver's own type)
    return connection.connection.dbapi_connection
