import json
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.case_courses import CourseFacts
from standards.case_exchange import write_case
from standards.case_outline import Licence
from standards.case_provider import Answer, CaseProvider, provider_of
from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap, Cover
from standards.model import OwnerCode
from standards.shipped import shipped_editions
from tests.case_schemas import needs_schemas, schema_faults
from tests.foreign_case import uuid

_BASE = "https://bank.example"
_ROOT = "/ims/case/v1p1"
_FACTS, _ROOFTOP = shipped_editions()
_UNIT = Catalogue((_FACTS,)).one_unit("THR-HOH-1-194ZB").key


def _course(n: int) -> tuple[CourseFacts, CourseMap]:
    facts = CourseFacts(f"C-{n}", OwnerCode("BMA"), f"วิชา {n}", None, None, date(2026, 1, n), True)  # noqa: FBT003  (a field)
    links = (CourseLink(_UNIT, None, Cover.FULL, None, None),)
    return facts, CourseMap(f"C-{n}", 1, (_FACTS.id,), links)


_PROVIDER = provider_of(
    shipped_editions(),
    courses=[_course(n) for n in range(1, 6)],
    licences={_ROOFTOP.id: Licence("Apache-2.0", "Apache License, Version 2.0")},
    base=_BASE,
)
_PACKAGE: dict[str, Any] = json.loads(
    write_case(_ROOFTOP, base=_BASE, licence=Licence("Apache-2.0", "Apache License, Version 2.0"))
)
_DEFINED = _PACKAGE["CFDefinitions"]
_FACTS_CONCEPT = json.loads(write_case(_FACTS, base=_BASE))["CFDefinitions"]["CFConcepts"][0]
_OBJECTS = {
    "CFDocuments": (_PACKAGE["CFDocument"], "cfdocument"),
    "CFPackages": (_PACKAGE["CFDocument"], "cfpackage"),
    "CFItems": (_PACKAGE["CFItems"][5], "cfitem"),
    "CFItemAssociations": (_PACKAGE["CFItems"][5], "cfassociationset"),
    "CFAssociations": (_PACKAGE["CFAssociations"][5], "cfassociation"),
    "CFAssociationGroupings": (_DEFINED["CFAssociationGroupings"][0], "cfassociationgrouping"),
    "CFItemTypes": (_DEFINED["CFItemTypes"][0], "cfitemtypeset"),
    "CFConcepts": (_FACTS_CONCEPT, "cfconceptset"),
    "CFSubjects": (_DEFINED["CFSubjects"][0], "cfsubjectset"),
    "CFLicenses": (_DEFINED["CFLicenses"][0], "cflicense"),
    "CFRubrics": (_PACKAGE["CFRubrics"][0], "cfrubric"),
}


def _ask(provider: CaseProvider, path: str) -> Answer:
    return provider.answer(f"{_ROOT}/{path}", {})


def _get(path: str, **query: str) -> Answer:
    return _PROVIDER.answer(f"{_ROOT}/{path}", query)


def _body(answer: Answer) -> Any:  # noqa: ANN401  (any JSON)
    return json.loads(answer.body)


