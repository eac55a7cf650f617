"""Trip: a class opened, with its teachers and learners, from the table an office sends."""

from collections.abc import Mapping
from dataclasses import dataclass

from competency_bank.domain.courses import ClassId, Enrolment, EnrolmentState, SchoolClass
from competency_bank.domain.errors import BadInput, NotFound
from competency_bank.domain.people import Person
from competency_bank.domain.table_sheet import TableRow, table_rows
from competency_bank.storage import class_rows, course_rows, people_rows
from competency_bank.storage.database import Transaction
from standards.reading_sheet import Grid

COLUMNS = {
    "class": ("class", "รหัสรุ่น", "รุ่น"),
    "course": ("course", "รหัสหลักสูตร", "หลักสูตร"),
    "school": ("school", "รหัสโรงเรียน", "โรงเรียน"),
    "starts": ("starts", "start", "วันเริ่ม"),
    "ends": ("ends", "end", "วันสิ้นสุด"),
    "as": ("as", "role", "บทบาท"),
    "person": ("person", "ref", "เลขประจำตัว"),
    "number": ("number", "no", "เลขที่"),
}
"""Headers of the class table: one row for each teacher and each learner of a class."""

TEACHER, LEARNER = "teacher", "learner"


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a class table."""

    classes: int
    enrolled: int


def open_classes(transaction: Transaction, grid: Grid) -> Opened:
    """Open the classes of a table that are new and enrol learners who are not enrolled yet.

    A new class is pinned to the mapping in force now. One wrong row stops the whole table, naming
    row and column.
    """
    required = ("class", "course", "school", "starts", "ends", "as", "person")
    rows = list(table_rows(grid, COLUMNS, required=required))
    people = people_rows.people_by_ref(transaction, [row.text("person") for row in rows])
    opened = 0
    for class_id in dict.fromkeys(row.text("class") for row in rows):
        own = [row for row in rows if row.text("class") == class_id]
        opened += _open(transaction, own, people)
    enrolled = _enrol(transaction, [row for row in rows if _as(row) == LEARNER], people)
    return Opened(opened, enrolled)


def _open(transaction: Transaction, rows: list[TableRow], people: Mapping[str, Person]) -> bool:
    first = rows[0]
    try:
        class_rows.find_class(transaction, first.text("class"))
    except NotFound:
        pass
    else:
        return False
    starts, ends = first.day("starts"), first.day("ends")
    if starts is None or ends is None or ends < starts:
        raise BadInput("class-dates", **first.place("starts"))
    teachers = {_person(row, people).id for row in rows if _as(row) == TEACHER}
    school_class = SchoolClass(
        id=ClassId(first.text("class")),
        course_code=first.text("course"),
        map_version=course_rows.approved_map(transaction, first.text("course")).course_map.version,
        school=people_rows.find_school(transaction, first.text("school")).id,
        starts=starts,
        ends=ends,
        teachers=tuple(sorted(teachers)),
    )
    class_rows.add_class(transaction, school_class)
    return True


def _enrol(transaction: Transaction, rows: list[TableRow], people: Mapping[str, Person]) -> int:
    have: dict[str, dict[str, str]] = {}
    for class_id in {row.text("class") for row in rows}:
        members = class_rows.class_list(transaction, ClassId(class_id))
        have[class_id] = {person.id: enrolment.number for enrolment, person in members}
    new = []
    for row in rows:
        mine, person = have[row.text("class")], _person(row, people)
        if person.id in mine:
            continue
        number = row.optional("number") or str(len(mine) + 1)
        if number in mine.values():
            raise BadInput("number-taken", value=number, **row.place("number"))
        mine[person.id] = number
        class_id = ClassId(row.text("class"))
        new.append(Enrolment(class_id, person.id, number, EnrolmentState.ENROLLED))
    class_rows.add_enrolments(transaction, new)
    return len(new)


def _as(row: TableRow) -> str:
    words = {"teacher": TEACHER, "ครู": TEACHER, "learner": LEARNER, "ผู้เรียน": LEARNER}
    found = words.get(row.text("as").lower())
    if found is None:
        raise BadInput("unknown-role", value=row.text("as"), **row.place("as"))
    return found


def _person(row: TableRow, people: Mapping[str, Person]) -> Person:
    person = people.get(row.text("person"))
    if person is None:
        raise BadInput("unknown-person-in-table", value=row.text("person"), **row.place("person"))
    return person
