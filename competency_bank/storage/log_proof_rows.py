"""Proofs read from the stored tiles: inclusion of an entry, consistency of two checkpoints.

Every proof is checked against the root of its checkpoint before it is handed out, so that a tile
or an entry somebody changed gives an error that names it, never a proof that does not hold.
"""

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

from certificates.errors import ProofFails
from certificates.sealing.checkpoint import Checkpoint, claimed_head
from certificates.sealing.log_proof import LogProof
from certificates.sealing.merkle import leaf_hash, verify_consistency, verify_inclusion
from competency_bank.domain.errors import NotFound, RecordDamaged
from competency_bank.domain.log_paths import (
    ProofPath,
    TilePlace,
    consistency_path,
    hashes_along,
    inclusion_path,
    places,
)
from competency_bank.storage.cosignature_rows import cosigned
from competency_bank.storage.database import Transaction
from competency_bank.storage.tile_rows import (
    newest_checkpoint,
    note_at,
    read_bodies,
    read_tiles,
)


def inclusion_proof(transaction: Transaction, index: int, *, size: int | None = None) -> LogProof:
    """Return the proof that the log of ``size`` (by default the newest) holds this entry.

    Raises NotFound("unknown-entry"), NotFound("unknown-checkpoint") when no checkpoint was signed
    at this size, and RecordDamaged("log-disagrees") when what is stored proves nothing.
    """
    return _proofs(transaction, [index], checkpoint_at(transaction, size))[0]


def inclusion_proofs(transaction: Transaction, indexes: Collection[int]) -> list[LogProof]:
    """Return a proof for each entry, in this order, all against the newest checkpoint.

    Raises as ``inclusion_proof``.
    """
    return _proofs(transaction, indexes, checkpoint_at(transaction, None)) if indexes else []


def consistency_proof(transaction: Transaction, old: int, new: int) -> tuple[bytes, ...]:
    """Return the hashes that prove the log of ``new`` entries to begin with that of ``old``.

    Raises NotFound("unknown-checkpoint") unless checkpoints were signed at both sizes (0 needs
    none), and RecordDamaged("log-disagrees") when what is stored proves nothing.
    """
    heads = [_head(checkpoint_at(transaction, size)) for size in (old, new) if size]
    if old > new or not heads:
        raise NotFound("unknown-checkpoint", name=old)
    path = consistency_path(old, new)
    hashes = hashes_along(path, _reader(transaction, [path]))
    if old:
        try:
            verify_consistency(
                old, new, proof=hashes, old_root=heads[0].root, new_root=heads[-1].root
            )
        except ProofFails as fault:
            raise RecordDamaged("log-disagrees", entry=old, reason=fault.code) from fault
    return hashes


def checkpoint_at(transaction: Transaction, size: int | None) -> str:
    """Return the checkpoint signed at this size, or the newest, with witnesses' cosignatures.

    Raises NotFound("unknown-checkpoint").
    """
    if size is None:
        found = newest_checkpoint(transaction)
    else:
        note = note_at(transaction, size)
        found = None if note is None else (size, note)
    if found is None:
        raise NotFound("unknown-checkpoint", name=0 if size is None else size)
    return cosigned(transaction, *found)


def _proofs(transaction: Transaction, indexes: Collection[int], note: str) -> list[LogProof]:
    head = _head(note)
    for index in indexes:
        if not 0 <= index < head.size:
            raise NotFound("unknown-entry", name=index)
    bodies = read_bodies(transaction, set(indexes))
    paths = {index: inclusion_path(index, head.size) for index in indexes}
    tile_at = _reader(transaction, paths.values())
    return [
        _checked(
            LogProof(bodies.get(index, b""), index, head.size, hashes_along(path, tile_at), note),
            head,
        )
        for index, path in ((index, paths[index]) for index in indexes)
    ]


def _checked(proof: LogProof, head: Checkpoint) -> LogProof:
    leaf = leaf_hash(proof.entry)
    try:
        verify_inclusion(leaf, proof.index, size=head.size, proof=proof.hashes, root=head.root)
    except ProofFails as fault:
        raise RecordDamaged("log-disagrees", entry=proof.index, reason=fault.code) from fault
    return proof


@lru_cache(maxsize=8)
def _head(note: str) -> Checkpoint:
    try:
        return claimed_head(note)
    except ProofFails as fault:
        raise RecordDamaged("log-disagrees", entry=0, reason=fault.code) from fault


def _reader(transaction: Transaction, paths: Iterable[ProofPath]) -> Callable[[TilePlace], bytes]:
    tiles = read_tiles(transaction, places(paths))
    # One that is gone has no hashes, and the proof made with it does not hold.
    return lambda place: tiles.get(place, b"")
