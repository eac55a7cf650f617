"""Whatever people do to a bank, in whatever order: it agrees with a few dictionaries.

``make stateful`` asks for 1,000 histories of 50 steps on each backend.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from competency_bank.services import audit_bank
from tests.backends import Backend
from tests.trips.stateful_bank import BankHistory, found_small_bank

RUNS = int(os.environ.get("STATEFUL_RUNS", "300"))
STEPS = int(os.environ.get("STATEFUL_STEPS", "30"))
POSTGRES_RUNS = int(os.environ.get("STATEFUL_RUNS", "8"))
"""A new database for each history costs more than the history; all of them by the make verb."""


def histories(runs: int) -> settings:
    """Return how the histories are drawn; the first that fails is made as short as can be."""
    return settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )


@pytest.fixture(autouse=True)
def editions_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit reads each edition anew; the same bytes are read once for all histories."""
    once = lru_cache(maxsize=16)(audit_bank._edition_digest)  # noqa: SLF001  (a pure function)
    monkeypatch.setattr(audit_bank, "_edition_digest", once)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of the bank that every history on SQLite begins with."""
    home = tmp_path_factory.mktemp("stateful") / "home"
    found_small_bank(home)
    return home


@pytest.mark.parametrize("part", [1, 2, 3])
def test_the_bank_agrees_with_a_simple_model_on_sqlite(template: Path, part: int) -> None:
    """Several parts, because a failure in one still shows what the others find."""
    machine = type(f"History{part}", (BankHistory,), {"template": template})

    run_state_machine_as_test(machine, settings=histories(RUNS // 3 + 1))


def test_the_bank_agrees_with_a_simple_model_on_postgresql(
    postgres: Backend, tmp_path: Path
) -> None:
    server = postgres.server
    assert server is not None
    home, name = tmp_path / "home", f"template_{secrets.token_hex(4)}"
    server.execute(f"CREATE DATABASE {name}")
    found_small_bank(home, server.url(name))

    @contextmanager
    def lend_database() -> Iterator[str]:
        copy = f"history_{secrets.token_hex(8)}"
        server.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
        try:
            yield server.url(copy)
        finally:
            server.execute(f"DROP DATABASE {copy} WITH (FORCE)")

    parts = {"template": home, "lend_database": staticmethod(lend_database)}
    machine = type("HistoryOnPostgres", (BankHistory,), parts)
    run_state_machine_as_test(machine, settings=histories(POSTGRES_RUNS))
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
