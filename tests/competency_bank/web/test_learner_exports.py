"""A learner takes a letter to another system; nobody else can."""

import re

from competency_bank.bank import Bank
from competency_bank.domain.people import Role
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import NATIONAL_NUMBER, NEWCOMER, papers


def test_own_letters_in_force_are_exported_and_no_other(bank: Bank, visit: Visit) -> None:
    learner, known = visit(Role.LEARNER), papers(bank)
    places = re.findall(r'href="(/me/exports/[^"]+)"', learner.get("/me/share").text)
    assert places
    for place in places:
        answer = learner.get(place)
        assert answer.headers["content-type"] == "application/ld+json"
        assert NATIONAL_NUMBER not in answer.text
        assert "EuropeanDigitalCredential" in answer.json()["type"]
        assert visit(Role.LEARNER, NEWCOMER).get(place).status_code == 404
        assert visit().get(place).status_code == 401
    assert learner.get(f"/me/exports/{known.revoked}.elm.json").status_code == 409
    for role in set(Role) - {Role.LEARNER}:
        assert visit(role).get(places[0]).status_code == 403
