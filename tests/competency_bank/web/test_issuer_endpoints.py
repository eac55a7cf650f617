"""Where other programs find keys, names and status, and how they are told what is not there."""

import json
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from certificates.sealing.data_integrity import open_proof
from certificates.sealing.public_jwk import read_jwk, read_jwk_set
from certificates.sealing.status_list import read_status_list
from certificates.sealing.token import parse_token
from certificates.sealing.trust_file import read_trust_list
from certificates.sealing.trust_list import KeyPurpose, TrustList
from competency_bank.bank import Bank, now
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.storage.people_rows import find_person
from competency_bank.web.app import create_app
from tests.competency_bank.services.test_manage_keys import issued_bank

NAME = "/issuers/demonstration"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    made = issued_bank(tmp_path_factory.mktemp("home"))
    serial = next(path.stem for path in made.settings.issued.glob("*.pdf"))
    with made.database.writing(now() + timedelta(hours=1)) as transaction:
        by = find_person(transaction, "R-001").id
        revoke_certificate(transaction, serial, reason="misconduct", by=by)
    return made


@pytest.fixture(scope="module")
def client(bank: Bank) -> TestClient:
    return TestClient(create_app(bank, lambda: now() + timedelta(hours=2)))


def trusted(client: TestClient) -> TrustList:
    return read_trust_list(client.get("/trust/trust.json").content)


@pytest.mark.parametrize("path", ["/status/1", f"{NAME}/status/1"])
def test_a_status_list_comes_as_token_or_as_linked_data(client: TestClient, path: str) -> None:
    trust = trusted(client)
    token = client.get(path)
    signed = read_status_list(token.text, trust.keys(KeyPurpose.STATUS))
    linked = client.get(path, headers={"Accept": "application/vc"})
    credential, _ = open_proof(linked.json(), trust.proof_keys())

    assert token.headers["content-type"] == "application/vc+jwt"
    assert linked.headers["content-type"] == "application/vc"
    assert credential["id"] == signed.content.uri
    assert sum(map(int.bit_count, signed.content.bits)) == 1


def test_a_past_moment_is_answered_as_it_was(client: TestClient) -> None:
    def revoked(hours: float) -> int:
        moment = now() + timedelta(hours=hours)
        answer = client.get("/status/1", params={"timestamp": f"{moment:%Y-%m-%dT%H:%M:%SZ}"})
        content = read_status_list(answer.text, trusted(client).keys(KeyPurpose.STATUS)).content
        return sum(map(int.bit_count, content.bits))

    assert revoked(0.5) == 0
    assert revoked(1.5) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/status/2", 404),
        ("/status/x", 404),
        ("/status/1?timestamp=yesterday", 400),
        ("/status/1?timestamp=9000-01-01T00:00:00Z", 404),
        (f"{NAME}/status/99", 404),
    ],
)
def test_what_is_not_there_is_told_in_the_words_of_the_specification(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("/status-list#STATUS_RETRIEVAL_ERROR")


def test_the_kid_of_a_token_leads_to_the_key_that_made_it(client: TestClient, bank: Bank) -> None:
    keys = read_jwk_set(client.get("/.well-known/jwks.json").json())
    token = client.get("/status/1").text
    address = str(parse_token(token).header["kid"])
    path = address.removeprefix("https://competency-bank.example")
    key = read_jwk(client.get(path).json())

    assert keys[key.kid] == key
    assert client.get(f"/keys/{bank.keys.credential.kid}").json()["kid"] in keys
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("path", "controller"),
    [
        (NAME, "https://competency-bank.example/issuers/demonstration"),
        (f"{NAME}/did.json", "did:web:competency-bank.example:issuers:demonstration"),
        ("/.well-known/did.json", "did:web:127.0.0.1%3A8000"),
    ],
)
def test_an_issuer_is_described_under_each_of_its_names(
    client: TestClient, path: str, controller: str
) -> None:
    document = client.get(path).json()

    assert document["id"] == controller
    assert {method["controller"] for method in document["verificationMethod"]} == {controller}
    assert len(document["assertionMethod"]) == 3


@pytest.mark.parametrize(
    "path", ["/keys/unknown", f"{NAME}/keys/unknown", "/issuers/other", "/issuers/other/did.json"]
)
def test_an_unknown_name_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_linked_badge_names_a_key_that_is_served(client: TestClient, bank: Bank) -> None:
    linked = client.get("/status/1", headers={"Accept": "application/json"}).json()
    path = linked["proof"]["verificationMethod"].removeprefix("https://competency-bank.example")
    found = client.get(path).json()

    assert found["id"] == linked["proof"]["verificationMethod"]
    assert found["controller"] == bank.keys.issuer.id
    assert json.dumps(found).count("z6Mk") >= 2
