"""Requests that change something come from our own pages, or are refused."""

import pytest

from competency_bank.bank import Bank
from competency_bank.domain.people import Role
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import link_for

HERE, THERE = "http://testserver", "https://evil.example"
FOREIGN: list[dict[str, str]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": HERE},
    {"sec-fetch-site": "same-origin", "origin": THERE},
    {"origin": THERE},
    {"origin": "null"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver:8000"},
    {"referer": f"{THERE}/testserver"},
]
OWN: list[dict[str, str]] = [
    {},
    {"origin": HERE},
    {"referer": f"{HERE}/sign-in/x"},
    {"sec-fetch-site": "same-origin", "origin": HERE},
    {"sec-fetch-site": "same-origin", "origin": "null"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_what_another_site_sends_is_refused(
    headers: dict[str, str], bank: Bank, visit: Visit
) -> None:
    browser, secret = visit(Role.TEACHER), link_for(bank, Role.LEARNER)
    for path in (f"/sign-in/{secret}", "/sign-out", "/teach/x/sheets", "/verify", "/api/v1/verify"):
        assert browser.post(path, headers=headers).status_code == 403, path
    assert browser.get("/teach", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", OWN)
def test_what_our_own_pages_send_is_taken(
    headers: dict[str, str], bank: Bank, visit: Visit
) -> None:
    secret = link_for(bank, Role.LEARNER)
    assert visit().post(f"/sign-in/{secret}", headers=headers).status_code == 303
