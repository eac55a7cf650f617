"""The curriculum office: courses and the units their mappings in force name."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from competency_bank.domain.courses import Course
from competency_bank.domain.errors import NotFound
from competency_bank.storage import course_rows
from competency_bank.storage.course_rows import StoredMap
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.web.access import Curriculum
from competency_bank.web.door import Reading
from competency_bank.web.rendering import page
from standards.coverage import UnitCover, coverage

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class CourseShown:
    """A course, its mapping in force and the newest version on its way."""

    course: Course
    in_force: StoredMap | None
    units: tuple[UnitCover, ...]
    """How the mapping in force covers each of its units."""
    latest: int


@router.get("/curriculum")
def courses(request: Request, _who: Curriculum, transaction: Reading) -> Response:
    """List every course with the units of its mapping in force."""
    shown = [_shown(transaction, one) for one in course_rows.all_courses(transaction)]
    return page(request, "courses.html", courses=shown)


def _shown(transaction: Transaction, course: Course) -> CourseShown:
    try:
        in_force = course_rows.approved_map(transaction, course.code)
    except NotFound:
        in_force = None
    units: tuple[UnitCover, ...] = ()
    if in_force is not None:
        units = coverage(in_force.course_map, load_catalogue(transaction)).units
    latest = course_rows.latest_version(transaction, course.code)
    return CourseShown(course, in_force, units, latest)
