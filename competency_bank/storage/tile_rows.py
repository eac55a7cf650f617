"""The stored tiles and checkpoints of the log, read as fast as the driver goes.

A single proof or check reads a handful of rows; SQLAlchemy's own statements would cost more than
the reading. Only whole numbers are written into these texts.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from competency_bank.storage.database import Transaction, stored_bytes

AT_ONCE = 400
"""Tiles or entries named in one statement; SQLite takes 500 rows of VALUES at least."""
_TILES = 'SELECT level, "index", hashes FROM log_tiles WHERE (level, "index") IN (VALUES '
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
        for level, index, hashes in transaction.connection.exec_driver_sql(f"{_TILES}{listed})"):
            found[(int(level), int(index))] = stored_bytes(hashes)
    return found


def read_bodies(transaction: Transaction, indexes: Iterable[int]) -> dict[int, bytes]:
    """Return the stored bytes of these entries by index; one that is not there is left out."""
    found = {}
    ordered = sorted(indexes)
    for at in range(0, len(ordered), AT_ONCE):
        listed = ",".join([f"{index:d}" for index in ordered[at : at + AT_ONCE]])
        rows = transaction.connection.exec_driver_sql(f"{_BODIES}IN ({listed})")
        found.update({int(index): stored_bytes(body) for index, body in rows})
    return found


def bodies_from(transaction: Transaction, first: int, limit: int) -> list[tuple[int, bytes]]:
    """Return index and stored bytes of the next entries from ``first`` on, as they are stored."""
    query = f'{_BODIES}>= {first:d} ORDER BY "index" LIMIT {limit:d}'
    rows = [row for some in plain_rows(transaction, query, limit or 1) for row in some]
    return [(at, body if type(body) is bytes else stored_bytes(body)) for at, body in rows]


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
    row = transaction.connection.exec_driver_sql(_NEWEST).first()
    return None if row is None else (int(row[0]), str(row[1]))


def note_at(transaction: Transaction, size: int) -> str | None:
    """Return the checkpoint that was signed at this size."""
    row = transaction.connection.exec_driver_sql(f"{_NOTE}{size:d}").first()
    return None if row is None else str(row[0])
