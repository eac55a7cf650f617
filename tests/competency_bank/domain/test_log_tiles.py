"""The log as tiles agrees with RFC 6962 whatever the batches."""

from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.sealing.merkle import leaf_hash, root_of
from competency_bank.domain.log_tiles import (
    EMPTY,
    WIDTH,
    Edge,
    append,
    partial_tiles,
    root,
    touched,
)


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(str(n).encode()) for n in range(count)]


LEAVES = leaves(70_000)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 700), max_size=6))
def test_the_root_is_that_of_all_leaves_however_they_came(batches: list[int]) -> None:
    everything = leaves(sum(batches))
    edge, start = EMPTY, 0
    for size in batches:
        edge, _ = append(edge, everything[start : start + size])
        start += size

    assert edge.size == len(everything)
    assert root(edge) == root_of(everything)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 700), min_size=1, max_size=5))
def test_the_edge_can_be_read_back_from_the_tiles_that_were_written(batches: list[int]) -> None:
    store: dict[tuple[int, int], bytes] = {}
    everything = leaves(sum(batches))
    edge, start = EMPTY, 0
    for size in batches:
        edge, tiles = append(edge, everything[start : start + size])
        store |= {(tile.level, tile.index): tile.hashes for tile in tiles}
        start += size

    depth = max((level for level, _ in partial_tiles(edge.size)), default=-1) + 1
    read = [b""] * depth
    for level, index in partial_tiles(edge.size):
        read[level] = store[(level, index)]

    assert root(Edge(edge.size, tuple(read))) == root_of(everything)
    flat = b"".join(tile for (level, _), tile in sorted(store.items()) if level == 0)
    assert flat == b"".join(everything)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 70_000), st.integers(0, 700))
def test_the_tiles_that_will_change_are_known_before_the_leaves_are(size: int, more: int) -> None:
    before, _ = append(EMPTY, LEAVES[:size])
    _, changed = append(before, leaves(more))

    assert touched(size, size + more) == {(tile.level, tile.index) for tile in changed}


def test_an_empty_log_has_the_root_that_the_standard_gives() -> None:
    assert root(EMPTY) == sha256(b"").digest()


def test_a_full_tile_never_changes_again() -> None:
    edge, first = append(EMPTY, leaves(WIDTH))
    _, second = append(edge, leaves(3))

    assert {(tile.level, tile.index) for tile in first} == {(0, 0), (1, 0)}
    assert {(tile.level, tile.index) for tile in second} == {(0, 1)}
