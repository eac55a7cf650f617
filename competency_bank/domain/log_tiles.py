"""The log as 256-wide hash tiles, as C2SP tlog-tiles lays them out.

A tile of level 0 holds the leaf hashes of up to 256 consecutive entries; one of level n holds the
roots of full tiles of level n-1. Full tiles never change, so appending touches one partial tile a
level, and the root is found from those partial tiles alone (RFC 6962 section 2.1).

Hashes stand one after the other in one string of bytes, 32 each, as they are stored and served.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from struct import Struct

from certificates.sealing.merkle import EMPTY_ROOT, HASH_BYTES, node_hash

WIDTH = 256
"""Hashes in a full tile (C2SP tlog-tiles)."""
HEIGHT = 8
"""Layers of the tree that a full tile spans: 2 ** HEIGHT == WIDTH."""
FULL_BYTES = WIDTH * HASH_BYTES
_PAIR = 2 * HASH_BYTES
_pairs = Struct(f"{_PAIR}s").iter_unpack
_node = sha256(b"\x01").copy
"""Begins an inner node; a quarter of the time of a new hash is saved by copying a begun one."""
_REMEMBERED = 256
"""Tiles near the root whose inner nodes stay in memory, at most 16 KiB each: proofs share them."""
_LEAF_TILES_REMEMBERED = 8
"""Of the tiles of leaves only those of one sheet: proofs of chance entries would push out all
others."""


@dataclass(frozen=True, slots=True)
class Tile:
    """The hashes of one tile, 1 to 256 of them."""

    level: int
    index: int
    hashes: bytes


@dataclass(frozen=True, slots=True)
class Edge:
    """The right-hand edge of a log: its size and the partial tile of every level, lowest first."""

    size: int
    partial: tuple[bytes, ...]


EMPTY = Edge(0, ())


def partial_tiles(size: int) -> list[tuple[int, int]]:
    """Return level and index of the partial tile that each level of a log of this size has."""
    found = []
    level, count = 0, size
    while count:
        if count % WIDTH:
            found.append((level, count // WIDTH))
        level, count = level + 1, count // WIDTH
    return found


def width_at(size: int, level: int, index: int) -> int:
    """Return how many hashes tile ``index`` of ``level`` has in a log of this size, 0 to 256."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH))


def touched(before: int, after: int) -> set[tuple[int, int]]:
    """Return level and index of the tiles that come or grow as a log grows from size to size."""
    found = set()
    level = 0
    while after > before:
        found |= {(level, index) for index in range(before // WIDTH, (after - 1) // WIDTH + 1)}
        level, before, after = level + 1, before // WIDTH, after // WIDTH
    return found


def append(edge: Edge, leaves: Sequence[bytes]) -> tuple[Edge, list[Tile]]:
    """Return the edge after the leaf hashes are appended, and every tile that came or grew."""
    after, changed = _appended(edge, b"".join(leaves))
    return after, list(changed)


@lru_cache(maxsize=2)
def _appended(edge: Edge, leaves: bytes) -> tuple[Edge, tuple[Tile, ...]]:
    """Do the work of ``append``, once for the same leaves on the same edge.

    A writer appends what it is about to keep, and before it signs again the same leaves, hashed
    anew from what was kept. The bytes themselves are the key: changed ones are worked out anew.
    """
    changed: list[Tile] = []
    partial: list[bytes] = []
    level, before, coming = 0, edge.size, leaves
    while before or coming:
        hashes = (edge.partial[level] if level < len(edge.partial) else b"") + coming
        tiles = [hashes[at : at + FULL_BYTES] for at in range(0, len(hashes), FULL_BYTES)]
        if coming:
            first = before // WIDTH
            changed += [Tile(level, first + n, tile) for n, tile in enumerate(tiles)]
        last = tiles[-1] if tiles and len(tiles[-1]) < FULL_BYTES else b""
        partial.append(last)
        level, before = level + 1, before // WIDTH
        coming = b"".join([full_root(tile) for tile in tiles if len(tile) == FULL_BYTES])
    return Edge(edge.size + len(leaves) // HASH_BYTES, tuple(partial)), tuple(changed)


def root(edge: Edge) -> bytes:
    """Return the root hash of the log (RFC 6962 section 2.1)."""
    result = b""
    for hashes in edge.partial:
        for peak in _peaks(hashes):
            result = node_hash(peak, result) if result else peak
    return result or EMPTY_ROOT


def full_root(tile: bytes) -> bytes:
    """Return the one hash that a full tile becomes in the level above."""
    layer = tile
    while len(layer) > HASH_BYTES:
        layer = _joined(layer)
    return layer


def layers(hashes: bytes, level: int) -> tuple[bytes, ...]:
    """Return every layer of a tile, the tile itself first, each half as long as the one before.

    A hash without a right neighbour is left out of the next layer: it belongs to no whole subtree.
    The bytes themselves are the key of what is remembered, so a changed tile is never mistaken.
    """
    return _upper_layers(hashes) if level else _leaf_layers(hashes)


@lru_cache(maxsize=_REMEMBERED)
def _upper_layers(hashes: bytes) -> tuple[bytes, ...]:
    return _layers(hashes)


@lru_cache(maxsize=_LEAF_TILES_REMEMBERED)
def _leaf_layers(hashes: bytes) -> tuple[bytes, ...]:
    return _layers(hashes)


def _layers(hashes: bytes) -> tuple[bytes, ...]:
    found = [hashes]
    while len(found[-1]) >= _PAIR:
        found.append(_joined(found[-1]))
    return tuple(found)


def _joined(layer: bytes) -> bytes:
    """Return the hashes of the nodes over each two, as ``node_hash`` makes them."""
    found = []
    whole = len(layer) // _PAIR * _PAIR
    for (both,) in _pairs(layer[:whole]):
        node = _node()
        node.update(both)
        found.append(node.digest())
    return b"".join(found)


def _peaks(hashes: bytes) -> Iterator[bytes]:
    """Yield the roots of the perfect subtrees, smallest first, that make up a partial tile."""
    end, width = len(hashes), HASH_BYTES
    while end:
        if end & width:
            yield _subtree_root(hashes[end - width : end])
            end -= width
        width *= 2


@lru_cache(maxsize=_REMEMBERED)
def _subtree_root(hashes: bytes) -> bytes:
    """Return the root over a power of two of hashes.

    A log that grows by one entry has the same subtrees as before, but for the last. The bytes
    themselves are the key of what is remembered, so a changed hash is never mistaken.
    """
    if len(hashes) == HASH_BYTES:
        return hashes
    middle = len(hashes) // 2
    return node_hash(_subtree_root(hashes[:middle]), _subtree_root(hashes[middle:]))
