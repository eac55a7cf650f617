"""The teacher's classes: who is in them, and how many units each learner has."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from competency_bank.domain.courses import Course, Enrolment, SchoolClass
from competency_bank.domain.holdings import units_held
from competency_bank.domain.people import Person, School
from competency_bank.storage import class_rows, course_rows, people_rows, record_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.web.access import Teacher, own_class
from competency_bank.web.door import Reading
from competency_bank.web.rendering import page
from standards.model import Unit

router = APIRouter(include_in_schema=False)

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A cell that begins with one of these would be run as a formula by a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Member:
    """One learner of a class and how many units of its course they hold."""

    enrolment: Enrolment
    person: Person
    held: int


@dataclass(frozen=True, slots=True)
class ClassShown:
    """A class, ready to be shown."""

    school_class: SchoolClass
    course: Course
    school: School
    units: tuple[Unit, ...]
    members: tuple[Member, ...]

    @property
    def recorded(self) -> int:
        """How many units are recorded, over all learners."""
        return sum(one.held for one in self.members)

    @property
    def possible(self) -> int:
        """How many there could be."""
        return len(self.units) * len(self.members)


@router.get("/teach")
def own_classes(request: Request, who: Teacher, transaction: Reading) -> Response:
    """List the classes that the teacher teaches, newest first."""
    found = class_rows.classes_taught(transaction, who.person)
    shown = [class_shown(transaction, one) for one in found]
    return page(request, "own_classes.html", classes=shown)


@router.get("/teach/{class_id}")
def one_class(
    request: Request, class_id: str, who: Teacher, transaction: Reading, *, decided: bool = False
) -> Response:
    """Show the class list and the form for the next sheet."""
    shown = class_shown(transaction, own_class(transaction, class_id, who))
    return page(request, "one_class.html", shown=shown, decided=decided)


@router.get("/teach/{class_id}/sheet.csv")
def empty_sheet(class_id: str, who: Teacher, transaction: Reading) -> Response:
    """Return a class sheet with learners and units filled in, for any spreadsheet."""
    shown = class_shown(transaction, own_class(transaction, class_id, who))
    codes = [unit.shown_code for unit in shown.units]
    rows = [["เลขที่", "ชื่อ-สกุล", *codes, "วันที่ผ่าน", "คะแนน", "หมายเหตุ"]]
    blank = [""] * (len(codes) + 3)
    rows += [[one.enrolment.number, one.person.name.full, *blank] for one in shown.members]
    headers = {"Content-Disposition": 'attachment; filename="class-sheet.csv"'}
    return Response(csv_bytes(rows), media_type="text/csv; charset=utf-8", headers=headers)


def class_shown(transaction: Transaction, school_class: SchoolClass) -> ClassShown:
    """Gather what a page shows of a class."""
    code, version = school_class.course_code, school_class.map_version
    keys = course_rows.find_map(transaction, code, version).course_map.units
    catalogue = load_catalogue(transaction)
    held = record_rows.held_in_class(transaction, school_class.id)
    members = [
        Member(enrolment, person, len(units_held(held.get(person.id, ())) & set(keys)))
        for enrolment, person in class_rows.class_list(transaction, school_class.id)
    ]
    return ClassShown(
        school_class=school_class,
        course=course_rows.find_course(transaction, code),
        school=people_rows.find_school(transaction, school_class.school),
        units=tuple(catalogue.unit(key) for key in keys),
        members=tuple(members),
    )


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as CSV that spreadsheets read as Thai text and never as formulas."""
    text = io.StringIO()
    safe = (
        [f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell for cell in row] for row in rows
    )
    csv.writer(text).writerows(safe)
    return text.getvalue().encode("utf-8-sig")
