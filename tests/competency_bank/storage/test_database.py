"""One transaction at a time, kept whole or not at all, on either backend."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, insert, make_url, select, text

from competency_bank.domain.errors import Conflict, NotNow
from competency_bank.domain.people import School, SchoolId
from competency_bank.storage.database import Database
from competency_bank.storage.instants import Instant
from competency_bank.storage.people_rows import find_school, put_school
from competency_bank.storage.upgrading import upgrade
from tests.backends import Backend
from tests.banks import NOON

SCHOOL = School(SchoolId("s"), "โรงเรียน", "School")
OTHER = School(SchoolId("o"), "อื่น", "Other")


def opened(url: str) -> Database:
    return Database(url, sign_checkpoint=lambda size, _: str(size))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = opened(database_url)
    upgrade(made)
    yield made
    made.close()


def schools(database: Database) -> int:
    with database.reading(NOON) as transaction:
        return len(transaction.connection.execute(text("SELECT * FROM schools")).all())


def test_what_is_written_is_kept_when_the_transaction_ends(database: Database) -> None:
    with database.writing(NOON) as transaction:
        put_school(transaction, SCHOOL)

    with database.reading(NOON) as transaction:
        assert find_school(transaction, "s") == SCHOOL


def test_a_connection_that_was_cut_while_it_waited_is_not_lent(
    postgres: Backend, tmp_path: Path
) -> None:
    with postgres.database(tmp_path) as url:
        database = opened(url)
        upgrade(database)
        with database.reading(NOON), database.writing(NOON):  # two connections wait from now on
            pass
        cut = f"pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name(url)}'"
        assert postgres.server is not None
        postgres.server.execute(f"SELECT {cut}")

        with database.writing(NOON) as transaction:
            put_school(transaction, SCHOOL)
        assert schools(database) == 1
        database.close()


def _name(url: str) -> str:
    return make_url(url).database or ""


def test_nothing_is_kept_when_anything_fails(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing(NOON) as transaction:  # noqa: PT012  (the write must come before the failure)
        put_school(transaction, SCHOOL)
        raise RuntimeError

    assert schools(database) == 0


def test_a_writer_waits_for_another_and_then_says_that_the_bank_is_busy(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("competency_bank.storage.engines.BUSY_SECONDS", 0.1)
    other = opened(database_url)

    with (
        database.writing(NOON),
        pytest.raises(Conflict, match="database-busy"),
        other.writing(NOON),
    ):
        pass
    with other.writing(NOON) as transaction:
        put_school(transaction, SCHOOL)
    other.close()
    assert schools(database) == 1


def test_a_writer_who_waited_sees_what_the_one_before_wrote(
    database: Database, database_url: str
) -> None:
    """A snapshot older than the lock would give one serial or one log position out twice."""
    other, seen = opened(database_url), []

    def count_and_add() -> None:
        with other.writing(NOON) as transaction:
            query = text("SELECT count(*) FROM schools")
            seen.append(transaction.connection.execute(query).scalar())
            put_school(transaction, OTHER)

    waiting = Thread(target=count_and_add)
    with database.writing(NOON) as transaction:
        waiting.start()
        waiting.join(0.2)
        put_school(transaction, SCHOOL)
    waiting.join()
    other.close()

    assert seen == [1]
    assert schools(database) == 2


def test_reading_goes_on_while_somebody_writes_and_sees_one_state(database: Database) -> None:
    query = text("SELECT * FROM schools")
    with database.reading(NOON) as reading:
        assert reading.connection.execute(query).first() is None
        with database.writing(NOON) as writing:
            put_school(writing, SCHOOL)
            assert reading.connection.execute(query).first() is None
        assert reading.connection.execute(query).first() is None
    assert schools(database) == 1


def test_a_transaction_that_another_undid_is_answered_as_busy(
    postgres: Backend, tmp_path: Path
) -> None:
    """Nobody of the bank causes it; somebody at the database's own prompt can."""
    with postgres.database(tmp_path) as url:
        database = opened(url)
        upgrade(database)
        with pytest.raises(Conflict, match="database-busy"), database.writing(NOON) as transaction:
            transaction.connection.execute(text("DO $$BEGIN RAISE SQLSTATE '40001'; END$$"))
        with pytest.raises(NotNow, match="storage-full"), database.writing(NOON) as transaction:
            transaction.connection.execute(text("DO $$BEGIN RAISE SQLSTATE '53100'; END$$"))
        database.close()


def test_a_database_that_does_not_answer_is_away_not_broken(backend: Backend) -> None:
    if backend.server is None:
        missing = opened("sqlite:////nowhere/bank.sqlite")
    else:
        missing = opened(backend.server.url("nobody_made_this"))

    with pytest.raises(NotNow, match=r"storage-failed|database-away"), missing.reading(NOON):
        pass
    missing.close()


def test_sqlite_is_durable_and_strict(tmp_path: Path) -> None:
    database = opened(f"sqlite:///{tmp_path}/bank.sqlite")
    with database.reading(NOON) as transaction:
        pragmas = {
            name: transaction.connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    database.close()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_moment_comes_back_as_it_went_in_wherever_the_server_stands(database_url: str) -> None:
    engine = create_engine(database_url)
    moments = Table("moments", MetaData(), Column("at", Instant()))
    moment = datetime(2026, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=9)))
    with engine.connect() as connection:
        moments.create(connection)
        connection.execute(insert(moments), {"at": moment})
        found = connection.execute(select(moments.c.at)).scalar_one()
    engine.dispose()

    assert found == moment
    assert found.tzinfo is UTC


def test_a_moment_without_time_zone_is_refused() -> None:
    naive = NOON.replace(tzinfo=None)

    with pytest.raises(ValueError, match="without time zone"):
        Instant().process_bind_param(naive, create_engine("sqlite://").dialect)
    assert Instant().process_bind_param(None, create_engine("sqlite://").dialect) is None
