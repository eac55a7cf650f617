"""A request that is sent again is done once and answered the same."""

import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from starlette.testclient import TestClient

from competency_bank import bank as opened
from competency_bank.bank import Bank
from competency_bank.domain.errors import Conflict
from competency_bank.domain.people import Role
from competency_bank.services.forget_expired import forget_expired
from competency_bank.storage.answered_request_rows import (
    KeptAnswer,
    RequestName,
    find_answer,
    keep_answer,
)
from competency_bank.storage.database import Database, Transaction
from competency_bank.web import app as web_app
from competency_bank.web.app import create_app
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import (
    CLASS,
    OTHER_CLASS,
    UNITS,
    link_for,
    person_id,
    records,
)

PATH = f"/api/v1/classes/{CLASS}/records"
ROWS = {"rows": [{"เลขที่": "17", UNITS[0]: "ผ่าน", "วันที่ผ่าน": "29/4/2566"}]}
OTHER_ROWS = {"rows": [{"เลขที่": "17", UNITS[1]: "ผ่าน", "วันที่ผ่าน": "29/4/2566"}]}
KEY = {"Idempotency-Key": "7c9f1c0e-5d1e-4c58-9d43-6a8f0f3f9b52"}


def expect_sound(bank: Bank) -> None:
    """The audit names the one person whom the school took in past the ledger, and nothing else."""
    assert [one.code for one in bank.audit().findings] == ["person-differs"]


def test_a_repeated_request_gets_the_same_bytes_and_records_nothing_again(
    bank: Bank, visit: Visit
) -> None:
    browser, before = visit(Role.TEACHER), records(bank)
    first = browser.post(PATH, json=ROWS, headers=KEY)
    again = browser.post(PATH, json=ROWS, headers=KEY)

    assert first.status_code == again.status_code == 200
    assert first.json()["recorded"] == 1
    assert again.content == first.content
    assert again.headers["content-type"] == first.headers["content-type"]
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (
        None,
        "true",
    )
    assert records(bank) == before + 1
    without = browser.post(PATH, json=ROWS).json()
    assert (without["recorded"], without["already"]) == (0, 1)
    expect_sound(bank)


def test_the_same_file_in_another_form_is_the_same_request(visit: Visit) -> None:
    """A client that builds its form anew writes another boundary between the parts."""
    browser = visit(Role.TEACHER)
    sheet = f"เลขที่,{UNITS[0]},วันที่ผ่าน\n17,ผ่าน,29/4/2566\n".encode()
    answers = [
        browser.post(
            PATH,
            content=b'--%b\r\nContent-Disposition: form-data; name="sheet"; filename="a.csv"'
            b"\r\n\r\n%b\r\n--%b--\r\n" % (boundary, sheet, boundary),
            headers=KEY | {"Content-Type": f"multipart/form-data; boundary={boundary.decode()}"},
        )
        for boundary in (b"first", b"second")
    ]

    assert answers[0].status_code == 200, answers[0].text
    assert answers[0].content == answers[1].content


def test_a_key_that_came_with_something_else_is_refused(bank: Bank, visit: Visit) -> None:
    browser = visit(Role.TEACHER)
    browser.post(PATH, json=ROWS, headers=KEY)
    before = records(bank)
    other = browser.post(PATH, json=OTHER_ROWS, headers=KEY)

    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert records(bank) == before


def test_a_key_belongs_to_one_account_and_one_address(visit: Visit) -> None:
    mine = visit(Role.TEACHER).post(PATH, json=ROWS, headers=KEY)
    other = visit(Role.TEACHER, "T-002")
    theirs = f"/api/v1/classes/{OTHER_CLASS}/records"
    row = {"เลขที่": "1", "10101": "ผ่าน", "วันที่ผ่าน": "28/10/2569"}
    answer = other.post(theirs, json={"rows": [row]}, headers=KEY)

    assert mine.json()["recorded"] == answer.json()["recorded"] == 1
    assert other.post(PATH, json=ROWS, headers=KEY).status_code == 404, "not the key opens a class"


