"""Which units a course covers, as a person approved it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from standards.catalogue import Catalogue
from standards.errors import FaultInFile, UnknownCode
from standards.json_cursor import Cursor, Json, canonical_bytes, digest, shown
from standards.model import EditionId, UnitKey

FORMAT = "competency-bank/course-map/v1"


class Cover(StrEnum):
    """How much of a unit a part of a course covers."""

    FULL = "full"
    """Whoever passes the part has shown the whole unit."""
    PARTIAL = "partial"
    """Leads towards the unit; a pass does not bank it."""


@dataclass(frozen=True, slots=True)
class CourseLink:
    """One part of a course and the unit it covers."""

    unit: UnitKey
    part: str | None
    """Subject or week of the course; None for the course as a whole."""
    cover: Cover
    hours: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CourseMap:
    """One version of the mapping of one course; a change makes a new version."""

    course_code: str
    version: int
    editions: tuple[EditionId, ...]
    """The editions in which the units were looked up; every unit is in one of them."""
    links: tuple[CourseLink, ...]

    @property
    def units(self) -> tuple[UnitKey, ...]:
        """The units covered in full, in the order of the links, each once."""
        full = (link.unit for link in self.links if link.cover is Cover.FULL)
        return tuple(dict.fromkeys(full))


def to_dict(course_map: CourseMap) -> dict[str, Json]:
    """Return the mapping as JSON values; ``from_dict`` reads them back unchanged."""
    return {
        "format": FORMAT,
        "course_code": course_map.course_code,
        "version": course_map.version,
        "editions": [str(edition) for edition in course_map.editions],
        "links": [
            {
                "unit": str(link.unit),
                "part": link.part,
                "cover": link.cover.value,
                "hours": link.hours,
                "note": link.note,
            }
            for link in course_map.links
        ],
    }


def from_dict(value: Mapping[str, object], *, file: str) -> CourseMap:
    """Return the mapping that ``value`` states; ``file`` only names the source in errors.

    Raises:
        FaultInFile: the place is a JSON path. Codes of ``json_cursor``; ``unknown-format``,
            ``bad-version`` (below 1), ``bad-hours`` (below 1).

    """
    top = Cursor(file, "$", dict(value))
    top.only({"format", "course_code", "version", "editions", "links"})
    if (found := top.field("format").text()) != FORMAT:
        raise FaultInFile("unknown-format", file=file, place="$.format", value=shown(found))
    version = top.field("version").whole()
    if version < 1:
        raise FaultInFile("bad-version", file=file, place="$.version", value=version)
    return CourseMap(
        course_code=top.field("course_code").name(),
        version=version,
        editions=top.field("editions").each(lambda at: EditionId(at.name())),
        links=top.field("links").each(_link),
    )


def map_bytes(course_map: CourseMap) -> bytes:
    """Return the canonical JSON of the mapping: equal mappings, equal bytes."""
    return canonical_bytes(to_dict(course_map))


def map_digest(course_map: CourseMap) -> str:
    """Return the SHA-256 of ``map_bytes`` in hexadecimal."""
    return digest(to_dict(course_map))


def check_map(course_map: CourseMap, catalogue: Catalogue) -> None:
    """Return if every edition is known and every unit stands in one of them.

    Raises:
        UnknownCode: ``unknown-edition``.
        FaultInFile: ``unit-not-in-edition`` with the place of the link.

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


def _link(at: Cursor) -> CourseLink:
    at.only({"unit", "part", "cover", "hours", "note"})
    hours = at.field("hours").maybe(Cursor.whole)
    if hours is not None and hours < 1:
        raise FaultInFile("bad-hours", file=at.file, place=f"{at.place}.hours", value=hours)
    return CourseLink(
        unit=UnitKey(at.field("unit").name()),
        part=at.field("part").maybe(Cursor.name),
        cover=at.field("cover").choice(Cover),
        hours=hours,
        note=at.field("note").maybe(Cursor.name),
    )
