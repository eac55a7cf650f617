import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.case_courses import CourseFacts, write_course_case
from standards.case_exchange import read_case, write_case
from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap, Cover
from standards.errors import FaultInFile
from standards.model import EditionId, OwnerCode
from standards.shipped import shipped_editions
from tests.case_schemas import needs_schemas, schema_faults
from tests.strategies import plain_text

_BASE = "https://bank.example"
_CATALOGUE = Catalogue(shipped_editions())
_FACTS = shipped_editions()[0]
_ROOM, _CLEAN = (_CATALOGUE.one_unit(code).key for code in ("THR-HOH-1-194ZB", "THR-HOH-1-200ZB"))
_COURSE = CourseFacts(
    code="BMA-HK",
    owner=OwnerCode("BMA"),
    title_th="แม่บ้านโรงแรม",
    title_en="Hotel housekeeping",
    hours=54,
    released=date(2026, 11, 21),
    made_up=True,
)
_MAP = CourseMap(
    course_code="BMA-HK",
    version=2,
    editions=(_FACTS.id,),
    links=(
        CourseLink(_ROOM, "สัปดาห์ที่ 1", Cover.FULL, 18, None),
        CourseLink(_CLEAN, "สัปดาห์ที่ 1", Cover.PARTIAL, None, "ฝึกเบื้องต้น"),
        CourseLink(_CLEAN, None, Cover.FULL, 12, None),
    ),
)
_links = st.builds(
    CourseLink,
    unit=st.sampled_from([_ROOM, _CLEAN]),
    part=st.none() | plain_text,
    cover=st.sampled_from(Cover),
    hours=st.none() | st.integers(1, 500),
    note=st.none() | plain_text,
)


def _package(course_map: CourseMap = _MAP) -> dict[str, Any]:
    data = write_course_case(_COURSE, course_map, catalogue=_CATALOGUE, base=_BASE)
    package: dict[str, Any] = json.loads(data)
    return package


@needs_schemas
@settings(deadline=None, max_examples=25)
@given(st.lists(_links, max_size=4).map(tuple), st.none() | plain_text, st.none() | st.just(7))
def test_every_mapping_passes_the_published_schema(
    links: tuple[CourseLink, ...], title: str | None, hours: int | None
) -> None:
    course = replace(_COURSE, title_en=title, hours=hours)
    course_map = replace(_MAP, links=links)
    data = write_course_case(course, course_map, catalogue=_CATALOGUE, base=_BASE)
    assert schema_faults("cfpackage", data) == []


@settings(deadline=None, max_examples=25)
@given(st.lists(_links, max_size=4).map(tuple))
def test_each_link_is_one_association_to_the_item_of_its_unit_in_the_edition(
    links: tuple[CourseLink, ...],
) -> None:
    covers = [
        a
        for a in _package(replace(_MAP, links=links))["CFAssociations"]
        if a["associationType"] in {"ext:covers", "isRelatedTo"}
    ]
    standard = json.loads(write_case(_FACTS, base=_BASE))
    items = {item["identifier"]: item for item in standard["CFItems"]}
    said = [
        (
            items[a["destinationNodeURI"]["identifier"]]["extensions"]["competencyBank"]["key"],
            a["associationType"] == "ext:covers",
            a["extensions"]["competencyBank"]["hours"],
            a["extensions"]["competencyBank"]["note"],
        )
        for a in covers
    ]
    assert said == [(each.unit, each.cover is Cover.FULL, each.hours, each.note) for each in links]


def test_the_document_is_one_of_course_codes_with_course_and_parts_as_items() -> None:
    package = _package()
    assert package["CFDocument"]["frameworkType"] == "CourseCodes"
    assert package["CFDocument"]["extensions"]["competencyBank"]["made_up"] is True
    assert [(i["CFItemType"], i["fullStatement"]) for i in package["CFItems"]] == [
        ("Course", "แม่บ้านโรงแรม"),
        ("Part of a course", "สัปดาห์ที่ 1"),
        ("Course", "Hotel housekeeping"),
    ]


def test_a_new_version_of_a_mapping_is_a_new_document() -> None:
    later = _package(replace(_MAP, version=3))
    assert later["CFDocument"]["identifier"] != _package()["CFDocument"]["identifier"]


def test_a_mapping_of_another_course_or_another_edition_is_refused() -> None:
    with pytest.raises(FaultInFile, match="other-course"):
        _package(replace(_MAP, course_code="BMA-OTHER"))
    with pytest.raises(FaultInFile, match="unit-not-in-edition"):
        _package(replace(_MAP, editions=(EditionId(shipped_editions()[1].id),)))


def test_a_package_of_a_course_is_not_taken_for_a_standard() -> None:
    data = write_course_case(_COURSE, _MAP, catalogue=_CATALOGUE, base=_BASE)
    with pytest.raises(FaultInFile, match="unknown-format"):
        read_case(data, name="course.json")
