"""Which subtrees a proof needs, and in which tile each of them lies.

A proof names ranges of leaves (RFC 6962 sections 2.1.1 and 2.1.2). Each range is a row of perfect
subtrees, and each perfect subtree is one node of one tile, so a proof is read from a few tiles
whatever the size of the log.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from certificates.sealing.merkle import HASH_BYTES, node_hash
from competency_bank.domain.log_tiles import HEIGHT, layers

TilePlace = tuple[int, int]
"""Level and index of a tile."""


@dataclass(frozen=True, slots=True)
class Node:
    """The perfect subtree over the leaves from ``index << height`` on, ``1 << height`` of them."""

    height: int
    index: int

    @property
    def place(self) -> TilePlace:
        """The tile that holds it."""
        return self.height // HEIGHT, self.index >> (HEIGHT - self.height % HEIGHT)

    def within(self, tile: bytes) -> bytes:
        """Return its hash; shorter than 32 bytes where the tile does not reach so far."""
        level, layer = divmod(self.height, HEIGHT)
        at = self.index & ((1 << (HEIGHT - layer)) - 1)
        found = layers(tile, level)
        return found[layer][at * HASH_BYTES :][:HASH_BYTES] if layer < len(found) else b""


ProofPath = tuple[tuple[Node, ...], ...]
"""Ranges of leaves in the order of a proof, each as its perfect subtrees, leftmost first."""


def inclusion_path(index: int, size: int) -> ProofPath:
    """Return what the proof of leaf ``index`` in a tree of ``size`` leaves is made of."""
    path, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_subtrees(middle, stop))
            stop = middle
        else:
            path.append(_subtrees(start, middle))
            start = middle
    return tuple(path[::-1])


def consistency_path(old: int, new: int) -> ProofPath:
    """Return what the proof is made of that a tree of ``new`` leaves begins with one of ``old``."""
    if old in {0, new}:
        return ()
    path, start, stop = [], 0, new
    while old < stop:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(_subtrees(middle, stop))
            stop = middle
        else:
            path.append(_subtrees(start, middle))
            start = middle
    if start:  # else the old root itself begins the path, and the verifier knows it
        path.append(_subtrees(start, stop))
    return tuple(path[::-1])


def places(paths: Iterable[ProofPath]) -> set[TilePlace]:
    """Return the tiles that these paths are read from."""
    return {node.place for path in paths for row in path for node in row}


def hashes_along(path: ProofPath, tile_at: Callable[[TilePlace], bytes]) -> tuple[bytes, ...]:
    """Return the hashes of the proof, one for each range."""
    found = []
    for row in path:
        parts = [node.within(tile_at(node.place)) for node in row]
        whole = parts.pop()
        while parts:
            whole = node_hash(parts.pop(), whole)
        found.append(whole)
    return tuple(found)


def _subtrees(start: int, stop: int) -> tuple[Node, ...]:
    """Return the perfect subtrees of a range that starts where a subtree of its length may."""
    row = []
    while start < stop:
        height = (stop - start).bit_length() - 1
        row.append(Node(height, start >> height))
        start += 1 << height
    return tuple(row)


def _split(size: int) -> int:
    """Return the largest power of two smaller than ``size`` (at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)