@pytest.mark.parametrize("key", ["", '""', "x" * 256, "กุญแจ", "a\tb"])
def test_a_key_that_is_none_is_refused(bank: Bank, visit: Visit, key: str) -> None:
    before = records(bank)
    answer = visit(Role.TEACHER).post(
        PATH, json=ROWS, headers={b"Idempotency-Key": key.encode("utf-8")}
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-unusable")
    assert records(bank) == before


def test_a_refused_request_leaves_its_key_free(visit: Visit) -> None:
    browser = visit(Role.TEACHER)
    refused = browser.post(PATH, json={"rows": [{"x": "y"}]}, headers=KEY)
    mended = browser.post(PATH, json=ROWS, headers=KEY)

    assert refused.status_code == 422
    assert mended.json()["recorded"] == 1


class FullDisk(Database):
    """A database whose disk is full at the very moment of the commit."""

    full = False

    @contextmanager
    def writing(self, now: datetime) -> Iterator[Transaction]:
        """Open a transaction; nothing of it can be kept while the disk is full."""
        with super().writing(now) as transaction:
            yield transaction
            if self.full:
                fault = sqlite3.OperationalError("database or disk is full")
                fault.sqlite_errorname = "SQLITE_FULL"
                raise fault


def test_after_a_commit_that_failed_the_same_key_records_it(bank: Bank) -> None:
    database = FullDisk(bank.settings.database, sign_checkpoint=bank.database._sign)  # noqa: SLF001  (the same key)
    app = create_app(replace(bank, database=database), opened.now)
    browser = TestClient(app, follow_redirects=False)
    browser.post(f"/sign-in/{link_for(bank, Role.TEACHER)}")
    before = records(bank)
    database.full = True
    failed = browser.post(PATH, json=ROWS, headers=KEY)
    assert failed.headers["content-type"] == "application/problem+json"
    assert (failed.status_code, failed.json()["code"]) == (503, "storage-full")
    assert failed.headers["retry-after"] == "5"
    assert "เต็ม" in failed.json()["detail_th"]
    assert records(bank) == before

    database.full = False
    done = browser.post(PATH, json=ROWS, headers=KEY)
    assert done.json()["recorded"] == 1
    assert browser.post(PATH, json=ROWS, headers=KEY).content == done.content
    assert records(bank) == before + 1
    database.close()
    expect_sound(bank)


def test_32_identical_requests_at_once_make_one_award(bank: Bank) -> None:
    before = records(bank)
    # One event loop for all of them, as in a server.
    with TestClient(create_app(bank, opened.now)) as browser, ThreadPoolExecutor(32) as together:
        browser.post(f"/sign-in/{link_for(bank, Role.TEACHER)}")
        plain = list(together.map(lambda _: browser.post(PATH, json=ROWS), range(32)))
        keyed = list(
            together.map(lambda _: browser.post(PATH, json=OTHER_ROWS, headers=KEY), range(32))
        )

    assert {one.status_code for one in plain + keyed} == {200}
    assert sorted(one.json()["recorded"] for one in plain) == [0] * 31 + [1]
    assert len({one.content for one in keyed}) == 1, "with a key all 32 get one answer"
    assert keyed[0].json()["recorded"] == 1
    assert records(bank) == before + 2
    expect_sound(bank)


def test_of_two_twins_that_both_found_no_answer_the_second_is_told_to_try_again(
    bank: Bank,
) -> None:
    """On a database where both may read before either writes, the key's row decides."""
    name = RequestName(person_id(bank, "T-001"), "POST /x", "k")
    answer = KeptAnswer("d", 200, "application/json", b"{}")
    with bank.writing() as transaction:
        keep_answer(transaction, name, answer)
    with pytest.raises(Conflict, match="request-in-progress"), bank.writing() as transaction:
        keep_answer(transaction, name, answer)


def test_keys_are_forgotten_after_a_day_and_within_two(bank: Bank) -> None:
    name = RequestName(person_id(bank, "T-001"), "POST /x", "k")
    start = opened.now()
    with bank.database.writing(start) as transaction:
        keep_answer(transaction, name, KeptAnswer("d", 200, "", b"{}"))
    kept = []
    for hours in (23, 25):
        with bank.database.writing(start + timedelta(hours=hours)) as transaction:
            forget_expired(transaction)
            kept.append(find_answer(transaction, name) is not None)

    assert kept == [True, False]
    assert web_app.FORGETTING_SECONDS < 24 * 3600, "the job comes often enough for two days"


def test_the_application_cleans_up_while_it_serves(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_app, "FORGETTING_SECONDS", 0.01)
    name = RequestName(person_id(bank, "T-001"), "POST /x", "k")
    with bank.writing() as transaction:
        keep_answer(transaction, name, KeptAnswer("d", 200, "", b"{}"))

    def tomorrow() -> datetime:
        return opened.now() + timedelta(hours=25)

    with TestClient(create_app(bank, tomorrow)) as browser:
        assert browser.portal is not None
        browser.portal.call(asyncio.sleep, 0.5)
        with bank.reading() as transaction:
            assert find_answer(transaction, name) is None


def test_holdings_and_path_are_not_sent_again_while_nothing_changed(
    bank: Bank, visit: Visit
) -> None:
    browser, learner = visit(Role.REGISTRAR), person_id(bank, "HK-017")
    for verb in ("holdings", "path"):
        first = browser.get(f"/api/v1/learners/{learner}/{verb}")
        tag = first.headers["etag"]
        for offered in (tag, f'"x", W/{tag}', "*"):
            same = browser.get(
                f"/api/v1/learners/{learner}/{verb}", headers={"If-None-Match": offered}
            )
            assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    holdings = f"/api/v1/learners/{learner}/holdings"
    old = browser.get(holdings).headers["etag"]
    visit(Role.TEACHER).post(PATH, json=ROWS)
    new = browser.get(holdings, headers={"If-None-Match": old})
    assert new.status_code == 200
    assert new.headers["etag"] != old
