"""A learner makes a training record and a portfolio from the own page."""

from competency_bank.domain.people import Role
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import CLASS, HOLDER, LEAVER, NEWCOMER, UNITS


def test_a_leaver_gets_the_record_of_the_unfinished_course(visit: Visit) -> None:
    browser = visit(Role.LEARNER, LEAVER)
    assert 'action="/me/record"' in browser.get("/me").text
    made = browser.post("/me/record", data={"class_id": CLASS})
    assert made.status_code == 303
    again = browser.post("/me/record", data={"class_id": CLASS})
    assert again.headers["location"] == made.headers["location"]
    document = browser.get(made.headers["location"])
    assert document.headers["content-type"] == "application/pdf"
    assert "ใบแสดงผลการฝึกอบรม" in browser.get("/me").text


def test_a_learner_who_finished_gets_no_record_but_an_explanation(visit: Visit) -> None:
    browser = visit(Role.LEARNER, HOLDER)
    refused = browser.post("/me/record", data={"class_id": CLASS})
    assert refused.status_code == 409


def test_a_portfolio_of_picked_units_is_made_and_is_the_learners_own(visit: Visit) -> None:
    browser = visit(Role.LEARNER, HOLDER)
    assert 'action="/me/portfolio"' in browser.get("/me").text
    made = browser.post("/me/portfolio", data={"units": list(UNITS[1:2])})
    assert made.status_code == 303, made.text
    place = made.headers["location"]
    assert browser.get(place).content.startswith(b"%PDF")
    serial = place.rpartition("/")[2].removesuffix(".pdf")
    learner_record = browser.get(f"/me/portfolios/{serial}.json").json()
    assert learner_record["partial"] is True
    stranger = visit(Role.LEARNER, NEWCOMER)
    assert stranger.get(place).status_code == 404
    assert stranger.get(f"/me/portfolios/{serial}.json").status_code == 404


def test_somebody_without_certificates_is_told_so(visit: Visit) -> None:
    refused = visit(Role.LEARNER, NEWCOMER).post("/me/portfolio")
    assert refused.status_code == 409
