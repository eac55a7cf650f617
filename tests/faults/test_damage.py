"""A damaged database is noticed, or it says the same as before: there is nothing in between."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from competency_bank.bank import Bank, open_bank
from competency_bank.domain.errors import BankError
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.record_units import record_sheet
from competency_bank.settings import Settings
from competency_bank.storage.people_rows import find_person
from tests.banks import expect_clean, sheet_of
from tests.faults.promises import scratch
from tests.trips.stateful_bank import found_small_bank

PAGE = 4096
COPIES = 210
SHEETS = ("1,ผ่าน,ผ่าน,,2021-01-05", "2,ผ่าน,ผ่าน,ผ่าน,2021-01-05", "1,,,ผ่าน,2021-02-07")
VOUCHED = (
    *("ledger_entries", "log_tiles", "checkpoints", "records", "people", "editions"),
    *("certificates", "status_slots", "paper_codes", "course_maps", "successions", "completions"),
)
"""Tables of which the ledger says every cell: a copy that is called harmless has all of them."""

Harm = Callable[[Path, random.Random], None]


def flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def pages(path: Path, chance: random.Random) -> tuple[bytearray, int, int]:
    """Return the file and the places of two different pages, neither of them the first."""
    data = bytearray(path.read_bytes())
    one, other = chance.sample(range(1, len(data) // PAGE), 2)
    return data, one * PAGE, other * PAGE


def flips_a_bit(home: Path, chance: random.Random) -> None:
    """At the end of a page, where its rows are: most of a small page is empty."""
    data, one, _ = pages(home / "bank.sqlite", chance)
    data[one + PAGE - chance.randrange(1, 200)] ^= 1 << chance.randrange(8)
    (home / "bank.sqlite").write_bytes(data)


def flips_the_header(home: Path, chance: random.Random) -> None:
    data = bytearray((home / "bank.sqlite").read_bytes())
    data[chance.randrange(100)] ^= 1 << chance.randrange(8)
    (home / "bank.sqlite").write_bytes(data)


def spoils_a_stretch(home: Path, chance: random.Random) -> None:
    data, one, _ = pages(home / "bank.sqlite", chance)
    data[one + PAGE - 500 : one + PAGE] = chance.randbytes(500)
    (home / "bank.sqlite").write_bytes(data)


def blanks_a_page(home: Path, chance: random.Random) -> None:
    data, one, _ = pages(home / "bank.sqlite", chance)
    data[one : one + PAGE] = bytes(PAGE)
    (home / "bank.sqlite").write_bytes(data)


def swaps_two_pages(home: Path, chance: random.Random) -> None:
    data, one, other = pages(home / "bank.sqlite", chance)
    first, second = data[one : one + PAGE], data[other : other + PAGE]
    data[one : one + PAGE], data[other : other + PAGE] = second, first
    (home / "bank.sqlite").write_bytes(data)


def writes_a_page_in_the_wrong_place(home: Path, chance: random.Random) -> None:
    data, one, other = pages(home / "bank.sqlite", chance)
    data[one : one + PAGE] = data[other : other + PAGE]
    (home / "bank.sqlite").write_bytes(data)


def cuts_the_file(home: Path, chance: random.Random) -> None:
    path = home / "bank.sqlite"
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def cuts_the_newest_writes(home: Path, chance: random.Random) -> None:
    path = home / "bank.sqlite-wal"
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def removes_the_newest_writes(home: Path, _: random.Random) -> None:
    (home / "bank.sqlite-wal").unlink()


def flips_a_bit_of_the_newest_writes(home: Path, chance: random.Random) -> None:
    flip(home / "bank.sqlite-wal", chance)


def spoils_a_document(home: Path, chance: random.Random) -> None:
    flip(chance.choice(sorted((home / "issued").glob("*.pdf"))), chance)


HARMS: tuple[Harm, ...] = (
    flips_a_bit,
    flips_the_header,
    spoils_a_stretch,
    blanks_a_page,
    swaps_two_pages,
    writes_a_page_in_the_wrong_place,
    cuts_the_file,
    cuts_the_newest_writes,
    removes_the_newest_writes,
    flips_a_bit_of_the_newest_writes,
    spoils_a_document,
)


@dataclass(frozen=True, slots=True)
class Sound:
    """A bank before anything happens to it, and everything it says."""

    home: Path
    said: dict[str, list[str]]


@pytest.fixture(scope="module")
def sound() -> Iterator[Sound]:
    """A bank as it lies there while a server runs: the newest writes in a file of their own."""
    with scratch() as folder:
        found_small_bank(folder / "bank")
        bank = open_bank(Settings(home=folder / "bank"))
        for row in SHEETS:
            with bank.writing() as transaction:
                teacher = find_person(transaction, "T-1").id
                sheet = sheet_of("เลขที่,S1,S2,S3,วันที่ผ่าน", row)
                record_sheet(transaction, sheet, "K-1", by=teacher, pepper=bank.pepper)
        issue(bank, Wanted(learner="L-1"))
        expect_clean(bank)
        said = everything_said(bank)
        shutil.copytree(folder / "bank", folder / "copy")
        bank.database.close()
        (folder / "copy" / "bank.sqlite-shm").unlink()
        assert (folder / "copy" / "bank.sqlite-wal").stat().st_size > PAGE
        yield Sound(folder / "copy", said)


def everything_said(bank: Bank) -> dict[str, list[str]]:
    """Return every row of the tables that the ledger vouches for."""
    with bank.reading() as transaction:
        return {
            name: sorted(
                str(tuple(row))
                for row in transaction.connection.execute(text(f"SELECT * FROM {name}"))
            )
            for name in VOUCHED
        }


def noticed(home: Path) -> str | None:
    """Return what a start and an audit notice, or None."""
    bank = None
    try:
        bank = open_bank(Settings(home=home))
        bank.require_sound_log()
        findings = bank.audit().findings
        return findings[0].code if findings else None
    except BankError as fault:
        return fault.code
    finally:
        if bank is not None:
            bank.database.close()


def test_every_damaged_copy_is_noticed_or_says_the_same(sound: Sound) -> None:
    outcomes: dict[str, list[str]] = {}
    for number in range(COPIES):
        harm = HARMS[number % len(HARMS)]
        with scratch() as folder:
            home = folder / "home"
            shutil.copytree(sound.home, home)
            harm(home, random.Random(number))
            code = noticed(home)
            if code is None:
                bank = open_bank(Settings(home=home))
                said = everything_said(bank)
                bank.database.close()
                assert said == sound.said, f"{harm.__name__} {number}: it says something else"
            outcomes.setdefault(harm.__name__, []).append(code or "harmless")

    silent = {name for name, codes in outcomes.items() if set(codes) == {"harmless"}}
    assert not silent - {"flips_the_header"}, outcomes
    assert len(outcomes) == len(HARMS) >= 10
