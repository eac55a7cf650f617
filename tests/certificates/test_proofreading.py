"""Reading over: a good statement passes, each single fault is found and named."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from certificates.credential.paper_code import new_paper_code
from certificates.credential.snapshot import Holder, Party, Statement, StatusRef
from certificates.errors import CannotSay
from certificates.proofreading import RULES, proofread
from tests.certificates.papers import HONOUR, HONOUR_LETTER, LETTERS, PORTFOLIO, PORTFOLIO_LETTER
from tests.certificates.statements import (
    CODE,
    COURSE,
    ISSUER,
    SCHOOL,
    UNIT,
    UNIT_LETTER,
)

OTHER_CODE = new_paper_code(bytes(16))
HOUR_7 = timezone(timedelta(hours=7))

FAULTS: list[tuple[str, str, dict[str, Any]]] = [
    ("empty", "serial", {"serial": ""}),
    ("empty", "holder.name", {"holder": Holder(UNIT_LETTER.holder.id, "  ")}),
    ("padded", "school.name_en", {"school": replace(SCHOOL, name_en="School ")}),
    ("kind", "kind", {"unit": None}),
    ("kind", "kind", {"course": COURSE}),
    ("unseen-character", "holder.name", {"holder": Holder(UNIT_LETTER.holder.id, "ก\u200dข")}),
    ("thirteen-digits", "serial", {"serial": "1-1037-00123-45-6"}),
    (
        "thirteen-digits",
        "holder.name",
        {"holder": Holder(UNIT_LETTER.holder.id, "ก 1103700123456")},
    ),
    ("year", "passed_on", {"passed_on": date(2569, 4, 29)}),
    ("year", "passed_on", {"passed_on": date(1969, 4, 29)}),
    ("year", "issued_at", {"issued_at": datetime(2569, 5, 4, tzinfo=UTC)}),
    ("moment", "issued_at", {"issued_at": datetime(2026, 5, 4, tzinfo=HOUR_7)}),
    ("moment", "issued_at", {"issued_at": datetime(2026, 5, 4, 0, 0, 0, 1, tzinfo=UTC)}),
    ("moment", "valid_until", {"valid_until": datetime(2027, 5, 4, tzinfo=HOUR_7)}),
    ("order", "passed_on", {"passed_on": date(2026, 5, 5)}),
    ("order", "valid_until", {"valid_until": UNIT_LETTER.issued_at}),
    ("paper-code", "paper_code", {"paper_code": CODE[:-1] + "Z", "check_url": "HTTPS://B/" + CODE}),
    ("paper-code", "paper_code", {"paper_code": CODE.lower()}),
    ("check-url", "check_url", {"check_url": f"HTTPS://BANK.EXAMPLE/V/{OTHER_CODE}"}),
    ("check-url", "check_url", {"check_url": f"HTTPS://BANK.EXAMPLE/V/X{CODE}"}),
    (
        "status-index",
        "status.index",
        {"status": StatusRef("https://bank.example/status/1", 131_072)},
    ),
    ("status-index", "status.index", {"status": StatusRef("https://bank.example/status/1", -1)}),
    ("uri", "issuer.id", {"issuer": replace(ISSUER, id="/issuers/bma")}),
    ("uri", "school.id", {"school": Party("https:///x", "ก", "a")}),
    ("uri", "unit.uri", {"unit": replace(UNIT, uri="units/1")}),
    ("uri", "units[0].case_uri", {"unit": replace(UNIT, case_uri="CFItems/1")}),
    ("order", "started_on", {"started_on": date(2026, 4, 30)}),
    ("year", "started_on", {"started_on": date(2569, 4, 1)}),
    ("number", "hours", {"hours": 0}),
    ("replaces", "replaces", {"replaces": UNIT_LETTER.serial}),
    ("uuid", "id", {"id": "urn:uuid:1234"}),
    ("uuid", "holder.id", {"holder": Holder("urn:student:17", "ก")}),
]


@pytest.mark.parametrize("statement", LETTERS.values())
def test_a_good_statement_is_passed_by_every_rule(statement: Statement) -> None:
    assert fault_of(statement) is None
    assert len(RULES) == len(set(RULES))


@pytest.mark.parametrize(("code", "field", "change"), FAULTS)
def test_each_fault_is_found_and_named(code: str, field: str, change: dict[str, Any]) -> None:
    with pytest.raises(CannotSay) as caught:
        proofread(replace(UNIT_LETTER, **change))
    assert (caught.value.code, caught.value.values["field"]) == (code, field)


def test_an_honour_by_one_person_twice_is_refused() -> None:
    twice = replace(HONOUR, awarded_by=(HONOUR.awarded_by[0], HONOUR.awarded_by[0]))
    assert fault_of(replace(HONOUR_LETTER, honour=twice)) == "one-person"


def test_a_pathway_cannot_lack_fewer_units_than_none() -> None:
    way = replace(PORTFOLIO.pathways[0], missing=-1)
    shown = replace(PORTFOLIO, pathways=(way,))
    assert fault_of(replace(PORTFOLIO_LETTER, portfolio=shown)) == "number"


def test_a_pass_late_in_the_evening_of_bangkok_may_be_issued_at_once() -> None:
    passed = replace(UNIT_LETTER, passed_on=date(2026, 5, 4))
    midnight = datetime(2026, 5, 3, 17, 0, 0, tzinfo=UTC)
    assert fault_of(replace(passed, issued_at=midnight)) is None
    assert fault_of(replace(passed, issued_at=midnight - timedelta(seconds=1))) is not None


def test_digits_that_stand_in_a_row_by_chance_in_ids_and_codes_are_no_national_number() -> None:
    by_chance = "urn:uuid:12345678-1234-4123-8123-123456789012"
    assert fault_of(replace(UNIT_LETTER, id=by_chance)) is None


def fault_of(statement: Statement) -> str | None:
    try:
        proofread(statement)
    except CannotSay as fault:
        return fault.code
    return None
