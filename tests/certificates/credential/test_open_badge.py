"""The credential says what the statement says, in the form that Open Badges 3.0 asks for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from certificates.credential.open_badge import to_open_badge
from certificates.credential.phrases import DEMONSTRATION
from certificates.credential.snapshot import Basis, Statement
from certificates.errors import CannotSay
from tests.certificates.papers import PORTFOLIO, PORTFOLIO_LETTER
from tests.certificates.statements import COURSE_LETTER, UNIT_LETTER, statements

SCHEMAS = Path(__file__).parents[3].parent / "shared/schemas"
BADGE = "ob-3.0/ob_v3p0_achievementcredential_schema.json"
LEARNER_RECORD = "clr-2.0/clr_v2p0_clrcredential_schema.json"
published = pytest.mark.skipif(
    not SCHEMAS.exists(), reason="the published 1EdTech schemas do not lie beside the project"
)


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return schema


def _schema_of(statement: Statement) -> dict[str, Any]:
    return _schema(LEARNER_RECORD if statement.portfolio else BADGE)


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _objects(each)
    elif isinstance(value, list):
        for each in value:
            yield from _objects(each)


@published
@settings(deadline=None, max_examples=30)
@given(statements())
def test_every_statement_passes_the_published_schema(statement: Statement) -> None:
    validator = pytest.importorskip("jsonschema").Draft201909Validator(_schema_of(statement))
    assert [error.message for error in validator.iter_errors(to_open_badge(statement))] == []


@published
@settings(deadline=None, max_examples=50)
@given(statements())
def test_only_properties_that_the_published_schema_defines_are_used(statement: Statement) -> None:
    status_list = {"statusPurpose", "statusListIndex", "statusListCredential"}
    known = set(_schema_of(statement)["properties"]) | status_list
    for name in (BADGE, LEARNER_RECORD):
        for definition in _schema(name)["$defs"].values():
            known |= set(definition.get("properties", {}))
    for each in _objects(to_open_badge(statement)):
        assert set(each) <= known


@settings(deadline=None)
@given(statements())
def test_nothing_is_null_and_nothing_is_empty(statement: Statement) -> None:
    for each in _objects(to_open_badge(statement)):
        assert all(value is not None and value not in ("", [], {}) for value in each.values())


def test_a_unit_letter_names_the_unit_its_owner_and_the_school() -> None:
    badge = to_open_badge(UNIT_LETTER)
    achievement = badge["credentialSubject"]["achievement"]
    assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert achievement["achievementType"] == "Competency"
    assert achievement["humanCode"] == "THR-HOH-1-194ZB"
    assert achievement["creator"]["name"] == "TPQI"
    assert achievement["alignment"][0]["targetType"] == "CFItem"
    assert badge["credentialSubject"]["licenseNumber"] == "BMA-2569-000123"
    assert badge["credentialStatus"]["statusListIndex"] == "94567"
    assert badge["validFrom"] == badge["awardedDate"] == "2026-05-04T03:15:00Z"


def test_a_course_certificate_aligns_with_each_of_its_units() -> None:
    achievement = to_open_badge(COURSE_LETTER)["credentialSubject"]["achievement"]
    assert COURSE_LETTER.course is not None
    assert achievement["achievementType"] == "Course"
    assert [each["targetCode"] for each in achievement["alignment"]] == [
        unit.code for unit in COURSE_LETTER.course.units
    ]


@pytest.mark.parametrize("basis", Basis)
def test_the_basis_is_stated_and_training_is_said_to_be_no_assessment(basis: Basis) -> None:
    badge = to_open_badge(replace(UNIT_LETTER, basis=basis))
    (evidence,) = badge["evidence"]
    narrative = badge["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert evidence["genre"] == basis.value
    assert evidence["description"] in narrative
    assert ("not an assessment" in narrative) == (basis is Basis.TRAINING)


@pytest.mark.parametrize("demonstration", [True, False])
def test_a_demonstration_says_so_inside_the_credential(*, demonstration: bool) -> None:
    badge = to_open_badge(replace(UNIT_LETTER, demonstration=demonstration))
    criteria = badge["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert (DEMONSTRATION in badge["description"]) is demonstration
    assert (DEMONSTRATION in criteria) is demonstration


BAD = [
    ("year", {"passed_on": date(2569, 4, 29)}),
    ("year", {"issued_at": datetime(2569, 5, 4, tzinfo=UTC)}),
    ("year", {"valid_until": datetime(2572, 5, 4, tzinfo=UTC)}),
    ("moment", {"issued_at": datetime(2026, 5, 4)}),  # noqa: DTZ001 - naive is what is refused
    ("moment", {"issued_at": datetime(2026, 5, 4, 1, 1, 1, 5, tzinfo=UTC)}),
    ("check-url", {"check_url": "HTTPS://BANK.EXAMPLE/V/"}),
    ("kind", {"unit": None}),
    ("kind", {"course": COURSE_LETTER.course}),
    ("thirteen-digits", {"serial": "1234567890123"}),
    ("thirteen-digits", {"serial": "1-2345-67890-12-3"}),
    ("thirteen-digits", {"serial": "เลขที่ ๑๒๓๔๕๖๗๘๙๐๑๒๓"}),
    ("unseen-character", {"serial": "BMA\u202e321"}),
    ("unseen-character", {"serial": "BMA\n321"}),
]


@pytest.mark.parametrize(("reason", "change"), BAD)
def test_what_cannot_be_said_rightly_is_refused(reason: str, change: dict[str, Any]) -> None:
    with pytest.raises(CannotSay) as caught:
        to_open_badge(replace(UNIT_LETTER, **change))
    assert caught.value.code == reason


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("held", {"held": ()}),
        ("members", {"members": ()}),
        ("members", {"members": ("x" * 600_001,)}),
        ("members", {"members": ("no token",)}),
    ],
)
def test_a_portfolio_of_nothing_or_of_too_much_is_refused(
    field: str, change: dict[str, Any]
) -> None:
    portfolio = replace(PORTFOLIO, **change)
    with pytest.raises(CannotSay, match="portfolio") as caught:
        to_open_badge(replace(PORTFOLIO_LETTER, portfolio=portfolio))
    assert caught.value.values["field"] == field
