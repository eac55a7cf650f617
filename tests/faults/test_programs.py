"""The kill test, the disk-fault sweep and the race, at the size of every run.

``make kill`` and ``make faults`` run them larger.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KILLS, FAULTS = 60, 80
HIT = 0.6
"""So many kills at least must have met the job at work."""


def run(*words: str) -> tuple[Any, str]:
    """Run one of the programs and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr[-3000:]
    return json.loads(done.stdout), done.stderr[-3000:]


def test_a_bank_that_is_killed_anywhere_loses_doubles_and_halves_nothing() -> None:
    found, errors = run("tests.faults.kill", "--rounds", str(KILLS))

    assert found["broken"] == [], f"seed {found['seed']}\n{errors}"
    assert found["rounds"] == KILLS
    assert found["hit"] >= HIT * KILLS, found
    assert all(one["hit"] for one in found["jobs"].values()), found


def test_a_disk_that_fails_anywhere_is_named_and_damages_nothing() -> None:
    # What a fault hits twice (once, and for good) is chosen once: fewer places than faults.
    found, errors = run("tests.faults.disk", "--faults", "64")
    if "skipped" in found:
        pytest.skip(found["skipped"])

    assert found["broken"] == [], errors
    assert found["injected"] >= FAULTS, found
    assert {"storage-full", "storage-failed", "killed", "done"} >= set(found["answers"])


def test_eight_writers_of_the_same_300_learners_double_and_lose_nothing() -> None:
    found, errors = run("tests.faults.races")

    assert found["failed"] == 0, errors
    assert found["recorded"] == found["standing"] == 900
    assert found["already"] == 7 * 900
