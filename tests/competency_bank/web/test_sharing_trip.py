"""A learner shows chosen units by a link, sees who looked, and takes it back."""

import re
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from competency_bank.bank import Bank, now
from competency_bank.domain.people import Role
from competency_bank.services import correct_record, record_units
from competency_bank.storage import people_rows, record_rows
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.web.app import create_app
from standards.model import QualificationKey
from standards.reading_sheet import read_grid
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.reading_pages import PageText, thai_words
from tests.competency_bank.web.school import (
    FILES,
    HOLDER,
    LEAVER,
    NATIONAL_NUMBER,
    NEWCOMER,
    OTHER_CLASS,
    UNITS,
    papers,
    person_id,
    records,
)

BARBER = "BB-005"
"""Left the barber course; holds units that a qualification asks for."""


def keys_by_code(browser: TestClient) -> dict[str, str]:
    """Return the value to tick for each unit code on the desk."""
    html = browser.get("/me/share").text
    rows = re.findall(r'name="units" value="([^"]+)">.*?class="code quiet">([^<]+)<', html)
    return {code: key for key, code in rows}


def make(browser: TestClient, *codes: str, purpose: str | None = None, days: int = 7) -> str:
    """Make a link through the form and return its path."""
    keys = keys_by_code(browser)
    form: dict[str, object] = {"for_whom": "นายจ้าง", "days": days}
    form |= {"units": [keys[code] for code in codes]} if purpose is None else {"purpose": purpose}
    made = browser.post("/me/share", data=form)
    assert made.status_code == 200, made.text
    (address,) = set(re.findall(r'value="http[^"]*(/s/[^"]+)"', made.text))
    return str(address)


def _at(moment: datetime) -> datetime:
    return moment


def test_a_viewer_sees_exactly_the_chosen_units_and_the_learner_sees_the_look(
    bank: Bank, visit: Visit
) -> None:
    learner, viewer = visit(Role.LEARNER), visit()
    path = make(learner, UNITS[0], UNITS[1])
    before, found = records(bank), bank.audit().findings
    page = viewer.get(path)

    assert page.status_code == 200
    assert [code for code in UNITS if code in page.text] == [UNITS[0], UNITS[1]]
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"(?<![0-9a-f])\d{13}(?![0-9a-f])", page.text)
    assert HOLDER not in page.text
    assert viewer.get(path).status_code == 200
    desk = learner.get("/me/share").text
    assert "มีผู้เปิดดู 1 ครั้ง" in desk
    assert records(bank) == before
    assert bank.audit().findings == found


def test_withdrawing_ends_the_link_at_once_and_says_nothing_more_than_a_wrong_one(
    visit: Visit,
) -> None:
    learner, viewer = visit(Role.LEARNER), visit()
    path = make(learner, UNITS[0])
    (share_id,) = re.findall(r'action="/me/share/([^"]+)/withdraw"', learner.get("/me/share").text)
    assert learner.post(f"/me/share/{share_id}/withdraw").headers["location"] == "/me/share"
    gone, never = viewer.get(path), viewer.get("/s/" + "A" * 43)
    assert gone.status_code == never.status_code == 404
    assert gone.text == never.text
    assert viewer.get(f"/api/v1{path.replace('/s/', '/shares/')}").status_code == 404
    assert "ยกเลิกแล้ว" in learner.get("/me/share").text
    assert learner.post(f"/me/share/{share_id}/withdraw").status_code == 303


def test_a_link_ends_on_its_day(bank: Bank, visit: Visit) -> None:
    learner = visit(Role.LEARNER)
    path = make(learner, UNITS[0], days=7)
    for after, expected in ((timedelta(days=6, hours=23), 200), (timedelta(days=7), 404)):
        then = now() + after
        assert TestClient(create_app(bank, partial(_at, then))).get(path).status_code == expected


