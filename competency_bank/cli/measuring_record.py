"""What recording costs: a class sheet of 2,000 rows, and one pass by itself, both durable.

A bank is measured as it serves: it has recorded a sheet of another class before, so statements
are compiled. The raw limit writes the same number of rows with nothing but the driver, on the same
disk; single passes and bare rows take turns, because a disk is not as fast a second later.
"""

import gc
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Protocol, TypeAlias

from competency_bank.bank import Bank
from competency_bank.cli.demonstration import prepare_school
from competency_bank.cli.figures import Figure
from competency_bank.domain.ledger import SYSTEM
from competency_bank.founding import create_bank
from competency_bank.services import open_class, record_units, register_people
from competency_bank.settings import Settings
from competency_bank.settled_memory import settle
from competency_bank.storage.people_rows import find_person
from standards.reading_sheet import Grid, read_grid

ROWS = 2_000
AWARDS = 200
TURN = 10
"""Single passes in a row before bare rows have their turn."""
ROUNDS = 5
UNIT, OTHER_UNIT = "THR-HOH-1-194ZB", "THR-HOH-1-200ZB"
RAW_ROWS = [(f"learner-{n}", "unit", n, "2026-01-01") for n in range(ROWS)]
"""What the raw limit writes: four columns, learner and unit as key."""


Write: TypeAlias = Callable[[Sequence[tuple[str, str, int, str]]], object]
"""Writes bare rows in one durable transaction."""


class Raw(Protocol):
    """Lends what writes bare rows into an empty table, in ``folder`` or on a server."""

    def __call__(self, folder: Path) -> AbstractContextManager[Write]:
        """Open the table; it is closed at the end."""


@contextmanager
def raw_sqlite(folder: Path) -> Iterator[Write]:
    """Write bare rows with SQLite's driver, in WAL mode and synchronous."""
    with closing(sqlite3.connect(folder / "raw.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE r (a TEXT, b TEXT, c INT, d TEXT, PRIMARY KEY (a, b))")

        def write(rows: Sequence[tuple[str, str, int, str]]) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO r VALUES (?, ?, ?, ?)", rows)
            connection.execute("COMMIT")

        yield write


def measure_sheet(
    url: str | None = None, *, raw: Raw = raw_sqlite, goal: int = 60_000
) -> Iterator[Figure]:
    """Record a class sheet of 2,000 rows through the service: parsed, judged, logged, durable."""
    sheet = _table([f"เลขที่,{UNIT},วันที่ผ่าน", *(f"{n},ผ่าน,2026-03-03" for n in range(ROWS))])

    def rates(bank: Bank, write: Write) -> tuple[float, float]:
        ours = _seconds(lambda: _record(bank, sheet))
        return ROWS / ours, ROWS / _seconds(lambda: write(RAW_ROWS))

    ours, limit = _rates(url, rates, raw)
    name = f"class sheet, 2,000 rows, {_engine(url)}"
    met = ours >= goal
    yield Figure(name, "rows/s", ours, limit, f">= {goal:,} rows/s", met=met)


def measure_award(url: str | None = None, *, raw: Raw = raw_sqlite) -> Iterator[Figure]:
    """Record one pass after another, each a sheet of one row in a transaction of its own."""
    head = f"เลขที่,{UNIT},วันที่ผ่าน"
    sheets = [_table([head, f"{n},ผ่าน,2026-03-03"]) for n in range(AWARDS)]

    def rates(bank: Bank, write: Write) -> tuple[float, float]:
        ours = bare = 0.0
        for at in range(0, AWARDS, TURN):
            turn = range(at, at + TURN)
            ours += sum(_seconds(partial(_record, bank, sheets[n])) for n in turn)
            bare += sum(_seconds(partial(write, RAW_ROWS[n : n + 1])) for n in turn)
        return AWARDS / ours, AWARDS / bare

    ours, limit = _rates(url, rates, raw)
    name = f"single award, {_engine(url)}"
    share = 0.4
    yield Figure(name, "1/s", ours, limit, ">= 40% of raw commits", met=ours >= share * limit)


def _rates(
    url: str | None, rates: Callable[[Bank, Write], tuple[float, float]], raw: Raw
) -> tuple[float, float]:
    found = []
    for number in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            place = None if url is None else url.replace("ROUND", str(number))
            bank = create_bank(Settings(home=Path(folder), database_url=place))
            large_class(bank)
            gc.collect()
            settle()  # as a serving bank does
            with raw(Path(folder)) as write:
                found.append(rates(bank, write))
            bank.database.close()
    ours, limits = zip(*found, strict=True)
    return median(ours), median(limits)


def large_class(bank: Bank) -> None:
    """Open the class ``BIG`` of 2,000 learners, and record one pass in another class."""
    prepare_school(bank)
    people = ["ref,role,school,given,family"]
    people += [f"Z-{n},learner,DEMO,สมมุติ{n},ดี" for n in range(ROWS)]
    days = "BMA-HK-2566,DEMO,2026-01-01,2026-11-01"
    members = ["class,course,school,starts,ends,as,person,number"]
    members += [f"{name},{days},teacher,T-001," for name in ("BIG", "SMALL")]
    members += [f"BIG,{days},learner,Z-{n},{n}" for n in range(ROWS)]
    members.append(f"SMALL,{days},learner,Z-1,1")
    with bank.writing() as transaction:
        register_people.register_people(transaction, _table(people), by=SYSTEM, pepper=bank.pepper)
        open_class.open_classes(transaction, _table(members))
    first = _table([f"เลขที่,{OTHER_UNIT},วันที่ผ่าน", "1,ผ่าน,2026-03-03"])
    _record(bank, first, class_id="SMALL")


def _record(bank: Bank, sheet: Grid, *, class_id: str = "BIG") -> None:
    with bank.writing() as transaction:
        teacher = find_person(transaction, "T-001").id
        record_units.record_sheet(transaction, sheet, class_id, by=teacher, pepper=bank.pepper)


def _table(lines: list[str]) -> Grid:
    return read_grid("\n".join(lines).encode(), name="bench.csv")


def _engine(url: str | None) -> str:
    return "SQLite" if url is None else "PostgreSQL"


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
