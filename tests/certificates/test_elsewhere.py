"""Credentials of others: proved where their identifier holds the key, else not judged."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from certificates.check_sentences import FOUND
from certificates.credential.baked_image import bake_png
from certificates.errors import NotChecked, Refused
from certificates.sealing.data_integrity import add_proof
from certificates.sealing.did_keys import key_of_did
from certificates.sealing.ed25519 import multikey
from certificates.verifying.elsewhere import Foreign, read_foreign
from certificates.verifying.issuer_proof import ALWAYS
from tests.certificates.foreign_badges import Ed25519Issuer, Issuer, P256Issuer, badge, signed_badge
from tests.certificates.sealing.test_data_integrity import Signer
from tests.certificates.statements import ISSUER, UNIT_LETTER
from tests.certificates.workshop import CHECKED, STRANGER, ring, token, trust

ISSUERS: list[Issuer] = [
    P256Issuer("jwk"),
    P256Issuer("key"),
    Ed25519Issuer("jwk"),
    Ed25519Issuer("key"),
]


def read(data: str | bytes) -> Foreign:
    return read_foreign(data.encode() if isinstance(data, str) else data, trust=trust(), at=CHECKED)


@pytest.mark.parametrize("issuer", ISSUERS, ids=lambda one: f"{one.algorithm}-{one.method}")
def test_a_badge_whose_issuer_is_its_key_is_verified_and_altered_refused(issuer: Issuer) -> None:
    text = signed_badge(issuer)
    found = read(text + "\n")
    assert (found.verified, found.reason, found.said.name) == (True, "proved", "ปฐมพยาบาลเบื้องต้น")
    assert found.said.issuer == issuer.did
    assert found.said.content == text.encode()
    head, _, mark = text.split(".")
    other = signed_badge(issuer, badge(issuer.did, name="อื่น")).split(".")[1]
    with pytest.raises(Refused):
        read(f"{head}.{other}.{mark}")


def test_a_badge_signed_by_another_key_than_its_issuers_is_refused() -> None:
    honest, thief = P256Issuer(), P256Issuer()
    with pytest.raises(Refused):
        read(signed_badge(thief, badge(honest.did)))
    with pytest.raises(Refused):
        read(signed_badge(Ed25519Issuer(), badge(honest.did)))
    with pytest.raises(Refused):
        read(signed_badge(honest, iss=thief.did))


def test_a_badge_of_an_issuer_with_a_web_address_could_not_be_checked() -> None:
    for issuer in (
        "https://badges.example/issuer",
        "did:web:badges.example",
        "did:key:z6Mk",
        "did:jwk:AA",
    ):
        found = read(signed_badge(P256Issuer(), badge(issuer)))
        assert (found.verified, found.reason) == (False, "issuer-unknown")


def test_json_with_a_proof_by_the_issuers_own_key_is_verified_and_altered_refused() -> None:
    signer = Signer(window=ALWAYS)
    did = f"did:key:{multikey(signer.public_bytes)}"
    secured = add_proof(badge(did), signer, at=CHECKED)
    found = read(json.dumps(secured, ensure_ascii=False))
    assert (found.verified, found.said.token, found.reason) == (True, False, "proved")
    altered: dict[str, Any] = deepcopy(secured)
    altered["credentialSubject"]["achievement"]["name"] = "อื่น"
    with pytest.raises(Refused):
        read(json.dumps(altered))
    ended = add_proof(badge(did, validUntil="2026-03-02T00:00:00Z"), signer, at=CHECKED)
    assert read(json.dumps(ended)).reason == "expired"


def test_json_with_another_proof_could_not_be_checked_and_without_is_not_taken() -> None:
    for issuer in ("https://badges.example", P256Issuer("key").did, Ed25519Issuer().did):
        proofs: list[object] = [{"type": "DataIntegrityProof"}, {"type": "x"}, [], {}, 1, [{}, {}]]
        for proof in proofs:
            found = read(json.dumps(badge(issuer, proof=proof), ensure_ascii=False))
            assert (found.verified, found.said.token) == (False, False)
            assert found.reason in FOUND
    with pytest.raises(NotChecked):
        read(json.dumps(badge("did:key:z6Mk")))


def test_a_badge_is_taken_out_of_its_picture() -> None:
    text = signed_badge(P256Issuer())
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    found = read(bake_png(picture.getvalue(), text))
    assert found.verified
    assert found.said.content == text.encode()
    with pytest.raises(NotChecked):
        read(picture.getvalue())


def test_a_clr_and_the_older_data_model_are_read() -> None:
    issuer = P256Issuer()
    clr = badge(issuer.did, type=["VerifiableCredential", "ClrCredential"], name="แฟ้ม")
    clr["credentialSubject"] = {"type": ["ClrSubject"], "verifiableCredential": []}
    assert read(signed_badge(issuer, clr)).said.name == "แฟ้ม"
    older = badge(issuer.did)
    older["issuanceDate"] = older.pop("validFrom")
    inside = {"vc": {k: v for k, v in older.items() if k not in {"id", "issuanceDate"}}}
    text = signed_badge(issuer, inside, iss=issuer.did, jti="urn:uuid:1", nbf=1_772_323_200)
    assert read(text).verified


def test_one_that_has_ended_is_not_called_verified() -> None:
    issuer = P256Issuer()
    ended = int((CHECKED - timedelta(days=1)).timestamp())
    assert read(signed_badge(issuer, exp=ended)).reason == "expired"
    assert read(signed_badge(issuer, exp=ended + 172_800)).verified
    with pytest.raises(Refused):
        read(signed_badge(issuer, exp="soon"))


def test_our_own_are_proved_by_the_trust_list_and_impostors_refused() -> None:
    assert read(token()).verified
    with pytest.raises(Refused):
        read(token(keys=ring("stranger", STRANGER)))
    stranger = token(replace(UNIT_LETTER, issuer=STRANGER), ring("stranger", STRANGER))
    assert read(stranger).reason == "issuer-unknown"
    assert read(token()).said.issuer == ISSUER.id


@pytest.mark.parametrize(
    "changes",
    [
        {"type": ["VerifiableCredential"]},
        {"type": "OpenBadgeCredential"},
        {"id": None},
        {"id": ""},
        {"issuer": None},
        {"issuer": {"name": "x"}},
        {"validFrom": "2569-03-01T00:00:00Z"},
        {"validFrom": "2026-03-01"},
        {"validFrom": None},
        {"name": "a\u202eb", "credentialSubject": {}},
        {"name": "x" * 501, "credentialSubject": None},
        {"name": 1, "credentialSubject": []},
    ],
)
def test_what_is_no_badge_or_no_clr_is_said_to_be_unreadable(changes: dict[str, Any]) -> None:
    issuer = P256Issuer()
    with pytest.raises(NotChecked) as stop:
        read(signed_badge(issuer, badge(issuer.did) | changes))
    assert stop.value.code == "foreign-unreadable"


@pytest.mark.parametrize(
    "data",
    [b"", b"a.b", b"a.b.c", b"{", b'{"a":1,"a":2}', "ก.ข.ค".encode(), b"x" * 300_000, b"\xff.a.b"],
)
def test_bytes_that_are_nothing_are_unreadable_and_never_a_traceback(data: bytes) -> None:
    with pytest.raises(NotChecked):
        read(data)


@pytest.mark.parametrize(
    "did",
    ["", "did:", "did:key:", "did:key:zz0", "did:key:z" + "2" * 2000, "did:key:uABC", "key:z6Mk"],
)
def test_other_identifiers_hold_no_key(did: str) -> None:
    with pytest.raises(NotChecked):
        key_of_did(did)