def test_letters_of_the_link_can_be_taken_along_and_no_other(bank: Bank, visit: Visit) -> None:
    learner, viewer, known = visit(Role.LEARNER), visit(), papers(bank)
    own = re.findall(r"/me/certificates/([^\"]+)\.pdf", learner.get("/me").text)
    path = make(learner, *UNITS)
    offered = re.findall(rf'href="{path}/([^"]+)\.pdf"', viewer.get(path).text)
    assert offered
    assert known.revoked not in offered
    for serial in offered:
        file = viewer.get(f"{path}/{serial}.pdf")
        assert file.content.startswith(b"%PDF")
        assert file.headers["cache-control"] == "no-store"
    for serial in {known.revoked, *own} - set(offered):
        assert viewer.get(f"{path}/{serial}.pdf").status_code == 404
    assert viewer.get(f"/s/{'A' * 43}/{offered[0]}.pdf").status_code == 404


def test_a_purpose_shows_held_of_needed_and_no_unit_besides(bank: Bank, visit: Visit) -> None:
    with bank.writing() as transaction:
        teacher = people_rows.find_person(transaction, "T-002").id
        sheet = read_grid((FILES / "barber.csv").read_bytes(), name="barber.csv")
        record_units.record_sheet(transaction, sheet, OTHER_CLASS, by=teacher, pepper=bank.pepper)
        catalogue = load_catalogue(transaction)
    learner = visit(Role.LEARNER, BARBER)
    desk = learner.get("/me/share").text
    purposes = re.findall(r'name="purpose" value="([^"]+)"', desk)
    assert purposes
    for purpose in purposes:
        wanted = catalogue.qualification(QualificationKey(purpose))
        path = make(learner, purpose=purpose)
        said = visit().get(f"/api/v1{path.replace('/s/', '/shares/')}").json()
        codes = {catalogue.unit(key).shown_code for key in wanted.units}
        assert {unit["code"] for unit in said["units"]} <= codes
        assert said["extract"]["needed"] == sum(group.minimum for group in wanted.groups)
        assert 0 < said["extract"]["held"] <= len(said["units"])
        page = visit().get(path).text
        assert f"มี {said['extract']['held']} จาก {said['extract']['needed']} หน่วย" in page


def test_a_voided_pass_is_no_longer_shown(bank: Bank, visit: Visit) -> None:
    learner, viewer = visit(Role.LEARNER, LEAVER), visit()
    codes = sorted(keys_by_code(learner))
    path = make(learner, *codes)
    assert all(code in viewer.get(path).text for code in codes)
    with bank.writing() as transaction:
        teacher = people_rows.find_person(transaction, "T-001").id
        held = record_rows.held_by(transaction, person_id(bank, LEAVER))
        correct_record.void_record(transaction, held[0].entry, by=teacher, reason="x")
    shown = [code for code in codes if code in viewer.get(path).text]
    assert len(shown) == len(codes) - 1


def test_the_machine_reads_what_the_page_shows(visit: Visit) -> None:
    learner, viewer = visit(Role.LEARNER), visit()
    path = make(learner, UNITS[2])
    answer = viewer.get(f"/api/v1{path.replace('/s/', '/shares/')}")
    said = answer.json()
    assert [unit["code"] for unit in said["units"]] == [UNITS[2]]
    assert said["extract"] is None
    assert answer.headers["cache-control"] == "no-store"
    assert NATIONAL_NUMBER not in answer.text
    missing = viewer.get("/api/v1/shares/none")
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown-share")
    assert "โปรแกรมอ่านข้อมูล" in learner.get("/me/share").text


def test_guessing_is_slowed_down_and_good_links_still_open(visit: Visit) -> None:
    learner, viewer = visit(Role.LEARNER), visit()
    path = make(learner, UNITS[0])
    answers = [viewer.get(f"/s/{number:043}").status_code for number in range(21)]
    assert answers == [404] * 20 + [429]
    assert viewer.get(path).status_code == 200


