import json
from pathlib import Path
from typing import Any

import pytest

from standards.catalogue import Catalogue
from standards.course_map import check_map, from_dict, to_dict
from standards.coverage import coverage
from standards.errors import FaultInFile, UnknownCode
from standards.known_courses import (
    COURSES_FORMAT,
    MAPPINGS_FORMAT,
    example_mappings,
    known_courses,
    read_courses,
    read_mappings,
)
from standards.shipped import shipped_editions

_CATALOGUE = Catalogue(shipped_editions())
_EXAMPLES = example_mappings(_CATALOGUE)
_SOURCE = Path(__file__).parents[3] / "shared" / "data" / "bma_courses.json"
_COURSE: dict[str, object] = {
    "key": "k",
    "name_th": None,
    "name_en": "n",
    "hours": None,
    "days": None,
    "issuers": [],
    "source_url": "u",
    "source_date": None,
}


def _file(**courses: object) -> bytes:
    return json.dumps({"format": COURSES_FORMAT, "about": "", "courses": [courses]}).encode()


def test_every_course_has_a_key_of_its_own_a_name_and_a_source() -> None:
    courses = known_courses()
    assert len({course.key for course in courses}) == len(courses) == 23
    for course in courses:
        assert course.name_th or course.name_en
        assert course.source_url.startswith("http")


def test_hours_that_no_source_states_stay_unknown() -> None:
    [stated] = [course for course in known_courses() if course.hours is not None]
    assert (stated.key, stated.hours, stated.days) == ("hotel-housekeeping", 54, 9)
    assert len(stated.issuers) == 4


@pytest.mark.skipif(not _SOURCE.is_file(), reason="the sources are not part of this project")
def test_all_courses_of_the_sources_are_there_as_found() -> None:
    source: list[dict[str, Any]] = json.loads(_SOURCE.read_text())["courses"]
    assert [
        (c.name_th, c.name_en, c.hours, c.days, c.source_url, c.source_date)
        for c in known_courses()
    ] == [
        tuple(c[f] for f in ("name_th", "name_en", "hours", "days", "source_url", "source_date"))
        for c in source
    ]


def test_every_example_names_a_known_course_and_units_that_exist() -> None:
    keys = {course.key for course in known_courses()}
    mapped = [example.course_map.course_code for example in _EXAMPLES]
    assert len(set(mapped)) == len(mapped) >= 8
    assert set(mapped) <= keys
    for example in _EXAMPLES:
        check_map(example.course_map, _CATALOGUE)
        assert from_dict(to_dict(example.course_map), file="map") == example.course_map


def test_every_example_says_that_it_is_no_document_of_bma() -> None:
    for example in _EXAMPLES:
        assert "not a BMA document" in example.note
        assert "มิใช่เอกสารของกรุงเทพมหานคร" in example.note


def test_no_example_makes_up_hours() -> None:
    for example in _EXAMPLES:
        found = coverage(example.course_map, _CATALOGUE)
        assert found.idle_parts == ()
        assert all(cover.hours == 0 and cover.links_without_hours for cover in found.units)


def test_examples_need_the_shipped_facts() -> None:
    with pytest.raises(UnknownCode):
        example_mappings(Catalogue([]))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name_en": None}, "course-without-name"),
        ({"hours": 0}, "bad-hours"),
        ({"days": -1}, "bad-hours"),
        ({"hours": "54"}, "wrong-type"),
        ({"more": 1}, "unknown-field"),
    ],
)
def test_a_faulty_course_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(FaultInFile) as caught:
        read_courses(_file(**{**_COURSE, **change}), name="f")
    assert caught.value.code == code


def test_a_file_of_another_format_is_refused() -> None:
    data = json.dumps({"format": "x", "note": "n", "mappings": []}).encode()
    with pytest.raises(FaultInFile) as caught:
        read_mappings(data, _CATALOGUE, name="f")
    assert caught.value.code == "unknown-format"
    right = data.replace(b'"x"', json.dumps(MAPPINGS_FORMAT).encode())
    assert read_mappings(right, _CATALOGUE, name="f") == ()
