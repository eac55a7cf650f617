"""Which units, elements and criteria a course covers, as a person approved it.

Elements and criteria are named by ``unit_places``: by their code where it is theirs alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from standards.catalogue import Catalogue
from standards.course_parts import CoursePart, check_names, part_to_dict, read_part
from standards.errors import FaultInFile, UnknownCode
from standards.json_cursor import Cursor, Json, canonical_bytes, digest, shown
from standards.model import EditionId, UnitKey
from standards.unit_places import has_place

FORMAT = "competency-bank/course-map/v1"
_ALL = 100


class Cover(StrEnum):
    """How much of a unit a part of a course covers."""

    FULL = "full"
    """Whoever passes the part has shown the whole unit."""
    PARTIAL = "partial"
    """Leads towards the unit; a pass does not bank it."""


@dataclass(frozen=True, slots=True)
class CourseLink:
    """One part of a course and what it covers: a unit, one of its elements or one criterion."""

    unit: UnitKey
    part: str | None
    """Subject or week of the course; None for the course as a whole."""
    cover: Cover
    hours: int | None
    """Hours of the part that go to this link; where None, see ``weight``."""
    note: str | None
    element: str | None = None
    """Name of an element of the unit; None for the whole unit."""
    criterion: str | None = None
    """Name of a criterion of the element; None for all of it."""
    weight: int | None = None
    """Per cent of the part's hours that go to this link, 1 to 100."""
    evidence: str | None = None
    """What shows that a learner can do it: a test, a piece of work, an observation."""


@dataclass(frozen=True, slots=True)
class CourseMap:
    """One version of the mapping of one course; a change makes a new version."""

    course_code: str
    version: int
    editions: tuple[EditionId, ...]
    """The editions in which the units were looked up; every unit is in one of them."""
    links: tuple[CourseLink, ...]
    parts: tuple[CoursePart, ...] = ()
    """What the course is made of; empty where only its links are known."""

    @property
    def units(self) -> tuple[UnitKey, ...]:
        """The units that a pass banks, in the order of the links, each once.

        Those with a link that covers the whole unit in full. Links to elements and criteria show
        how well that claim is founded (``coverage``); they bank nothing by themselves.
        """
        full = (
            link.unit for link in self.links if link.cover is Cover.FULL and link.element is None
        )
        return tuple(dict.fromkeys(full))


def to_dict(course_map: CourseMap) -> dict[str, Json]:
    """Return the mapping as JSON values; ``from_dict`` reads them back unchanged.

    What was added to the format later stands in it only where it is stated: a mapping that
    states none of it keeps the digest under which it was approved.
    """
    values: dict[str, Json] = {
        "format": FORMAT,
        "course_code": course_map.course_code,
        "version": course_map.version,
        "editions": [str(edition) for edition in course_map.editions],
        "links": [_link_to_dict(link) for link in course_map.links],
    }
    if course_map.parts:
        values["parts"] = [part_to_dict(part) for part in course_map.parts]
    return values


def _link_to_dict(link: CourseLink) -> dict[str, Json]:
    values: dict[str, Json] = {
        "unit": str(link.unit),
        "part": link.part,
        "cover": link.cover.value,
        "hours": link.hours,
        "note": link.note,
    }
    added: dict[str, Json] = {
        "element": link.element,
        "criterion": link.criterion,
        "weight": link.weight,
        "evidence": link.evidence,
    }
    return values | {name: value for name, value in added.items() if value is not None}


def from_dict(value: Mapping[str, object], *, file: str) -> CourseMap:
    """Return the mapping that ``value`` states; ``file`` only names the source in errors.

    Raises:
        FaultInFile: the place is a JSON path. Codes of ``json_cursor``; ``unknown-format``,
            ``bad-version`` (below 1), ``bad-hours`` (below 1), ``bad-weight``,
            ``criterion-without-element``, ``negative-hours``, ``duplicate-part``.

    """
    top = Cursor(file, "$", dict(value))
    top.only({"format", "course_code", "version", "editions", "links", "parts"})
    if (found := top.field("format").text()) != FORMAT:
        raise FaultInFile("unknown-format", file=file, place="$.format", value=shown(found))
    version = top.field("version").whole()
    if version < 1:
        raise FaultInFile("bad-version", file=file, place="$.version", value=version)
    parts = top.field("parts").each(read_part) if "parts" in value else ()
    check_names(parts, file=file)
    return CourseMap(
        course_code=top.field("course_code").name(),
        version=version,
        editions=top.field("editions").each(lambda at: EditionId(at.name())),
        links=top.field("links").each(read_link),
        parts=parts,
    )


