import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.catalogue import Catalogue
from standards.course_map import (
    CourseLink,
    CourseMap,
    Cover,
    check_map,
    from_dict,
    map_bytes,
    map_digest,
    to_dict,
)
from standards.course_parts import CoursePart
from standards.errors import FaultInFile, UnknownCode
from standards.model import EditionId, UnitKey
from standards.shipped import shipped_editions
from tests.strategies import plain_text

_CATALOGUE = Catalogue(shipped_editions())
_KEYS = tuple(
    _CATALOGUE.one_unit(code).key
    for code in ("THR-HOH-1-194ZB", "THR-HOH-1-200ZB", "THR-HOH-1-202ZB")
)
_links = st.builds(
    CourseLink,
    unit=st.sampled_from(_KEYS),
    part=st.none() | plain_text,
    cover=st.sampled_from(Cover),
    hours=st.none() | st.integers(1, 500),
    note=st.none() | plain_text,
    element=st.none() | plain_text,
    weight=st.none() | st.integers(1, 100),
    evidence=st.none() | plain_text,
).flatmap(
    lambda link: (
        st.just(link)
        if link.element is None
        else plain_text.map(lambda name: replace(link, criterion=name))
    )
)
_hours = st.none() | st.integers(0, 99)
_parts = st.lists(
    st.builds(
        CoursePart,
        name=plain_text,
        topic=st.none() | plain_text,
        theory_hours=_hours,
        practice_hours=_hours,
        assessment=st.none() | plain_text,
    ),
    max_size=3,
    unique_by=lambda part: part.name,
).map(tuple)
_maps = st.builds(
    CourseMap,
    course_code=plain_text,
    version=st.integers(1, 99),
    editions=st.lists(plain_text.map(EditionId), max_size=2).map(tuple),
    links=st.lists(_links, max_size=4).map(tuple),
    parts=_parts,
)
_MAP = CourseMap(
    course_code="HK-54",
    version=1,
    editions=(EditionId("tpqi-facts-2026-11"),),
    links=tuple(CourseLink(key, None, Cover.FULL, 18, None) for key in _KEYS),
)
_LINK = {"unit": "u", "part": None, "cover": "full", "hours": None, "note": None}
_PART = {
    "name": "p",
    "topic": None,
    "theory_hours": None,
    "practice_hours": None,
    "assessment": None,
}


@settings(deadline=None)
@given(_maps)
def test_every_mapping_reads_back_as_it_was_written(course_map: CourseMap) -> None:
    read = from_dict(json.loads(map_bytes(course_map)), file="map")
    assert read == course_map
    assert map_digest(read) == map_digest(course_map)


@settings(deadline=None)
@given(_maps)
def test_the_units_are_those_covered_whole_and_in_full_each_once(course_map: CourseMap) -> None:
    whole = [link for link in course_map.links if link.element is None]
    full = [link.unit for link in whole if link.cover is Cover.FULL]
    assert len(course_map.units) == len(set(full))
    assert set(course_map.units) == set(full)
    assert sorted(course_map.units, key=full.index) == list(course_map.units)


def test_a_mapping_approved_before_elements_and_parts_keeps_its_digest() -> None:
    assert map_digest(_MAP) == "4deaa34c186523d8b81fa9f0229c82ba8243344eaf83037ee0a137e95307b029"


def test_any_change_changes_the_digest() -> None:
    assert map_digest(replace(_MAP, version=2)) != map_digest(_MAP)
    assert map_digest(replace(_MAP, links=_MAP.links[1:])) != map_digest(_MAP)


def test_a_mapping_of_real_units_stands_the_check() -> None:
    check_map(_MAP, _CATALOGUE)
    assert _MAP.units == _KEYS


def test_a_unit_of_another_edition_is_refused_with_its_place() -> None:
    alien = CourseLink(UnitKey("u-none"), None, Cover.FULL, None, None)
    with pytest.raises(FaultInFile) as caught:
        check_map(replace(_MAP, links=(*_MAP.links, alien)), _CATALOGUE)
    assert caught.value.code == "unit-not-in-edition"
    assert caught.value.values["place"] == "$.links[3].unit"
    with pytest.raises(FaultInFile):
        check_map(replace(_MAP, editions=(EditionId("tst-demo-2026-11"),)), _CATALOGUE)


def test_an_edition_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCode) as caught:
        check_map(replace(_MAP, editions=(EditionId("none"),)), _CATALOGUE)
    assert caught.value.code == "unknown-edition"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("format", "x", "unknown-format"),
        ("version", 0, "bad-version"),
        ("version", "1", "wrong-type"),
        ("more", 1, "unknown-field"),
        ("links", [{"unit": "u-1"}], "missing-field"),
        (
            "links",
            [{"unit": "u", "part": None, "cover": "half", "hours": 1, "note": None}],
            "unknown-value",
        ),
        (
            "links",
            [{"unit": "u", "part": None, "cover": "full", "hours": 0, "note": None}],
            "bad-hours",
        ),
        ("links", [{**_LINK, "weight": 101}], "bad-weight"),
        ("links", [{**_LINK, "weight": 0}], "bad-weight"),
        ("links", [{**_LINK, "criterion": "1"}], "criterion-without-element"),
        ("parts", [{**_PART, "theory_hours": -1}], "negative-hours"),
        ("parts", [_PART, _PART], "duplicate-part"),
        ("parts", [{**_PART, "name": " "}], "blank-text"),
    ],
)
def test_a_faulty_mapping_is_refused(field: str, value: object, code: str) -> None:
    with pytest.raises(FaultInFile) as caught:
        from_dict({**to_dict(_MAP), field: value}, file="map")
    assert caught.value.code == code
