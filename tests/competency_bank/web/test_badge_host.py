"""Another system connects, reads, adds and is cut off; nobody else gets anywhere."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from certificates.sealing.token import open_credential
from certificates.sealing.trust_list import KeyPurpose
from competency_bank.bank import Bank, now
from competency_bank.domain.hosting import (
    READ_CREDENTIALS,
    READ_PROFILE,
    SCOPES,
    WRITE_CREDENTIALS,
    WRITE_PROFILE,
)
from competency_bank.domain.people import Role
from competency_bank.web.app import create_app
from tests.certificates.foreign_badges import Ed25519Issuer, P256Issuer, badge, signed_badge
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.reading_pages import PageText, thai_words
from tests.competency_bank.web.school import NEWCOMER, person_id, records
from tests.competency_bank.web.test_sharing_trip import _at

API = "/ims/ob/v3p0"
BACK = "https://host.example/answer"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()[:-1]


@dataclass(frozen=True)
class Host:
    """A program of somebody else that registered itself."""

    browser: TestClient
    client_id: str
    secret: str | None

    def asks(self, **changes: str) -> dict[str, str]:
        """Return the parameters with which a learner's browser is sent to us."""
        return {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": BACK,
            "scope": " ".join(SCOPES),
            "state": "s-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        } | changes

    def token(self, **fields: str) -> Any:  # noqa: ANN401 - an HTTP answer
        """Ask the token endpoint, with the secret where there is one."""
        if self.secret is None:
            return self.browser.post("/oauth/token", data={"client_id": self.client_id} | fields)
        return self.browser.post("/oauth/token", data=fields, auth=(self.client_id, self.secret))

    def exchange(self, code: str, **changes: str) -> Any:  # noqa: ANN401 - an HTTP answer
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
        }
        return self.token(**(form | changes))


def register(browser: TestClient, **changes: object) -> Any:  # noqa: ANN401 - an HTTP answer
    said: dict[str, object] = {
        "client_name": "ตู้เก็บตรา",
        "redirect_uris": [BACK],
        "token_endpoint_auth_method": "client_secret_basic",
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": " ".join(SCOPES),
    }
    return browser.post("/oauth/register", json=said | changes)


def host(visit: Visit, **changes: object) -> Host:
    browser = visit()
    made = register(browser, **changes)
    assert made.status_code == 201, made.text
    return Host(browser, made.json()["client_id"], made.json().get("client_secret"))


def allowed(learner: TestClient, asked: dict[str, str], decision: str = "allow") -> dict[str, str]:
    """Let the learner decide; return what the program is answered."""
    page = learner.get("/oauth/authorize", params=asked)
    assert page.status_code == 200, page.text
    assert "form-action 'self' https://host.example;" in page.headers["content-security-policy"]
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    sent = learner.post("/oauth/authorize", data=hidden | {"decision": decision})
    assert sent.status_code == 303
    address = urlsplit(sent.headers["location"])
    assert address.netloc == "host.example"
    return {name: values[0] for name, values in parse_qs(address.query).items()}


def connected(visit: Visit, scope: str = " ".join(SCOPES)) -> tuple[Host, dict[str, str]]:
    """Take the whole way; return the host and its authorization header."""
    one = host(visit)
    answer = allowed(visit(Role.LEARNER), one.asks(scope=scope))
    assert answer["state"] == "s-1"
    tokens = one.exchange(answer["code"]).json()
    return one, {"Authorization": f"Bearer {tokens['access_token']}"}


def test_a_host_reads_every_credential_and_each_one_verifies(bank: Bank, visit: Visit) -> None:
    one, bearer = connected(visit)
    found = bank.audit().findings
    with bank.reading() as transaction:
        trust = create_app(bank, now).state.door.shelf.current(transaction).trust
    answer = one.browser.get(f"{API}/credentials", headers=bearer)
    tokens = answer.json()["compactJwsString"]
    assert "credential" not in answer.json()
    assert int(answer.headers["x-total-count"]) == len(tokens) > 2
    for token in tokens:
        said = open_credential(token, trust.keys(KeyPurpose.CREDENTIAL))
        assert "OpenBadgeCredential" in str(said["type"])
    assert bank.audit().findings == found


