"""How much of each unit a course's mapping covers, criterion by criterion, and what lies behind it.

Nothing here decides what a pass banks: ``CourseMap.units`` does. Coverage shows how well that claim
is founded. Whether the mapping is approved is known to whoever keeps it; what is counted here is
what the mapping states.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap, Cover, check_map, edition_stating
from standards.model import Unit, UnitKey
from standards.unit_places import criterion_names, element_names

_PER_CENT = 100


class Basis(StrEnum):
    """What the share of a unit is counted in."""

    CRITERIA = "criteria"
    """Its criteria; an element that has none counts as one."""
    WHOLE_UNIT = "whole-unit"
    """Its elements are not known here, so a link to the whole unit is all there can be."""


class Depth(StrEnum):
    """How exactly the most exact link names what it covers."""

    CRITERION = "criterion"
    ELEMENT = "element"
    UNIT = "unit"
    """A claim for the whole unit, founded on nothing smaller."""


@dataclass(frozen=True, slots=True)
class OverCover:
    """From where on something counts as covered more than needed."""

    most_links: int = 2
    """Links in full to an element or criterion; one more is too many."""
    most_times: int = 3
    """How many times the unit's average hours one criterion may have."""


DEFAULT_OVER_COVER = OverCover()


@dataclass(frozen=True, slots=True)
class PlaceCover:
    """How one criterion is covered, or an element without criteria, or a unit without elements."""

    element: str | None
    criterion: str | None
    text_th: str
    depth: Depth | None
    """The most exact link that covers it in full; None where none does: a gap."""
    led_towards: bool
    """True where some link covers it in part."""
    hours: Fraction
    """Hours of all links behind it; those of a link to more than one place are split evenly."""
    parts: tuple[str, ...]
    """Names of the parts behind it, sorted."""
    over: bool
    """Linked more often, or with far more hours, than needed."""


@dataclass(frozen=True, slots=True)
class UnitCover:
    """How one unit is covered."""

    unit: Unit
    basis: Basis
    places: tuple[PlaceCover, ...]
    """In the order of the unit; never empty."""
    hours: Fraction
    """Hours of all links to the unit and its places, as far as stated."""
    links_without_hours: int
    banked: bool
    """True where a pass banks the unit, that is, where a link covers the whole unit in full."""

    @property
    def share(self) -> Fraction:
        """The part of the places that a link covers in full: 1 iff there is no gap."""
        return Fraction(sum(place.depth is not None for place in self.places), len(self.places))

    @property
    def proved_share(self) -> Fraction:
        """The part of the places that a link to them or to their element covers in full."""
        proved = sum(place.depth in (Depth.CRITERION, Depth.ELEMENT) for place in self.places)
        return Fraction(proved, len(self.places))

    @property
    def gaps(self) -> tuple[PlaceCover, ...]:
        """The places that no link covers in full."""
        return tuple(place for place in self.places if place.depth is None)

    @property
    def over_covered(self) -> tuple[PlaceCover, ...]:
        """The places with more links or hours than needed."""
        return tuple(place for place in self.places if place.over)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a course covers the units that it touches."""

    units: tuple[UnitCover, ...]
    """By key, so that the order of the links makes no difference."""
    idle_parts: tuple[str, ...]
    """Parts of the course that no link names, in the order of the course."""
    overspent_parts: tuple[str, ...]
    """Parts whose links take more hours than the part has."""


def coverage(
    course_map: CourseMap, catalogue: Catalogue, *, over: OverCover = DEFAULT_OVER_COVER
) -> Coverage:
    """Return how the mapping covers each unit that it touches.

    Holds: with a link more, no share, no hours and no covered place gets less; the share of a unit
    is 1 iff each of its places is reached by a link in full; the order of links makes no
    difference.

    Raises:
        UnknownCode, FaultInFile: codes of ``check_map``.

    """
    check_map(course_map, catalogue)
    by_unit: dict[UnitKey, list[CourseLink]] = {}
    for link in course_map.links:
        by_unit.setdefault(link.unit, []).append(link)
    hours = _stated_hours(course_map)
    covers = []
    for key, links in sorted(by_unit.items()):
        unit = catalogue.unit(key, edition=edition_stating(course_map, key, catalogue))
        covers.append(_unit_cover(unit, [(link, hours[link]) for link in links], over))
    linked = {link.part for link in course_map.links}
    return Coverage(
        units=tuple(covers),
        idle_parts=tuple(part.name for part in course_map.parts if part.name not in linked),
        overspent_parts=_overspent(course_map, hours),
    )


def _stated_hours(course_map: CourseMap) -> dict[CourseLink, Fraction | None]:
    """Return the hours of each link: its own, else its share of the part's, else unknown."""
    of_part = {part.name: part.hours for part in course_map.parts}

    def stated(link: CourseLink) -> Fraction | None:
        if link.hours is not None:
            return Fraction(link.hours)
        whole = None if link.part is None else of_part.get(link.part)
        if whole is None or link.weight is None:
            return None
        return Fraction(whole * link.weight, _PER_CENT)

    return {link: stated(link) for link in course_map.links}


