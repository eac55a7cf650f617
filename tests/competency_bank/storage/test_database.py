"""One transaction at a time, kept whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

from competency_bank.domain.errors import Conflict
from competency_bank.domain.people import School, SchoolId
from competency_bank.storage.database import Database
from competency_bank.storage.instants import Instant
from competency_bank.storage.people_rows import find_school, put_school
from competency_bank.storage.upgrading import upgrade
from tests.banks import NOON

SCHOOL = School(SchoolId("s"), "โรงเรียน", "School")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/bank.sqlite", sign_checkpoint=lambda n, _: str(n))
    upgrade(made)
    yield made
    made.close()


def test_what_is_written_is_kept_when_the_transaction_ends(database: Database) -> None:
    with database.writing(NOON) as transaction:
        put_school(transaction, SCHOOL)

    with database.reading(NOON) as transaction:
        assert find_school(transaction, "s") == SCHOOL


def test_nothing_is_kept_when_anything_fails(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing(NOON) as transaction:  # noqa: PT012  (the write must come before the failure)
        put_school(transaction, SCHOOL)
        raise RuntimeError

    with database.reading(NOON) as transaction:
        assert transaction.connection.execute(text("SELECT * FROM schools")).first() is None


def test_a_writer_waits_for_another_and_then_says_that_the_bank_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("competency_bank.storage.database.BUSY_SECONDS", 0.1)
    other = Database(f"sqlite:///{tmp_path}/bank.sqlite", sign_checkpoint=lambda n, _: str(n))

    with (
        database.writing(NOON),
        pytest.raises(Conflict, match="database-busy"),
        other.writing(NOON),
    ):
        pass
    other.close()


def test_reading_goes_on_while_somebody_writes(database: Database) -> None:
    with database.writing(NOON) as writing:
        put_school(writing, SCHOOL)
        with database.reading(NOON) as reading:
            assert reading.connection.execute(text("SELECT * FROM schools")).first() is None


def test_upgrading_twice_changes_nothing_and_leaves_no_difference_to_the_tables(
    database: Database, tmp_path: Path
) -> None:
    upgrade(database)
    engine = create_engine(f"sqlite:///{tmp_path}/bank.sqlite")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_database_is_durable_and_strict(database: Database) -> None:
    with database.reading(NOON) as transaction:
        pragmas = {
            name: transaction.connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_moment_without_time_zone_is_refused(database: Database) -> None:
    naive = NOON.replace(tzinfo=None)

    with pytest.raises(ValueError, match="without time zone"):
        Instant().process_bind_param(naive, create_engine("sqlite://").dialect)
    assert Instant().process_bind_param(None, create_engine("sqlite://").dialect) is None
    database.close()
