"""The ledger and its log: appended to, never changed.

Entries, the tiles that grew and one signed checkpoint are written in the caller's transaction, so
that a record and its proof are kept together or not at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from certificates.sealing.log_proof import LONGEST_ENTRY
from certificates.sealing.merkle import leaf_hashes
from competency_bank.domain.errors import BadInput, Conflict, NotFound
from competency_bank.domain.ledger import Entry, EntryKind, canonical_bytes, read_entry, written
from competency_bank.domain.log_tiles import Tile, append, partial_tiles, root
from competency_bank.storage.bulk_rows import Together
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.log_guard import sound_edge
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import CheckpointRow, LedgerEntryRow, LogTileRow
from competency_bank.storage.tile_rows import plain_rows

_entries = table(LedgerEntryRow)
_tiles = table(LogTileRow)
_checkpoints = table(CheckpointRow)
_GROW_TILE = 'UPDATE log_tiles SET hashes = ? WHERE level = ? AND "index" = ?'
_ALL = 'SELECT "index", kind, at, body FROM ledger_entries ORDER BY "index"'
_ALL_TILES = 'SELECT level, "index", hashes FROM log_tiles'
_BODY = 3
AT_ONCE = 4096
"""Rows that are fetched together when all entries are read."""


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

    Raises Conflict("log-moved") when another writer appended meanwhile, and
    RecordDamaged("log-stopped") when what is stored disagrees with what was signed; nothing was
    kept then.
    """
    return _append(
        transaction,
        [(entry.kind.value, written(entry.at), canonical_bytes(entry)) for entry in entries],
    )


def append_bodies(transaction: Transaction, bodies: Sequence[tuple[EntryKind, bytes]]) -> Appended:
    """Append entries whose canonical bytes the caller built, all written at ``transaction.now``.

    This is ``append_entries`` for trips that write thousands of entries of one form; the audit
    reads every one of them back, and one that is not canonical or of another moment is damage.

    Raises as ``append_entries``.
    """
    at = written(transaction.now)
    return _append(transaction, [(kind.value, at, body) for kind, body in bodies])


def _append(transaction: Transaction, coming: Sequence[tuple[str, str, bytes]]) -> Appended:
    if any(len(body) > LONGEST_ENTRY for _, _, body in coming):
        raise BadInput("entry-too-long", limit=LONGEST_ENTRY)
    edge = sound_edge(transaction)
    after, changed = append(edge, leaf_hashes([body for _, _, body in coming]))
    rows = [
        (index, kind, at, body) for index, (kind, at, body) in enumerate(coming, start=edge.size)
    ]
    head = (after.size, root(after))
    note = transaction.sign_checkpoint(*head)
    transaction.log.signed = (note, head)
    together = Together(transaction.connection)
    try:
        together.insert(_entries, ("index", "kind", "at", "body"), rows=rows)
        signed = (after.size, transaction.now, note)
        together.insert(_checkpoints, ("size", "at", "note"), rows=[signed])
        _write_tiles(together, changed, before=edge.size)
        together.send()
    except IntegrityError as fault:
        raise Conflict("log-moved") from fault
    transaction.batches.append((after, note))
    return Appended(first=edge.size, size=after.size, checkpoint=note)


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


def entry_batches(transaction: Transaction) -> Iterator[list[tuple[int, str, str, bytes]]]:
    """Yield index, kind, time and stored bytes of every entry, in order, exactly as stored.

    Many at a time: a call for each would take as long as reading it.
    """
    for rows in plain_rows(transaction, _ALL, AT_ONCE):
        # By place: taking each row apart costs five times as much.
        if {type(row[_BODY]) for row in rows} <= {bytes}:
            yield rows
        else:
            yield [(index, kind, at, stored_bytes(body)) for index, kind, at, body in rows]


def raw_entries(transaction: Transaction) -> Iterator[tuple[int, str, str, bytes]]:
    """Yield the entries of ``entry_batches`` one by one."""
    for some in entry_batches(transaction):
        for index, kind, at, body in some:
            yield int(index), str(kind), str(at), body


def all_tiles(transaction: Transaction) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield level and index, and the hashes, of every tile exactly as stored."""
    for some in plain_rows(transaction, _ALL_TILES, AT_ONCE):
        for level, index, blob in some:
            yield (int(level), int(index)), stored_bytes(blob)


def entries_of(transaction: Transaction, kind: EntryKind) -> list[Entry]:
    """Return every entry of one kind, oldest first; passes are many, and no index finds them."""
    where = _entries.c.kind == kind.value
    if kind is not EntryKind.UNIT_PASSED:
        # Said twice so that the index of the rarer kinds is used whatever the parameter holds.
        where &= text("kind <> 'unit-passed'")
    query = select(_entries.c.body).where(where)
    rows = transaction.connection.execute(query.order_by(_entries.c.index))
    return [read_entry(stored_bytes(body)) for (body,) in rows]


def indexed_entries_of(transaction: Transaction, kind: EntryKind) -> Iterator[tuple[int, Entry]]:
    """Yield every entry of one kind with its index, oldest first."""
    query = select(_entries.c.index, _entries.c.body).where(_entries.c.kind == kind.value)
    for index, body in transaction.connection.execute(query.order_by(_entries.c.index)):
        yield int(index), read_entry(stored_bytes(body))


def entries_from(
    transaction: Transaction, first: int, *, kinds: Sequence[EntryKind], limit: int
) -> list[tuple[int, Entry]]:
    """Return at most ``limit`` entries of these kinds from index ``first`` on, with their index."""
    named = _entries.c.kind.in_([kind.value for kind in kinds])
    query = select(_entries.c.index, _entries.c.body).where(named & (_entries.c.index >= first))
    rows = transaction.connection.execute(query.order_by(_entries.c.index).limit(limit))
    return [(int(index), read_entry(stored_bytes(body))) for index, body in rows]


def entry_at(transaction: Transaction, index: int) -> Entry:
    """Return one entry; raises NotFound when the log has none at this index."""
    query = select(_entries.c.body).where(_entries.c.index == index)
    body = transaction.connection.execute(query).scalar()
    if body is None:
        raise NotFound("unknown-entry", name=index)
    return read_entry(stored_bytes(body))


def _write_tiles(together: Together, tiles: Sequence[Tile], *, before: int) -> None:
    """Replace the partial tiles of a log of size ``before`` that grew, and add all others."""
    known = set(partial_tiles(before))
    grown, new = [], []
    for tile in tiles:
        if (tile.level, tile.index) in known:
            grown.append((tile.hashes, tile.level, tile.index))
        else:
            new.append((tile.level, tile.index, tile.hashes))
    together.tell(_GROW_TILE, grown)
    together.insert(_tiles, ("level", "index", "hashes"), rows=new)
