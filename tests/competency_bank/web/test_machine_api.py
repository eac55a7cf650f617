"""The interface for programs gives the same answers as the pages."""

import json

import pytest
from typer.testing import CliRunner

from competency_bank.bank import Bank
from competency_bank.cli.program import program
from competency_bank.domain.people import Role
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import (
    CLASS,
    HOLDER,
    LEAVER,
    UNITS,
    papers,
    person_id,
    records,
)


def test_documents_are_checked_from_a_form_and_from_the_bare_body(bank: Bank, visit: Visit) -> None:
    known, browser = papers(bank), visit()
    good, gone = (
        (bank.settings.issued / f"{serial}.pdf").read_bytes()
        for serial in (known.issued, known.revoked)
    )
    several = browser.post(
        "/api/v1/verify", files=[("file", ("a.pdf", good)), ("file", ("b.pdf", gone))]
    )
    assert [(one["file"], one["verdict"]) for one in several.json()] == [
        ("a.pdf", "valid"),
        ("b.pdf", "changed"),
    ]
    (bare,) = browser.post("/api/v1/verify", content=good).json()
    assert bare["verdict"] == "valid"
    assert set(bare) == {"file", "verdict", "as_of", "steps", "credential"}
    (cut,) = browser.post("/api/v1/verify", content=good[:-20]).json()
    assert cut["verdict"] == "forged"
    assert cut["credential"] is None


def test_rows_and_sheet_give_the_same_answer_and_the_second_records_nothing(
    bank: Bank, visit: Visit
) -> None:
    browser, before = visit(Role.TEACHER), records(bank)
    rows = [
        {"เลขที่": "17", UNITS[0]: True, UNITS[1]: False, "วันที่ผ่าน": "29/4/2566", "คะแนน": 80},
        {"เลขที่": "99", UNITS[0]: "ผ่าน", "วันที่ผ่าน": "2023-04-29", "คะแนน": None},
    ]
    path = f"/api/v1/classes/{CLASS}/records"
    first = browser.post(path, json={"rows": rows})
    assert first.status_code == 200
    assert first.json()["recorded"] == 1
    assert [(one["row"], one["code"]) for one in first.json()["refused"]] == [
        (3, "unknown-learner")
    ]
    assert first.json()["checkpoint"]
    sheet = f"เลขที่,{UNITS[0]},วันที่ผ่าน\n17,ผ่าน,29/4/2566\n"
    again = browser.post(path, files={"sheet": ("a.csv", sheet.encode())}).json()
    assert (again["recorded"], again["already"]) == (0, 1)
    assert records(bank) == before + 1


def test_json_that_holds_no_rows_is_a_problem_document_without_an_echo(visit: Visit) -> None:
    browser = visit(Role.TEACHER)
    for body in (
        b"",
        b"{",
        b"[]",
        b'{"rows": 1}',
        b'{"rows": [{"1234567890121": {}}]}',
        b"[" * 9000,
    ):
        answer = browser.post(
            f"/api/v1/classes/{CLASS}/records",
            content=body,
            headers={"content-type": "application/json"},
        )
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) == {"type", "title", "status", "code", "detail", "detail_th"}
        assert "1234567890121" not in answer.text


def test_holdings_and_what_is_left_are_those_of_the_page(bank: Bank, visit: Visit) -> None:
    registrar, leaver = visit(Role.REGISTRAR), person_id(bank, LEAVER)
    held = registrar.get(f"/api/v1/learners/{leaver}/holdings").json()
    assert {unit["code"] for unit in held["units"]} == set(UNITS[:2])
    by_number = registrar.get(f"/api/v1/learners/{HOLDER}/holdings").json()
    assert {unit["code"] for unit in by_number["units"]} == set(UNITS)
    left = registrar.get(f"/api/v1/learners/{leaver}/path")
    assert left.status_code == 200
    unknown = registrar.get(f"/api/v1/learners/{leaver}/path", params={"goal": "none at all"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown-qualification")


@pytest.mark.parametrize("verb", ["holdings", "path"])
def test_the_api_and_the_command_line_answer_alike(bank: Bank, visit: Visit, verb: str) -> None:
    leaver = person_id(bank, LEAVER)
    goal = ["--goal", "7077"] if verb == "path" else []
    asked = {"goal": "7077"} if goal else {}
    answer = visit(Role.REGISTRAR).get(f"/api/v1/learners/{leaver}/{verb}", params=asked).json()
    words = ["--home", str(bank.settings.home), verb, leaver, *goal, "--json"]
    printed = CliRunner().invoke(program, words)
    assert printed.exit_code == 0, printed.output
    assert json.loads(printed.stdout) == answer
    assert answer
