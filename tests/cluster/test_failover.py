"""A primary dies under load: whatever the bank answered for stands on the one that takes over."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

import psycopg
import pytest

from competency_bank.bank import Bank, open_bank
from competency_bank.domain.errors import BankError, RecordDamaged
from competency_bank.domain.ledger import SYSTEM
from competency_bank.services.open_class import open_classes
from competency_bank.services.record_units import record_sheet
from competency_bank.services.register_people import register_people
from competency_bank.services.show_holdings import holdings_of
from competency_bank.storage.people_rows import find_person
from tests.banks import expect_clean, school_bank, sheet_of
from tests.cluster.servers import SAFE, STANDBY, folder_of_servers, promote, standby_of
from tests.postgres_server import NoPostgres, PostgresServer

pytestmark = pytest.mark.cluster
LEARNERS = 3_000
WRITERS = 3
LOAD_SECONDS = 1.5
PATIENCE_SECONDS = 20


@pytest.fixture
def pair() -> Iterator[tuple[PostgresServer, PostgresServer]]:
    """A primary and the standby it waits for."""
    with folder_of_servers() as folder:
        primary = PostgresServer(folder, 5431)
        try:
            primary.create()
            primary.start(SAFE)
        except NoPostgres as fault:
            pytest.skip(f"PostgreSQL cannot be started here: {fault}")
        primary.execute("CREATE DATABASE bank")
        yield primary, standby_of(primary, port=5432)


def both(primary: PostgresServer, standby: PostgresServer) -> str:
    """Return the one address the bank is given: two hosts, whichever can be written to."""
    ports = f"{primary.port},{standby.port}"
    hosts = f"{primary.folder},{standby.folder}"
    return (
        f"postgresql+psycopg://postgres@/bank?host={hosts}&port={ports}"
        "&target_session_attrs=read-write&connect_timeout=2"
    )


@dataclass
class Load:
    """Teachers who record one pass after another and note what the bank answered for."""

    bank: Bank
    acknowledged: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    next: int = 0
    stop: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def run(self) -> None:
        while not self.stop.is_set():
            with self.lock:
                self.next += 1
                number = self.next
            while not self.stop.is_set() and not self.record(number):
                time.sleep(0.05)

    def record(self, number: int) -> bool:
        """Record one pass; False when the bank said that it could not, or could not say."""
        sheet = sheet_of("เลขที่,THR-HOH-1-194ZB,วันที่ผ่าน", f"{number},ผ่าน,2026-03-03")
        try:
            with self.bank.writing() as transaction:
                teacher = find_person(transaction, "T-001").id
                done = record_sheet(transaction, sheet, "BIG", by=teacher, pepper=self.bank.pepper)
        except BankError as fault:
            self.failed.append(fault.code)
            return False
        assert len(done.outcome.passes) + done.outcome.already == 1
        self.acknowledged.append(number)
        return True


def test_a_killed_primary_loses_nothing_that_was_answered_and_the_bank_goes_on(
    pair: tuple[PostgresServer, PostgresServer], tmp_path: Path
) -> None:
    primary, standby = pair
    bank = school_bank(tmp_path, both(primary, standby))
    large_class(bank)
    wait_until_synchronous(primary)
    load = Load(bank)
    threads = [Thread(target=load.run) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    time.sleep(LOAD_SECONDS)

    primary.kill()
    before = len(load.acknowledged)
    promote(standby)
    end = time.monotonic() + PATIENCE_SECONDS
    while len(load.acknowledged) < before + 50 and time.monotonic() < end:
        time.sleep(0.05)
    load.stop.set()
    for thread in threads:
        thread.join()

    assert before > 50, "there was no load worth the name"
    assert len(load.acknowledged) >= before + 50, load.failed[-5:]
    assert len(load.acknowledged) == len(set(load.acknowledged))
    assert lost(bank, load.acknowledged) == []
    expect_clean(bank)
    bank.database.close()


def test_without_a_synchronous_standby_the_loss_is_seen_and_the_bank_signs_nothing_more(
    pair: tuple[PostgresServer, PostgresServer], tmp_path: Path
) -> None:
    """The control of the test above; and what the head of the log outside the database is for."""
    primary, standby = pair
    bank = school_bank(tmp_path, both(primary, standby))
    large_class(bank)
    wait_until_synchronous(primary)
    primary.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    load = Load(bank)
    assert load.record(1)
    wait_until_equal(primary)
    cut_off(primary)
    assert load.record(2)
    assert load.record(3)
    primary.kill()
    promote(standby)

    assert lost(bank, load.acknowledged) == [2, 3]
    bank.database.close()
    again = open_bank(bank.settings)
    with pytest.raises(RecordDamaged, match="log-went-back"):
        again.require_sound_log()
    again.database.close()


def lost(bank: Bank, acknowledged: Iterable[int]) -> list[int]:
    """Return whose pass was answered for and does not stand once."""
    with bank.reading() as transaction:
        return [
            number for number in acknowledged if len(holdings_of(transaction, f"Z-{number}")) != 1
        ]


def cut_off(primary: PostgresServer) -> None:
    """Let nothing more leave the primary, as a broken line would."""
    query = b"SELECT pid FROM pg_stat_replication"
    with psycopg.connect(primary.conninfo()) as connection:
        for (process,) in connection.execute(query).fetchall():
            os.kill(process, signal.SIGSTOP)


def wait_until_equal(primary: PostgresServer) -> None:
    query = b"SELECT replay_lsn = pg_current_wal_lsn() FROM pg_stat_replication"
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with psycopg.connect(primary.conninfo(), autocommit=True) as connection:
            if connection.execute(query).fetchone() == (True,):
                return
        time.sleep(0.05)
    raise TimeoutError(STANDBY)


def large_class(bank: Bank) -> None:
    head = "BIG,BMA-HK-2566,DEMO,2026-01-01,2026-11-01"
    people = [f"Z-{n},learner,DEMO,สมมุติ{n},ดี" for n in range(1, LEARNERS)]
    members = [f"{head},learner,Z-{n},{n}" for n in range(1, LEARNERS)]
    with bank.writing() as transaction:
        told = sheet_of("ref,role,school,given,family", *people)
        register_people(transaction, told, by=SYSTEM, pepper=bank.pepper)
        columns = "class,course,school,starts,ends,as,person,number"
        open_classes(transaction, sheet_of(columns, f"{head},teacher,T-001,", *members))


def wait_until_synchronous(primary: PostgresServer) -> None:
    query = b"SELECT sync_state FROM pg_stat_replication WHERE application_name = %s"
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with psycopg.connect(primary.conninfo()) as connection:
            if connection.execute(query, (STANDBY,)).fetchone() == ("sync",):
                return
        time.sleep(0.05)
    raise TimeoutError(STANDBY)