def _documents(**query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _body(_get("CFDocuments", **query))["CFDocuments"]
    return found


@needs_schemas
@pytest.mark.parametrize("room", _OBJECTS)
def test_each_endpoint_answers_with_what_its_published_schema_asks_for(room: str) -> None:
    part, schema = _OBJECTS[room]
    answer = _get(f"{room}/{part['identifier']}")
    assert answer.status == 200
    assert ("Content-Type", "application/json") in answer.headers
    assert schema_faults(schema, answer.body) == []
    assert part["identifier"] in answer.body.decode()


@needs_schemas
def test_the_list_of_documents_passes_its_published_schema() -> None:
    answer = _get("CFDocuments")
    assert schema_faults("cfdocumentset", answer.body) == []
    assert dict(answer.headers)["X-Total-Count"] == "7"


def test_every_address_in_a_package_leads_to_the_object_that_it_names() -> None:
    rooms = [*_PACKAGE["CFItems"], *_PACKAGE["CFAssociations"], *_PACKAGE["CFRubrics"]]
    rooms += [part for parts in _DEFINED.values() for part in parts]
    for part in rooms:
        answer = _PROVIDER.answer(part["uri"].removeprefix(_BASE), {})
        assert answer.status == 200, part["uri"]
        assert part["identifier"] in answer.body.decode()


def test_a_package_is_what_is_exported_as_a_file() -> None:
    answer = _get(f"CFPackages/{_PACKAGE['CFDocument']['identifier']}")
    assert _body(answer) == _PACKAGE


def test_the_associations_of_an_item_are_all_that_start_or_end_at_it() -> None:
    for item in _PACKAGE["CFItems"]:
        answer = _body(_get(f"CFItemAssociations/{item['identifier']}"))
        expected = [
            a["identifier"]
            for a in _PACKAGE["CFAssociations"]
            if item["identifier"]
            in {a["originNodeURI"]["identifier"], a["destinationNodeURI"]["identifier"]}
        ]
        assert [a["identifier"] for a in answer["CFAssociations"]] == expected
        assert expected, "the published schema wants at least one"


def test_an_item_type_comes_with_the_types_below_it() -> None:
    types = _DEFINED["CFItemTypes"]
    answer = _body(_get(f"CFItemTypes/{types[2]['identifier']}"))
    assert [each["identifier"] for each in answer["CFItemTypes"]] == [
        each["identifier"] for each in types[2:]
    ]


_REFUSED = {
    "unknown document": (f"CFDocuments/{uuid(7)}", {}, 404, "unknownobject"),
    "item asked for as a document": (
        f"CFDocuments/{_PACKAGE['CFItems'][0]['identifier']}",
        {},
        404,
        "unknownobject",
    ),
    "no UUID": ("CFItems/THR-HOH-1-194ZB", {}, 404, "invalid_uuid"),
    "longer path": (f"CFItems/{uuid(7)}/x", {}, 404, "invalid_uuid"),
    "list without an identifier": ("CFItems", {}, 404, "unknownobject"),
    "unknown endpoint": (f"CFThings/{uuid(7)}", {}, 404, "unknownobject"),
    "limit nought": ("CFDocuments", {"limit": "0"}, 400, "invalid_selection_field"),
    "limit a word": ("CFDocuments", {"limit": "all"}, 400, "invalid_selection_field"),
    "limit in Thai digits": ("CFDocuments", {"limit": "๕"}, 400, "invalid_selection_field"),
    "offset below nought": ("CFDocuments", {"offset": "-1"}, 400, "invalid_selection_field"),
    "page after the last": ("CFDocuments", {"offset": "900"}, 404, "unknownobject"),
    "unknown sort": ("CFDocuments", {"sort": "colour"}, 400, "invalid_sort_field"),
    "unknown order": ("CFDocuments", {"orderBy": "up"}, 400, "invalid_selection_field"),
    "unknown field": ("CFDocuments", {"fields": "colour"}, 400, "invalid_selection_field"),
    "filter without quotes": (
        "CFDocuments",
        {"filter": "title=x"},
        400,
        "invalid_selection_field",
    ),
    "filter by an unknown member": (
        "CFDocuments",
        {"filter": "colour='x'"},
        400,
        "invalid_selection_field",
    ),
    "endless filter": (
        "CFDocuments",
        {"filter": "title='a'" + " " * 9000},
        400,
        "invalid_selection_field",
    ),
    "filter that ends with AND": (
        "CFDocuments",
        {"filter": "title='a' AND "},
        400,
        "invalid_selection_field",
    ),
    "filter with AND and OR": (
        "CFDocuments",
        {"filter": "title='a' AND title='b' OR title='c'"},
        400,
        "invalid_selection_field",
    ),
}


@pytest.mark.parametrize("case", _REFUSED)
def test_what_cannot_be_answered_is_told_by_a_status_payload(case: str) -> None:
    path, query, status, minor = _REFUSED[case]
    answer = _get(path, **query)
    assert answer.status == status
    field = _body(answer)["imsx_codeMinor"]["imsx_codeMinorField"][0]
    assert field["imsx_codeMinorFieldValue"] == minor


@needs_schemas
@pytest.mark.parametrize("case", _REFUSED)
def test_every_status_payload_passes_its_published_schema(case: str) -> None:
    path, query, _, _ = _REFUSED[case]
    assert schema_faults("imsx_statusinfo", _get(path, **query).body) == []


@settings(deadline=None)
@given(st.integers(1, 9), st.sampled_from(["", "title", "lastChangeDateTime", "language"]))
def test_following_next_gives_every_document_once(limit: int, sort: str) -> None:
    query = {"limit": str(limit), "sort": sort}
    seen = []
    while query:
        answer = _get("CFDocuments", **query)
        seen += [each["identifier"] for each in _body(answer)["CFDocuments"]]
        link = re.search(r'<([^>]*)>; rel="next"', dict(answer.headers)["Link"])
        query = dict(parse_qsl(link[1].partition("?")[2])) if link else {}
    assert seen == [each["identifier"] for each in _documents(sort=sort)]
    assert len(set(seen)) == len(seen) == 7


def test_the_links_of_a_page_name_first_previous_next_and_last() -> None:
    links = dict(_get("CFDocuments", limit="2", offset="2").headers)["Link"]
    at = f"{_BASE}{_ROOT}/CFDocuments"
    assert links == (
        f'<{at}?limit=2&offset=0>; rel="first", <{at}?limit=2&offset=0>; rel="prev", '
        f'<{at}?limit=2&offset=4>; rel="next", <{at}?limit=2&offset=6>; rel="last"'
    )


def test_documents_are_sorted_both_ways() -> None:
    up = [each["lastChangeDateTime"] for each in _documents(sort="lastChangeDateTime")]
    down = _documents(sort="lastChangeDateTime", orderBy="desc")
    assert up == sorted(up)
    assert [each["lastChangeDateTime"] for each in down] == sorted(up, reverse=True)


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("frameworkType='CourseCodes'", 5),
        ("frameworkType!='CourseCodes'", 2),
        ("creator='BMA' AND lastChangeDateTime>='2026-01-03'", 3),
        ("creator='TST' OR creator='TPQI'", 2),
        ("title~'วิชา '", 5),
        (" title = 'วิชา 3' ", 1),
        ("title='วิชา 3' OR title='a AND title=b'", 1),
        (f"subject='{_DEFINED['CFSubjects'][0]['title']}'", 1),
    ],
)
def test_a_filter_leaves_the_documents_that_meet_it(condition: str, count: int) -> None:
    answer = _get("CFDocuments", filter=condition)
    assert dict(answer.headers)["X-Total-Count"] == str(count)


