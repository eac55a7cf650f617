"""The ledger and its log: appended to, never changed.

Entries, the tiles that grew and one signed checkpoint are written in the caller's transaction, so
that a record and its proof are kept together or not at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from certificates.sealing.merkle import leaf_hash
from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.domain.ledger import Entry, EntryKind, canonical_bytes, read_entry, written
from competency_bank.domain.log_tiles import Edge, Tile, append, partial_tiles, root
from competency_bank.storage.bulk_rows import insert_tuples
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import CheckpointRow, LedgerEntryRow, LogTileRow

HASH_BYTES = 32

_entries = table(LedgerEntryRow)
_tiles = table(LogTileRow)
_checkpoints = table(CheckpointRow)


@dataclass(frozen=True, slots=True)
class Appended:
    """Where a batch of entries stands in the log, and the checkpoint that covers it."""

    first: int
    """Index of the first entry of the batch."""
    size: int
    """Size of the log after the batch."""
    checkpoint: str


def append_entries(transaction: Transaction, entries: Sequence[Entry]) -> Appended:
    """Append a batch and sign one checkpoint over the log with it.

    Raises Conflict("log-moved") when another writer appended meanwhile; nothing was kept then.
    """
    connection = transaction.connection
    edge = read_edge(transaction)
    bodies = [canonical_bytes(entry) for entry in entries]
    after, changed = append(edge, [leaf_hash(body) for body in bodies])
    rows = [
        (index, entry.kind.value, written(entry.at), body)
        for index, (entry, body) in enumerate(zip(entries, bodies, strict=True), start=edge.size)
    ]
    note = transaction.sign_checkpoint(after.size, root(after))
    try:
        insert_tuples(transaction, _entries, ("index", "kind", "at", "body"), rows=rows)
        connection.execute(
            insert(_checkpoints), {"size": after.size, "at": transaction.now, "note": note}
        )
    except IntegrityError as fault:
        raise Conflict("log-moved") from fault
    _write_tiles(transaction, changed, before=edge.size)
    return Appended(first=edge.size, size=after.size, checkpoint=note)


def read_edge(transaction: Transaction) -> Edge:
    """Return the size of the log and the partial tiles at its edge."""
    size = log_size(transaction)
    wanted = partial_tiles(size)
    depth = max((level for level, _ in wanted), default=-1) + 1
    partial: list[tuple[bytes, ...]] = [()] * depth
    for level, index in wanted:
        partial[level] = read_tile(transaction, level, index)
    return Edge(size, tuple(partial))


def read_tile(transaction: Transaction, level: int, index: int) -> tuple[bytes, ...]:
    """Return the hashes of one tile; empty where there is none."""
    where = (_tiles.c.level == level) & (_tiles.c.index == index)
    blob = transaction.connection.execute(select(_tiles.c.hashes).where(where)).scalar()
    return split_hashes(stored_bytes(blob))


def split_hashes(blob: bytes) -> tuple[bytes, ...]:
    """Return the 32-byte hashes that a stored tile holds one after the other."""
    return tuple(blob[i : i + HASH_BYTES] for i in range(0, len(blob), HASH_BYTES))


def log_size(transaction: Transaction) -> int:
    """Return how many entries the log has, by its last checkpoint."""
    last = select(_checkpoints.c.size).order_by(_checkpoints.c.size.desc()).limit(1)
    return int(transaction.connection.execute(last).scalar() or 0)


def latest_checkpoint(transaction: Transaction) -> str | None:
    """Return the newest signed checkpoint as text, or None for an empty log."""
    last = select(_checkpoints.c.note).order_by(_checkpoints.c.size.desc()).limit(1)
    note = transaction.connection.execute(last).scalar()
    return None if note is None else str(note)


def all_checkpoints(transaction: Transaction) -> list[tuple[int, str]]:
    """Return size and text of every checkpoint, oldest first."""
    query = select(_checkpoints.c.size, _checkpoints.c.note).order_by(_checkpoints.c.size)
    return [(int(size), str(note)) for size, note in transaction.connection.execute(query)]


def raw_entries(transaction: Transaction) -> Iterator[tuple[int, str, str, bytes]]:
    """Yield index, kind, time and stored bytes of every entry, in order, exactly as stored."""
    columns = (_entries.c.index, _entries.c.kind, _entries.c.at, _entries.c.body)
    query = select(*columns).order_by(_entries.c.index)
    for index, kind, at, body in transaction.connection.execute(query):
        yield int(index), str(kind), str(at), stored_bytes(body)


def level_zero(transaction: Transaction) -> Iterator[tuple[int, tuple[bytes, ...]]]:
    """Yield index and hashes of every tile of leaf hashes, in order."""
    query = select(_tiles.c.index, _tiles.c.hashes).where(_tiles.c.level == 0)
    for index, blob in transaction.connection.execute(query.order_by(_tiles.c.index)):
        yield int(index), split_hashes(stored_bytes(blob))


def entries_of(transaction: Transaction, kind: EntryKind) -> list[Entry]:
    """Return every entry of one kind, oldest first."""
    query = select(_entries.c.body).where(_entries.c.kind == kind.value)
    rows = transaction.connection.execute(query.order_by(_entries.c.index))
    return [read_entry(stored_bytes(body)) for (body,) in rows]


def entry_at(transaction: Transaction, index: int) -> Entry:
    """Return one entry; raises NotFound when the log has none at this index."""
    query = select(_entries.c.body).where(_entries.c.index == index)
    body = transaction.connection.execute(query).scalar()
    if body is None:
        raise NotFound("unknown-entry", name=index)
    return read_entry(stored_bytes(body))


def _write_tiles(transaction: Transaction, tiles: Sequence[Tile], *, before: int) -> None:
    """Replace the partial tiles of a log of size ``before`` that grew, and add all others."""
    grown = set(partial_tiles(before))
    rows = []
    for tile in tiles:
        hashes = b"".join(tile.hashes)
        where = (_tiles.c.level == tile.level) & (_tiles.c.index == tile.index)
        change = update(_tiles).where(where).values(hashes=hashes)
        known = (tile.level, tile.index) in grown
        if not (known and transaction.connection.execute(change).rowcount):
            rows.append((tile.level, tile.index, hashes))
    insert_tuples(transaction, _tiles, ("level", "index", "hashes"), rows=rows)
