"""A bank spread over three servers by learner does what a bank on one does.

PostgreSQL's own parts stand in for a distributed engine: partitions by hash over ``postgres_fdw``.
What holds here keeps Citus and its like open; the program knows nothing of it.
"""

from collections.abc import Iterator

import psycopg
import pytest

from certificates.credential.snapshot import CertificateKind
from competency_bank.bank import Bank
from competency_bank.domain.errors import Conflict
from competency_bank.domain.recording import Pass
from competency_bank.issue_run import issue
from competency_bank.services.correct_record import void_record
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.show_holdings import holdings_of, path_of
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.storage.database import Database
from competency_bank.storage.people_rows import find_person
from competency_bank.storage.record_rows import Recording, add_passes
from competency_bank.storage.upgrading import upgrade
from tests.banks import BARBER, HOUSEKEEPING, expect_clean, record, school_bank
from tests.cluster.servers import SAFE, folder_of_servers, spread_by_learner
from tests.postgres_server import NoPostgres, PostgresServer

pytestmark = pytest.mark.cluster
SPREAD = ("records", "enrolments", "certificates", "completions")
"""Every table whose keys begin with the learner."""


@pytest.fixture(scope="module")
def nodes() -> Iterator[list[PostgresServer]]:
    """A coordinator and two shards, each with the bank's tables."""
    with folder_of_servers() as folder:
        servers = [PostgresServer(folder, port) for port in (5431, 5432, 5433)]
        try:
            for server in servers:
                server.create()
                server.start(SAFE)
        except NoPostgres as fault:
            pytest.skip(f"PostgreSQL cannot be started here: {fault}")
        for server in servers:
            server.execute("CREATE DATABASE bank")
            database = Database(server.url("bank"), sign_checkpoint=lambda *_: "")
            upgrade(database)
            database.close()
        spread_by_learner(servers[0], servers[1:], SPREAD)
        yield servers


@pytest.fixture(scope="module")
def bank(nodes: list[PostgresServer], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    made = school_bank(tmp_path_factory.mktemp("home"), nodes[0].url("bank"))
    yield made
    made.database.close()


def test_the_main_trip_runs_unchanged_on_three_servers(
    bank: Bank, nodes: list[PostgresServer]
) -> None:
    assert len(record(bank, HOUSEKEEPING).outcome.passes) == 68
    record(bank, BARBER)
    assert record(bank, HOUSEKEEPING).outcome.already == 68
    with bank.writing() as transaction:
        withdraw_learner(transaction, "BB-005", class_id=BARBER, by="x")
    with bank.reading() as transaction:
        held = holdings_of(transaction, "BB-005")
        (path,) = path_of(transaction, "BB-005", goal="7077")
    assert (len(held), len(path.left)) == (3, 2)

    with bank.writing() as transaction:
        teacher = find_person(transaction, "T-002").id
        void_record(transaction, held[0].holding.entry, by=teacher, reason="slip")
    with bank.reading() as transaction:
        assert len(holdings_of(transaction, "BB-005")) == 2
    issued = issue(bank, Wanted(learner="BB-001", kind=CertificateKind.UNIT))
    assert len(issued) == 5

    counts = [records_on(server) for server in nodes]
    assert counts[0] == counts[1] + counts[2]
    assert min(counts) > 0
    expect_clean(bank)


def test_a_pass_that_stands_on_its_shard_is_not_recorded_twice(bank: Bank) -> None:
    """The coordinator cannot hold the unique key; the shard that owns the learner does."""
    record(bank, BARBER)
    with bank.reading() as transaction:
        one = holdings_of(transaction, "BB-002")[0].holding
    recording = Recording(one.class_id, one.recorded_by, one.basis, {one.unit: one.edition}, 9_999)
    again = Pass(one.learner, one.unit, one.passed_on, one.score, one.note)
    with pytest.raises(Conflict, match="already-recorded"), bank.writing() as transaction:
        add_passes(transaction, [again], [b"s" * 16], recording=recording)
    expect_clean(bank)


def records_on(server: PostgresServer) -> int:
    with psycopg.connect(server.conninfo("bank")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM records").fetchone() or (0,)
    return int(count)
