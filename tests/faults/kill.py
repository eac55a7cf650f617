"""The kill test: jobs are killed at random moments, and nothing acknowledged may be missing.

``python -m tests.faults.kill --rounds 400 --seed 1`` prints one JSON document. ``--only JOB:N``
repeats one round of a printed seed.
"""

import argparse
import contextlib
import json
import random
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.jobs import JOBS, Job
from tests.faults.nursery import Fate, run_child
from tests.faults.promises import scratch
from tests.faults.serving import Serving

WITHIN = 0.93
"""Kills fall into this part of the time a job takes: nearly all meet it at work."""


@dataclass(slots=True)
class Tally:
    """What became of the rounds of one job."""

    rounds: int = 0
    hit: int = 0
    acknowledged: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Prepared:
    """A job, the home it starts from, and how long it takes undisturbed."""

    job: Job
    home: Path
    seconds: float


def main() -> None:
    """Run the rounds and leave with 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", default=None, help="JOB:ROUND")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**9)
    begun = time.monotonic()
    with scratch() as folder:
        tallies = run_rounds(folder, given.rounds, seed, given.only)
    answer = {
        "seed": seed,
        "seconds": round(time.monotonic() - begun, 1),
        "rounds": sum(one.rounds for one in tallies.values()),
        "hit": sum(one.hit for one in tallies.values()),
        "broken": [line for one in tallies.values() for line in one.broken],
        "jobs": {
            name: {"rounds": one.rounds, "hit": one.hit, "acknowledged": one.acknowledged}
            for name, one in tallies.items()
        },
    }
    json.dump(answer, sys.stdout, indent=2)
    sys.exit(bool(answer["broken"]))


def run_rounds(folder: Path, rounds: int, seed: int, only: str | None) -> dict[str, Tally]:
    """Run every job in turn, each round with a seed of its own."""
    jobs: dict[str, Job] = {**JOBS, "serving": Serving()}
    prepared = {name: prepare(folder / name, job) for name, job in jobs.items()}
    tallies = {name: Tally() for name in prepared}
    names = list(prepared)
    for number in range(rounds):
        name = names[number % len(names)]
        if only in (None, f"{name}:{number}"):
            one_round(prepared[name], f"{seed}:{name}:{number}", tallies[name])
    return tallies


def prepare(home: Path, job: Job) -> Prepared:
    """Fill the home, and run the job undisturbed: the parent learns all that children share."""
    job.begin(home)
    times = []
    for work in (in_place, in_child):
        copy = home.with_name("trial")
        shutil.copytree(home, copy)
        begun = time.monotonic()
        fate = work(lambda say: job.run(copy, say))  # noqa: B023  (called at once)
        times.append(time.monotonic() - begun)
        job.check(copy, fate.said)
        job.resume(copy)
        shutil.rmtree(copy)
    return Prepared(job, home, times[-1])


def in_place(work: Callable[[Callable[[str], None]], None]) -> Fate:
    """Run a job in this process, once, so that its children find everything warm."""
    said: list[str] = []
    work(said.append)
    return Fate(tuple(said), killed=False, failed=False, seconds=0.0)


def in_child(work: Callable[[Callable[[str], None]], None]) -> Fate:
    """Run a job as a child that nobody kills."""
    fate = run_child(work)
    if fate.failed:
        sys.exit("a job fails undisturbed")
    return fate


def one_round(prepared: Prepared, seed: str, tally: Tally) -> None:
    """Kill a job, check what it had acknowledged, let it go on, check again."""
    moment = random.Random(seed).uniform(0, WITHIN) * prepared.seconds
    home = prepared.home.with_name("round")
    shutil.copytree(prepared.home, home)
    job = prepared.job
    fate = run_child(lambda say: job.run(home, say), kill_after=moment)
    tally.rounds += 1
    tally.hit += fate.killed
    tally.acknowledged += len(fate.said)
    if not fate.killed:  # the machine has become faster: kill earlier from now on
        prepared.seconds = min(prepared.seconds, fate.seconds)
    try:
        assert not fate.failed, "the job failed by itself"
        job.check(home, fate.said)
        job.resume(home)
        job.check(home, fate.said)
    except Exception as fault:  # noqa: BLE001  (every breach is counted, whatever its form)
        with contextlib.redirect_stdout(sys.stderr):
            traceback.print_exc()
        tally.broken.append(f"{seed} at {moment:.4f} s: {type(fault).__name__}: {fault}"[:300])
    shutil.rmtree(home)


if __name__ == "__main__":
    main()
