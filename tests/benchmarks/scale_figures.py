"""How a bank grows from 10^4 to 10^7 records: ``python -m tests.benchmarks.scale_figures``.

The bank is filled by the path that recording takes (entries, tiles, one signed checkpoint and rows
in one transaction), in batches of many learners. Nothing is in it that recording would not write:
the smallest one ends in an audit.
"""

import argparse
import gc
import json
import random
import secrets
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from certificates.credential.snapshot import Basis
from competency_bank.bank import Bank
from competency_bank.domain.courses import ClassId
from competency_bank.domain.ledger import (
    SALT_BYTES,
    SYSTEM,
    Entry,
    EntryKind,
    canonical_bytes,
    commitment,
)
from competency_bank.domain.pass_entries import pass_bodies
from competency_bank.domain.people import Name, Person, PersonId, details_of_person
from competency_bank.domain.recording import Pass
from competency_bank.founding import create_bank
from competency_bank.services.load_standards import load_editions
from competency_bank.services.show_holdings import path_of
from competency_bank.settings import Settings
from competency_bank.settled_memory import settle
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.ledger_rows import append_bodies, log_size
from competency_bank.storage.log_proof_rows import inclusion_proof
from competency_bank.storage.people_rows import add_people
from competency_bank.storage.record_rows import Recording, add_passes, units_of
from standards.model import EditionId, UnitKey
from standards.qualifying import nearest
from tests.backends import Backend, choose_folder, remove_server, shared_server
from tests.standards.generated_standard import generated_edition

UNITS_EACH = 25
LEARNERS_A_BATCH = 800
QUESTIONS = 3_000
ROUNDS = 5
SMALLEST = 4
DURABLE = {
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "autovacuum": "on",
}
"""Settings of a server that keeps what it answered for; sized for this machine."""
CLASS = ClassId("SCALE")
DAY = date(2026, 3, 3)


@dataclass(frozen=True, slots=True)
class Growth:
    """What one size costs. Times are of one process on a machine that also runs the database."""

    backend: str
    records: int
    seconds: float
    """Time to fill up from the size before."""
    rate: float
    """Records a second in the last batches of 20,000, durable."""
    bytes_a_record: float
    """Size of the database on disk, all tables and indexes."""
    bank_p50_ms: float
    bank_p99_ms: float
    bank_cpu_p99_ms: float
    """Of these, time in which the bank's own process ran: what other programs took is not in it."""
    """Units held by a learner, from a select, and what is left, from memory."""
    bare_p50_ms: float
    bare_p99_ms: float
    bare_cpu_p99_ms: float
    """The same select by the driver alone, in the same run."""
    page_p50_ms: float
    page_p99_ms: float
    """The whole answer of ``path``: person, decisions and editions are asked for too."""
    proof_hashes: int
    proof_p99_ms: float


class Filler:
    """Fills one bank with learners who hold 25 units each."""

    def __init__(self, bank: Bank, units: list[UnitKey], edition: EditionId) -> None:
        self.bank, self.units, self.edition = bank, units, edition
        self.learners: list[PersonId] = []
        self.rng = random.Random(7)

    def add(self, learners: int) -> None:
        people = [self.person(len(self.learners) + n) for n in range(learners)]
        passes = [
            Pass(one.id, unit, DAY, None, None)
            for one, _ in people
            for unit in self.rng.sample(self.units, UNITS_EACH)
        ]
        salts = [secrets.token_bytes(SALT_BYTES) for _ in passes]
        with self.bank.writing() as transaction:
            self.write(transaction, people, passes, salts=salts)
        self.learners += [one.id for one, _ in people]

    def write(
        self,
        transaction: Transaction,
        people: list[tuple[Person, bytes]],
        passes: list[Pass],
        *,
        salts: list[bytes],
    ) -> None:
        def passed(learner: PersonId, unit: UnitKey, day: date, vouched: str) -> Entry:
            facts = {
                "learner": learner,
                "unit": unit,
                "edition": self.edition,
                "basis": Basis.TRAINING.value,
                "class": CLASS,
                "passed_on": day.isoformat(),
                "commitment": vouched,
            }
            return Entry(EntryKind.UNIT_PASSED, transaction.now, SYSTEM, dict(facts))

        def known(person: Person, salt: bytes) -> bytes:
            facts = {"person": person.id, "commitment": commitment(salt, details_of_person(person))}
            entry = Entry(EntryKind.PERSON_KNOWN, transaction.now, SYSTEM, dict(facts))
            return canonical_bytes(entry)

        add_people(transaction, people)
        bodies = [
            (EntryKind.UNIT_PASSED, body) for body in pass_bodies(passes, salts, entry=passed)
        ]
        told = [(EntryKind.PERSON_KNOWN, known(one, salt)) for one, salt in people]
        first = append_bodies(transaction, [*told, *bodies]).first + len(told)
        editions = dict.fromkeys(self.units, self.edition)
        recording = Recording(CLASS, PersonId(SYSTEM), Basis.TRAINING, editions, first)
        add_passes(transaction, passes, salts, recording=recording)

    def person(self, number: int) -> tuple[Person, bytes]:
        who = PersonId(str(uuid.UUID(int=self.rng.getrandbits(128), version=4)))
        name = Name("นาย", f"สมมุติ{number}", "ดี")
        return Person(who, f"S-{number}", name, None, None, None), secrets.token_bytes(SALT_BYTES)


