"""Many rows of one table in one statement, as tuples.

SQLAlchemy builds a dictionary and a parameter object for each row, which costs more than the
database needs to keep it. Here the statement is compiled by SQLAlchemy for the database at hand,
and every value goes through the column's own type, but the rows are handed to the driver whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Dialect, LargeBinary, Table, insert

from competency_bank.storage.database import Transaction

Bind = Callable[[Any], Any]


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
    given = list(rows)
    if not given:
        return
    statement = _statement(table, columns, transaction.connection.dialect)
    values = {
        name: each if bind is None else list(map(_Once(bind).__getitem__, each))
        for (name, bind), each in zip(statement.binds, zip(*given, strict=True), strict=True)
    }
    ready: list[Any]
    if statement.order is None:  # PostgreSQL's driver takes parameters by name
        ready = [dict(zip(columns, row, strict=True)) for row in zip(*values.values(), strict=True)]
    else:
        ready = list(zip(*(values[name] for name in statement.order), strict=True))
    transaction.connection.exec_driver_sql(statement.text, ready)


@dataclass(frozen=True, slots=True)
class _Statement:
    text: str
    order: tuple[str, ...] | None
    """Columns as the text wants them; None where the driver takes parameters by name."""
    binds: tuple[tuple[str, Bind | None], ...]
    """Every column, and what brings its values into the driver's form."""


@lru_cache(maxsize=32)
def _statement(table: Table, columns: tuple[str, ...], dialect: Dialect) -> _Statement:
    made = insert(table).compile(dialect=dialect, column_keys=list(columns))
    order = None if made.positiontup is None else tuple(made.positiontup)
    return _Statement(
        made.string, order, tuple((name, _binder(table.c[name], dialect)) for name in columns)
    )


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
