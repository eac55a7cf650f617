"""The log derived again names what disagrees: at every level, and at every checkpoint."""

import pytest

from certificates.errors import ProofFails
from certificates.sealing.merkle import leaf_hash, root_of
from competency_bank.domain.log_audit import audit_log
from competency_bank.domain.log_tiles import EMPTY, append

SIZES = (1, 300, 301, 70_000)
LEAVES = [leaf_hash(str(n).encode()) for n in range(SIZES[-1])]
TILES = {(tile.level, tile.index): tile.hashes for tile in append(EMPTY, LEAVES)[1]}
CHECKPOINTS = [(size, f"{size} {root_of(LEAVES[:size]).hex()}") for size in SIZES]


def opened(note: str) -> tuple[int, bytes]:
    if note == "unsigned":
        raise ProofFails("checkpoint-unsigned")
    size, root = note.split()
    return int(size), bytes.fromhex(root)


def faults(
    leaves: list[bytes] = LEAVES,
    tiles: dict[tuple[int, int], bytes] = TILES,
    checkpoints: list[tuple[int, str]] = CHECKPOINTS,
) -> list[tuple[str, int]]:
    found = audit_log(leaves, tiles, checkpoints, open_checkpoint=opened)
    return [(one.code, one.entry) for one in found]


def spoilt(place: tuple[int, int], at: int = 0) -> dict[tuple[int, int], bytes]:
    tile = TILES[place]
    return {**TILES, place: tile[: at * 32] + bytes(32) + tile[at * 32 + 32 :]}


def test_a_log_that_agrees_has_no_fault() -> None:
    assert faults() == []
    assert faults([], {}, []) == []


def test_an_entry_that_was_changed_is_named_by_the_tiles() -> None:
    changed = [*LEAVES]
    changed[299] = changed[40_000] = bytes(32)

    assert faults(leaves=changed) == [("entry-changed", 299), ("entry-changed", 40_000)]


@pytest.mark.parametrize(
    ("place", "at", "entry"),
    [((0, 0), 7, 7), ((0, 200), 9, 51_209), ((1, 0), 3, 0), ((1, 1), 0, 65_536), ((2, 0), 0, 0)],
    ids=["leaf", "later leaf", "level 1", "partial", "level 2"],
)
def test_a_hash_that_was_changed_at_any_level_is_named(
    place: tuple[int, int], at: int, entry: int
) -> None:
    assert faults(tiles=spoilt(place, at)) == [("tile-changed", entry)]


def test_tiles_that_are_missing_too_long_or_too_many_are_named() -> None:
    gone = {place: tile for place, tile in TILES.items() if place != (1, 0)}
    assert faults(tiles=gone) == [("tile-changed", 0)]
    assert faults(tiles={**TILES, (3, 0): bytes(32)}) == [("tile-changed", 0)]
    assert faults(tiles={**TILES, (2, 0): TILES[(2, 0)] + bytes(32)}) == [("tile-changed", 0)]


def test_a_checkpoint_that_does_not_fit_names_its_batch() -> None:
    other = [*CHECKPOINTS[:2], (301, f"301 {bytes(32).hex()}"), CHECKPOINTS[3]]
    assert faults(checkpoints=other) == [("checkpoint-root", 300)]
    unsigned = [CHECKPOINTS[0], (300, "unsigned"), *CHECKPOINTS[2:]]
    assert faults(checkpoints=unsigned) == [("checkpoint-signature", 1)]
    assert faults(checkpoints=[*CHECKPOINTS, CHECKPOINTS[0]]) == [("checkpoint-size", 70_000)]
    longer = [*CHECKPOINTS, (70_001, CHECKPOINTS[3][1])]
    assert faults(checkpoints=longer) == [("checkpoint-size", 70_000)]
    assert faults(checkpoints=CHECKPOINTS[:3])[0] == ("entry-unsigned", 301)
