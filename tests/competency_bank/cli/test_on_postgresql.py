"""The command line, as a school would use it, on PostgreSQL."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from competency_bank.cli.program import program
from tests.backends import Backend


def test_the_main_job_runs_is_audited_backed_up_and_restored(
    postgres: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*words: str) -> Any:  # noqa: ANN401  (whatever the verb answers)
        result = CliRunner().invoke(program, ["--home", str(tmp_path / "home"), *words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    with postgres.database(tmp_path) as url, postgres.database(tmp_path) as another:
        monkeypatch.setenv("COMPETENCY_BANK_DATABASE_URL", url)
        answer("init")
        done = answer("demo")
        assert sum(done["verdicts"].values()) == sum(done["issued"].values()) > 100
        assert done["verdicts"].keys() == {"valid", "changed"}, "one was corrected on the way"
        before = answer("audit")
        assert before["findings"] == []
        answer("backup", str(tmp_path / "kept"))

        monkeypatch.setenv("COMPETENCY_BANK_DATABASE_URL", another)  # the first server is lost
        answer("restore", str(tmp_path / "kept"))
        assert answer("audit") == before