def _overspent(course_map: CourseMap, hours: dict[CourseLink, Fraction | None]) -> tuple[str, ...]:
    spent: dict[str | None, Fraction] = {}
    for link in course_map.links:
        spent[link.part] = spent.get(link.part, Fraction()) + (hours[link] or 0)
    return tuple(
        part.name
        for part in course_map.parts
        if part.hours is not None and spent.get(part.name, Fraction()) > part.hours
    )


@dataclass(frozen=True, slots=True)
class _Place:
    element: str | None
    criterion: str | None
    text_th: str

    def is_in(self, link: CourseLink) -> bool:
        """Say whether the link names this place, its element or the whole unit."""
        return link.element in (None, self.element) and link.criterion in (None, self.criterion)


def _places(unit: Unit) -> tuple[_Place, ...]:
    found: list[_Place] = []
    for name, element in zip(element_names(unit), unit.elements or (), strict=True):
        criteria = zip(criterion_names(element), element.criteria, strict=True)
        own = [_Place(name, criterion, stated.text_th) for criterion, stated in criteria]
        found += own or [_Place(name, None, element.title_th)]
    return tuple(found) or (_Place(None, None, unit.title_th),)


def _unit_cover(
    unit: Unit, links: list[tuple[CourseLink, Fraction | None]], over: OverCover
) -> UnitCover:
    places = _places(unit)
    reach = {link: sum(place.is_in(link) for place in places) for link, _ in links}
    behind = {
        place: [
            (link, (hours or 0) / Fraction(reach[link]))
            for link, hours in links
            if place.is_in(link)
        ]
        for place in places
    }
    total = sum((hours or Fraction() for _, hours in links), Fraction())
    most = over.most_times * total / len(places)
    return UnitCover(
        unit=unit,
        basis=Basis.CRITERIA if unit.elements else Basis.WHOLE_UNIT,
        places=tuple(_place_cover(place, behind[place], over, most) for place in places),
        hours=total,
        links_without_hours=sum(hours is None for _, hours in links),
        banked=any(link.cover is Cover.FULL and link.element is None for link, _ in links),
    )


def _place_cover(
    place: _Place, behind: list[tuple[CourseLink, Fraction]], over: OverCover, most: Fraction
) -> PlaceCover:
    full = [_depth(link) for link, _ in behind if link.cover is Cover.FULL]
    hours = sum((hours for _, hours in behind), Fraction())
    exact = sum(depth is not Depth.UNIT for depth in full)
    return PlaceCover(
        element=place.element,
        criterion=place.criterion,
        text_th=place.text_th,
        depth=_most_exact(full),
        led_towards=any(link.cover is Cover.PARTIAL for link, _ in behind),
        hours=hours,
        parts=tuple(sorted({link.part for link, _ in behind if link.part is not None})),
        over=exact > over.most_links or hours > most,
    )


def _depth(link: CourseLink) -> Depth:
    if link.criterion is not None:
        return Depth.CRITERION
    return Depth.UNIT if link.element is None else Depth.ELEMENT


def _most_exact(depths: Iterable[Depth]) -> Depth | None:
    found = set(depths)
    return next((depth for depth in Depth if depth in found), None)
