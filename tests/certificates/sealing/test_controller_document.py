"""Where other programs find an issuer's keys."""

import pytest

from certificates.credential.open_badge import to_open_badge
from certificates.sealing.controller_document import (
    PublishedKey,
    controller_document,
    did_web_of,
    jwk_set,
    key_document,
)
from certificates.sealing.ed25519 import ed25519_jwk, multikey
from certificates.sealing.keys import kid_of_ed25519
from certificates.sealing.public_jwk import read_jwk_set
from certificates.sealing.token import parse_token, sign_credential
from tests.certificates.statements import ISSUER, UNIT_LETTER
from tests.certificates.workshop import ring

PUBLIC = bytes(range(32))
PROOF = PublishedKey(kid_of_ed25519(PUBLIC), ed25519_jwk(PUBLIC))
TOKEN = PublishedKey(ring().credential.kid, ring().credential.jwk)
KEYS = [PROOF, TOKEN]


@pytest.mark.parametrize(
    ("issuer", "did"),
    [
        ("https://bank.example", "did:web:bank.example"),
        ("https://bank.example/issuers/bma", "did:web:bank.example:issuers:bma"),
        ("https://bank.example:8443/", "did:web:bank.example%3A8443"),
        ("http://bank.example", None),
        ("did:web:bank.example", None),
        ("https://bank.example/?a=1", None),
    ],
)
def test_an_https_issuer_has_a_did_web_name(issuer: str, did: str | None) -> None:
    assert did_web_of(issuer) == did


def test_a_controller_document_lists_each_key_as_one_that_may_assert() -> None:
    did = str(did_web_of(ISSUER.id))
    for controller, other in ((ISSUER.id, did), (did, ISSUER.id)):
        document = controller_document(controller, ISSUER.id, KEYS)
        methods = document["verificationMethod"]
        assert isinstance(methods, list)

        assert document["id"] == controller
        assert document["alsoKnownAs"] == [other]
        assert document["assertionMethod"] == [method["id"] for method in methods]
        assert {method["controller"] for method in methods} == {controller}


def test_the_address_in_a_token_leads_to_its_key() -> None:
    header = parse_token(sign_credential(to_open_badge(UNIT_LETTER), ring().credential)).header
    name = str(header["kid"]).removeprefix(f"{ISSUER.id}/keys/")

    assert key_document(ISSUER.id, name, KEYS) == {
        **TOKEN.jwk,
        "kid": TOKEN.kid,
        "use": "sig",
        "alg": "ES256",
    }
    assert key_document(ISSUER.id, "unknown", KEYS) is None
    found = key_document(ISSUER.id, multikey(PUBLIC), KEYS)
    assert found is not None
    assert found["controller"] == ISSUER.id


def test_the_key_set_can_be_read_by_our_own_strict_reader() -> None:
    assert set(read_jwk_set(jwk_set(KEYS))) == {PROOF.kid, TOKEN.kid}
