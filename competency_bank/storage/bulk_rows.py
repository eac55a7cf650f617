"""Many rows of one table in one statement, as tuples.

SQLAlchemy builds a dictionary and a parameter object for each row, which costs more than the
database needs to keep it. Here every value goes through the column's own type, but the rows are
handed to the driver whole: to SQLite as parameters of one INSERT, to PostgreSQL by COPY.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Dialect, LargeBinary, Table

from competency_bank.storage.database import Transaction
from competency_bank.storage.plain_statements import named_by_toolkit, tell

Bind = Callable[[Any], Any]
FEW = 4
"""Rows up to which PostgreSQL takes INSERT sooner than COPY, which is two more trips to it."""


class Together:
    """Rows that are written together: where every statement is a trip, few rows take one trip.

    On PostgreSQL few rows wait for ``send``, and many go at once; SQLite is asked row by row.
    """

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing to send."""
        self._connection = connection
        self._waits = connection.dialect.name == "postgresql"
        self._waiting: list[tuple[str, Sequence[object]]] = []

    def insert(
        self, table: Table, columns: tuple[str, ...], *, rows: Iterable[tuple[object, ...]]
    ) -> None:
        """Insert as ``insert_tuples`` does; what it raises may come out of ``send``."""
        statement, given = _bound(self._connection, table, columns, rows=rows)
        if len(given) <= FEW:
            self.tell(statement.insert, given)
        else:
            _write(self._connection, statement, given)

    def tell(self, text: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each of ``rows``; none may read what another one writes."""
        if self._waits:
            self._waiting += [(text, row) for row in rows]
        else:
            tell(self._connection, text, rows)

    def send(self) -> None:
        """Write what waits, in one statement."""
        if not self._waiting:
            return
        *before, last = [text for text, _ in self._waiting]
        named = ", ".join(f"part{n} AS ({text})" for n, text in enumerate(before))
        row = [value for _, values in self._waiting for value in values]
        self._waiting = []
        tell(self._connection, f"WITH {named} {last}" if named else last, [row])


def insert_tuples(
    transaction: Transaction,
    table: Table,
    columns: tuple[str, ...],
    *,
    rows: Iterable[tuple[object, ...]],
) -> None:
    """Insert ``rows``, each a value for each of ``columns``, in this order; none is harmless.

    Raises what ``execute`` raises, ``IntegrityError`` among it.
    """
    statement, given = _bound(transaction.connection, table, columns, rows=rows)
    _write(transaction.connection, statement, given)


def _bound(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    *,
    rows: Iterable[tuple[object, ...]],
) -> tuple["_Statement", list[tuple[Any, ...]]]:
    """Return the statement that writes rows, and the rows in the driver's form."""
    given = list(rows)
    statement = _statement(table, columns, connection.dialect)
    if given and any(statement.binds):
        columns_given = zip(statement.binds, zip(*given, strict=True), strict=True)
        values = [
            each if bind is None else map(_Once(bind).__getitem__, each)
            for bind, each in columns_given
        ]
        given = list(zip(*values, strict=True))
    return statement, given


def _write(connection: Connection, statement: "_Statement", given: list[tuple[Any, ...]]) -> None:
    if statement.copy is not None and len(given) > FEW:
        _copy(connection, statement.copy, given, types=statement.types)
    else:
        tell(connection, statement.insert, given)


def _copy(
    connection: Connection, text: str, rows: list[tuple[Any, ...]], *, types: Sequence[str]
) -> None:
    """Hand rows to PostgreSQL's COPY, which takes six times as many a second as INSERT does.

    In binary form: the driver takes a third of the time to write it.
    """
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(text) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as fault:
        raise named_by_toolkit(connection, text, fault) from fault
    finally:
        cursor.close()


@dataclass(frozen=True, slots=True)
class _Statement:
    insert: str
    copy: str | None
    """Only PostgreSQL has it."""
    types: tuple[str, ...]
    """Type of every column as PostgreSQL names it, for COPY."""
    binds: tuple[Bind | None, ...]
    """For every column, what brings its values into the driver's form."""


@lru_cache(maxsize=32)
def _statement(table: Table, columns: tuple[str, ...], dialect: Dialect) -> _Statement:
    quote = dialect.identifier_preparer
    names = ", ".join(quote.quote(name) for name in columns)
    into = f"{quote.format_table(table)} ({names})"
    copies = dialect.name == "postgresql"
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608  (names of our own tables)
    copy = f"COPY {into} FROM STDIN (FORMAT BINARY)" if copies else None
    given = [table.c[name] for name in columns]
    types = tuple(one.type.compile(dialect).partition("(")[0].strip().lower() for one in given)
    return _Statement(insert, copy, types, tuple(_binder(one, dialect) for one in given))


def _binder(column: Column[Any], dialect: Dialect) -> Bind | None:
    if isinstance(column.type, LargeBinary):  # every driver takes bytes as they are
        return None
    return column.type.dialect_impl(dialect).bind_processor(dialect)


class _Once(dict[Any, Any]):
    """Turns each distinct value into the driver's form once: a sheet repeats days and moments."""

    def __init__(self, bind: Bind) -> None:
        super().__init__()
        self._bind = bind

    def __missing__(self, value: object) -> object:
        self[value] = done = self._bind(value)
        return done
