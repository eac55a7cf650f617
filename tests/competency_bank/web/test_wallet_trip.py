"""A letter into a wallet, and out of it to a visitor who asks: the honest way, then the others."""

import html
import json
import re
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openvc import OpenvcError
from openvc.openid4vci import (
    parse_credential_issuer_metadata,
    parse_credential_offer,
    verify_credential_request_proofs,
)
from openvc.openid4vp import verify_vp_token
from starlette.testclient import TestClient

from certificates.sealing.holder_proof import Challenge
from certificates.sealing.sd_jwt import show_only
from certificates.sealing.token import open_credential
from certificates.sealing.trust_list import KeyPurpose
from competency_bank import bank as opened
from competency_bank.bank import Bank, now
from competency_bank.domain.people import Role
from competency_bank.founding import renew
from competency_bank.services import revoke_certificate
from competency_bank.services.forget_expired import forget_expired
from competency_bank.services.offer_to_wallet import OPEN_BADGE, SD_JWT
from competency_bank.storage import people_rows
from competency_bank.web.app import create_app
from competency_bank.web.oauth_endpoints import PRE_AUTHORISED
from tests.certificates.wallet import Wallet
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.reading_pages import PageText, thai_words
from tests.competency_bank.web.school import NEWCOMER, UNITS, link_for, papers
from tests.competency_bank.web.test_sharing_trip import _at

BASE = "http://127.0.0.1:8000"


def unit_letter(learner: TestClient) -> str:
    """Return the serial of a unit letter in force."""
    serials: list[str] = re.findall(r'action="/me/wallet/([^"]+)"', learner.get("/me/share").text)
    return serials[0]


def offered(learner: TestClient, serial: str | None = None) -> tuple[dict[str, Any], str]:
    """Press the button; return the offer in the QR and the digits beside it."""
    page = learner.post(f"/me/wallet/{serial or unit_letter(learner)}")
    assert page.status_code == 200, page.text
    (address,) = re.findall(r'href="(openid-credential-offer:[^"]+)"', page.text)
    (pin,) = re.findall(r'class="pin">(\d+)<', page.text)
    query = parse_qs(urlsplit(html.unescape(address)).query)
    return json.loads(query["credential_offer"][0]), pin


def code_of(offer: dict[str, Any]) -> str:
    return str(offer["grants"][PRE_AUTHORISED]["pre-authorized_code"])


def exchange(phone: TestClient, code: str, pin: str) -> Any:  # noqa: ANN401 - an HTTP answer
    form = {"grant_type": PRE_AUTHORISED, "pre-authorized_code": code, "tx_code": pin}
    return phone.post("/oauth/token", data=form)


def fresh_nonce(phone: TestClient) -> str:
    return str(phone.post("/oid4vci/nonce").json()["c_nonce"])


def ask(phone: TestClient, token: str, *proofs: str, kind: str = SD_JWT) -> Any:  # noqa: ANN401 - an HTTP answer
    body: dict[str, object] = {"credential_configuration_id": kind}
    body |= {"proofs": {"jwt": list(proofs)}} if proofs else {}
    headers = {"Authorization": f"Bearer {token}"}
    return phone.post("/oid4vci/credential", json=body, headers=headers)


def collected(visit: Visit, wallet: Wallet) -> str:
    """Take the whole way from the learner's page to a credential in the wallet."""
    offer, pin = offered(visit(Role.LEARNER))
    phone = visit()
    token = exchange(phone, code_of(offer), pin).json()["access_token"]
    answer = ask(phone, token, wallet.prove(BASE, fresh_nonce(phone), now()))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["credentials"][0]["credential"])


def question(visitor: TestClient, *, with_name: bool = False) -> tuple[dict[str, str], str]:
    """Ask a wallet; return the request in the QR and the path of the result."""
    page = visitor.post("/verify/wallet", data={"with_name": "yes"} if with_name else {})
    (address,) = re.findall(r'href="(openid4vp:[^"]+)"', page.text)
    (path,) = re.findall(r'href="(/verify/wallet/[^"]+)"', page.text)
    query = parse_qs(urlsplit(html.unescape(address)).query, strict_parsing=True)
    return {name: values[0] for name, values in query.items()}, path


