"""The stored tiles and checkpoints of the log, read as fast as the driver goes.

A single proof or check reads a handful of rows; SQLAlchemy's own statements would cost more than
the reading. Only whole numbers are written into these texts.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.exc import DBAPIError

from competency_bank.storage.database import Transaction, stored_bytes

AT_ONCE = 400
"""Tiles or entries named in one statement; SQLite takes 500 rows of VALUES at least."""
_TILES = """WITH wanted (at_level, at_index) AS (VALUES %s)
SELECT level, "index", hashes FROM wanted JOIN log_tiles ON level = at_level AND "index" = at_index
"""
# Not WHERE (level, "index") IN (VALUES ...): SQLite reads all tiles then.
_BODIES = 'SELECT "index", body FROM ledger_entries WHERE "index" '
_NEWEST = "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1"
_NOTE = "SELECT note FROM checkpoints WHERE size = "


def read_tiles(
    transaction: Transaction, wanted: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], bytes]:
    """Return the hashes of these tiles by level and index; one that is not there is left out."""
    found = {}
    places = sorted(wanted)
    for at in range(0, len(places), AT_ONCE):
        listed = ",".join([f"({level:d},{index:d})" for level, index in places[at : at + AT_ONCE]])
        for level, index, hashes in _all(transaction, _TILES % listed):
            found[int(level), int(index)] = _whole(hashes)
    return found


def read_bodies(transaction: Transaction, indexes: Iterable[int]) -> dict[int, bytes]:
    """Return the stored bytes of these entries by index; one that is not there is left out."""
    found = {}
    ordered = sorted(indexes)
    for at in range(0, len(ordered), AT_ONCE):
        listed = ",".join([f"{index:d}" for index in ordered[at : at + AT_ONCE]])
        rows = _all(transaction, f"{_BODIES}IN ({listed})")
        found.update({int(index): _whole(body) for index, body in rows})
    return found


def bodies_from(transaction: Transaction, first: int, limit: int) -> list[tuple[int, bytes]]:
    """Return index and stored bytes of the next entries from ``first`` on, as they are stored."""
    mark = "?" if transaction.connection.dialect.name == "sqlite" else "%s"
    query = f'{_BODIES}>= {mark} ORDER BY "index" LIMIT {mark}'
    rows = _all(transaction, query, (first, limit))
    if {type(row[1]) for row in rows} <= {bytes}:
        return rows
    return [(at, _whole(body)) for at, body in rows]


def plain_rows(
    transaction: Transaction, query: str, at_once: int
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a query as the driver's own tuples, so many at a time.

    SQLAlchemy's rows cost as much again as reading them.
    """
    result = transaction.connection.exec_driver_sql(query)
    try:
        while rows := result.cursor.fetchmany(at_once):
            yield list(rows)
    finally:
        result.close()


def newest_checkpoint(transaction: Transaction) -> tuple[int, str] | None:
    """Return size and text of the newest checkpoint, None for an empty log."""
    rows = _all(transaction, _NEWEST)
    return (int(rows[0][0]), str(rows[0][1])) if rows else None


def note_at(transaction: Transaction, size: int) -> str | None:
    """Return the checkpoint that was signed at this size."""
    rows = _all(transaction, f"{_NOTE}{size:d}")
    return str(rows[0][0]) if rows else None


def _all(
    transaction: Transaction, query: str, parameters: tuple[int, ...] = ()
) -> list[tuple[Any, ...]]:
    """Return all rows of a query from the driver itself, faults as SQLAlchemy names them."""
    connection = transaction.connection
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(query, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as fault:
        base = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(query, None, fault, base, hide_parameters=True) from fault
    finally:
        cursor.close()
    return found


def _whole(value: object) -> bytes:
    return value if type(value) is bytes else stored_bytes(value)
