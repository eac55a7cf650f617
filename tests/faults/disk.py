"""The disk-fault sweep: the Nth write, sync or rename fails, once or for good.

``python -m tests.faults.disk --faults 400`` prints one JSON document. Each fault meets a child at
one act of the bank; whatever was answered must be true afterwards, and the same act must succeed
once the disk is well again.
"""

import argparse
import ctypes
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from tests.faults.acts import ACTS, DONE, REFUSALS, Act
from tests.faults.nursery import Fate, Say, run_child
from tests.faults.promises import scratch

SOURCE = Path(__file__).with_name("disk_faults.c")
PRELOAD = "LD_PRELOAD"


class Kind(IntEnum):
    """What the disk does; the numbers are those of ``disk_faults.c``."""

    NONE = 0
    FULL = 1
    """No space left (ENOSPC)."""
    FAILING = 2
    """Input/output error (EIO) of a write."""
    SHORT = 3
    """Half of a write arrives, and no error is told."""
    KILLED = 4
    """The process dies with half of a write done."""
    SYNC = 5
    """What was written cannot be made durable (EIO of fsync)."""
    RENAME = 6


GROUP_OF = dict.fromkeys(Kind, 0) | {Kind.SYNC: 1, Kind.RENAME: 2}
ALWAYS = (False, True)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault to inject."""

    act: str
    kind: Kind
    at: int
    lasting: bool

    def __str__(self) -> str:
        """Say what fails, where and for how long."""
        return f"{self.act} {self.kind.name} at {self.at}{' for good' if self.lasting else ''}"


@dataclass(slots=True)
class Swept:
    """What became of the faults."""

    injected: int = 0
    missed: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def main() -> None:
    """Load the failing disk, sweep, and leave with 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=80)
    given = parser.parse_args()
    if PRELOAD not in os.environ:
        begin_again_with_failing_disk()
    logging.disable()  # the runner of commands closes the stream that a log would go to
    begun = time.monotonic()
    with scratch() as folder:
        homes = {name: prepare(folder / name, act) for name, act in ACTS.items()}
        swept = Swept()
        for fault in spread(folder, homes, given.faults):
            inject(folder, homes[fault.act], fault, swept)
    answer = {
        "seconds": round(time.monotonic() - begun, 1),
        "injected": swept.injected,
        "missed": swept.missed,
        "answers": dict(swept.answers.most_common()),
        "broken": swept.broken,
    }
    json.dump(answer, sys.stdout, indent=2)
    sys.exit(bool(swept.broken))


