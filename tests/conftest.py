"""How properties are searched: at a desk by chance, in CI the same way each time.

And the databases: what must hold on both backends asks for ``backend``, ``database_url`` or
``school``.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from competency_bank.bank import Bank
from tests.backends import Backend, choose_folder, remove_server, shared_server
from tests.banks import school_bank
from tests.postgres_server import NoPostgres

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        choose_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        remove_server()


@pytest.fixture(scope="session")
def postgres() -> Backend:
    """PostgreSQL alone, for what SQLite does not have."""
    try:
        return Backend("postgresql", shared_server())
    except NoPostgres as fault:
        pytest.skip(f"PostgreSQL cannot be started here: {fault}")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each of the two kinds of database in turn."""
    found = Backend("sqlite")
    return found if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def database_url(backend: Backend, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database on each backend in turn."""
    with backend.database(tmp_path) as url:
        yield url


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> Iterator[Bank]:
    """The demonstration school on each backend in turn, without any record."""
    bank = school_bank(tmp_path, database_url)
    yield bank
    bank.database.close()