def map_bytes(course_map: CourseMap) -> bytes:
    """Return the canonical JSON of the mapping: equal mappings, equal bytes."""
    return canonical_bytes(to_dict(course_map))


def map_digest(course_map: CourseMap) -> str:
    """Return the SHA-256 of ``map_bytes`` in hexadecimal."""
    return digest(to_dict(course_map))


def check_map(course_map: CourseMap, catalogue: Catalogue) -> None:
    """Return if every edition is known and every link names what stands in one of them.

    Raises:
        UnknownCode: ``unknown-edition``.
        FaultInFile: ``unit-not-in-edition``, ``place-not-in-unit`` or ``part-not-in-course`` with
            the place of the link.

    """
    for n, link in enumerate(course_map.links):
        if not any(_states(catalogue, edition, unit=link.unit) for edition in course_map.editions):
            raise FaultInFile(
                "unit-not-in-edition",
                file=course_map.course_code,
                place=f"$.links[{n}].unit",
                value=link.unit,
                editions=", ".join(course_map.editions),
            )
        _check_place(course_map, catalogue, link, place=f"$.links[{n}]")


def _check_place(
    course_map: CourseMap, catalogue: Catalogue, link: CourseLink, *, place: str
) -> None:
    edition = edition_stating(course_map, link.unit, catalogue)
    unit = catalogue.unit(link.unit, edition=edition)
    if not has_place(unit, element=link.element, criterion=link.criterion):
        raise FaultInFile(
            "place-not-in-unit",
            file=course_map.course_code,
            place=place,
            value=" ".join(filter(None, (link.element, link.criterion))),
            unit=unit.shown_code,
        )
    parts = [part.name for part in course_map.parts]
    if parts and link.part is not None and link.part not in parts:
        raise FaultInFile(
            "part-not-in-course",
            file=course_map.course_code,
            place=f"{place}.part",
            value=link.part,
        )


def edition_stating(course_map: CourseMap, unit: UnitKey, catalogue: Catalogue) -> EditionId:
    """Return the first of the mapping's editions that states the unit.

    Raises:
        UnknownCode: ``unknown-unit``: no edition of the mapping does.

    """
    for edition in course_map.editions:
        if _states(catalogue, edition, unit=unit):
            return edition
    raise UnknownCode("unknown-unit", text=unit)


def _states(catalogue: Catalogue, edition: EditionId, *, unit: UnitKey) -> bool:
    catalogue.edition(edition)
    try:
        catalogue.unit(unit, edition=edition)
    except UnknownCode:
        return False
    return True


_NEEDED = ("unit", "part", "cover", "hours", "note")
_ADDED = ("element", "criterion", "weight", "evidence")


def read_link(at: Cursor) -> CourseLink:
    """Return the link that a JSON object states; its unit is not looked up.

    Raises:
        FaultInFile: codes of ``json_cursor``, ``bad-hours``, ``bad-weight``,
            ``criterion-without-element``.

    """
    given = at.only((*_NEEDED, *_ADDED)).object()
    hours = at.field("hours").maybe(Cursor.whole)
    if hours is not None and hours < 1:
        raise FaultInFile("bad-hours", file=at.file, place=f"{at.place}.hours", value=hours)
    weight = at.field("weight").maybe(Cursor.whole) if "weight" in given else None
    if weight is not None and not 1 <= weight <= _ALL:
        raise FaultInFile("bad-weight", file=at.file, place=f"{at.place}.weight", value=weight)
    element, criterion, evidence = (
        at.field(name).maybe(Cursor.name) if name in given else None
        for name in ("element", "criterion", "evidence")
    )
    if criterion is not None and element is None:
        raise FaultInFile(
            "criterion-without-element", file=at.file, place=at.place, value=criterion
        )
    return CourseLink(
        unit=UnitKey(at.field("unit").name()),
        part=at.field("part").maybe(Cursor.name),
        cover=at.field("cover").choice(Cover),
        hours=hours,
        note=at.field("note").maybe(Cursor.name),
        element=element,
        criterion=criterion,
        weight=weight,
        evidence=evidence,
    )
