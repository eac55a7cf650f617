"""Eight servers' worth of writers on one database: everything once, nothing lost.

``python -m tests.faults.races`` prints one JSON document: 8 processes each record the same 300
learners, in an order of their own, and each pass must stand exactly once.
"""

import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from competency_bank.domain.errors import Conflict
from competency_bank.domain.ledger import SYSTEM
from competency_bank.services import open_class, register_people
from competency_bank.services.record_units import record_sheet
from competency_bank.storage.people_rows import find_person
from tests.banks import sheet_of
from tests.faults.nursery import Say, run_children
from tests.faults.promises import expect_whole, holdings, opened, scratch
from tests.trips.stateful_bank import CLASS_HEAD, found_small_bank

WRITERS, LEARNERS, ROWS_A_SHEET = 8, 300, 15
CLASS, UNITS = "K-8", 3
ROW = f"{CLASS},SML-C,SML,2020-02-01,2030-01-01"


def begin(home: Path) -> None:
    """Found a bank with one class of 300 made-up learners."""
    found_small_bank(home)
    people = ["ref,role,school,given"]
    people += [f"M-{n},learner,SML,ผู้เรียนทดสอบ{n}" for n in range(1, LEARNERS + 1)]
    members = [CLASS_HEAD, f"{ROW},teacher,T-1,"]
    members += [f"{ROW},learner,M-{n},{n}" for n in range(1, LEARNERS + 1)]
    with opened(home) as bank, bank.writing() as transaction:
        people_sheet = sheet_of(*people)
        register_people.register_people(transaction, people_sheet, by=SYSTEM, pepper=bank.pepper)
        open_class.open_classes(transaction, sheet_of(*members))


def write_all(home: Path, number: int, say: Say) -> None:
    """Record every learner, some at a time; a busy bank is asked again, as its answer says."""
    learners = list(range(1, LEARNERS + 1))
    random.Random(number).shuffle(learners)
    with opened(home) as bank:
        for start in range(0, LEARNERS, ROWS_A_SHEET):
            some = learners[start : start + ROWS_A_SHEET]
            lines = [f"{n},ผ่าน,ผ่าน,ผ่าน,2021-01-05" for n in some]
            sheet = sheet_of("เลขที่,S1,S2,S3,วันที่ผ่าน", *lines)
            while True:
                try:
                    with bank.writing() as transaction:
                        teacher = find_person(transaction, "T-1").id
                        done = record_sheet(
                            transaction, sheet, CLASS, by=teacher, pepper=bank.pepper
                        )
                    break
                except Conflict as busy:
                    say(f"busy {busy.code}")
                    time.sleep(0.01)
            say(f"kept {len(done.outcome.passes)} {done.outcome.already}")


def sums(lines: Sequence[str]) -> dict[str, int]:
    """Return how many passes were recorded, found there already, and how often it was busy."""
    kept = [line.split() for line in lines if line.startswith("kept")]
    return {
        "recorded": sum(int(one[1]) for one in kept),
        "already": sum(int(one[2]) for one in kept),
        "busy": len(lines) - len(kept),
    }


def main() -> None:
    """Run the writers and leave with 1 if anything was doubled or lost."""
    with scratch() as folder:
        home = folder / "home"
        begin(home)
        works = [
            lambda say, number=number: write_all(home, number, say) for number in range(WRITERS)
        ]
        fates = run_children(works)
        found = sums([line for fate in fates for line in fate.said])
        with opened(home) as bank:
            expect_whole(bank)
            standing = len(holdings(bank))
    found |= {"standing": standing, "failed": sum(fate.failed for fate in fates)}
    json.dump(found, sys.stdout)
    wanted = LEARNERS * UNITS
    good = found["recorded"] == standing == wanted and not found["failed"]
    sys.exit(not (good and found["already"] == (WRITERS - 1) * wanted))


if __name__ == "__main__":
    main()