def presented(wallet: Wallet, letter: str, asked: dict[str, str]) -> str:
    """Show what is asked for, and no more."""
    (query,) = json.loads(asked["dcql_query"])["credentials"]
    names = [claim["path"][0] for claim in query["claims"]]
    challenge = Challenge(asked["client_id"], asked["nonce"])
    return wallet.show(show_only(letter, names), challenge, now())


def send(phone: TestClient, asked: dict[str, str], presentation: str) -> Any:  # noqa: ANN401 - an HTTP answer
    form = {"state": asked["state"], "vp_token": json.dumps({"unit": [presentation]})}
    return phone.post(urlsplit(asked["response_uri"]).path, data=form)


def test_a_letter_goes_into_a_wallet_and_shows_a_unit_without_a_name(
    bank: Bank, visit: Visit
) -> None:
    found = bank.audit().findings
    wallet, visitor = Wallet(), visit()
    letter = collected(visit, wallet)
    asked, path = question(visitor)
    assert "ยังไม่มีคำตอบ" in visitor.get(path).text
    sent = send(visit(), asked, presented(wallet, letter, asked))
    assert (sent.status_code, sent.json()) == (200, {})
    page = visitor.get(path)
    assert 'class="verdict valid"' in page.text
    assert any(code in page.text for code in UNITS)
    assert "ตัวอย่างดี" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert bank.audit().findings == found


def test_the_name_is_shown_only_when_it_was_asked_for_and_given(visit: Visit) -> None:
    wallet, visitor = Wallet(), visit()
    letter = collected(visit, wallet)
    asked, path = question(visitor, with_name=True)
    send(visit(), asked, presented(wallet, letter, asked))
    assert "ตัวอย่างดี" in visitor.get(path).text


def test_an_independent_library_reads_offer_and_metadata_and_judges_the_wallets_proof(
    visit: Visit,
) -> None:
    """openvc-core: offer, metadata, key proof."""
    phone = visit()
    offer, _ = offered(visit(Role.LEARNER))
    parse_credential_offer(_secured(offer))
    published = phone.get("/.well-known/openid-credential-issuer").json()
    read = parse_credential_issuer_metadata(_secured(published))
    assert set(offer["credential_configuration_ids"]) <= set(
        read.credential_configurations_supported
    )
    wallet, address = Wallet(), "https://bank.example"
    (proved,) = verify_credential_request_proofs(
        {
            "credential_configuration_id": SD_JWT,
            "proofs": {"jwt": [wallet.prove(address, "n", now())]},
        },
        credential_issuer=address,
        check_nonce=lambda nonce: nonce == "n",
    )
    assert {name: proved.public_jwk[name] for name in wallet.jwk} == wallet.jwk


def test_an_independent_library_verifies_the_presentation_with_the_keys_we_publish(
    visit: Visit,
) -> None:
    """openvc-core finds our key under the issuer's well-known address, as any verifier would."""
    wallet, phone = Wallet(), visit()
    letter = collected(visit, wallet)
    asked, _ = question(phone)
    asked_at: list[str] = []

    def fetch(address: str) -> Any:  # noqa: ANN401 - JSON
        asked_at.append(address)
        return phone.get(urlsplit(address).path).json()

    def judged(presentation: str, nonce: str) -> object:
        return verify_vp_token(
            {"unit": [presentation]},
            dcql_query=json.loads(asked["dcql_query"]),
            nonce=nonce,
            client_id=asked["client_id"],
            jwt_vc_issuer_fetch=fetch,
        )

    shown = presented(wallet, letter, asked)
    assert judged(shown, asked["nonce"])
    assert "/.well-known/jwt-vc-issuer/issuers/demonstration" in asked_at[0]
    for presentation, nonce in ((shown, "another"), (shown[:-3] + "AAA", asked["nonce"])):
        with pytest.raises(OpenvcError):
            judged(presentation, nonce)


