"""Proofs read from tiles are those of a tree built leaf by leaf."""

from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.sealing.merkle import consistency_proof, inclusion_proof, leaf_hash
from competency_bank.domain.log_paths import (
    consistency_path,
    hashes_along,
    inclusion_path,
    places,
)
from competency_bank.domain.log_tiles import EMPTY, WIDTH, append, width_at

MOST = 1500
LEAVES = [leaf_hash(str(n).encode()) for n in range(MOST)]
STORE = {(tile.level, tile.index): tile.hashes for tile in append(EMPTY, LEAVES)[1]}


@settings(deadline=None, max_examples=150)
@given(st.integers(1, MOST), st.data())
def test_every_entry_is_proved_as_a_tree_of_single_leaves_proves_it(
    size: int, data: st.DataObject
) -> None:
    """Also at the size of an older checkpoint, from tiles that have grown since."""
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size)

    assert list(hashes_along(path, STORE.__getitem__)) == inclusion_proof(LEAVES[:size], index)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, MOST), st.data())
def test_growth_is_proved_as_a_tree_of_single_leaves_proves_it(
    old: int, data: st.DataObject
) -> None:
    new = data.draw(st.integers(old, MOST))
    path = consistency_path(old, new)

    assert list(hashes_along(path, STORE.__getitem__)) == consistency_proof(LEAVES[:new], old)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 10**10), st.data())
def test_a_proof_reads_at_most_two_tiles_a_level_and_only_those_that_exist(
    size: int, data: st.DataObject
) -> None:
    wanted = places([inclusion_path(data.draw(st.integers(0, size - 1)), size)])
    levels = [level for level, _ in wanted]

    assert all(levels.count(level) <= 2 for level in levels)
    assert all(0 < width_at(size, level, index) <= WIDTH for level, index in wanted)
