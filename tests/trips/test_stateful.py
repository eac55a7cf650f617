"""Whatever people do to a bank, in whatever order: it agrees with a few dictionaries.

``make stateful`` asks for 1,000 histories of 50 steps on each backend.
"""

from pathlib import Path

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.trips.history_settings import RUNS, histories
from tests.trips.stateful_bank import BankHistory, found_small_bank

pytestmark = pytest.mark.usefixtures("editions_read_once")


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
