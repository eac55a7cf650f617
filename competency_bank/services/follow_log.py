"""Trip: a witness follows a log. It needs no bank, only the log's address and key.

It keeps the last checkpoint it saw and accepts another one only when the log proves, from its
published tiles, that the new tree begins with the old one. Where that cannot be, both checkpoints
are named: together they are the evidence that the log has lied.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from certificates.errors import ProofFails
from certificates.sealing.checkpoint import Checkpoint, open_checkpoint
from certificates.sealing.merkle import verify_consistency
from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.domain.log_paths import TilePlace, consistency_path, hashes_along, places
from competency_bank.domain.log_tiles import WIDTH, width_at
from competency_bank.domain.tile_paths import CHECKPOINT, TileName

Fetch = Callable[[str], bytes]
"""Returns a resource of the log by its path; raises NotFound or NotNow("log-unreachable")."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A checkpoint that follows from all that were seen before."""

    note: str
    checkpoint: Checkpoint
    grown_from: int | None
    """Size at the last visit, None at the first."""


def follow(fetch: Fetch, *, origin: str, public_key: bytes, last: str | None) -> Followed:
    """Look at the log once more.

    Raises ProofFails when the checkpoint is not signed by the log, Conflict("followed-back") when
    it is older than the last one, and Conflict("followed-fork") when the two contradict.
    """
    note = _text(fetch(CHECKPOINT))
    new = open_checkpoint(note, origin=origin, public_key=public_key)
    if last is None:
        return Followed(note, new, None)
    old = open_checkpoint(last, origin=origin, public_key=public_key)
    if new.size < old.size:
        raise Conflict("followed-back", old_size=old.size, new_size=new.size)
    try:
        verify_consistency(
            old.size,
            new.size,
            proof=_growth(fetch, old.size, new.size),
            old_root=old.root,
            new_root=new.root,
        )
    except ProofFails as fault:
        raise _fork(old, new) from fault
    return Followed(note, new, old.size)


def _growth(fetch: Fetch, old: int, new: int) -> tuple[bytes, ...]:
    path = consistency_path(old, new)
    tiles = {place: _tile(fetch, place, new) for place in places([path])}
    return hashes_along(path, tiles.__getitem__)


def _tile(fetch: Fetch, place: TilePlace, size: int) -> bytes:
    """Return a tile as wide as the log's size makes it, or the full one it has become since."""
    level, index = place
    width = width_at(size, level, index)
    try:
        return fetch(TileName(level, index, width).path)
    except NotFound:
        return fetch(TileName(level, index, WIDTH).path)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ProofFails("checkpoint-malformed", reason="text") from None


def _fork(old: Checkpoint, new: Checkpoint) -> Conflict:
    roots = {"old_root": _root(old), "new_root": _root(new)}
    return Conflict("followed-fork", old_size=old.size, new_size=new.size, **roots)


def _root(checkpoint: Checkpoint) -> str:
    return base64.b64encode(checkpoint.root).decode("ascii")
