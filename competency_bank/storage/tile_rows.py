"""The stored tiles and checkpoints of the log, read as fast as the driver goes.

A single proof or check reads a handful of rows; SQLAlchemy's own statements would cost more than
the reading.
"""

from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter
from typing import Any

from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.plain_statements import ask

AT_ONCE = 400
"""Tiles or entries named in one statement; SQLite takes 500 rows of VALUES at least."""
_TILES = """WITH wanted (at_level, at_index) AS (VALUES %s)
SELECT level, "index", hashes FROM wanted JOIN log_tiles ON level = at_level AND "index" = at_index
"""
# Not WHERE (level, "index") IN (VALUES ...): SQLite reads all tiles then.
_BODIES = 'SELECT "index", body FROM ledger_entries WHERE "index" '
# PostgreSQL plans a statement anew each time if it cannot know how little is wanted: so no mark.
_NEXT_BODIES = f'{_BODIES}>= ? ORDER BY "index" LIMIT %d'
_ENTRY = -1
"""Stands where a tile has its level."""
_AND_NEXT = f'UNION ALL SELECT {_ENTRY}, next."index", next.body FROM ({_NEXT_BODIES}) AS next'  # noqa: S608  (statements of this module)
_NEWEST = "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1"
_NOTE = "SELECT note FROM checkpoints WHERE size = ?"


def read_tiles(
    transaction: Transaction, wanted: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], bytes]:
    """Return the hashes of these tiles by level and index; one that is not there is left out."""
    found = {}
    places = sorted(wanted)
    for at in range(0, len(places), AT_ONCE):
        some = places[at : at + AT_ONCE]
        for level, index, hashes in ask(transaction.connection, *_listed(_TILES, some)):
            found[int(level), int(index)] = _whole(hashes)
    return found


def entries_and_tiles(
    transaction: Transaction, first: int, limit: int, wanted: Collection[tuple[int, int]]
) -> tuple[list[tuple[int, bytes]], dict[tuple[int, int], bytes]]:
    """Return what ``bodies_from`` and ``read_tiles`` do, found by one statement.

    At least one tile must be wanted, and at most ``AT_ONCE``.
    """
    text, places = _listed(_TILES, sorted(wanted))
    entries, tiles = [], {}
    for level, index, blob in ask(
        transaction.connection, text + _AND_NEXT % limit, (*places, first)
    ):
        if level == _ENTRY:
            entries.append((int(index), _whole(blob)))
        else:
            tiles[int(level), int(index)] = _whole(blob)
    return sorted(entries, key=itemgetter(0)), tiles


def read_bodies(transaction: Transaction, indexes: Iterable[int]) -> dict[int, bytes]:
    """Return the stored bytes of these entries by index; one that is not there is left out."""
    found = {}
    ordered = sorted(indexes)
    for at in range(0, len(ordered), AT_ONCE):
        some = ordered[at : at + AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = ask(transaction.connection, f"{_BODIES}IN ({marks})", some)
        found.update({int(index): _whole(body) for index, body in rows})
    return found


def bodies_from(transaction: Transaction, first: int, limit: int) -> list[tuple[int, bytes]]:
    """Return index and stored bytes of the next entries from ``first`` on, as they are stored."""
    rows = ask(transaction.connection, _NEXT_BODIES % limit, (first,))
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
    rows = ask(transaction.connection, _NEWEST)
    return (int(rows[0][0]), str(rows[0][1])) if rows else None


def note_at(transaction: Transaction, size: int) -> str | None:
    """Return the checkpoint that was signed at this size."""
    rows = ask(transaction.connection, _NOTE, (size,))
    return str(rows[0][0]) if rows else None


def _listed(text: str, places: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """Return a statement with a mark for each of these tiles, and what the marks stand for."""
    marks = ",".join(["(?,?)"] * len(places))
    return text % marks, [number for place in places for number in place]


def _whole(value: object) -> bytes:
    return value if type(value) is bytes else stored_bytes(value)