def test_pages_of_a_list_make_up_the_whole_and_name_their_neighbours(visit: Visit) -> None:
    one, bearer = connected(visit)
    whole = one.browser.get(f"{API}/credentials", headers=bearer)
    count = int(whole.headers["x-total-count"])
    ids, address = [], f"{API}/credentials?limit=1"
    for _ in range(count):
        page = one.browser.get(address, headers=bearer)
        (token,) = page.json()["compactJwsString"]
        body = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        ids.append(body["id"])
        links = dict(re.findall(r'<[^>]*?(/ims[^>]*)>; rel="(\w+)"', page.headers["link"]))
        names = {name: place for place, name in links.items()} | {
            name: place
            for place, name in re.findall(r'<[^>]*?(/ims[^>]*)>; rel="(\w+)"', page.headers["link"])
        }
        assert {"first", "last"} <= set(names)
        address = names.get("next", "")
    assert address == ""
    assert len(set(ids)) == count
    later = one.browser.get(f"{API}/credentials?since=2099-01-01T00:00:00Z", headers=bearer)
    assert later.json() == {}
    assert later.headers["x-total-count"] == "0"


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=-1", "limit=x", "offset=-1", "since=yesterday", "since=2026-01-01"]
)
def test_a_wrong_window_is_refused_in_the_words_of_the_standard(query: str, visit: Visit) -> None:
    one, bearer = connected(visit)
    answer = one.browser.get(f"{API}/credentials?{query}", headers=bearer)
    assert answer.status_code == 400
    assert answer.json()["imsx_codeMajor"] == "failure"
    assert re.search("[ก-๙]", answer.json()["imsx_description"])


def test_a_badge_from_elsewhere_is_kept_said_back_and_never_counts_as_a_unit(
    bank: Bank, visit: Visit
) -> None:
    one, bearer = connected(visit)
    issuer, before = P256Issuer(), records(bank)
    token = signed_badge(issuer)
    headers = bearer | {"Content-Type": "text/plain"}
    new = one.browser.post(f"{API}/credentials", content=token, headers=headers)
    assert (new.status_code, new.text) == (201, token)
    again = one.browser.post(f"{API}/credentials", content=token, headers=headers)
    assert (again.status_code, again.text) == (200, token)
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
    plain = json.dumps(badge("https://badges.example", proof=proof, id="urn:uuid:2"))
    as_json = bearer | {"Content-Type": "application/json"}
    assert one.browser.post(f"{API}/credentials", content=plain, headers=as_json).status_code == 201
    listed = one.browser.get(f"{API}/credentials", headers=bearer).json()
    assert token in listed["compactJwsString"]
    assert listed["credential"] == [json.loads(plain)]
    page = visit(Role.LEARNER).get("/me/elsewhere").text
    assert "จากที่อื่น ตรวจลายเซ็นแล้ว" in page
    assert "จากที่อื่น ยังตรวจไม่ได้" in page
    assert records(bank) == before
    holdings = visit(Role.REGISTRAR).get(f"/api/v1/learners/{person_id(bank, 'HK-001')}/holdings")
    assert "ปฐมพยาบาล" not in holdings.text


def test_a_forged_badge_is_refused_and_an_older_one_does_not_replace_a_newer(visit: Visit) -> None:
    one, bearer = connected(visit)
    headers = bearer | {"Content-Type": "text/plain"}
    issuer = Ed25519Issuer()
    newer, older = (
        signed_badge(issuer, badge(issuer.did, validFrom=day))
        for day in ("2026-05-01T00:00:00Z", "2026-01-01T00:00:00Z")
    )
    for token in (newer, older):
        one.browser.post(f"{API}/credentials", content=token, headers=headers)
    listed = one.browser.get(f"{API}/credentials", headers=bearer).json()["compactJwsString"]
    assert newer in listed
    assert older not in listed
    forged = signed_badge(P256Issuer(), badge(issuer.did))
    for body in (forged, "a.b.c", "", "{}"):
        answer = one.browser.post(f"{API}/credentials", content=body, headers=headers)
        assert answer.status_code == 400, body
        assert answer.json()["imsx_severity"] == "error"
    wrong = one.browser.post(
        f"{API}/credentials", content=newer, headers=bearer | {"Content-Type": "image/png"}
    )
    assert wrong.status_code == 400


def test_our_own_badge_comes_back_without_becoming_one_from_elsewhere(visit: Visit) -> None:
    one, bearer = connected(visit)
    listed = one.browser.get(f"{API}/credentials", headers=bearer).json()["compactJwsString"]
    headers = bearer | {"Content-Type": "text/plain"}
    known = one.browser.post(f"{API}/credentials", content=listed[0], headers=headers)
    assert known.status_code == 200
    after = one.browser.get(f"{API}/credentials", headers=bearer)
    assert int(after.headers["x-total-count"]) == len(listed)
    other = host(visit)
    code = allowed(visit(Role.LEARNER, NEWCOMER), other.asks())["code"]
    theirs = {"Authorization": f"Bearer {other.exchange(code).json()['access_token']}"}
    answer = other.browser.post(
        f"{API}/credentials", content=listed[0], headers=theirs | {"Content-Type": "text/plain"}
    )
    assert answer.status_code == 400