def _secured(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON as it would be served in production, over https."""
    return json.loads(json.dumps(value).replace(BASE, "https://bank.example"))


def test_the_open_badge_comes_as_it_is_in_the_document(bank: Bank, visit: Visit) -> None:
    offer, pin = offered(visit(Role.LEARNER))
    phone = visit()
    token = exchange(phone, code_of(offer), pin).json()["access_token"]
    badge = ask(phone, token, kind=OPEN_BADGE).json()["credentials"][0]["credential"]
    with bank.reading() as transaction:
        trust = create_app(bank, now).state.door.shelf.current(transaction).trust
    said = open_credential(badge, trust.keys(KeyPurpose.CREDENTIAL))
    assert "OpenBadgeCredential" in str(said["type"])
    assert ask(phone, token, kind=OPEN_BADGE).status_code == 401
    proof = Wallet().prove(BASE, fresh_nonce(phone), now())
    assert ask(phone, token, proof).status_code == 200
    assert ask(phone, token, proof).json()["error"] == "invalid_token"


def test_a_code_is_worth_something_once_and_sent_again_it_ends_the_token(visit: Visit) -> None:
    offer, pin = offered(visit(Role.LEARNER))
    phone = visit()
    first = exchange(phone, code_of(offer), pin)
    assert first.headers["cache-control"] == "no-store"
    again = exchange(phone, code_of(offer), pin)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    proof = Wallet().prove(BASE, fresh_nonce(phone), now())
    refused = ask(phone, first.json()["access_token"], proof)
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_token")
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_wrong_digits_are_counted_and_the_sixth_try_is_too_late(visit: Visit) -> None:
    offer, pin = offered(visit(Role.LEARNER))
    phone, wrong = visit(), f"{(int(pin) + 1) % 10**6:06}"
    for _ in range(5):
        assert exchange(phone, code_of(offer), wrong).json()["error"] == "invalid_grant"
    assert exchange(phone, code_of(offer), pin).json()["error"] == "invalid_grant"


def test_codes_tokens_and_nonces_end(bank: Bank, visit: Visit) -> None:
    def at(**after: float) -> TestClient:
        return TestClient(create_app(bank, partial(_at, now() + timedelta(**after))))

    offer, pin = offered(visit(Role.LEARNER))
    assert exchange(at(minutes=11), code_of(offer), pin).status_code == 400
    offer, pin = offered(visit(Role.LEARNER))
    phone = visit()
    token = exchange(phone, code_of(offer), pin).json()["access_token"]
    proof = Wallet().prove(BASE, fresh_nonce(phone), now())
    assert ask(at(minutes=6), token, proof).json()["error"] == "invalid_token"
    asked, path = question(phone)
    assert at(minutes=16).get(path).status_code == 404
    assert send(at(minutes=16), asked, "x~y").json()["error"] == "invalid_request"


def test_what_has_ended_is_forgotten_and_nothing_that_still_counts(
    bank: Bank, visit: Visit
) -> None:
    collected(visit, Wallet())
    asked, path = question(visit())
    for after, left in (
        (timedelta(minutes=1), 3),
        (timedelta(minutes=16), 1),
        (timedelta(days=2), 0),
    ):
        with bank.database.writing(now() + after) as transaction:
            forget_expired(transaction)
            tables = ("wallet_grants", "used_nonces", "wallet_requests")
            counts = [
                transaction.connection.exec_driver_sql(f"select count(*) from {name}").scalar()
                for name in tables
            ]
        assert sum(int(count or 0) for count in counts) == left
    assert visit().get(path).status_code == 404
    assert asked["state"]


def test_a_nonce_is_answered_once_and_only_ours_count(visit: Visit) -> None:
    phone = visit()
    tokens = []
    for _ in range(2):
        offer, pin = offered(visit(Role.LEARNER))
        tokens.append(exchange(phone, code_of(offer), pin).json()["access_token"])
    nonce = fresh_nonce(phone)
    for foreign in ("", "x", nonce[:-1] + ("A" if nonce[-1] != "A" else "B"), nonce + "=", "é"):
        answer = ask(phone, tokens[0], Wallet().prove(BASE, foreign, now()))
        assert answer.json()["error"] == "invalid_nonce", foreign
    assert ask(phone, tokens[0], Wallet().prove(BASE, nonce, now())).status_code == 200
    again = ask(phone, tokens[1], Wallet().prove(BASE, nonce, now()))
    assert again.json()["error"] == "invalid_nonce"


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "https://elsewhere.example"},
        {"iat": 1},
        {"typ": "JWT"},
        {"jwk": Wallet().jwk},
        {"jwk": {}},
    ],
)
def test_a_false_proof_gets_no_credential(lie: dict[str, object], visit: Visit) -> None:
    offer, pin = offered(visit(Role.LEARNER))
    phone = visit()
    token = exchange(phone, code_of(offer), pin).json()["access_token"]
    answer = ask(phone, token, Wallet().prove(BASE, fresh_nonce(phone), now(), **lie))
    assert answer.json()["error"] == "invalid_proof"


def test_requests_of_another_shape_are_refused_by_name(visit: Visit) -> None:
    offer, pin = offered(visit(Role.LEARNER))
    phone = visit()
    token = exchange(phone, code_of(offer), pin).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    proof = Wallet().prove(BASE, fresh_nonce(phone), now())
    kind = {"credential_configuration_id": SD_JWT}
    for body, error in (
        (b"", "invalid_credential_request"),
        (b"[]", "invalid_credential_request"),
        (
            b'{"credential_configuration_id":"a","credential_configuration_id":"b"}',
            "invalid_credential_request",
        ),
        (
            json.dumps({"credential_configuration_id": "none"}).encode(),
            "unknown_credential_configuration",
        ),
        (json.dumps(kind).encode(), "invalid_credential_request"),
        (json.dumps(kind | {"proofs": {"jwt": []}}).encode(), "invalid_credential_request"),
        (
            json.dumps(kind | {"proofs": {"jwt": [proof, proof]}}).encode(),
            "invalid_credential_request",
        ),
        (json.dumps(kind | {"proofs": {"cwt": ["x"]}}).encode(), "invalid_credential_request"),
        (json.dumps(kind | {"proofs": {"jwt": [1]}}).encode(), "invalid_credential_request"),
        (b"x" * 70_000, "invalid_credential_request"),
    ):
        answer = phone.post("/oid4vci/credential", content=body, headers=headers)
        assert answer.json()["error"] == error, body[:60]
        assert answer.json()["error_description"].isascii()
        assert re.search("[ก-๙]", answer.json()["error_description_th"])
    assert ask(phone, token, proof).status_code == 200
    for form in ({"grant_type": "password"}, {}, {"grant_type": PRE_AUTHORISED}):
        assert phone.post("/oauth/token", data=form).status_code == 400
    twice = "grant_type=x&grant_type=y"
    kind_header = {"Content-Type": "application/x-www-form-urlencoded"}
    assert phone.post("/oauth/token", content=twice, headers=kind_header).status_code == 400


def test_only_own_letters_in_force_are_offered(bank: Bank, visit: Visit) -> None:
    learner, known = visit(Role.LEARNER), papers(bank)
    serial = unit_letter(learner)
    assert visit(Role.LEARNER, NEWCOMER).post(f"/me/wallet/{serial}").status_code == 404
    assert learner.post(f"/me/wallet/{known.revoked}").status_code == 409
    assert learner.post("/me/wallet/none").status_code == 404
    assert visit().post(f"/me/wallet/{serial}").status_code == 401
    for role in set(Role) - {Role.LEARNER}:
        assert visit(role).post(f"/me/wallet/{serial}").status_code == 403


def test_a_letter_revoked_since_is_neither_collected_nor_shown_as_good(
    bank: Bank, visit: Visit
) -> None:
    learner, wallet, visitor = visit(Role.LEARNER), Wallet(), visit()
    serial = unit_letter(learner)
    letter = collected(visit, wallet)
    offer, pin = offered(learner, serial)
    token = exchange(visitor, code_of(offer), pin).json()["access_token"]
    with bank.writing() as transaction:
        registrar = people_rows.find_person(transaction, "R-001").id
        revoke_certificate.revoke_certificate(
            transaction, serial, reason="issued-in-error", by=registrar
        )
    proof = wallet.prove(BASE, fresh_nonce(visitor), now())
    assert ask(visitor, token, proof).json()["error"] == "credential_request_denied"
    asked, path = question(visitor)
    send(visit(), asked, presented(wallet, letter, asked))
    page = visitor.get(path).text
    assert 'class="verdict changed"' in page
    assert not any(code in page for code in UNITS)


def test_a_request_is_answered_once_and_only_by_the_holder(visit: Visit) -> None:
    wallet, visitor, phone = Wallet(), visit(), visit()
    letter = collected(visit, wallet)
    asked, path = question(visitor)
    challenge = Challenge(asked["client_id"], asked["nonce"])
    thief = Wallet().show(show_only(letter, ["unit_code"]), challenge, now())
    send(phone, asked, thief)
    assert 'class="verdict forged"' in visitor.get(path).text
    assert send(phone, asked, presented(wallet, letter, asked)).status_code == 400
    assert 'class="verdict forged"' in visitor.get(path).text
    other, _ = question(visit())
    assert send(phone, other | {"state": "guess"}, "x~").status_code == 400
    for shape in (
        "",
        "[]",
        '{"unit":"x"}',
        '{"unit":[]}',
        '{"unit":["a","b"]}',
        '{"other":["a"]}',
        '{"unit":["a"],"other":["a"]}',
    ):
        form = {"state": other["state"], "vp_token": shape}
        assert phone.post("/oid4vp/response", data=form).status_code == 400, shape
    replay = presented(wallet, letter, asked)
    send(phone, other, replay)


def test_the_name_of_the_request_does_not_open_the_result(visit: Visit) -> None:
    asked, path = question(visit())
    assert asked["state"] not in path
    assert visit().get(f"/verify/wallet/{asked['state']}").status_code == 404


def test_status_type_and_keys_are_published(bank: Bank, visit: Visit) -> None:
    browser = visit()
    token = browser.get("/token-status/1")
    assert token.headers["content-type"] == "application/statuslist+jwt"
    assert browser.get("/token-status/99").status_code == 404
    assert browser.get("/vct/unit/1").json()["vct"] == f"{bank.keys.issuer.id}/vct/unit/1"
    below = urlsplit(bank.keys.issuer.id).path
    for path in ("/vct/unit/1", "/token-status/1"):
        assert browser.get(below + path).status_code == 200, path
    keys = browser.get("/.well-known/jwt-vc-issuer/issuers/demonstration").json()
    assert keys["jwks"]["keys"][0]["kid"] == bank.keys.credential.kid
    assert "d" not in keys["jwks"]["keys"][0]
    assert browser.get("/.well-known/jwt-vc-issuer/other").status_code == 404
    server = browser.get("/.well-known/oauth-authorization-server").json()
    assert server["issuer"] == BASE
    assert PRE_AUTHORISED in server["grant_types_supported"]


def test_the_pages_are_whole_in_both_languages(visit: Visit) -> None:
    learner, visitor = visit(Role.LEARNER), visit()
    _, path = question(visitor)
    for language in ("th", "en"):
        pages = [
            learner.post(f"/me/wallet/{unit_letter(learner)}?lang={language}"),
            visitor.get(f"/verify/wallet?lang={language}"),
            visitor.post(f"/verify/wallet?lang={language}"),
            visitor.get(f"{path}?lang={language}"),
        ]
        for page in pages:
            assert f'<html lang="{language}">' in page.text
            assert language == "th" or thai_words(page.text) == []
            read = PageText(page.text)
            assert read.tags.count("h1") == 1
            assert "script" not in read.tags


def test_nothing_of_the_wallet_ways_is_kept_in_clear(bank: Bank, visit: Visit) -> None:
    offer, pin = offered(visit(Role.LEARNER))
    asked, path = question(visit())
    database = bank.settings.home / "bank.sqlite"
    stored = database.read_bytes() + (database.parent / "bank.sqlite-wal").read_bytes()
    for secret in (code_of(offer), asked["state"], path.rpartition("/")[2]):
        assert secret.encode() not in stored
    assert len(pin) == 6


def test_old_letters_are_collected_and_shown_after_the_key_was_changed(
    bank: Bank, visit: Visit
) -> None:
    wallet = Wallet()
    before = collected(visit, wallet)
    old, new = renew(bank.settings, "credential")
    app = create_app(opened.open_bank(bank.settings), now)

    def open_again(role: Role | None = None) -> TestClient:
        browser = TestClient(app, follow_redirects=False)
        if role is not None:
            browser.post(f"/sign-in/{link_for(bank, role)}")
        return browser

    after = collected(open_again, wallet)
    published = open_again().get("/.well-known/jwt-vc-issuer/issuers/demonstration").json()
    assert {old, new} <= {key["kid"] for key in published["jwks"]["keys"]}
    for letter in (before, after):
        asked, path = question(open_again())
        send(open_again(), asked, presented(wallet, letter, asked))
        assert 'class="verdict valid"' in open_again().get(path).text
    offer, pin = offered(open_again(Role.LEARNER))
    phone = open_again()
    token = exchange(phone, code_of(offer), pin).json()["access_token"]
    badge = ask(phone, token, kind=OPEN_BADGE).json()["credentials"][0]["credential"]
    verdicts = phone.post("/api/v1/verify", content=badge.encode()).json()
    assert verdicts[0]["verdict"] == "valid"
    app.state.door.bank.database.close()
