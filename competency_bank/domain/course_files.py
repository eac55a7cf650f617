"""Courses and mappings as files that people write: codes instead of keys, one JSON each.

Every fault is a StandardsError that names file, place and value.
"""

from certificates.credential.snapshot import CertificateKind
from competency_bank.domain.courses import Course, PlannedPaper
from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap, Cover, read_link
from standards.course_parts import check_names, read_part
from standards.json_cursor import Cursor, open_json
from standards.known_courses import KnownCourse
from standards.thai_text import tidy

COURSE_FIELDS = frozenset(
    {
        *("code", "title_th", "title_en", "hours", "days"),
        *("note_th", "note_en", "source_url", "papers"),
    }
)
LINK_FIELDS = frozenset(
    {*("unit", "part", "cover", "hours", "note"), *("element", "criterion", "weight", "evidence")}
)


def read_courses(data: bytes, *, name: str) -> tuple[Course, ...]:
    """Return the courses of a file ``{"courses": [...]}``; unknown hours are null."""
    top = open_json(data, name=name).only({"courses"})
    return top.field("courses").each(_course)


def read_map(data: bytes, catalogue: Catalogue, *, name: str) -> CourseMap:
    """Return the mapping of a file ``{"course", "note", "links": [{"unit", ...}]}``.

    Codes are looked up in the catalogue as it stands; one that names no unit, or several, is an
    error. The version is set when the mapping is proposed.
    """
    top = open_json(data, name=name).only({"course", "note", "links", "parts"})
    parts = top.field("parts").each(read_part) if "parts" in top.object() else ()
    check_names(parts, file=name)
    links = top.field("links").each(lambda at: _link(at, catalogue))
    editions = dict.fromkeys(catalogue.edition_of(link.unit).id for link in links)
    return CourseMap(top.field("course").name(), 1, tuple(editions), links, parts)


def course_of(known: KnownCourse) -> Course:
    """Return a course that public pages name, as the bank keeps it; what they do not say is None.

    Its Thai title is the English one where no page gives a Thai name: nothing is translated here.
    """
    return Course(
        code=known.key.upper(),
        title_th=known.name_th or known.name_en or known.key,
        title_en=known.name_en,
        hours=known.hours,
        days=known.days,
        note_th=None,
        note_en=None,
        source_url=known.source_url,
        papers=tuple(
            PlannedPaper(CertificateKind.COURSE.value, issuer, issuer) for issuer in known.issuers
        ),
    )


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
        papers=at.field("papers").each(_paper) if "papers" in at.object() else (),
    )


def _paper(at: Cursor) -> PlannedPaper:
    at.only({"kind", "issuer_th", "issuer_en"})
    return PlannedPaper(
        kind=at.field("kind").choice(CertificateKind).value,
        issuer_th=at.field("issuer_th").name(),
        issuer_en=at.field("issuer_en").name(),
    )


def _link(at: Cursor, catalogue: Catalogue) -> CourseLink:
    at.only(LINK_FIELDS)
    given = dict.fromkeys(LINK_FIELDS) | {"cover": Cover.FULL.value} | at.object()
    given["unit"] = catalogue.one_unit(at.field("unit").name()).key
    optional = ("element", "criterion", "weight", "evidence")
    stated = {
        name: value for name, value in given.items() if name not in optional or value is not None
    }
    return read_link(Cursor(at.file, at.place, stated))
