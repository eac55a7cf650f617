from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap, Cover
from standards.course_parts import CoursePart
from standards.coverage import Basis, Coverage, Depth, OverCover, coverage
from standards.errors import FaultInFile
from standards.model import EditionId, Unit
from standards.shipped import shipped_editions
from standards.unit_places import criterion_names, element_names, named_criteria

_CATALOGUE = Catalogue(shipped_editions())
_FULL_DEPTH = tuple(unit for unit in _CATALOGUE.units if unit.elements)
_FACTS_ONLY = tuple(unit for unit in _CATALOGUE.units if unit.elements is None)[:3]
_EDITIONS = (EditionId("tpqi-facts-2026-11"), EditionId("tst-demo-2026-11"))
_PARTS = (
    CoursePart("a", "safety", 4, 8, "test"),
    CoursePart("b", None, None, None, None),
    CoursePart("c", None, 10, None, None),
)


@st.composite
def _links(draw: st.DrawFn) -> CourseLink:
    unit = draw(st.sampled_from((*_FULL_DEPTH[:2], *_FACTS_ONLY)))
    element = draw(st.none() | st.sampled_from(element_names(unit))) if unit.elements else None
    criterion = None
    if element is not None:
        chosen = (unit.elements or ())[element_names(unit).index(element)]
        criterion = draw(st.none() | st.sampled_from(criterion_names(chosen)))
    return CourseLink(
        unit=unit.key,
        part=draw(st.sampled_from(["a", "b", "c", None])),
        cover=draw(st.sampled_from(Cover)),
        hours=draw(st.none() | st.integers(1, 40)),
        note=None,
        element=element,
        criterion=criterion,
        weight=draw(st.none() | st.integers(1, 100)),
    )


def _of(*links: CourseLink) -> Coverage:
    return coverage(CourseMap("C", 1, _EDITIONS, links, _PARTS), _CATALOGUE)


def _link(unit: Unit, **values: object) -> CourseLink:
    link = CourseLink(unit.key, None, Cover.FULL, None, None)
    return replace(link, **values)  # type: ignore[arg-type]  # fields of a link by name


_some_links = st.lists(_links(), max_size=8)


@settings(deadline=None)
@given(_some_links, _links())
def test_with_a_link_more_nothing_is_covered_less(links: list[CourseLink], one: CourseLink) -> None:
    before = {cover.unit.key: cover for cover in _of(*links).units}
    after = {cover.unit.key: cover for cover in _of(*links, one).units}
    for key, cover in before.items():
        more = after[key]
        assert more.share >= cover.share
        assert more.proved_share >= cover.proved_share
        assert more.hours >= cover.hours
        assert more.banked >= cover.banked
        for old, new in zip(cover.places, more.places, strict=True):
            assert (new.depth is None) <= (old.depth is None)
            assert new.hours >= old.hours
            assert set(new.parts) >= set(old.parts)


@settings(deadline=None)
@given(_some_links, st.randoms())
def test_the_order_of_the_links_makes_no_difference(links: list[CourseLink], rng: object) -> None:
    mixed = list(links)
    rng.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis's own Random
    assert _of(*mixed) == _of(*links)


@settings(deadline=None)
@given(_some_links)
def test_a_unit_is_covered_whole_iff_each_criterion_has_a_link_in_full(
    links: list[CourseLink],
) -> None:
    for cover in _of(*links).units:
        own = [k for k in links if k.unit == cover.unit.key and k.cover is Cover.FULL]
        each_linked = all(
            any(
                k.element in (None, element) and (k.element is None or k.criterion in (None, name))
                for k in own
            )
            for element, name, _ in named_criteria(cover.unit)
        )
        expected = each_linked if cover.basis is Basis.CRITERIA else bool(own)
        assert (cover.share == 1) == expected
        assert (not cover.gaps) == expected


