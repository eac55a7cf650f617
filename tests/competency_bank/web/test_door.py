"""Nothing is called done before it is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from competency_bank import bank as opened
from competency_bank.bank import Bank
from competency_bank.domain.errors import Conflict
from competency_bank.domain.people import Role
from competency_bank.storage.database import Database, Transaction
from competency_bank.web.app import create_app
from tests.competency_bank.web.school import CLASS, link_for, records

SHEET = "เลขที่,THR-HOH-1-194ZB,วันที่ผ่าน\n17,ผ่าน,29/4/2566\n"


class FailingCommits(Database):
    """A database whose disk is full whenever something is to be kept."""

    failing = False
    busy = False

    @contextmanager
    def writing(self, now: datetime) -> Iterator[Transaction]:
        """Open a transaction that cannot be committed."""
        if self.busy:
            raise Conflict("database-busy")
        with super().writing(now) as transaction:
            yield transaction
            if self.failing:
                raise OSError("no space left on device for 1234567890121")


@pytest.fixture
def faulty(bank: Bank) -> Iterator[tuple[TestClient, FailingCommits, Bank]]:
    """Yield a teacher's browser on a bank whose database can be told to misbehave."""
    database = FailingCommits(bank.settings.database, sign_checkpoint=lambda *_: "")
    real = replace(bank, database=database)
    browser = TestClient(create_app(real, opened.now), follow_redirects=False)
    browser.post(f"/sign-in/{link_for(bank, Role.TEACHER)}")
    yield browser, database, bank
    database.close()


def test_a_commit_that_fails_is_answered_with_a_failure(
    faulty: tuple[TestClient, FailingCommits, Bank],
) -> None:
    browser, database, bank = faulty
    before = records(bank)
    sent = browser.post(f"/teach/{CLASS}/sheets", files={"sheet": ("a.csv", SHEET.encode())})
    database.failing = True
    for path in (
        sent.headers["location"],
        f"/teach/{CLASS}/sheets",
        f"/api/v1/classes/{CLASS}/records",
    ):
        answer = browser.post(path, files={"sheet": ("a.csv", SHEET.encode())})
        assert answer.status_code == 500
        assert "1234567890121" not in answer.text
        assert "no space" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert browser.post("/sign-out").status_code == 500
    assert records(bank) == before


def test_a_busy_bank_asks_to_try_again(faulty: tuple[TestClient, FailingCommits, Bank]) -> None:
    browser, database, _ = faulty
    database.busy = True
    answer = browser.post(
        f"/api/v1/classes/{CLASS}/records", files={"sheet": ("a.csv", SHEET.encode())}
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "database-busy")
    assert answer.headers["retry-after"] == "5"


def test_the_database_is_closed_when_the_application_ends(bank: Bank) -> None:
    closed = []

    class Noting(Database):
        def close(self) -> None:
            closed.append(True)
            super().close()

    database = Noting(bank.settings.database, sign_checkpoint=lambda *_: "")
    with TestClient(create_app(replace(bank, database=database), opened.now)) as browser:
        assert browser.get("/livez").status_code == 200
        assert not closed
    assert closed == [True]


def test_a_bank_that_cannot_be_read_is_not_ready(bank: Bank) -> None:
    class Gone(Database):
        gone = True

        @contextmanager
        def reading(self, now: datetime) -> Iterator[Transaction]:
            if self.gone:
                raise OSError("gone")
            with super().reading(now) as transaction:
                yield transaction

    database = Gone(bank.settings.database, sign_checkpoint=lambda *_: "")
    browser = TestClient(create_app(replace(bank, database=database), opened.now))
    assert browser.get("/readyz").status_code == 503
    assert browser.get("/livez").status_code == 200