def test_the_profile_is_read_and_only_the_description_is_written(visit: Visit) -> None:
    one, bearer = connected(visit)
    before = one.browser.get(f"{API}/profile", headers=bearer).json()
    assert before["type"] == ["Profile"]
    assert before["id"].startswith("urn:uuid:")
    said = {"id": "urn:uuid:0", "name": "คนอื่น", "description": "แม่บ้าน 1103700012345", "x": 1}
    after = one.browser.put(f"{API}/profile", json=said, headers=bearer).json()
    assert (after["id"], after["name"]) == (before["id"], before["name"])
    assert "แม่บ้าน" in after["description"]
    assert "1103700012345" not in after["description"]
    assert one.browser.get(f"{API}/profile", headers=bearer).json() == after
    for wrong in (b"", b"[]", b'{"description":1}', b'{"description":""}'):
        answer = one.browser.put(f"{API}/profile", content=wrong, headers=bearer)
        assert answer.status_code == 400, wrong


CALLS = (
    ("GET", "/credentials", READ_CREDENTIALS),
    ("POST", "/credentials", WRITE_CREDENTIALS),
    ("GET", "/profile", READ_PROFILE),
    ("PUT", "/profile", WRITE_PROFILE),
)


@pytest.mark.parametrize(("method", "path", "needed"), CALLS)
def test_each_call_needs_its_own_right(method: str, path: str, needed: str, visit: Visit) -> None:
    others = " ".join(scope for scope in SCOPES if scope != needed)
    one, bearer = connected(visit, scope=others)
    refused = one.browser.request(method, API + path, headers=bearer, content=b"{}")
    assert (refused.status_code, refused.json()["imsx_codeMajor"]) == (403, "failure")
    for headers in ({}, {"Authorization": "Bearer guess"}, {"Authorization": "Basic eDp5"}):
        answer = visit().request(method, API + path, headers=headers, content=b"{}")
        assert answer.status_code == 401
        assert "Bearer" in answer.headers["www-authenticate"]
    learner = visit(Role.LEARNER)
    assert learner.request(method, API + path, content=b"{}").status_code == 401


def test_a_code_needs_its_verifier_address_client_and_is_worth_something_once(
    visit: Visit,
) -> None:
    one, other = host(visit), host(visit)
    learner = visit(Role.LEARNER)
    code = allowed(learner, one.asks())["code"]
    for wrong in ({"code_verifier": "w" * 50}, {"code_verifier": ""}, {"redirect_uri": BACK + "/"}):
        assert one.exchange(code, **wrong).json()["error"] == "invalid_grant"
    assert other.exchange(code).json()["error"] == "invalid_grant"
    impostor = Host(visit(), one.client_id, "guess")
    assert impostor.exchange(code).status_code == 401
    tokens = one.exchange(code).json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert one.browser.get(f"{API}/profile", headers=bearer).status_code == 200
    assert one.exchange(code).json()["error"] == "invalid_grant"
    assert one.browser.get(f"{API}/profile", headers=bearer).status_code == 401


def test_a_refresh_token_is_exchanged_and_ends_the_one_before(visit: Visit) -> None:
    one = host(visit, token_endpoint_auth_method="none")
    assert one.secret is None
    first = one.exchange(allowed(visit(Role.LEARNER), one.asks())["code"]).json()
    second = one.token(grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
    again = one.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert again.json()["error"] == "invalid_grant"
    for tokens, expected in ((first, 401), (second, 200)):
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert one.browser.get(f"{API}/profile", headers=bearer).status_code == expected


def test_tokens_end_and_the_learner_ends_a_grant_at_once(bank: Bank, visit: Visit) -> None:
    one, bearer = connected(visit)
    for after, expected in ((timedelta(minutes=59), 200), (timedelta(hours=1), 401)):
        later = TestClient(create_app(bank, partial(_at, now() + after)))
        assert later.get(f"{API}/profile", headers=bearer).status_code == expected
    learner = visit(Role.LEARNER)
    (grant,) = re.findall(r'action="/me/systems/([^"]+)/end"', learner.get("/me/elsewhere").text)
    assert visit(Role.LEARNER, NEWCOMER).post(f"/me/systems/{grant}/end").status_code == 404
    assert learner.post(f"/me/systems/{grant}/end").status_code == 303
    assert one.browser.get(f"{API}/profile", headers=bearer).status_code == 401
    assert "/me/systems/" not in learner.get("/me/elsewhere").text


def test_what_is_asked_wrongly_goes_back_to_the_program_and_never_elsewhere(visit: Visit) -> None:
    one, learner = host(visit), visit(Role.LEARNER)
    for changes, error in (
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "ก" * 43}, "invalid_request"),
        ({"response_type": "token"}, "invalid_request"),
        ({"state": ""}, "invalid_request"),
    ):
        sent = learner.get("/oauth/authorize", params=one.asks(**changes))
        assert sent.status_code == 303, changes
        assert sent.headers["location"].startswith(f"{BACK}?error={error}")
    for changes in ({"redirect_uri": "https://evil.example/"}, {"client_id": "none"}):
        sent = learner.get("/oauth/authorize", params=one.asks(**changes))
        assert sent.status_code in {404, 422}
        assert "location" not in sent.headers
    assert allowed(learner, one.asks(), "deny") == {"error": "access_denied", "state": "s-1"}


