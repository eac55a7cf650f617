"""What a course is made of: its parts with their topic, hours and assessment."""

from collections.abc import Iterable
from dataclasses import dataclass

from standards.errors import FaultInFile
from standards.json_cursor import Cursor, Json

_FIELDS = ("name", "topic", "theory_hours", "practice_hours", "assessment")


@dataclass(frozen=True, slots=True)
class CoursePart:
    """One subject, week or lesson of a course."""

    name: str
    """Names the part inside its course; the ``part`` of a ``CourseLink``."""
    topic: str | None
    """What is taught, in the school's words."""
    theory_hours: int | None
    """Whole hours; None where nobody stated them, 0 where there are none."""
    practice_hours: int | None
    assessment: str | None
    """How it is found out whether a learner can do it."""

    @property
    def hours(self) -> int | None:
        """Theory and practice together; None where neither is stated."""
        stated = [each for each in (self.theory_hours, self.practice_hours) if each is not None]
        return sum(stated) if stated else None


def part_to_dict(part: CoursePart) -> dict[str, Json]:
    """Return the part as JSON values; ``read_part`` reads them back unchanged."""
    return {
        "name": part.name,
        "topic": part.topic,
        "theory_hours": part.theory_hours,
        "practice_hours": part.practice_hours,
        "assessment": part.assessment,
    }


def read_part(at: Cursor) -> CoursePart:
    """Return the part that a JSON object states.

    Raises:
        FaultInFile: codes of ``json_cursor``; ``negative-hours``.

    """
    at.only(_FIELDS)
    return CoursePart(
        name=at.field("name").name(),
        topic=at.field("topic").maybe(Cursor.name),
        theory_hours=_hours(at.field("theory_hours")),
        practice_hours=_hours(at.field("practice_hours")),
        assessment=at.field("assessment").maybe(Cursor.name),
    )


def _hours(at: Cursor) -> int | None:
    hours = at.maybe(Cursor.whole)
    if hours is not None and hours < 0:
        raise FaultInFile("negative-hours", file=at.file, place=at.place, value=hours)
    return hours


def check_names(parts: Iterable[CoursePart], *, file: str) -> None:
    """Return if no two parts have one name, for links know a part by it.

    Raises:
        FaultInFile: ``duplicate-part``.

    """
    seen: set[str] = set()
    for n, part in enumerate(parts):
        if part.name in seen:
            raise FaultInFile("duplicate-part", file=file, place=f"$.parts[{n}]", value=part.name)
        seen.add(part.name)