@needs_schemas
@settings(deadline=None, max_examples=30)
@given(st.sets(st.sampled_from(["title", "language", "extensions", "subject", "identifier"])))
def test_chosen_fields_leave_a_payload_that_still_passes_its_schema(names: set[str]) -> None:
    answer = _get("CFDocuments", fields=",".join(names))
    assert schema_faults("cfdocumentset", answer.body) == []
    first = _body(answer)["CFDocuments"][0]
    assert ("language" in first) == ("language" in names or not names)


def test_the_discovery_file_names_all_twelve_endpoints() -> None:
    answer = _get("discovery/imscasev1p1_openapi3_v1p0.json")
    paths = _body(answer)["paths"]
    assert set(paths) == {"/CFDocuments", *(f"/{room}/{{sourcedId}}" for room in _OBJECTS)}
    assert _body(answer)["servers"] == [{"url": f"{_BASE}{_ROOT}"}]


def test_more_packages_than_are_kept_in_memory_are_all_answered() -> None:
    courses = [_course(n) for n in range(1, 21)]
    provider = provider_of((_FACTS,), courses=courses, base=_BASE)
    for part in _body(_ask(provider, "CFDocuments"))["CFDocuments"]:
        assert _ask(provider, f"CFPackages/{part['identifier']}").status == 200


def test_a_provider_of_nothing_says_so() -> None:
    assert _ask(provider_of((), base=_BASE), "CFDocuments").status == 404


@settings(deadline=None)
@given(st.text(max_size=40), st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=3))
def test_any_path_and_query_is_answered(path: str, query: dict[str, str]) -> None:
    for start in ("", f"{_ROOT}/", f"{_ROOT}/CFDocuments"):
        answer = _PROVIDER.answer(start + path, query)
        assert answer.status in {200, 400, 404}
        assert all("\n" not in value and "\r" not in value for _, value in answer.headers)


@settings(deadline=None)
@given(st.sampled_from(["limit", "offset", "sort", "orderBy", "filter", "fields"]), st.text())
def test_any_value_of_a_parameter_is_answered(name: str, value: str) -> None:
    assert _get("CFDocuments", **{name: value}).status in {200, 400, 404}