@settings(deadline=None)
@given(_some_links)
def test_no_stated_hour_is_lost_or_counted_twice(links: list[CourseLink]) -> None:
    of_part = {part.name: part.hours for part in _PARTS}
    stated = Fraction()
    for link in links:
        part_hours = of_part.get(link.part) if link.part else None
        if link.hours is not None:
            stated += link.hours
        elif link.weight is not None and part_hours is not None:
            stated += Fraction(part_hours * link.weight, 100)
    found = _of(*links)
    assert sum((cover.hours for cover in found.units), Fraction()) == stated
    for cover in found.units:
        assert sum((place.hours for place in cover.places), Fraction()) == cover.hours


def test_links_to_every_criterion_cover_the_unit_and_still_bank_nothing() -> None:
    unit = _FULL_DEPTH[0]
    links = [_link(unit, element=e, criterion=c) for e, c, _ in named_criteria(unit)]
    [cover] = _of(*links).units
    assert cover.share == 1
    assert cover.proved_share == 1
    assert not cover.banked
    assert {place.depth for place in cover.places} == {Depth.CRITERION}
    [less] = _of(*links[1:]).units
    assert less.share == Fraction(len(links) - 1, len(links))
    assert [gap.criterion for gap in less.gaps] == [links[0].criterion]


def test_a_claim_for_the_whole_unit_covers_all_and_proves_nothing() -> None:
    [cover] = _of(_link(_FULL_DEPTH[0])).units
    assert cover.share == 1
    assert cover.proved_share == 0
    assert cover.banked
    assert {place.depth for place in cover.places} == {Depth.UNIT}


def test_where_elements_are_not_known_the_cover_says_that_it_is_by_the_whole_unit() -> None:
    [cover] = _of(_link(_FACTS_ONLY[0], hours=9)).units
    assert cover.basis is Basis.WHOLE_UNIT
    assert cover.share == 1
    assert cover.hours == 9
    assert [place.text_th for place in cover.places] == [_FACTS_ONLY[0].title_th]


def test_a_link_in_part_leads_towards_and_covers_nothing() -> None:
    [cover] = _of(_link(_FULL_DEPTH[0], cover=Cover.PARTIAL)).units
    assert cover.share == 0
    assert not cover.banked
    assert all(place.led_towards for place in cover.places)


def test_weights_share_out_the_hours_of_a_part_and_more_than_it_has_is_shown() -> None:
    unit = _FULL_DEPTH[0]
    found = _of(_link(unit, part="a", weight=50), _link(unit, part="a", weight=25))
    assert found.units[0].hours == 9
    assert found.overspent_parts == ()
    assert found.idle_parts == ("b", "c")
    spent = _of(_link(unit, part="a", hours=13), _link(unit, part="c", weight=100))
    assert spent.overspent_parts == ("a",)
    assert _of(_link(unit, part="b", weight=100)).units[0].links_without_hours == 1


def test_more_links_or_far_more_hours_than_needed_are_shown() -> None:
    unit = _FULL_DEPTH[0]
    element, criterion, _ = next(named_criteria(unit))
    there = _link(unit, element=element, criterion=criterion)
    thrice = [replace(there, part=part) for part in "abc"]
    assert [place.criterion for place in _of(*thrice).units[0].over_covered] == [criterion]
    assert _of(*thrice[:2]).units[0].over_covered == ()
    heavy = _of(replace(there, hours=30), _link(unit, hours=6)).units[0]
    assert [place.criterion for place in heavy.over_covered] == [criterion]
    course_map = CourseMap("C", 1, _EDITIONS, tuple(thrice))
    [cover] = coverage(course_map, _CATALOGUE, over=OverCover(most_links=3)).units
    assert cover.over_covered == ()


@pytest.mark.parametrize(
    ("element", "criterion"), [("none", None), (None, "#1"), ("9000101", "none"), ("#1", None)]
)
def test_a_link_to_what_the_unit_does_not_have_is_refused(
    element: str | None, criterion: str | None
) -> None:
    with pytest.raises(FaultInFile) as caught:
        _of(_link(_FULL_DEPTH[0], element=element, criterion=criterion))
    assert caught.value.code == "place-not-in-unit"


def test_a_link_to_a_part_that_the_course_does_not_have_is_refused() -> None:
    with pytest.raises(FaultInFile) as caught:
        _of(_link(_FULL_DEPTH[0], part="d"))
    assert caught.value.code == "part-not-in-course"
