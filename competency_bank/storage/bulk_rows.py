"""Many rows of one table in one statement, as tuples.

SQLAlchemy builds a dictionary and a parameter object for each row, which costs more than the
database needs to keep it. Here the statement is compiled by SQLAlchemy for the database at hand,
and every value goes through the column's own type, but the rows are handed to the driver whole.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Dialect, LargeBinary, Table, insert

from competency_bank.storage.database import Transaction


def insert_tuples(
    transaction: Transaction,
    table: Table,
    columns: Sequence[str],
    *,
    rows: Iterable[tuple[object, ...]],
) -> None:
    """Insert ``rows``, each a value for each of ``columns``, in this order; none is harmless.

    Raises what ``execute`` raises, ``IntegrityError`` among it.
    """
    dialect = transaction.connection.dialect
    given = list(rows)
    if not given:
        return
    binders = [_binder(table.c[name], dialect) for name in columns]
    bound = dict(zip(columns, _bound_columns(given, binders), strict=True))
    statement = insert(table).compile(dialect=dialect, column_keys=list(columns))
    order = statement.positiontup
    ready: list[Any]
    if order is None:  # PostgreSQL's driver takes parameters by name
        ready = [dict(zip(columns, row, strict=True)) for row in zip(*bound.values(), strict=True)]
    else:
        ready = list(zip(*(bound[name] for name in order), strict=True))
    transaction.connection.exec_driver_sql(statement.string, ready)


Bind = Callable[[Any], Any]


class _Once(dict[Any, Any]):
    """Turns each distinct value into the driver's form once: a sheet repeats days and moments."""

    def __init__(self, bind: Bind) -> None:
        super().__init__()
        self._bind = bind

    def __missing__(self, value: object) -> object:
        self[value] = done = self._bind(value)
        return done


def _binder(column: Column[Any], dialect: Dialect) -> Bind | None:
    if isinstance(column.type, LargeBinary):  # every driver takes bytes as they are
        return None
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _bound_columns(
    rows: Iterable[tuple[object, ...]], binders: Sequence[Bind | None]
) -> list[Sequence[object]]:
    return [
        values if bind is None else list(map(_Once(bind).__getitem__, values))
        for values, bind in zip(zip(*rows, strict=True), binders, strict=True)
    ]
