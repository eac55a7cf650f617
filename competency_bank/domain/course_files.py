"""Courses and mappings as files that people write: codes instead of keys, one JSON each.

Every fault is a StandardsError that names file, place and value.
"""

from competency_bank.domain.courses import Course
from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap, Cover
from standards.json_cursor import Cursor, open_json
from standards.thai_text import tidy

COURSE_FIELDS = frozenset(
    {"code", "title_th", "title_en", "hours", "days", "note_th", "note_en", "source_url"}
)
LINK_FIELDS = frozenset({"unit", "part", "cover", "hours", "note"})


def read_courses(data: bytes, *, name: str) -> tuple[Course, ...]:
    """Return the courses of a file ``{"courses": [...]}``; unknown hours are null."""
    top = open_json(data, name=name).only({"courses"})
    return top.field("courses").each(_course)


def read_map(data: bytes, catalogue: Catalogue, *, name: str) -> CourseMap:
    """Return the mapping of a file ``{"course", "note", "links": [{"unit", ...}]}``.

    Codes are looked up in the catalogue as it stands; one that names no unit, or several, is an
    error. The version is set when the mapping is proposed.
    """
    top = open_json(data, name=name).only({"course", "note", "links"})
    links = top.field("links").each(lambda at: _link(at, catalogue))
    editions = dict.fromkeys(catalogue.edition_of(link.unit).id for link in links)
    return CourseMap(top.field("course").name(), 1, tuple(editions), links)


def _course(at: Cursor) -> Course:
    at.only(COURSE_FIELDS)
    return Course(
        code=at.field("code").name(),
        title_th=tidy(at.field("title_th").name()),
        title_en=at.field("title_en").maybe(Cursor.name),
        hours=at.field("hours").maybe(Cursor.whole),
        days=at.field("days").maybe(Cursor.whole),
        note_th=at.field("note_th").maybe(Cursor.name),
        note_en=at.field("note_en").maybe(Cursor.name),
        source_url=at.field("source_url").maybe(Cursor.name),
    )


def _link(at: Cursor, catalogue: Catalogue) -> CourseLink:
    at.only(LINK_FIELDS)
    given = at.object()
    return CourseLink(
        unit=catalogue.one_unit(at.field("unit").name()).key,
        part=at.field("part").maybe(Cursor.name) if "part" in given else None,
        cover=at.field("cover").choice(Cover) if "cover" in given else Cover.FULL,
        hours=at.field("hours").maybe(Cursor.whole) if "hours" in given else None,
        note=at.field("note").maybe(Cursor.name) if "note" in given else None,
    )
