"""Classes, their teachers and who is enrolled."""

from collections.abc import Collection, Iterable
from functools import cache
from operator import itemgetter

from sqlalchemy import Row, bindparam, insert, select

from competency_bank.domain.courses import ClassId, Enrolment, EnrolmentState, SchoolClass
from competency_bank.domain.errors import NotFound
from competency_bank.domain.people import Person, PersonId, SchoolId
from competency_bank.storage.course_rows import read_map
from competency_bank.storage.database import Transaction, stored_bytes, stored_day
from competency_bank.storage.mapped_row import table
from competency_bank.storage.people_rows import PERSON_COLUMNS, person_of
from competency_bank.storage.plain_statements import Rows, ask, tell
from competency_bank.storage.tables import ClassRow, ClassTeacherRow, EnrolmentRow, PersonRow
from standards.course_map import CourseMap

_classes = table(ClassRow)
_teachers = table(ClassTeacherRow)
_enrolments = table(EnrolmentRow)
_people = table(PersonRow)
_state = cache(EnrolmentState)
# Built once: every sheet asks these, and building one costs more than SQLite takes to answer it.
_CLASS_COLUMNS = "c.id, c.course_code, c.map_version, c.school_id, c.starts, c.ends, t.teacher_id"
_CLASS = f"""SELECT {_CLASS_COLUMNS} FROM classes c LEFT JOIN class_teachers t ON t.class_id = c.id
WHERE c.id = ? ORDER BY t.teacher_id"""  # noqa: S608  (names of our own columns)
_CLASS_AND_MAP = f"""SELECT {_CLASS_COLUMNS}, m.document FROM classes c
LEFT JOIN class_teachers t ON t.class_id = c.id
LEFT JOIN course_maps m ON m.course_code = c.course_code AND m.version = c.map_version
WHERE c.id = ? ORDER BY t.teacher_id"""  # noqa: S608  (names of our own columns)
_TEACHERS = (
    select(_teachers.c.teacher_id)
    .where(_teachers.c.class_id == bindparam("class"))
    .order_by(_teachers.c.teacher_id)
)
_NUMBERED = "SELECT learner_id, state FROM enrolments WHERE class_id = ? AND number = ?"
_MOVE = "UPDATE enrolments SET state = ? WHERE learner_id = ? AND class_id = ?"
_ENROLLED = "SELECT learner_id, number, state FROM enrolments WHERE class_id = ?"


def add_class(transaction: Transaction, school_class: SchoolClass) -> None:
    """Add a class with its teachers."""
    row = {
        "id": school_class.id,
        "course_code": school_class.course_code,
        "map_version": school_class.map_version,
        "school_id": school_class.school,
        "starts": school_class.starts,
        "ends": school_class.ends,
    }
    transaction.connection.execute(insert(_classes), row)
    teachers = [{"class_id": school_class.id, "teacher_id": one} for one in school_class.teachers]
    if teachers:
        transaction.connection.execute(insert(_teachers), teachers)


def find_class(transaction: Transaction, class_id: str) -> SchoolClass:
    """Return a class; raises NotFound("unknown-class")."""
    rows = ask(transaction.connection, _CLASS, (class_id,))
    if not rows:
        raise NotFound("unknown-class", name=class_id)
    return _class_from_rows(rows)


def find_class_and_map(transaction: Transaction, class_id: str) -> tuple[SchoolClass, CourseMap]:
    """Return a class and the mapping it is pinned to, found together.

    Raises NotFound("unknown-class") or NotFound("unknown-mapping").
    """
    rows = ask(transaction.connection, _CLASS_AND_MAP, (class_id,))
    if not rows:
        raise NotFound("unknown-class", name=class_id)
    school_class, document = _class_from_rows(rows), rows[0][-1]
    if document is None:
        name = f"{school_class.course_code} {school_class.map_version}"
        raise NotFound("unknown-mapping", name=name)
    return school_class, read_map(stored_bytes(document))


def classes_taught(transaction: Transaction, teacher: PersonId) -> list[SchoolClass]:
    """Return the classes of one teacher, newest first."""
    joined = _classes.join(_teachers, _teachers.c.class_id == _classes.c.id)
    query = select(_classes).select_from(joined).where(_teachers.c.teacher_id == teacher)
    rows = transaction.connection.execute(query.order_by(_classes.c.starts.desc(), _classes.c.id))
    return [_class_from(transaction, row) for row in rows.all()]


def all_classes(transaction: Transaction) -> list[SchoolClass]:
    """Return every class by id."""
    rows = transaction.connection.execute(select(_classes).order_by(_classes.c.id)).all()
    return [_class_from(transaction, row) for row in rows]


