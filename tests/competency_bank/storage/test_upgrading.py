"""Migrations: up, down and up again on either backend, and then exactly the tables."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect
from sqlmodel import SQLModel

from competency_bank.storage.database import Database
from competency_bank.storage.upgrading import alembic_config, upgrade


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = create_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url, sign_checkpoint=lambda size, _: str(size))
    yield made
    made.close()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, SQLModel.metadata))


def test_upgrading_twice_changes_nothing_and_leaves_no_difference_to_the_tables(
    database: Database, engine: Engine
) -> None:
    upgrade(database)
    upgrade(database)

    assert differences(engine) == []


def test_down_to_nothing_and_up_again_ends_where_it_began(
    database: Database, engine: Engine
) -> None:
    upgrade(database)
    before = shape(engine)
    with database.connection() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]

    upgrade(database)
    assert shape(engine) == before
    assert differences(engine) == []


def shape(engine: Engine) -> dict[str, object]:
    found = inspect(engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            found.get_pk_constraint(name)["constrained_columns"],
            sorted(str(index["name"]) for index in found.get_indexes(name)),
        )
        for name in found.get_table_names()
    }
