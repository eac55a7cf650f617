"""The check before anything is signed, and the stop switch.

Before each checkpoint the tree is recomputed from the stored entries: those that came since the
last one, with every tile they touch and the edge of the log; at the start of a process the newest
``START`` entries, and older ones bit by bit with each batch that follows. Whatever is wrong stops
recording and signing until somebody has looked and started the bank anew; reading goes on.

1. The log is at least as long as the head this bank has signed, and holds that very head.
2. Entries stand one after the other, none missing, none beyond the newest checkpoint.
3. Their hashes are those of the stored tiles, at every level.
4. The root of the tree is the one that the newest checkpoint signs.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.exc import DBAPIError

from certificates.errors import CertificateError
from certificates.sealing.merkle import HASH_BYTES, leaf_hashes
from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.log_tiles import (
    HEIGHT,
    WIDTH,
    Edge,
    append,
    partial_tiles,
    root,
    touched,
    width_at,
)
from competency_bank.storage.database import Transaction
from competency_bank.storage.log_state import LogState
from competency_bank.storage.storage_faults import named_fault
from competency_bank.storage.tile_rows import (
    bodies_from,
    entries_and_tiles,
    newest_checkpoint,
    note_at,
    read_tiles,
)

START = 1 << 18
"""Entries read again when a process begins; about a third of a second."""
AT_ONCE = 1 << 13
SWEEP = 1 << 12
"""Older entries read again with each batch after a start, until all were."""
ALIGNED = WIDTH * WIDTH


def sound_edge(transaction: Transaction) -> Edge:
    """Return the edge of the log, proved as far as this process has not proved it before.

    Raises RecordDamaged("log-stopped") naming the first entry that disagrees, now and ever after.
    """
    if transaction.batches:
        return transaction.batches[-1][0]
    state = transaction.log
    with state.lock:
        _require_going(state)
        try:
            _advance(transaction, state)
        except RecordDamaged as fault:
            state.stopped = fault
        except DBAPIError as fault:
            if not isinstance(named_fault(fault), RecordDamaged):  # busy, or no room: may pass
                raise
            state.stopped = RecordDamaged("database-damaged", entry=state.known.size)
    _require_going(state)
    return state.known


def require_sound(transaction: Transaction) -> None:
    """Check the log if this process has not yet; raises as ``sound_edge``.

    For those who watch over the service: it may see an older state than a writer, so it goes on
    from nothing.
    """
    if transaction.log.begun:
        _require_going(transaction.log)
    else:
        sound_edge(transaction)


def _require_going(state: LogState) -> None:
    if state.stopped is not None:
        values = state.stopped.values
        raise RecordDamaged("log-stopped", entry=values.get("entry", 0), reason=state.stopped.code)


def _advance(transaction: Transaction, state: LogState) -> None:
    newest = transaction.newest or newest_checkpoint(transaction)
    size, note = newest or (0, "")
    if not state.begun:
        _begin(transaction, state, size)
    if size < state.known.size:  # writers stand in a queue: none sees less than one before
        raise RecordDamaged("log-went-back", entry=size, signed=state.known.size)
    edge = _proved(transaction, state.known, size)
    if newest is not None:
        whole = note if isinstance(note, str) else note.decode(errors="replace")
        _require_signed(state, whole, edge, since=state.known.size)
    _sweep(transaction, state)
    state.known, state.begun = edge, True


def _begin(transaction: Transaction, state: LogState, size: int) -> None:
    """Compare with the head outside the database, and choose where to begin reading (1)."""
    kept = None if state.head is None else state.head.read()
    if kept is not None and state.open_checkpoint is not None:
        signed, signed_root = _opened(state, kept, entry=0)
        if size < signed:
            raise RecordDamaged("log-went-back", entry=size, signed=signed)
        stored = note_at(transaction, signed)
        if stored is None or _opened(state, stored, entry=signed - 1) != (signed, signed_root):
            raise RecordDamaged("log-forked", entry=signed - 1)
    first = max(0, (size - START) // ALIGNED * ALIGNED)
    if first:  # the signed root proves this edge once the entries after it lead there
        state.known = state.sweep_goal = _older_edge(transaction, first)


def _proved(transaction: Transaction, edge: Edge, size: int) -> Edge:
    """Return the edge at ``size``, recomputed from stored entries after ``edge`` (2, 3)."""
    while size - edge.size > AT_ONCE:
        edge = _step(transaction, edge, AT_ONCE)
    return _step(transaction, edge, size - edge.size, last=True)


def _step(transaction: Transaction, edge: Edge, count: int, *, last: bool = False) -> Edge:
    """Return the edge after so many more entries; the ``last`` ones must be followed by none."""
    size = edge.size + count
    places = {*touched(edge.size, size), *(partial_tiles(size) if last else ())}
    rows, stored = _stored(transaction, edge.size, count + last, places)
    after, changed = append(edge, _leaves(rows[:count], edge.size, count))
    wanted = {(tile.level, tile.index): tile.hashes for tile in changed}
    for (level, index), hashes in wanted.items():
        found = stored.get((level, index), b"")[: len(hashes)]
        if found != hashes:
            at = _first_difference(found, hashes)
            raise RecordDamaged("entry-changed", entry=(index * WIDTH + at) << (HEIGHT * level))
    if len(rows) > count:
        values = {"from": after.size, "to": rows[count][0]}
        raise RecordDamaged("entry-unsigned", entry=after.size, **values)
    if last and _edge_of(stored, after.size) != after:
        raise RecordDamaged("tile-changed", entry=after.size // WIDTH * WIDTH)
    return after


def _stored(
    transaction: Transaction, first: int, limit: int, places: Collection[tuple[int, int]]
) -> tuple[list[tuple[int, bytes]], dict[tuple[int, int], bytes]]:
    """Return the stored entries from ``first`` on, at most ``limit``, and these tiles."""
    if not places:  # nothing is known of an empty log
        return bodies_from(transaction, first, limit), {}
    return entries_and_tiles(transaction, first, limit, places)


def _leaves(rows: Sequence[tuple[int, bytes]], first: int, count: int) -> list[bytes]:
    """Return the leaf hashes of ``count`` stored entries, which must stand one after the other."""
    if [row[0] for row in rows] != list(range(first, first + count)):
        found = {index for index, _ in rows}
        missing = next(index for index in range(first, first + count) if index not in found)
        raise RecordDamaged("entry-missing", entry=missing)
    return leaf_hashes([row[1] for row in rows])


def _require_signed(state: LogState, note: str, edge: Edge, *, since: int) -> None:
    if state.open_checkpoint is None:
        return
    head = (edge.size, root(edge))
    if state.signed == (note, head):  # letter for letter what this process signed for this tree
        return
    if _opened(state, note, entry=since) != head:
        values = {"from": since, "to": edge.size - 1}
        raise RecordDamaged("checkpoint-root", entry=since, **values)


def _opened(state: LogState, note: str, *, entry: int) -> tuple[int, bytes]:
    if state.open_checkpoint is None:
        raise TypeError("no key to open checkpoints with")
    try:
        return state.open_checkpoint(note)
    except CertificateError as fault:
        raise RecordDamaged("checkpoint-signature", entry=entry, reason=fault.code) from fault


def _sweep(transaction: Transaction, state: LogState) -> None:
    goal = state.sweep_goal
    if state.swept.size < goal.size:
        count = min(SWEEP, goal.size - state.swept.size)
        state.swept = _step(transaction, state.swept, count)
        if state.swept.size == goal.size and root(state.swept) != root(goal):
            raise RecordDamaged("tile-changed", entry=0)


def _edge_of(stored: Mapping[tuple[int, int], bytes], size: int) -> Edge:
    """Return the edge of a log of this size as the tiles have it."""
    wanted = partial_tiles(size)
    depth = max((level for level, _ in wanted), default=-1) + 1
    partial = [b""] * depth
    for level, index in wanted:
        partial[level] = stored.get((level, index), b"")
    return Edge(size, tuple(partial))


def _older_edge(transaction: Transaction, size: int) -> Edge:
    """Return the edge that the log had at ``size``, from tiles that have grown since."""
    grown = _edge_of(read_tiles(transaction, partial_tiles(size)), size)
    widths = [width_at(size, level, (size >> HEIGHT * level) // WIDTH) for level in range(9)]
    cut = [
        hashes[: width * HASH_BYTES] for hashes, width in zip(grown.partial, widths, strict=False)
    ]
    return Edge(size, tuple(cut))


def _first_difference(found: bytes, expected: bytes) -> int:
    for at in range(0, len(expected), HASH_BYTES):
        if found[at : at + HASH_BYTES] != expected[at : at + HASH_BYTES]:
            return at // HASH_BYTES
    return 0
