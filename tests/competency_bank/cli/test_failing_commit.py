"""On the command line, too, nothing is called done before it is kept."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from competency_bank.bank import Bank
from competency_bank.cli.program import program
from competency_bank.domain.errors import NotNow
from competency_bank.storage.database import Database, Transaction
from competency_bank.storage.ledger_rows import log_size
from tests.banks import BARBER, FILES, expect_clean, record, school_bank

SHEET = str(FILES / "barber.csv")


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    made = school_bank(tmp_path)
    yield made
    made.database.close()


def run(bank: Bank, *words: str) -> Result:
    return CliRunner().invoke(program, ["--home", str(bank.settings.home), *words, "--json"])


def size(bank: Bank) -> int:
    with bank.reading() as transaction:
        return log_size(transaction)


WRITING = {
    "record": ("record", SHEET, "--class", BARBER, "--by", "T-002"),
    "withdraw": ("withdraw", "BB-005", "--class", BARBER),
    "correct": ("correct", "LAST", "--by", "T-002", "--reason", "slip", "--void"),
    "issue": ("issue", "--learner", "BB-001"),
    "people": ("people", "import", str(FILES / "people.csv")),
}


FAULTS: dict[str, tuple[Exception, str, int]] = {
    "full": (NotNow("storage-full"), "storage-full", 3),
    "failing": (OSError(5, "the disk gives up on 1234567890121"), "storage-failed", 3),
    "unforeseen": (RuntimeError("nobody foresaw 1234567890121"), "internal", 1),
}
"""What the commit raises, the code it is answered with, and the exit status."""


@pytest.mark.parametrize("verb", WRITING)
@pytest.mark.parametrize("name", FAULTS)
def test_a_commit_that_fails_is_answered_with_a_failure(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, verb: str, name: str
) -> None:
    fault, code, status = FAULTS[name]
    if verb in {"correct", "issue"}:
        record(bank, BARBER)
    before = size(bank)
    real = Database.writing

    @contextmanager
    def failing(self: Database, now: datetime) -> Iterator[Transaction]:
        with real(self, now) as transaction:
            yield transaction
            raise fault

    words = [str(before - 8) if word == "LAST" else word for word in WRITING[verb]]
    monkeypatch.setattr(Database, "writing", failing)
    result = run(bank, *words)
    monkeypatch.undo()

    assert result.exit_code == status, result.output
    told = json.loads(result.stdout)["error"]
    assert told["code"] == code
    assert told["message"]["th"]
    assert told["message"]["en"]
    assert "1234567890121" not in result.output
    assert "Traceback" not in result.output
    assert size(bank) == before
    expect_clean(bank)
    assert run(bank, *words).exit_code == 0, "the same words do it when the bank can again"
    expect_clean(bank)
