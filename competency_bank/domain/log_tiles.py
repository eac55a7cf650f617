"""The log as 256-wide hash tiles, as C2SP tlog-tiles lays them out.

A tile of level 0 holds the leaf hashes of up to 256 consecutive entries; one of level n holds the
roots of full tiles of level n-1. Full tiles never change, so appending touches one partial tile a
level, and the root is found from those partial tiles alone (RFC 6962 section 2.1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certificates.sealing.merkle import node_hash, root_of

WIDTH = 256
"""Hashes in a full tile (C2SP tlog-tiles)."""


@dataclass(frozen=True, slots=True)
class Tile:
    """The hashes of one tile, 1 to 256 of them, 32 bytes each."""

    level: int
    index: int
    hashes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """The right-hand edge of a log: its size and the partial tile of every level, lowest first."""

    size: int
    partial: tuple[tuple[bytes, ...], ...]


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


def append(edge: Edge, leaves: Sequence[bytes]) -> tuple[Edge, list[Tile]]:
    """Return the edge after the leaf hashes are appended, and every tile that came or grew."""
    changed: list[Tile] = []
    partial: list[tuple[bytes, ...]] = []
    level, before, coming = 0, edge.size, list(leaves)
    while before or coming:
        here = edge.partial[level] if level < len(edge.partial) else ()
        hashes = [*here, *coming]
        first = before // WIDTH
        tiles = [tuple(hashes[i : i + WIDTH]) for i in range(0, len(hashes), WIDTH)]
        if coming:
            changed += [Tile(level, first + n, tile) for n, tile in enumerate(tiles)]
        full = [tile for tile in tiles if len(tile) == WIDTH]
        partial.append(tiles[-1] if tiles and len(tiles[-1]) < WIDTH else ())
        level, before, coming = level + 1, before // WIDTH, [_perfect_root(t) for t in full]
    return Edge(edge.size + len(leaves), tuple(partial)), changed


def root(edge: Edge) -> bytes:
    """Return the root hash of the log (RFC 6962 section 2.1)."""
    peaks = [peak for hashes in reversed(edge.partial) for peak in _peaks(hashes)]
    if not peaks:
        return root_of(())
    result = peaks.pop()
    while peaks:
        result = node_hash(peaks.pop(), result)
    return result


def _peaks(hashes: Sequence[bytes]) -> Iterable[bytes]:
    """Yield the roots of the perfect subtrees, largest first, that make up a partial tile."""
    start, left = 0, len(hashes)
    while left:
        size = 1 << (left.bit_length() - 1)
        yield _perfect_root(hashes[start : start + size])
        start, left = start + size, left - size


def _perfect_root(hashes: Sequence[bytes]) -> bytes:
    layer = list(hashes)
    while len(layer) > 1:
        layer = list(map(node_hash, layer[::2], layer[1::2]))
    return layer[0]