def add_enrolments(transaction: Transaction, enrolments: Iterable[Enrolment]) -> None:
    """Enrol learners."""
    rows = [
        {
            "learner_id": one.learner,
            "class_id": one.class_id,
            "number": one.number,
            "state": one.state.value,
        }
        for one in enrolments
    ]
    if rows:
        transaction.connection.execute(insert(_enrolments), rows)


def class_list(transaction: Transaction, class_id: ClassId) -> list[tuple[Enrolment, Person]]:
    """Return everybody enrolled in a class, by class number."""
    joined = _enrolments.join(_people, _people.c.id == _enrolments.c.learner_id)
    columns = (_enrolments.c.number, _enrolments.c.state, *PERSON_COLUMNS)
    query = select(*columns).select_from(joined).where(_enrolments.c.class_id == class_id)
    found = [
        (Enrolment(class_id, who, number, _state(state)), person_of((who, *about)))
        for number, state, who, *about in transaction.connection.execute(query).all()
    ]
    return sorted(found, key=lambda pair: _in_list_order(pair[0]))


def enrolled_in(transaction: Transaction, class_id: ClassId) -> list[Enrolment]:
    """Return the enrolments of ``class_list`` alone: a class is large, and who they are is more.

    A person is never deleted, only emptied, so every one of them is somebody.
    """
    rows = ask(transaction.connection, _ENROLLED, (class_id,))
    rows.sort(key=itemgetter(1))
    rows.sort(key=lambda row: len(row[1]))
    return [Enrolment(class_id, who, number, _state(state)) for who, number, state in rows]


def enrolled_as(
    transaction: Transaction, class_id: ClassId, numbers: Collection[str]
) -> list[Enrolment]:
    """Return the enrolments under these numbers of the class list, exactly as written."""
    found = []
    for number in sorted(numbers):
        rows = ask(transaction.connection, _NUMBERED, (class_id, number))
        found += [Enrolment(class_id, who, number, _state(state)) for who, state in rows]
    return found


def enrolments_of(transaction: Transaction, learner: PersonId) -> list[Enrolment]:
    """Return every class the learner is or was in."""
    query = select(_enrolments).where(_enrolments.c.learner_id == learner)
    return [_enrolment_from(row) for row in transaction.connection.execute(query)]


def all_enrolments(transaction: Transaction) -> Iterable[Enrolment]:
    """Yield every enrolment, for the audit and for issuing."""
    for row in transaction.connection.execute(select(_enrolments)):
        yield _enrolment_from(row)


def find_enrolment(transaction: Transaction, learner: PersonId, class_id: str) -> Enrolment:
    """Return one enrolment; raises NotFound("not-enrolled")."""
    where = (_enrolments.c.learner_id == learner) & (_enrolments.c.class_id == class_id)
    row = transaction.connection.execute(select(_enrolments).where(where)).first()
    if row is None:
        raise NotFound("not-enrolled", name=class_id)
    return _enrolment_from(row)


def set_enrolment_states(
    transaction: Transaction,
    learners: Collection[PersonId],
    class_id: ClassId,
    state: EnrolmentState,
) -> None:
    """Move learners of one class to another state."""
    moved = [(state.value, learner, class_id) for learner in learners]
    tell(transaction.connection, _MOVE, moved)


def _class_from(transaction: Transaction, row: "Row[tuple[object, ...]]") -> SchoolClass:
    teachers = transaction.connection.execute(_TEACHERS, {"class": row.id})
    return _class_of(row, [one for (one,) in teachers])


def _class_from_rows(rows: Rows) -> SchoolClass:
    """Return the class that rows of ``_CLASS_COLUMNS`` are about, one for each teacher."""
    name, course, version, school, starts, ends, *_ = rows[0]
    teachers = tuple([row[6] for row in rows if row[6] is not None])
    return SchoolClass(
        name, course, version, school, stored_day(starts), stored_day(ends), teachers
    )


def _class_of(row: "Row[tuple[object, ...]]", teachers: Iterable[str]) -> SchoolClass:
    return SchoolClass(
        id=ClassId(row.id),
        course_code=row.course_code,
        map_version=row.map_version,
        school=SchoolId(row.school_id),
        starts=row.starts,
        ends=row.ends,
        teachers=tuple(map(PersonId, teachers)),
    )


def _in_list_order(enrolment: Enrolment) -> tuple[int, str]:
    return len(enrolment.number), enrolment.number


def _enrolment_from(row: "Row[tuple[object, ...]]") -> Enrolment:
    return Enrolment(
        class_id=ClassId(row.class_id),
        learner=PersonId(row.learner_id),
        number=row.number,
        state=EnrolmentState(row.state),
    )
