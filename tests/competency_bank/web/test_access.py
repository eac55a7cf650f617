"""Who may call what; what is not theirs looks as if it did not exist."""

import pytest

from competency_bank.bank import Bank
from competency_bank.domain.people import Role
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import (
    CLASS,
    HOLDER,
    LEAVER,
    NEWCOMER,
    OTHER_CLASS,
    papers,
    person_id,
)

OF_ROLE = {
    Role.LEARNER: ("/me",),
    Role.TEACHER: ("/teach", f"/teach/{CLASS}", f"/teach/{CLASS}/sheet.csv"),
    Role.REGISTRAR: ("/registrar",),
    Role.CURRICULUM: ("/curriculum",),
    Role.TPQI: ("/tpqi",),
}


@pytest.mark.parametrize("role", [None, *Role])
def test_each_page_opens_for_its_role_alone(role: Role | None, visit: Visit) -> None:
    browser = visit(role)
    for owner, paths in OF_ROLE.items():
        for path in paths:
            expected = 401 if role is None else 200 if role is owner else 403
            assert browser.get(path).status_code == expected, path


def test_posts_are_refused_by_role_before_the_body_is_looked_at(visit: Visit) -> None:
    paths = (
        f"/teach/{CLASS}/sheets",
        f"/teach/{CLASS}/sheets/x",
        f"/api/v1/classes/{CLASS}/records",
    )
    for path in paths:
        assert visit().post(path, content=b"not a form").status_code == 401
        for role in set(Role) - {Role.TEACHER}:
            assert visit(role).post(path, content=b"not a form").status_code == 403


def test_a_class_of_another_teacher_looks_like_one_that_does_not_exist(visit: Visit) -> None:
    browser = visit(Role.TEACHER)
    sheet = {"sheet": ("a.csv", b"a,b\n1,2\n")}
    for suffix in ("", "/sheet.csv", "/sheets/x"):
        foreign = browser.get(f"/teach/{OTHER_CLASS}{suffix}")
        absent = browser.get(f"/teach/{'X' * len(OTHER_CLASS)}{suffix}")
        assert foreign.status_code == absent.status_code == 404
        masked = foreign.text.replace(OTHER_CLASS, "X" * len(OTHER_CLASS))
        assert masked == absent.text
    assert browser.post(f"/teach/{OTHER_CLASS}/sheets", files=sheet).status_code == 404
    answer = browser.post(f"/api/v1/classes/{OTHER_CLASS}/records", files=sheet)
    assert answer.status_code == 404


def test_a_document_of_another_learner_looks_like_one_that_does_not_exist(
    bank: Bank, visit: Visit
) -> None:
    browser, serial = visit(Role.LEARNER, LEAVER), papers(bank).issued
    foreign = browser.get(f"/me/certificates/{serial}.pdf")
    absent = browser.get(f"/me/certificates/{'Z' * len(serial)}.pdf")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.text.replace(serial, "Z" * len(serial)) == absent.text


def test_a_sheet_of_another_class_is_not_under_review_here(visit: Visit) -> None:
    sent = visit(Role.TEACHER).post(
        f"/teach/{CLASS}/sheets",
        files={"sheet": ("a.csv", "เลขที่,THR-HOH-1-194ZB,วันที่ผ่าน\n17,ผ่าน,29/4/2566\n".encode())},
    )
    sheet_id = sent.headers["location"].rpartition("/")[2]
    other = visit(Role.TEACHER, "T-002")
    assert other.get(f"/teach/{CLASS}/sheets/{sheet_id}").status_code == 404
    answer = other.post(f"/teach/{OTHER_CLASS}/sheets/{sheet_id}")
    assert answer.headers["location"].endswith("?decided=true")


@pytest.mark.parametrize("what", ["holdings", "path"])
def test_holdings_are_for_the_learner_the_own_teacher_and_the_registrar(
    what: str, bank: Bank, visit: Visit
) -> None:
    mine, other = person_id(bank, HOLDER), person_id(bank, NEWCOMER)
    expected = {
        Role.LEARNER: (200, 404),
        Role.TEACHER: (200, 404),
        Role.REGISTRAR: (200, 200),
        Role.CURRICULUM: (404, 404),
        Role.TPQI: (404, 404),
    }
    for role, codes in expected.items():
        browser = visit(role)
        found = tuple(
            browser.get(f"/api/v1/learners/{one}/{what}").status_code for one in (mine, other)
        )
        assert found == codes, role
    assert visit().get(f"/api/v1/learners/{mine}/{what}").status_code == 401


def test_an_unknown_sign_in_link_says_nothing_until_it_is_used(visit: Visit) -> None:
    browser = visit()
    assert browser.get("/sign-in/unknown").status_code == 200
    refused = browser.post("/sign-in/unknown")
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers
