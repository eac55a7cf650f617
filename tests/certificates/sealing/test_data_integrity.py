"""The second proof: what it covers, what it refuses, and that others read it alike."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from certificates.credential.open_badge import statement_of, to_open_badge
from certificates.credential.snapshot import CertificateKind, Statement
from certificates.errors import CannotSay, NotChecked, Refused
from certificates.sealing.data_integrity import ProofKey, add_proof, method_of, open_proof
from certificates.sealing.ed25519 import from_base58, multikey, of_multikey, to_base58
from certificates.sealing.keys import Window
from tests.certificates.linked_judges import FILES
from tests.certificates.signed_kinds import changed_at, leaves, signed_kinds, without
from tests.certificates.statements import ISSUER, UNIT_LETTER

AT = datetime(2026, 5, 5, tzinfo=UTC)
WINDOW = Window(AT - timedelta(days=1), AT + timedelta(days=1))
KINDS = signed_kinds()
CLR_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
LETTERS = pytest.mark.parametrize("letter", KINDS.values(), ids=KINDS)


class Signer:
    """A key in memory."""

    def __init__(self, seed: bytes = bytes(32), window: Window = WINDOW) -> None:
        private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_bytes = private.public_key().public_bytes_raw()
        self.window = window
        self.sign = private.sign


SIGNER = Signer()
METHOD = method_of(ISSUER.id, SIGNER.public_bytes)
KEYS = {METHOD: ProofKey(ISSUER.id, SIGNER.public_bytes, WINDOW)}


@cache
def secured(statement: Statement = UNIT_LETTER) -> dict[str, Any]:
    return add_proof(to_open_badge(statement), SIGNER, at=AT)


def refusal(document: Mapping[str, object], keys: Mapping[str, ProofKey] = KEYS) -> str:
    with pytest.raises((Refused, NotChecked)) as stop:
        open_proof(document, keys)
    return stop.value.code


def with_proof(**changed: object) -> dict[str, Any]:
    document = deepcopy(secured())
    document["proof"] |= changed
    return document


@LETTERS
def test_what_was_signed_is_returned_whole(letter: Statement) -> None:
    credential, key = open_proof(secured(letter), KEYS)

    assert statement_of(credential) == letter
    assert key.issuer == ISSUER.id


@LETTERS
def test_every_leaf_that_is_changed_is_noticed(letter: Statement) -> None:
    document = secured(letter)
    paths = list(leaves(document))

    assert len(paths) > 60
    for path in paths:
        assert refusal(changed_at(document, path)), path


@LETTERS
def test_every_member_that_is_taken_away_is_noticed(letter: Statement) -> None:
    """A proof covers a graph: what a document says twice may be said once, and is then not ours."""
    document = secured(letter)
    for path in leaves(document):
        with pytest.raises((Refused, NotChecked, CannotSay)) as stop:
            statement_of(open_proof(without(document, path), KEYS)[0])
        assert stop.value.code != "not-ours" or letter.kind is CertificateKind.PORTFOLIO, path


@pytest.mark.parametrize(
    ("place", "member", "code"),
    [
        ((), {"uocLevel": "3"}, "term-undefined"),
        (("credentialSubject", "achievement"), {"name": {"th": "ก", "en": "a"}}, "term-undefined"),
        (("credentialSubject",), {"endorsementJwt": ["x"]}, "term-undefined"),
        (("credentialSubject",), {"result": []}, "value-unsigned"),
        (("credentialSubject",), {"role": None}, "value-unsigned"),
        (("credentialSubject",), {"creditsEarned": 3.0}, "value-unsigned"),
        (("issuer",), {"image": {}}, "value-unsigned"),
        (("issuer",), {"url": {"@value": "x"}}, "term-undefined"),
        (("issuer",), {"@id": "urn:x"}, "term-undefined"),
        (("credentialSubject", "source"), {"id": "relative"}, "value-unsigned"),
        (("credentialSubject", "source"), {"id": "_:b0"}, "value-unsigned"),
        (("credentialSubject", "source"), {"id": ISSUER.id}, "value-unsigned"),
        (("credentialSubject", "source"), {"@context": {"a": "urn:a"}}, "value-unsigned"),
        ((), {"type": ["VerifiableCredential", "Invented"]}, "term-undefined"),
        ((), {"@context": ["https://elsewhere.example/v1"]}, "context-unknown"),
    ],
)
def test_the_issuer_signs_nothing_that_its_signature_would_not_cover(
    place: tuple[str, ...], member: dict[str, Any], code: str
) -> None:
    credential = deepcopy(to_open_badge(UNIT_LETTER))
    target: Any = credential
    for name in place:
        target = target[name]
    target |= member
    with pytest.raises(CannotSay) as stop:
        add_proof(credential, SIGNER, at=AT)
    assert stop.value.code == code

    document = deepcopy(secured())
    target = document
    for name in place:
        target = target[name]
    target |= member
    assert refusal(document) == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"proofPurpose": "authentication"}, "proof-purpose"),
        ({"cryptosuite": "eddsa-jcs-2022"}, "proof-suite"),
        ({"type": "Ed25519Signature2020"}, "proof-suite"),
        ({"challenge": "x"}, "proof-form"),
        ({"domain": "bank.example"}, "proof-form"),
        ({"created": "2026-05-05"}, "credential-malformed"),
        ({"created": "2026-05-07T00:00:00Z"}, "proof-window"),
        ({"verificationMethod": METHOD + "x"}, "proof-key-unknown"),
        ({"verificationMethod": None}, "proof-form"),
        ({"proofValue": "z1"}, "proof-form"),
        ({"proofValue": "z0OIl"}, "proof-form"),
        ({"proofValue": "u" + "A" * 86}, "proof-form"),
    ],
)
def test_a_proof_has_one_form(changed: dict[str, object], code: str) -> None:
    assert refusal(with_proof(**changed)) == code


def test_a_proof_set_is_not_satisfied_by_any_one_of_it() -> None:
    document = secured()
    bad = {**document["proof"], "proofValue": "z" + "1" * 64}

    assert refusal({**document, "proof": []}) == "proof-missing"
    assert refusal({**document, "proof": [document["proof"], bad]}) == "proof-several"
    assert refusal({**document, "proof": ["x"]}) == "proof-form"
    assert refusal(to_open_badge(UNIT_LETTER)) == "proof-missing"
    assert open_proof({**document, "proof": [document["proof"]]}, KEYS)


def test_a_key_signs_for_its_issuer_and_in_its_window_only() -> None:
    other = {METHOD: ProofKey("https://elsewhere.example", SIGNER.public_bytes, WINDOW)}
    swapped = {METHOD: ProofKey(ISSUER.id, Signer(bytes([1]) * 32).public_bytes, WINDOW)}

    assert refusal(secured(), other) == "proof-issuer"
    assert refusal(secured(), swapped) == "signature-wrong"
    with pytest.raises(CannotSay, match="proof-window"):
        add_proof(to_open_badge(UNIT_LETTER), SIGNER, at=AT + timedelta(days=2))
    with pytest.raises(CannotSay, match="proof-window"):
        add_proof(secured(), SIGNER, at=AT)


def _pem(signer: Signer) -> bytes:
    public = Ed25519PublicKey.from_public_bytes(signer.public_bytes)
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@LETTERS
def test_openbadgeslib_reads_our_proof_and_refuses_what_was_altered(
    letter: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    ldp = pytest.importorskip("openbadgeslib.ob3.ldp")
    contexts = pytest.importorskip("openbadgeslib.ob3.contexts")
    # It brings the context of learner records, yet leaves it out of its own list.
    monkeypatch.setitem(contexts._URL_TO_RESOURCE, CLR_CONTEXT, FILES["clr"])  # noqa: SLF001
    document = secured(letter)
    ldp.verify_data_integrity_proof(document, _pem(SIGNER))
    altered = changed_at(document, ("name",))

    with pytest.raises(Exception, match=r"(?i)signature|proof"):
        ldp.verify_data_integrity_proof(altered, _pem(SIGNER))


def test_we_read_the_proof_of_openbadgeslib() -> None:
    ldp = pytest.importorskip("openbadgeslib.ob3.ldp")
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    theirs = ldp.add_data_integrity_proof(to_open_badge(UNIT_LETTER), key, METHOD, created=AT)

    assert open_proof(theirs, KEYS)[0] == to_open_badge(UNIT_LETTER)


def test_a_multikey_and_base58_have_one_reading() -> None:
    text = multikey(SIGNER.public_bytes)

    assert text.startswith("z6Mk")
    assert of_multikey(text) == SIGNER.public_bytes
    assert from_base58(to_base58(b"\0\0\1")) == b"\0\0\1"
    for wrong in ("6Mk", "z6Mk", "z" + "1" * 200, "zl"):
        with pytest.raises(ValueError, match=r"base58|Multikey"):
            of_multikey(wrong)
