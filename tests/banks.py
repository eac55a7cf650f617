"""Small banks for tests: the demonstration school on a real database in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from competency_bank.bank import Bank
from competency_bank.domain.course_files import read_courses, read_map
from competency_bank.domain.ledger import SYSTEM
from competency_bank.founding import create_bank
from competency_bank.services import map_course, open_class, register_people
from competency_bank.services.record_units import Recorded, record_sheet
from competency_bank.settings import Settings
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.people_rows import find_person
from standards.reading_sheet import Grid, read_grid

FILES = files("competency_bank") / "demonstration"
NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
"""Noon in Bangkok of the day on which most tests happen."""

HOUSEKEEPING, BARBER = "HK-2566-1", "BARBER-2569-1"
TEACHERS = {HOUSEKEEPING: "T-001", BARBER: "T-002"}
SHEETS = {HOUSEKEEPING: "housekeeping.csv", BARBER: "barber.csv"}


def empty_bank(home: Path, database_url: str | None = None) -> Bank:
    """Return a new bank with keys, tables and the shipped standards; by default on SQLite."""
    return create_bank(Settings(home=home, database_url=database_url))


def school_bank(home: Path, database_url: str | None = None) -> Bank:
    """Return a new bank with the demonstration school: people, mapped courses, two classes."""
    bank = empty_bank(home, database_url)
    with bank.writing() as transaction:
        map_course.add_courses(transaction, read_courses(data("courses.json"), name="courses"))
        people = grid("people.csv")
        register_people.register_people(transaction, people, by=SYSTEM, pepper=bank.pepper)
        for name, course in (("housekeeping", "BMA-HK-2566"), ("barber", "BMA-BARBER-M")):
            course_map = read_map(data(f"{name}.map.json"), load_catalogue(transaction), name=name)
            author, approver = (find_person(transaction, ref).id for ref in ("C-001", "C-002"))
            map_course.propose_map(transaction, course_map, by=author)
            map_course.approve_map(transaction, course, by=approver)
        open_class.open_classes(transaction, grid("classes.csv"))
    return bank


def record(bank: Bank, class_id: str, sheet: Grid | None = None) -> Recorded:
    """Record a sheet of one of the two classes, by default the demonstration's own."""
    with bank.writing() as transaction:
        teacher = find_person(transaction, TEACHERS[class_id]).id
        return record_sheet(
            transaction,
            sheet or grid(SHEETS[class_id]),
            class_id,
            by=teacher,
            pepper=bank.pepper,
        )


def sheet_of(*lines: str) -> Grid:
    """Return a sheet written as lines of comma-separated cells."""
    return read_grid("\n".join(lines).encode(), name="sheet.csv")


@contextmanager
def later(bank: Bank, **after: float) -> Iterator[Transaction]:
    """Open a writing transaction some time after noon."""
    with bank.database.writing(NOON + timedelta(**after)) as transaction:
        yield transaction


def data(name: str) -> bytes:
    """Return a file of the demonstration school."""
    return (FILES / name).read_bytes()


def grid(name: str) -> Grid:
    """Return a table of the demonstration school."""
    return read_grid(data(name), name=name)


def expect_clean(bank: Bank) -> None:
    """Fail unless the audit finds nothing; ends every scenario."""
    audit = bank.audit()
    assert audit.findings == (), audit.findings
