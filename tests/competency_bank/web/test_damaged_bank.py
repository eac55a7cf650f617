"""A server on a database that was damaged before it started."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from competency_bank.bank import now, open_bank
from competency_bank.founding import create_bank
from competency_bank.settings import Settings
from competency_bank.web.app import create_app

NEEDS_NO_DATABASE = ["/", "/verify"]
NEEDS_THE_DATABASE = ["/log/checkpoint", "/trust/trust.json", "/status/1"]


@pytest.fixture
def browser(tmp_path: Path) -> TestClient:
    settings = Settings(home=tmp_path)
    create_bank(settings).database.close()
    with (tmp_path / "bank.sqlite").open("r+b") as file:
        file.write(b"this is no database")
    return TestClient(create_app(open_bank(settings), now), raise_server_exceptions=False)


@pytest.mark.parametrize("path", NEEDS_NO_DATABASE)
def test_papers_can_still_be_brought_to_be_checked(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 200


@pytest.mark.parametrize("path", NEEDS_THE_DATABASE)
def test_what_needs_the_record_is_refused_with_a_sentence(browser: TestClient, path: str) -> None:
    answer = browser.get(path, headers={"accept": "application/json"})

    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "database-damaged"
    assert "เสียหาย" in answer.text
    assert "Traceback" not in answer.text
    assert "no-store" in answer.headers["cache-control"]