def test_only_a_learner_can_be_asked(visit: Visit) -> None:
    one = host(visit)
    for role in (None, *(set(Role) - {Role.LEARNER})):
        expected = 401 if role is None else 403
        browser = visit(role)
        assert browser.get("/oauth/authorize", params=one.asks()).status_code == expected
        assert browser.post("/oauth/authorize", data=one.asks()).status_code == expected
        for path in ("/me/elsewhere", "/me/elsewhere/x"):
            assert browser.get(path).status_code == expected
        for path in ("/me/elsewhere", "/me/elsewhere/x/remove", "/me/systems/x/end"):
            assert browser.post(path).status_code == expected, path


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uris": []},
        {"redirect_uris": ["http://host.example/"]},
        {"redirect_uris": ["https://host.example/#x"]},
        {"redirect_uris": ["https://user@host.example/"]},
        {"redirect_uris": ["javascript:alert(1)"]},
        {"redirect_uris": ["https://host.example/;script-src *"]},
        {"redirect_uris": "https://host.example/"},
        {"client_name": ""},
        {"client_name": "a\u202eb"},
        {"client_name": None},
        {"scope": "everything"},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"grant_types": ["implicit"]},
    ],
)
def test_a_program_that_describes_itself_wrongly_is_not_registered(
    changes: dict[str, object], visit: Visit
) -> None:
    answer = register(visit(), **changes)
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_client_metadata", "invalid_redirect_uri"}


def test_registering_without_end_is_slowed_down(visit: Visit) -> None:
    browser = visit()
    assert [register(browser).status_code for _ in range(21)] == [201] * 20 + [429]


def test_the_host_describes_itself_as_the_standard_asks(visit: Visit) -> None:
    said = visit().get(f"{API}/discovery").json()
    assert said["openapi"].startswith("3.0")
    assert set(said["paths"]) == {"/credentials", "/profile", "/discovery"}
    scheme = said["components"]["securitySchemes"]["OAuth2ACG"]
    assert scheme["x-imssf-registrationUrl"].endswith("/oauth/register")
    assert set(scheme["flows"]["authorizationCode"]["scopes"]) == set(SCOPES)
    assert said["info"]["x-imssf-privacyPolicyUrl"]
    assert said["info"]["termsOfService"]


def test_learners_keep_fetch_and_remove_papers_of_their_own(visit: Visit) -> None:
    learner, other = visit(Role.LEARNER), visit(Role.LEARNER, NEWCOMER)
    token = signed_badge(P256Issuer())
    files = {"file": ("badge.jwt", token.encode())}
    assert learner.post("/me/elsewhere", files=files).status_code == 303
    (name,) = re.findall(r'href="/me/elsewhere/([0-9a-f]{64})"', learner.get("/me/elsewhere").text)
    assert learner.get(f"/me/elsewhere/{name}").text == token
    assert other.get(f"/me/elsewhere/{name}").status_code == 404
    assert other.post(f"/me/elsewhere/{name}/remove").status_code == 404
    assert learner.post(f"/me/elsewhere/{name}/remove").status_code == 303
    assert learner.get(f"/me/elsewhere/{name}").status_code == 404
    broken = learner.post("/me/elsewhere", files={"file": ("x.json", b"{}")})
    assert broken.status_code == 422
    assert "อ่านใบรับรองจากที่อื่นไม่ได้" in broken.text


def test_the_pages_are_whole_in_both_languages(visit: Visit) -> None:
    one, learner = host(visit), visit(Role.LEARNER)
    allowed(learner, one.asks())
    learner.post("/me/elsewhere", files={"file": ("b.jwt", signed_badge(P256Issuer()).encode())})
    for language in ("th", "en"):
        consent = learner.get("/oauth/authorize", params=one.asks(lang=language))
        for page in (consent, learner.get(f"/me/elsewhere?lang={language}")):
            assert f'<html lang="{language}">' in page.text
            assert language == "th" or thai_words(page.text) == []
            assert PageText(page.text).tags.count("h1") == 1
