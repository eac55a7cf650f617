"""A small school on a real SQLite bank, made through the same trips as everything else."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from certificates.sealing.keys import KeyRing
from competency_bank.bank import Bank
from competency_bank.domain.course_files import read_courses, read_map
from competency_bank.domain.ledger import SYSTEM
from competency_bank.domain.people import Name, Person, PersonId, Role, SchoolId
from competency_bank.founding import create_bank
from competency_bank.issue_run import issue
from competency_bank.services import (
    map_course,
    open_class,
    record_units,
    register_people,
    revoke_certificate,
    sign_in,
    withdraw_learner,
)
from competency_bank.services.issue_certificates import Wanted
from competency_bank.settings import Settings
from competency_bank.storage import certificate_rows, people_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from standards.reading_sheet import Grid, read_grid

FILES = files("competency_bank") / "demonstration"
CLASS, OTHER_CLASS = "HK-2566-1", "BARBER-2569-1"
HOLDER, LEAVER, NEWCOMER, MISCHIEF = "HK-001", "HK-009", "BB-001", "HK-<i>"
"""Has certificates; left after two units; has nothing yet; has mark-up for a name."""
PEOPLE = {
    Role.LEARNER: HOLDER,
    Role.TEACHER: "T-001",
    Role.REGISTRAR: "R-001",
    Role.CURRICULUM: "C-001",
    Role.TPQI: "V-001",
}
UNITS = ("THR-HOH-1-194ZB", "THR-HOH-1-200ZB", "THR-HOH-1-202ZB")
NATIONAL_NUMBER = "1234567890121"
MARK_UP = "<script>alert(1)</script>"


@dataclass(frozen=True, slots=True)
class Papers:
    """Certificates of the holder, by what became of them."""

    issued: str
    issued_code: str
    revoked: str
    revoked_code: str


def build_school(home: Path) -> None:
    """Fill a bank: two classes, one sheet recorded, the holder's certificates issued."""
    bank = create_bank(Settings(home=home))
    with bank.writing() as transaction:
        map_course.add_courses(transaction, read_courses(_data("courses.json"), name="courses"))
        register_people.register_people(
            transaction, _grid("people.csv"), by=SYSTEM, pepper=bank.pepper
        )
        for name in ("housekeeping", "barber"):
            _approve_map(transaction, name)
        open_class.open_classes(transaction, _grid("classes.csv"))
        _add_mischief(transaction)
        teacher = people_rows.find_person(transaction, "T-001").id
        record_units.record_sheet(
            transaction, _grid("housekeeping.csv"), CLASS, by=teacher, pepper=bank.pepper
        )
        withdraw_learner.withdraw_learner(transaction, LEAVER, class_id=CLASS, by=teacher)
    issue(bank, Wanted(learner=HOLDER))
    with bank.writing() as transaction:
        kept = certificate_rows.all_certificates(transaction)[0]
        registrar = people_rows.find_person(transaction, "R-001").id
        revoke_certificate.revoke_certificate(
            transaction, kept.serial, reason="issued-in-error", by=registrar
        )
    bank.database.close()


def link_for(bank: Bank, role: Role, person: str | None = None) -> str:
    """Return a fresh sign-in secret."""
    with bank.writing() as transaction:
        return sign_in.make_link(transaction, person or PEOPLE[role], role)


def papers(bank: Bank) -> Papers:
    """Return an issued and a revoked certificate with their paper codes."""
    with bank.reading() as transaction:
        kept = certificate_rows.all_certificates(transaction)
        rows = transaction.connection.exec_driver_sql("select serial, code from paper_codes")
        codes = {str(serial): str(code) for serial, code in rows}
    revoked = next(one.serial for one in kept if one.revoked_at is not None)
    issued = next(one.serial for one in kept if one.revoked_at is None)
    return Papers(issued, codes[issued], revoked, codes[revoked])


def person_id(bank: Bank, ref: str) -> PersonId:
    """Return the opaque id of a person."""
    with bank.reading() as transaction:
        return people_rows.find_person(transaction, ref).id


def records(bank: Bank) -> int:
    """Return how many passes stand."""
    with bank.reading() as transaction:
        rows = transaction.connection.exec_driver_sql("select count(*) from records")
        return int(rows.scalar() or 0)


def keys_of(bank: Bank) -> KeyRing:
    """Return the bank's keys."""
    return bank.keys


def _approve_map(transaction: Transaction, name: str) -> None:
    author, approver = (people_rows.find_person(transaction, ref).id for ref in ("C-001", "C-002"))
    file = f"{name}.map.json"
    course_map = read_map(_data(file), load_catalogue(transaction), name=file)
    map_course.propose_map(transaction, course_map, by=author)
    map_course.approve_map(transaction, course_map.course_code, by=approver)


def _add_mischief(transaction: Transaction) -> None:
    """Add a learner with mark-up for a name, past the check that refuses such names."""
    mark_up = Name(title=MARK_UP, given=MARK_UP, family=MARK_UP)
    who = Person(
        PersonId("00000000-0000-4000-8000-000000000001"), MISCHIEF, mark_up, None, None, None
    )
    people_rows.add_people(transaction, [(who, bytes(16))])
    people_rows.add_roles(transaction, [(who.id, Role.LEARNER, SchoolId("DEMO"))])
    rows = "รุ่น,หลักสูตร,โรงเรียน,วันเริ่ม,วันสิ้นสุด,บทบาท,เลขประจำตัว,เลขที่\n"
    rows += f"{CLASS},BMA-HK-2566,DEMO,17/4/2566,29/4/2566,ผู้เรียน,{MISCHIEF},25\n"
    open_class.open_classes(transaction, read_grid(rows.encode(), name="one.csv"))


def _data(name: str) -> bytes:
    return (FILES / name).read_bytes()


def _grid(name: str) -> Grid:
    return read_grid(_data(name), name=name)
