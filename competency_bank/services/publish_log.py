"""Trip: the log for everybody, as static files that any reader of C2SP tlog-tiles can follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from certificates.sealing.cosignature import cosigners, with_lines
from certificates.sealing.merkle import HASH_BYTES
from certificates.sealing.trust_list import Witness
from competency_bank.domain.errors import BadInput, NotFound, RecordDamaged
from competency_bank.domain.log_tiles import WIDTH
from competency_bank.domain.tile_paths import CHECKPOINT, ENTRIES, TileName, all_names
from competency_bank.storage.cosignature_rows import keep_cosignature
from competency_bank.storage.database import Transaction
from competency_bank.storage.issued_files import write_whole
from competency_bank.storage.log_guard import require_sound
from competency_bank.storage.log_proof_rows import checkpoint_at
from competency_bank.storage.tile_rows import bodies_from, newest_checkpoint, note_at, read_tiles

LENGTH_BYTES = 2


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds, and how much of it is new."""

    size: int
    """Entries of the log."""
    written: int
    """Files that were not there before."""


def newest_size(transaction: Transaction) -> int:
    """Return how many entries the newest checkpoint covers, 0 for an empty log."""
    newest = newest_checkpoint(transaction)
    return 0 if newest is None else newest[0]


def accept_cosignatures(
    transaction: Transaction, size: int, lines: Sequence[str], *, witnesses: Sequence[Witness]
) -> list[str]:
    """Keep what known witnesses signed on the checkpoint of this size; return their names.

    Raises NotFound("unknown-checkpoint"), ProofFails when a line is malformed or wrong, and
    BadInput("cosignature-stranger") when no line is of a known witness.
    """
    note = note_at(transaction, size)
    if note is None:
        raise NotFound("unknown-checkpoint", name=size)
    kept = []
    for line in lines:
        for name in cosigners(with_lines(note, [line]), witnesses):
            keep_cosignature(transaction, size, name, line.strip())
            kept.append(name)
    if not kept:
        raise BadInput("cosignature-stranger")
    return kept


def tile(transaction: Transaction, name: TileName) -> bytes:
    """Return a tile or a bundle of entries, exactly as wide as its name says.

    A partial one may be asked for after it has grown: readers of an older checkpoint need it.
    Raises NotFound("unknown-tile") where the log does not reach so far.
    """
    if name.level == ENTRIES:
        return _bundle(transaction, name)
    place = (name.level, name.index)
    hashes = read_tiles(transaction, [place]).get(place, b"")[: name.width * HASH_BYTES]
    if len(hashes) < name.width * HASH_BYTES:
        raise NotFound("unknown-tile", name=name.path)
    return hashes


def export_log(transaction: Transaction, folder: Path) -> Exported:
    """Write the log into a folder that any web server can serve; what is there stays.

    The checkpoint comes last, when everything it speaks of is in place. Raises
    RecordDamaged("log-stopped") for a log that must not be signed, and
    RecordDamaged("log-disagrees") where a full tile was published with other content before.
    """
    require_sound(transaction)
    note = checkpoint_at(transaction, None)
    size = newest_size(transaction)
    written = sum([_export(transaction, name, folder) for name in all_names(size)])
    write_whole(folder / CHECKPOINT, note.encode())
    return Exported(size, written)


def _export(transaction: Transaction, name: TileName, folder: Path) -> bool:
    path = folder / name.path
    if path.exists() and name.width < WIDTH:
        return False
    data = tile(transaction, name)
    if path.exists():
        if path.read_bytes() != data:
            first = name.index * WIDTH << (8 * max(name.level, 0))
            raise RecordDamaged("log-disagrees", entry=first)
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    return True


def _bundle(transaction: Transaction, name: TileName) -> bytes:
    first = name.index * WIDTH
    rows = bodies_from(transaction, first, name.width)
    if [index for index, _ in rows] != list(range(first, first + name.width)):
        raise NotFound("unknown-tile", name=name.path)
    return b"".join([len(body).to_bytes(LENGTH_BYTES, "big") + body for _, body in rows])