def fill_up(filler: Filler, records: int) -> tuple[float, float]:
    """Fill up to so many records; return the seconds it took and the rate at the end."""
    begun, rates = time.perf_counter(), [0.0]
    while left := records // UNITS_EACH - len(filler.learners):
        batch = min(LEARNERS_A_BATCH, left)
        start = time.perf_counter()
        filler.add(batch)
        rates.append(batch * UNITS_EACH / (time.perf_counter() - start))
        if len(rates) % 50 == 0:
            print(f"{len(filler.learners) * UNITS_EACH:,}", file=sys.stderr)
    return time.perf_counter() - begun, median(rates[-15:])


def measure(filler: Filler, backend: str, *, filled: tuple[float, float]) -> Growth:
    """Ask about learners chosen by chance, in rounds; the best round counts, see ``_best``."""
    bank, rng = filler.bank, filler.rng
    asked = [rng.choice(filler.learners) for _ in range(QUESTIONS)]
    with bank.reading() as transaction:
        size = log_size(transaction)
        ours = _best(lambda who: _bank_query(transaction, who), asked)
        bare = _best(_bare(transaction), asked)
        page = _best(lambda who: path_of(transaction, who), asked[:500])[:2]
        entries = [rng.randrange(size) for _ in range(500)]
        proof = _best(lambda index: inclusion_proof(transaction, index), entries)
        hashes = len(inclusion_proof(transaction, size // 3).hashes)
    records = len(filler.learners) * UNITS_EACH
    weight = _bytes(bank) / records
    return Growth(backend, records, *filled, weight, *ours, *bare, *page, hashes, proof[1])


def _bytes(bank: Bank) -> int:
    with bank.reading() as transaction:
        connection = transaction.connection
        if connection.dialect.name == "postgresql":
            query = "SELECT pg_database_size(current_database())"
        else:
            query = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        return int(connection.exec_driver_sql(query).scalar() or 0)


def _bank_query(transaction: Transaction, who: PersonId) -> object:
    held = units_of(transaction, who)
    return nearest(load_catalogue(transaction), held, limit=3)


def _bare(transaction: Transaction) -> Callable[[PersonId], object]:
    connection = transaction.connection.connection.driver_connection
    mark = "?" if transaction.connection.dialect.name == "sqlite" else "%s"
    query = f"SELECT unit_key FROM records WHERE learner_id = {mark} AND voided_entry IS NULL"

    def ask(who: PersonId) -> object:
        assert connection is not None
        return connection.execute(query, (who,)).fetchall()

    return ask


def _best(ask: Callable[[Any], object], asked: Sequence[Any]) -> tuple[float, float, float]:
    """Return p50, p99 and p99 of this thread alone, in milliseconds, each of its best round.

    The machine does other things too; what it does then is not the bank's.
    """
    rounds = []
    for _ in range(ROUNDS):
        times, own = [], []
        for one in asked:
            start, begun = time.perf_counter(), time.thread_time()
            ask(one)
            own.append(1000 * (time.thread_time() - begun))
            times.append(1000 * (time.perf_counter() - start))
        times.sort()
        own.sort()
        late = int(len(times) * 0.99)
        rounds.append((times[len(times) // 2], times[late], own[late]))
    p50, p99, cpu = map(min, zip(*rounds, strict=True))
    return p50, p99, cpu


def measure_growth(backend: Backend, *, largest: int) -> Iterator[Growth]:
    """Fill one bank further and further, up to 10 to the power of ``largest``."""
    edition = generated_edition(6_000, seed=7, qualifications=1_100)
    units = [unit.key for unit in edition.units]
    with tempfile.TemporaryDirectory() as folder, backend.database(Path(folder)) as url:
        bank = create_bank(Settings(home=Path(folder), database_url=url))
        with bank.writing() as transaction:
            load_editions(transaction, [edition])
            load_catalogue(transaction)
        filler = Filler(bank, units, edition.id)
        gc.collect()
        settle()  # as a serving bank does
        for power in range(SMALLEST, largest + 1):
            filled = fill_up(filler, 10**power)
            if power == SMALLEST:
                findings = bank.audit().findings
                assert findings == (), findings
            yield measure(filler, backend.name, filled=filled)
        bank.database.close()


def main() -> None:
    """Print one line of JSON for each size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--largest", type=int, default=7, help="power of ten (default 7)")
    asked.add_argument("--backend", choices=["sqlite", "postgresql"], action="append")
    given = asked.parse_args()
    choose_folder()
    try:
        for name in given.backend or ["sqlite", "postgresql"]:
            server = shared_server(DURABLE) if name == "postgresql" else None
            for growth in measure_growth(Backend(name, server), largest=given.largest):
                print(json.dumps(asdict(growth)), flush=True)
    finally:
        remove_server()


if __name__ == "__main__":
    main()
