"""The CASE provider over HTTP."""

import json

import pytest

from tests.competency_bank.web.conftest import Visit

ROOT = "/ims/case/v1p1"


def test_anybody_reads_documents_and_packages(visit: Visit) -> None:
    browser = visit(None)
    answer = browser.get(f"{ROOT}/CFDocuments?limit=1")
    (document,) = json.loads(answer.content)["CFDocuments"]
    package = browser.get(f"{ROOT}/CFPackages/{document['identifier']}")

    assert answer.status_code == 200
    assert int(answer.headers["X-Total-Count"]) >= 4, "two editions and two mapped courses"
    assert 'rel="next"' in answer.headers["Link"]
    assert json.loads(package.content)["CFDocument"]["identifier"] == document["identifier"]
    assert package.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("CFItems/not-a-uuid", 404),
        ("CFItems/00000000-0000-4000-8000-000000000000", 404),
        ("CFDocuments?limit=many", 400),
        ("Nothing", 404),
    ],
)
def test_a_wrong_question_is_answered_as_the_standard_says(
    visit: Visit, path: str, status: int
) -> None:
    answer = visit(None).get(f"{ROOT}/{path}")

    assert answer.status_code == status
    assert json.loads(answer.content)["imsx_codeMajor"] == "failure"


def test_the_discovery_file_is_there(visit: Visit) -> None:
    answer = visit(None).get(f"{ROOT}/discovery/imscasev1p1_openapi3_v1p0.json")

    assert answer.status_code == 200
    assert json.loads(answer.content)["openapi"].startswith("3.")


def test_the_public_look_up_forgives_a_lost_tone_mark(visit: Visit) -> None:
    answer = visit(None).get("/standards", params={"q": "ทำความสะอาดหองพัก"})

    assert "THR-HOH-1-200ZB" in answer.text