def begin_again_with_failing_disk() -> None:
    """Compile the disk and become this program again with it; says so where there is no gcc."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        json.dump({"skipped": "no C compiler"}, sys.stdout)
        sys.exit(0)
    folder = Path(tempfile.mkdtemp(prefix="disk-faults-"))
    library = folder / "disk_faults.so"
    words = [compiler, "-O1", "-Wall", "-Werror", "-shared", "-fPIC", str(SOURCE), "-ldl"]
    subprocess.run([*words, "-o", str(library)], check=True)
    again = subprocess.run(
        [sys.executable, "-m", "tests.faults.disk", *sys.argv[1:]],
        env=os.environ | {PRELOAD: str(library)},
        check=False,
    )
    shutil.rmtree(folder)
    sys.exit(again.returncode)


def prepare(home: Path, act: Act) -> Path:
    """Fill the home an act starts from, and do the act once in this process: children are warm."""
    act.begin(home)
    copy = home.with_name("trial")
    shutil.copytree(home, copy)
    act.do(copy, lambda _: None)
    shutil.rmtree(copy)
    return home


def spread(folder: Path, homes: dict[str, Path], wanted: int) -> list[Fault]:
    """Return as many faults as wanted, spread over acts, kinds and operations."""
    every: dict[tuple[str, Kind, bool], list[Fault]] = {}
    for name, home in homes.items():
        counts = operations(folder, home, ACTS[name])
        for kind in list(Kind)[1:]:
            for lasting in ALWAYS if kind is not Kind.KILLED else (False,):
                places = range(1, counts[GROUP_OF[kind]] + 1)
                every[name, kind, lasting] = [Fault(name, kind, at, lasting) for at in places]
    lists = [one for one in every.values() if one]
    total = sum(map(len, lists))
    chosen: list[Fault] = []
    for one in lists:
        share = max(1, round(wanted * len(one) / total))
        step = max(1.0, len(one) / share)
        chosen += [one[int(n * step)] for n in range(min(share, len(one)))]
    return chosen


def operations(folder: Path, home: Path, act: Act) -> list[int]:
    """Count the operations of an act on a disk that does not fail."""
    copy = folder / "count"
    shutil.copytree(home, copy)

    def count(say: Say) -> None:
        disk = failing_disk()
        act.do(copy, lambda _: None, arm=lambda: arm(disk, copy, Kind.NONE, 0, lasting=False))
        say(json.dumps([disk.fault_seen(group) for group in range(3)]))

    fate = run_child(count)
    shutil.rmtree(copy)
    (line,) = fate.said
    return [int(one) for one in json.loads(line)]


def inject(folder: Path, prepared: Path, fault: Fault, swept: Swept) -> None:
    """Let one fault happen and see that nothing that was answered is untrue."""
    home, act = folder / "home", ACTS[fault.act]
    shutil.copytree(prepared, home)

    def meet(say: Say) -> None:
        sys.stderr.write(f"{fault}\n")
        disk = failing_disk()
        act.do(
            home,
            lambda answer: say(f"answer {answer}"),
            arm=lambda: arm(disk, home, fault.kind, fault.at, lasting=fault.lasting),
            disarm=lambda: disarm(disk, say),
        )

    fate = run_child(meet)
    swept.injected += happened(fate)
    swept.missed += not happened(fate)
    answers = [line.partition(" ")[2] for line in fate.said if line.startswith("answer")]
    swept.answers[answers[0] if answers else "killed"] += 1
    try:
        assert fate.killed == (fault.kind is Kind.KILLED and happened(fate))
        expect_true(home, act, fate, answers)
    except Exception as fault_found:  # noqa: BLE001  (every breach is counted, whatever its form)
        traceback.print_exc(file=sys.stderr)
        swept.broken.append(f"{fault}: {type(fault_found).__name__}: {fault_found}"[:300])
    shutil.rmtree(home)


def expect_true(home: Path, act: Act, fate: Fate, answers: list[str]) -> None:
    """Fail unless what was answered holds, and the bank goes on, now and after a restart."""
    assert not fate.failed, "the child ended badly"
    assert not answers or answers[0] in REFUSALS | {DONE}, answers
    assert answers[1:] in ([], [DONE]), f"it does not go on: {answers}"
    act.expect(home, answers)
    answered: list[str] = []
    act.do(home, answered.append)
    assert answered == [DONE], f"it does not go on after a restart: {answered}"
    act.expect(home, answered)


def failing_disk() -> ctypes.CDLL:
    """Return the library that stands before the C library of this process."""
    return ctypes.CDLL(None)


def arm(disk: ctypes.CDLL, home: Path, kind: Kind, at: int, *, lasting: bool) -> None:
    """Let the operation number ``at`` of its group fail from now on."""
    disk.fault_arm(str(home).encode(), int(kind), ctypes.c_long(at), int(lasting))


def disarm(disk: ctypes.CDLL, say: Say) -> None:
    """Make the disk well, and say how often it failed."""
    disk.fault_disarm()
    say(f"injected {disk.fault_injected()}")


def happened(fate: Fate) -> bool:
    """Tell whether the fault met the act."""
    return fate.killed or any(
        line.startswith("injected ") and line != "injected 0" for line in fate.said
    )


if __name__ == "__main__":
    main()
