"""How a bank grows from 10^4 to 10^7 records: ``python -m tests.benchmarks.scale_figures``.

The bank is filled by the path that recording takes (entries, tiles, one signed checkpoint and rows
in one transaction), in batches of many learners. Nothing is in it that recording would not write:
the smallest one ends in an audit.
"""

import random
import secrets
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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
from competency_bank.services.show_holdings import path_of
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import append_bodies, log_size
from competency_bank.storage.log_proof_rows import inclusion_proof
from competency_bank.storage.people_rows import add_people
from competency_bank.storage.record_rows import Recording, add_passes, units_of
from standards.model import EditionId, UnitKey

UNITS_EACH = 25
LEARNERS_A_BATCH = 800
QUESTIONS = 3_000
ROUNDS = 5
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
    """Units held by a learner, from a select, and what is left, from memory."""
    bare_p50_ms: float
    bare_p99_ms: float
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
    """Fill up to so many records; return the seconds and the rate of the last batches."""
    times: list[float] = []
    while len(filler.learners) * UNITS_EACH < records:
        left = records // UNITS_EACH - len(filler.learners)
        start = time.perf_counter()
        filler.add(min(LEARNERS_A_BATCH, left))
        times.append((time.perf_counter() - start) / min(LEARNERS_A_BATCH, left))
        if len(times) % 50 == 0:
            print(f"{len(filler.learners) * UNITS_EACH:,}", file=sys.stderr)
    last = sorted(times[-15:])
    return sum(times) * LEARNERS_A_BATCH, UNITS_EACH / last[len(last) // 2]


def measure(filler: Filler, backend: str, *, filled: tuple[float, float]) -> Growth:
    """Ask as many learners as there is time for, in rounds; the best round counts."""
    bank, asked = filler.bank, filler.rng.sample(filler.learners, min(QUESTIONS, 400))
    asked = [filler.rng.choice(filler.learners) for _ in range(QUESTIONS)]
    with bank.reading() as transaction:
        size = log_size(transaction)
        ours = _best(lambda who: _bank_query(transaction, who), asked)
        bare = _best(_bare(transaction), asked)
        page = _best(lambda who: path_of(transaction, who), asked[:500])
        entries = [filler.rng.randrange(size) for _ in range(500)]
        proof = _best(lambda index: inclusion_proof(transaction, index), entries)
        hashes = len(inclusion_proof(transaction, size // 3).hashes)
    records = len(filler.learners) * UNITS_EACH
    weight = _bytes(bank) / records
    return Growth(backend, records, *filled, weight, *ours, *bare, *page, hashes, proof[1])


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


def _best(ask: Callable[..., object], asked: list[object]) -> tuple[float, float]:
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for one in asked:
            start = time.perf_counter()
            ask(one)
            times.append(1000 * (time.perf_counter() - start))
        times.sort()
        rounds.append((times[len(times) // 2], times[int(len(times) * 0.99)]))
    return min(one for one, _ in rounds), min(one for _, one in rounds)
