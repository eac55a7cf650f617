"""The log derived again: entries, tiles of every level and every signed checkpoint must agree."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from certificates.errors import CertificateError
from certificates.sealing.merkle import HASH_BYTES
from competency_bank.domain.log_tiles import EMPTY, HEIGHT, Edge, append, root

TilePlace = tuple[int, int]
"""Level and index of a tile."""


@dataclass(frozen=True, slots=True)
class LogFault:
    """One thing that disagrees, with the first entry concerned."""

    code: str
    entry: int
    values: Mapping[str, object]


@dataclass(slots=True)
class _Trees:
    """The tree as the entries make it, and as the stored leaf hashes make it."""

    by_entries: Edge = EMPTY
    by_tiles: Edge = EMPTY
    apart: bool = False

    def grow(
        self, leaves: Sequence[bytes], stored: bytes, expected: dict[TilePlace, bytes]
    ) -> None:
        """Append one batch to both; as long as they are the same, only once."""
        self.apart = self.apart or b"".join(leaves) != stored
        before = self.by_tiles
        self.by_entries, changed = append(self.by_entries, leaves)
        expected.update({(tile.level, tile.index): tile.hashes for tile in changed})
        cut = range(0, len(stored), HASH_BYTES)
        if self.apart:
            self.by_tiles, _ = append(before, [stored[at : at + HASH_BYTES] for at in cut])
        else:
            self.by_tiles = self.by_entries


def audit_log(
    leaves: Sequence[bytes],
    tiles: Mapping[TilePlace, bytes],
    checkpoints: Iterable[tuple[int, str]],
    *,
    open_checkpoint: Callable[[str], tuple[int, bytes]],
) -> Iterator[LogFault]:
    """Check each signed checkpoint against the entries before it, and entries against tiles.

    The signed root decides who is right: where the entries make it, a tile that differs was
    changed; where the tiles make it, each entry that differs is named; where neither does, only
    the batch can be named.
    """
    in_log = b"".join(tiles[place] for place in sorted(tiles) if place[0] == 0)
    trees, covered, expected = _Trees(), 0, dict[TilePlace, bytes]()
    for size, note in checkpoints:
        values: dict[str, object] = {"from": covered, "to": size - 1}
        if size > len(leaves) or size <= covered:
            yield LogFault("checkpoint-size", min(covered, len(leaves)), values)
            return
        stored = in_log[covered * HASH_BYTES : size * HASH_BYTES]
        trees.grow(leaves[covered:size], stored, expected)
        try:
            signed = open_checkpoint(note)
        except CertificateError as fault:
            yield LogFault("checkpoint-signature", covered, values | {"reason": fault.code})
            signed = (size, root(trees.by_tiles))
        entries_hold = signed == (size, root(trees.by_entries))
        if not entries_hold and signed != (size, root(trees.by_tiles)):
            yield LogFault("checkpoint-root", covered, values)
        if trees.apart:
            code = "tile-changed" if entries_hold else "entry-changed"
            yield from _differences(code, leaves[covered:size], stored, first=covered)
        covered = size
    if covered < len(leaves):
        to = len(leaves) - 1
        yield LogFault("entry-unsigned", covered, {"from": covered, "to": to})
    if not trees.apart:
        yield from _other_tiles(tiles, expected)


def _differences(
    code: str, leaves: Sequence[bytes], stored: bytes, *, first: int
) -> Iterator[LogFault]:
    for number, leaf in enumerate(leaves):
        if stored[number * HASH_BYTES : (number + 1) * HASH_BYTES] != leaf:
            yield LogFault(code, first + number, {})


def _other_tiles(
    tiles: Mapping[TilePlace, bytes], expected: Mapping[TilePlace, bytes]
) -> Iterator[LogFault]:
    """Name every tile that is not what its entries make it, or that nothing makes."""
    for level, index in sorted({*tiles, *expected}):
        if tiles.get((level, index)) != expected.get((level, index)):
            yield LogFault("tile-changed", index << (HEIGHT * (level + 1)), {"level": level})
