"""Benchmarks of the log: appends, proofs, size and audit, each beside what hashing alone takes."""

import gc
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from certificates.sealing.merkle import HASH_BYTES, leaf_hashes
from competency_bank.bank import Bank
from competency_bank.cli.figures import Figure
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind, canonical_bytes
from competency_bank.domain.log_audit import audit_log
from competency_bank.founding import create_bank
from competency_bank.settings import Settings
from competency_bank.settled_memory import settle
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import (
    all_checkpoints,
    all_tiles,
    append_bodies,
    append_entries,
    entry_batches,
    log_size,
)
from competency_bank.storage.log_proof_rows import inclusion_proof, inclusion_proofs

SIZE = 1_000_000
BATCH = 2_000
SINGLES = 200
PROOFS = 2_000
ROUNDS = 5
"""Of proofs; the quietest counts."""
TOGETHER = 50
RAW_ROUNDS = 200_000


def measure_log(size: int = SIZE) -> Iterator[Figure]:
    """Grow a log to ``size`` entries in batches of 2,000, prove from it, audit it."""
    with tempfile.TemporaryDirectory() as folder:
        bank = create_bank(Settings(home=Path(folder)))
        gc.collect()
        settle()  # as a serving bank does
        hashes, fsync = _raw_hashes(), _raw_fsync(Path(folder))
        batches = [_append(bank, first) for first in range(0, size, BATCH)]
        ours, limit = BATCH / _median(batches), BATCH / (2 * BATCH / hashes + fsync)
        goal = ">= 150,000/s"
        yield Figure("log appends, batch 2,000", "1/s", ours, limit, goal, met=ours >= 150_000)  # noqa: PLR2004  (the goal)
        singles = 1 / _median([_append_one(bank) for _ in range(SINGLES)])
        goal = ">= 40% of fsync"
        met = singles * fsync >= 0.4  # noqa: PLR2004  (the goal)
        yield Figure("log appends, single", "1/s", singles, 1 / fsync, goal, met=met)
        with bank.reading() as transaction:
            yield from _proofs(transaction, hashes, size)
            yield _bytes_a_leaf(transaction)
            yield _audit(transaction, bank, hashes)
        bank.database.close()


def _append(bank: Bank, first: int) -> float:
    """Return the seconds that one batch took, without the writing of its entries' bytes."""
    with bank.writing() as transaction:
        now = transaction.now
    facts = ({"learner": f"{first + n:032d}", "class": "BENCH"} for n in range(BATCH))
    kind = EntryKind.COURSE_WITHDRAWN
    bodies = [(kind, canonical_bytes(Entry(kind, now, SYSTEM, dict(one)))) for one in facts]
    start = time.perf_counter()
    with bank.writing() as transaction:
        append_bodies(transaction, bodies)
    return time.perf_counter() - start


def _append_one(bank: Bank) -> float:
    start = time.perf_counter()
    with bank.writing() as transaction:
        facts = {"learner": "one", "class": "BENCH"}
        entry = Entry(EntryKind.COURSE_WITHDRAWN, transaction.now, SYSTEM, dict(facts))
        append_entries(transaction, [entry])
    return time.perf_counter() - start


def _proofs(transaction: Transaction, hashes: float, size: int) -> Iterator[Figure]:
    chance = random.Random(7)  # noqa: S311  (which entries are asked for, the same each time)
    known = log_size(transaction)
    asked = [chance.randrange(known) for _ in range(PROOFS)]
    rounds = []
    for _ in range(ROUNDS):
        times = sorted(_timed(partial(inclusion_proof, transaction, index)) for index in asked)
        rounds.append(1000 * times[int(PROOFS * 0.99)])
    p99, depth = min(rounds), size.bit_length()  # what others do on the machine is not the log's
    limit, goal = 1000 * depth / hashes, "<= 0.5 ms"
    name = f"inclusion proof p99 at {size:,}"
    yield Figure(name, "ms", p99, limit, goal, met=p99 <= 0.5)  # noqa: PLR2004  (the goal)
    starts = [chance.randrange(known - TOGETHER) for _ in range(PROOFS // TOGETHER)]
    several = [range(at, at + TOGETHER) for at in starts]
    seconds = _median([_timed(partial(inclusion_proofs, transaction, one)) for one in several])
    ours, goal = TOGETHER / seconds, ">= 2,000/s"
    met = ours >= 2_000  # noqa: PLR2004  (the goal)
    yield Figure("inclusion proofs, 50 at once", "1/s", ours, hashes / depth, goal, met=met)


def _bytes_a_leaf(transaction: Transaction) -> Figure:
    """Return what the stored tiles take; rows and pages of the database come on top."""
    held = sum(len(hashes) for _, hashes in all_tiles(transaction))
    ours = held / log_size(transaction)
    return Figure("hashes a leaf", "bytes", ours, HASH_BYTES, "<= 40", met=ours <= 40)  # noqa: PLR2004  (the goal)


def _audit(transaction: Transaction, bank: Bank, hashes: float) -> Figure:
    start = time.perf_counter()
    leaves: list[bytes] = []
    for some in entry_batches(transaction):
        leaves += leaf_hashes([row[3] for row in some])
    tiles, checkpoints = dict(all_tiles(transaction)), all_checkpoints(transaction)
    faults = list(audit_log(leaves, tiles, checkpoints, open_checkpoint=bank.checkpoint_reader))
    ours = len(leaves) / (time.perf_counter() - start)
    goal, met = ">= 500,000/s, no fault", ours >= 500_000 and not faults  # noqa: PLR2004  (the goal)
    return Figure("audit of the log", "leaves/s", ours, hashes / 2, goal, met=met)


def _raw_hashes() -> float:
    """Return how many nodes of 65 bytes are hashed in a second."""
    node = bytes(65)
    seconds = _timed(lambda: [sha256(node).digest() for _ in range(RAW_ROUNDS)])
    return RAW_ROUNDS / seconds


def _raw_fsync(folder: Path) -> float:
    """Return the seconds that one small durable write takes."""
    with (folder / "raw").open("wb") as file:

        def write() -> None:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())

        return _median([_timed(write) for _ in range(SINGLES)])


def _median(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
