"""Pages and programs ask other issuers only where it is allowed, and with no transaction open."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from certificates.asking.https_once import Network
from certificates.asking.other_issuers import OtherIssuers
from competency_bank.bank import Bank, now
from competency_bank.domain.people import Role
from competency_bank.settings import Settings
from competency_bank.web.app import create_app
from tests.certificates.tls_host import TlsHost
from tests.certificates.web_issuer import HOST, INDEX, WebIssuer
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.test_badge_host import API, connected

ISSUER = WebIssuer()
WHOLE = {"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2099-01-01T00:00:00Z"}
GOOD = ISSUER.proved(ISSUER.status_list(**WHOLE))
REVOKING = ISSUER.proved(ISSUER.status_list(INDEX, **WHOLE))
BADGE = ISSUER.token(ISSUER.credential())
FILE = {"file": ("badge.jwt", BADGE.encode())}


def allow(visit: Visit, host: TlsHost, network: Network | None = None) -> None:
    """Let the application ask one host, and no other."""
    state: Any = visit().app
    others = OtherIssuers(frozenset({HOST}), network or host.network(), seconds=20)
    state.state.door = replace(state.state.door, others=others)


def codes(visit: Visit, host: TlsHost | None) -> dict[str, str]:
    if host is not None:
        allow(visit, host)
    (found,) = visit().post("/api/v1/verify", files=FILE).json()
    steps = {step["step"]: step["code"] for step in found["steps"]}
    return steps | {"verdict": found["verdict"]}


def test_nobody_is_asked_unless_the_settings_name_a_host(bank: Bank) -> None:
    assert create_app(bank, now).state.door.others.allowed == frozenset()
    named = Settings(home=bank.settings.home, fetch_allowed="Badges.Example, other.example:8443")
    opened = create_app(replace(bank, settings=named), now)
    assert opened.state.door.others.allowed == {HOST, "other.example:8443"}
    with pytest.raises(ValidationError):
        Settings(fetch_allowed="https://badges.example/")


def test_a_program_is_told_what_the_issuer_says(visit: Visit) -> None:
    assert codes(visit, None)["credential"] == "issuer-unknown"
    proved = codes(visit, ISSUER.host(GOOD))
    assert (proved["verdict"], proved["credential"], proved["status"]) == (
        "unknown",
        "proved",
        "proved",
    )
    assert proved["mandate"] == "issuer-elsewhere"
    revoked = codes(visit, ISSUER.host(REVOKING))
    assert (revoked["verdict"], revoked["status"]) == ("changed", "revoked")
    away = codes(visit, TlsHost(HOST))
    assert (away["verdict"], away["credential"]) == ("unknown", "elsewhere-answer")


def test_the_page_says_why_in_both_languages(visit: Visit) -> None:
    allow(visit, ISSUER.host(GOOD))
    for language, said in (("th", "ไม่อยู่ในบัญชีที่เชื่อถือ"), ("en", "Signed by its own issuer")):
        page = visit().post(f"/verify?lang={language}", files=FILE)
        cause = page.text.split("<strong>")[1].split("</strong>")[0]
        assert said in cause
    allow(visit, ISSUER.host(REVOKING))
    ended = visit().post("/verify?lang=en", files=FILE).text
    assert "Genuine but no longer valid" in " ".join(
        ended.split("<title>")[1].split("</title>")[0].split()
    )
    assert "ปฐมพยาบาลเบื้องต้น" not in ended


def test_a_paper_from_elsewhere_is_kept_with_what_its_issuer_said(visit: Visit) -> None:
    learner = visit(Role.LEARNER)
    sent = [(TlsHost(HOST), "could not be checked"), (ISSUER.host(GOOD), "signature verified")]
    for host, said in sent:
        allow(visit, host)
        assert learner.post("/me/elsewhere", files=FILE).status_code == 303
        assert said in learner.get("/me/elsewhere?lang=en").text
    assert "list it was valid on" in learner.get("/me/elsewhere?lang=en").text
    assert "รายการของผู้ออกแสดงว่ายังใช้ได้" in learner.get("/me/elsewhere?lang=th").text


def test_a_paper_that_its_issuer_revoked_is_not_kept(visit: Visit) -> None:
    learner = visit(Role.LEARNER)
    allow(visit, ISSUER.host(REVOKING))
    refused = learner.post("/me/elsewhere", files=FILE)

    assert refused.status_code == 422
    assert "ผู้ออกยกเลิกหรือระงับ" in refused.text
    one, bearer = connected(visit)
    headers = bearer | {"Content-Type": "text/plain"}
    answer = one.browser.post(f"{API}/credentials", content=BADGE, headers=headers)
    assert answer.status_code == 400
    assert "revoked" in answer.json()["imsx_description"]


def test_nobody_is_asked_for_a_program_or_person_that_may_not_add_papers(visit: Visit) -> None:
    host = ISSUER.host(GOOD)
    allow(visit, host)
    refused = visit().post(f"{API}/credentials", content=BADGE)

    assert refused.status_code == 401
    assert visit().post("/me/elsewhere", files=FILE).status_code in {303, 401}
    assert visit(Role.TEACHER).post("/me/elsewhere", files=FILE).status_code == 403
    assert host.looked_up == []


def _ways(visit: Visit) -> dict[str, Callable[[], Any]]:
    learner = visit(Role.LEARNER)
    one, bearer = connected(visit)
    headers = bearer | {"Content-Type": "text/plain"}
    return {
        "page": lambda: visit().post("/verify", files=FILE),
        "program": lambda: visit().post("/api/v1/verify", files=FILE),
        "learner": lambda: learner.post("/me/elsewhere", files=FILE),
        "host": lambda: one.browser.post(f"{API}/credentials", content=BADGE, headers=headers),
    }


def test_no_transaction_is_open_while_others_are_asked(bank: Bank, visit: Visit) -> None:
    ways, open_then = _ways(visit), list[int]()
    pool: Any = bank.database._engine.pool  # noqa: SLF001 - only the pool knows who holds what
    for name, way in ways.items():
        host = ISSUER.host(GOOD)
        whole = host.network()

        def connect(
            address: str, port: int, seconds: float, whole: Network = whole
        ) -> socket.socket:
            open_then.append(pool.checkedout())
            with bank.writing():  # nobody else holds the writers' turn
                return whole.connect(address, port, seconds)

        allow(visit, host, replace(whole, connect=connect))
        answer = way()
        assert answer.status_code < 400, (name, answer.text)
        assert len(host.requests) == 2, name
    assert open_then == [0] * 2 * len(ways)


def test_what_is_kept_of_json_is_verified_too(visit: Visit) -> None:
    one, bearer = connected(visit)
    allow(visit, ISSUER.host(GOOD))
    plain = ISSUER.proved(ISSUER.credential(id="urn:uuid:3"))
    headers = bearer | {"Content-Type": "application/json"}
    sent = one.browser.post(f"{API}/credentials", content=plain.encode(), headers=headers)

    assert sent.status_code == 201
    assert sent.json() == json.loads(plain)
    page = visit(Role.LEARNER).get("/me/elsewhere?lang=en").text
    assert "signature verified" in page
