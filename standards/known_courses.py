"""Courses of Bangkok's vocational schools as public pages name them, and examples of mappings.

The courses are facts with their source; the mappings are worked examples of this project. No
school wrote them, nobody approved them, and their parts are made up.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap, Cover
from standards.course_parts import CoursePart
from standards.errors import FaultInFile
from standards.json_cursor import Cursor, open_json, shown

COURSES_FORMAT = "competency-bank/known-courses/v1"
MAPPINGS_FORMAT = "competency-bank/example-mappings/v1"
_COURSE_FIELDS = (
    "key",
    "name_th",
    "name_en",
    "hours",
    "days",
    "issuers",
    "source_url",
    "source_date",
)


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """What public pages say about one course; None where they do not say it."""

    key: str
    """Chosen by this project: no course code was found in any source."""
    name_th: str | None
    name_en: str | None
    hours: int | None
    days: int | None
    issuers: tuple[str, ...]
    """Who gives a certificate for it; empty where no source says so."""
    source_url: str
    source_date: str | None
    """Day, month or year of the source, as exactly as it is known."""


@dataclass(frozen=True, slots=True)
class ExampleMapping:
    """A mapping that shows how one is made."""

    note: str
    """Says in both languages that this is an example of the project and no document of BMA."""
    course_map: CourseMap
    """Its course code is the key of a ``KnownCourse``; hours are nowhere stated."""


@cache
def known_courses() -> tuple[KnownCourse, ...]:
    """Return the courses that come with this package, in the order of the file."""
    return read_courses(_shipped("bma-courses.json"), name="bma-courses.json")


def example_mappings(catalogue: Catalogue) -> tuple[ExampleMapping, ...]:
    """Return the example mappings that come with this package, looked up in ``catalogue``.

    Raises:
        UnknownCode: ``unknown-unit``: the catalogue lacks the shipped facts.

    """
    name = "example-mappings.json"
    return read_mappings(_shipped(name), catalogue, name=name)


def _shipped(name: str) -> bytes:
    return (files("standards") / "data" / name).read_bytes()


def read_courses(data: bytes, *, name: str) -> tuple[KnownCourse, ...]:
    """Return the courses of a file; ``name`` only names the file in errors.

    Raises:
        UnreadableFile, FaultInFile: codes of ``json_cursor``; ``unknown-format``,
            ``course-without-name``, ``bad-hours``.

    """
    top = open_json(data, name=name).only({"format", "about", "courses"})
    _check_format(top, COURSES_FORMAT)
    return top.field("courses").each(_course)


def _course(at: Cursor) -> KnownCourse:
    at.only(_COURSE_FIELDS)
    course = KnownCourse(
        key=at.field("key").name(),
        name_th=at.field("name_th").maybe(Cursor.name),
        name_en=at.field("name_en").maybe(Cursor.name),
        hours=_positive(at.field("hours")),
        days=_positive(at.field("days")),
        issuers=at.field("issuers").each(Cursor.name),
        source_url=at.field("source_url").name(),
        source_date=at.field("source_date").maybe(Cursor.name),
    )
    if course.name_th is None and course.name_en is None:
        raise FaultInFile("course-without-name", file=at.file, place=at.place, value=course.key)
    return course


def _positive(at: Cursor) -> int | None:
    number = at.maybe(Cursor.whole)
    if number is not None and number < 1:
        raise FaultInFile("bad-hours", file=at.file, place=at.place, value=number)
    return number


def read_mappings(data: bytes, catalogue: Catalogue, *, name: str) -> tuple[ExampleMapping, ...]:
    """Return the example mappings of a file, with their codes looked up in ``catalogue``.

    Raises:
        UnreadableFile, FaultInFile: codes of ``json_cursor``; ``unknown-format``.
        UnknownCode, AmbiguousCode: codes of ``Catalogue.one_unit``.

    """
    top = open_json(data, name=name).only({"format", "note", "mappings"})
    _check_format(top, MAPPINGS_FORMAT)
    note = top.field("note").name()
    return top.field("mappings").each(lambda at: ExampleMapping(note, _map(at, catalogue)))


def _map(at: Cursor, catalogue: Catalogue) -> CourseMap:
    at.only({"course", "links"})
    links = at.field("links").each(lambda link: _link(link, catalogue))
    names = dict.fromkeys(link.part for link in links if link.part is not None)
    return CourseMap(
        course_code=at.field("course").name(),
        version=1,
        editions=tuple(dict.fromkeys(catalogue.edition_of(link.unit).id for link in links)),
        links=links,
        parts=tuple(CoursePart(name, None, None, None, None) for name in names),
    )


def _link(at: Cursor, catalogue: Catalogue) -> CourseLink:
    at.only({"part", "unit", "cover", "evidence"})
    return CourseLink(
        unit=catalogue.one_unit(at.field("unit").name()).key,
        part=at.field("part").name(),
        cover=at.field("cover").choice(Cover),
        hours=None,
        note=None,
        evidence=at.field("evidence").maybe(Cursor.name),
    )


def _check_format(top: Cursor, wanted: str) -> None:
    found = top.field("format").text()
    if found != wanted:
        raise FaultInFile("unknown-format", file=top.file, place="$.format", value=shown(found))