def test_only_the_learner_shares_and_only_what_is_held(visit: Visit) -> None:
    for role in (None, *(set(Role) - {Role.LEARNER})):
        browser = visit(role)
        expected = 401 if role is None else 403
        assert browser.get("/me/share").status_code == expected
        assert browser.post("/me/share", data={"for_whom": "x", "days": 7}).status_code == expected
        assert browser.post("/me/share/x/withdraw").status_code == expected
    learner, other = visit(Role.LEARNER), visit(Role.LEARNER, NEWCOMER)
    key = keys_by_code(learner)[UNITS[0]]
    form = {"for_whom": "x", "days": 7}
    assert other.post("/me/share", data={**form, "units": [key]}).status_code == 422
    make(learner, UNITS[0])
    (share_id,) = re.findall(r'action="/me/share/([^"]+)/withdraw"', learner.get("/me/share").text)
    assert other.post(f"/me/share/{share_id}/withdraw").status_code == 404
    assert other.get("/me/share").status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {"for_whom": "x", "days": "7"},
        {"for_whom": "x", "days": "7", "units": "none"},
        {"for_whom": "", "days": "7", "units": "*"},
        {"for_whom": "x" * 81, "days": "7", "units": "*"},
        {"for_whom": "x\u202e", "days": "7", "units": "*"},
        {"for_whom": "x", "days": "8", "units": "*"},
        {"for_whom": "x", "days": "many", "units": "*"},
        {"for_whom": "x", "days": "7", "purpose": "none"},
    ],
)
def test_what_cannot_be_shared_is_said(form: dict[str, str], visit: Visit) -> None:
    learner = visit(Role.LEARNER)
    if form.get("units") == "*":
        form = {**form, "units": keys_by_code(learner)[UNITS[0]]}
    assert learner.post("/me/share", data=form).status_code in {404, 422}
    assert "ยังไม่มีผู้เปิดดู" not in learner.get("/me/share").text


def test_the_secret_is_long_and_not_in_the_database(bank: Bank, visit: Visit) -> None:
    path = make(visit(Role.LEARNER), UNITS[0])
    secret = path.removeprefix("/s/")
    assert len(secret) >= 43
    database = bank.settings.home / "bank.sqlite"
    stored = database.read_bytes() + (database.parent / "bank.sqlite-wal").read_bytes()
    assert secret.encode() not in stored


def test_the_linkedin_link_has_a_common_era_year_and_no_name(visit: Visit) -> None:
    html = visit(Role.LEARNER).get("/me/share").text.replace("&amp;", "&")
    links = re.findall(r'href="(https://www\.linkedin\.com/[^"]+)"', html)
    assert links
    for link in links:
        fields = parse_qs(urlsplit(link).query)
        assert 2020 < int(fields["issueYear"][0]) < 2100
        assert 1 <= int(fields["issueMonth"][0]) <= 12
        assert "ตัวอย่างดี" not in str(fields)
        assert fields["certUrl"][0].startswith("HTTP")
        assert fields["startTask"] == ["CERTIFICATION_NAME"]


def test_the_pages_are_whole_in_both_languages(visit: Visit) -> None:
    learner, viewer = visit(Role.LEARNER), visit()
    path = make(learner, UNITS[0])
    viewer.get(path)
    for browser, place in ((learner, "/me/share"), (viewer, path), (viewer, "/s/none")):
        for language in ("en", "th"):
            html = browser.get(f"{place}?lang={language}").text
            assert f'<html lang="{language}">' in html
            assert language == "th" or thai_words(html) == [], place
            read = PageText(html)
            assert read.tags.count("h1") == 1
            assert "script" not in read.tags
            assert not re.search(r"\sstyle=|\son[a-z]+=", html)


def test_a_link_that_is_only_tried_has_not_been_looked_at(visit: Visit) -> None:
    learner, viewer = visit(Role.LEARNER), visit()
    path = make(learner, UNITS[0])
    assert viewer.head(path).status_code == 200
    assert "ยังไม่มีผู้เปิดดู" in learner.get("/me/share").text
