"""A course and its mapping as a CASE document of its own, tied to the units it covers.

``CourseCodes`` is the one framework type that CASE 1.1 defines. A part that covers a unit in full
is tied to it by ``ext:covers``, one that only leads towards it by ``isRelatedTo``; both point at
the item of the unit in the edition in which the mapping looked it up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from standards.case_framework import document_identifier, item_identifier
from standards.case_outline import (
    Edge,
    Head,
    Kind,
    Licence,
    Node,
    Outline,
    Tie,
    identifier,
    raw_if_changed,
)
from standards.case_taxonomy import child_edge
from standards.case_writing import package_of
from standards.catalogue import Catalogue
from standards.course_map import CourseMap, Cover, check_map, edition_stating
from standards.errors import FaultInFile
from standards.json_cursor import Json, canonical_bytes
from standards.model import OwnerCode

FORMAT = "competency-bank/case-course/v1"


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What is said of a course beside its mapping."""

    code: str
    owner: OwnerCode
    """Who offers the course, for example ``BMA``."""
    title_th: str
    title_en: str | None
    hours: int | None
    """Length in hours; None where it is not known."""
    released: date
    """Day from which this version of the mapping holds."""
    made_up: bool
    """True for a worked example, which no school stands behind."""


def write_course_case(
    course: CourseFacts,
    course_map: CourseMap,
    *,
    catalogue: Catalogue,
    base: str,
) -> bytes:
    """Return the canonical JSON of a CFPackage of one course and one version of its mapping.

    Raises:
        FaultInFile: ``other-course``: the mapping is of another course; ``unit-not-in-edition``.
        UnknownCode: ``unknown-edition``.

    """
    outline = course_outline(course, course_map, catalogue=catalogue)
    return canonical_bytes(package_of(outline, base=base))


def course_outline(
    course: CourseFacts,
    course_map: CourseMap,
    *,
    catalogue: Catalogue,
    licence: Licence | None = None,
) -> Outline:
    """Return a course and its mapping as a CASE framework; errors as ``write_course_case``."""
    if course.code != course_map.course_code:
        raise FaultInFile(
            "other-course", file=course.code, place="$.course_code", value=course_map.course_code
        )
    check_map(course_map, catalogue)
    document = identifier("course-document", course.owner, course.code, course_map.version)
    parts = list(dict.fromkeys(link.part for link in course_map.links if link.part is not None))
    nodes = [_course(document, course), *(_part(document, part) for part in parts)]
    tree = [replace(child_edge(_course_id(document), document), sequence=1)]
    tree += [
        replace(child_edge(_part_id(document, part), _course_id(document)), sequence=n)
        for n, part in enumerate(parts, start=1)
    ]
    twin = _twin(document, course)
    return Outline(
        head=_head(document, course, course_map, licence),
        nodes=(*nodes, *(node for node, _ in twin)),
        edges=(
            *tree,
            *(edge for _, edge in twin),
            *_covers(document, course_map, catalogue),
        ),
    )


def _head(
    document: str, course: CourseFacts, course_map: CourseMap, licence: Licence | None
) -> Head:
    own: dict[str, Json] = {
        "format": FORMAT,
        "code": course.code,
        "owner": str(course.owner),
        "made_up": course.made_up,
        "version": course_map.version,
        "editions": [str(edition) for edition in course_map.editions],
        "frameworks": [document_identifier(edition) for edition in course_map.editions],
        **raw_if_changed("title_th", course.title_th),
    }
    return Head(
        id=document,
        title=course.title_th,
        creator=course.owner,
        version=str(course_map.version),
        day=course.released.isoformat(),
        own=own,
        framework_type="CourseCodes",
        licence=licence,
    )


def _course_id(document: str) -> str:
    return identifier("course", document)


def _part_id(document: str, part: str) -> str:
    return identifier("course-part", document, part)


def _course(document: str, course: CourseFacts) -> Node:
    return Node(
        id=_course_id(document),
        kind=Kind.COURSE,
        text=course.title_th,
        code=course.code,
        own={"hours": course.hours, **raw_if_changed("code", course.code)},
    )


def _part(document: str, part: str) -> Node:
    return Node(id=_part_id(document, part), kind=Kind.COURSE_PART, text=part)


def _twin(document: str, course: CourseFacts) -> list[tuple[Node, Edge]]:
    if course.title_en is None:
        return []
    thai = _course_id(document)
    node = Node(identifier("twin", thai, "en"), Kind.COURSE, course.title_en, language="en")
    tie = Edge(identifier("translation", thai, "en"), Tie.TRANSLATION, node.id, thai)
    return [(node, tie)]


def _covers(document: str, course_map: CourseMap, catalogue: Catalogue) -> Iterator[Edge]:
    for n, link in enumerate(course_map.links):
        edition = edition_stating(course_map, link.unit, catalogue)
        unit = catalogue.unit(link.unit, edition=edition)
        full = link.cover is Cover.FULL
        yield Edge(
            id=identifier("cover", document, n),
            tie=Tie.COVERS if full else Tie.RELATED,
            origin=_course_id(document) if link.part is None else _part_id(document, link.part),
            destination=item_identifier(edition, Kind.UNIT, link.unit),
            title=unit.title_th,
            own={
                "unit": str(link.unit),
                "edition": str(edition),
                "cover": link.cover.value,
                "hours": link.hours,
                "note": link.note,
            },
        )
