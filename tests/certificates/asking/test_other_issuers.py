"""Credentials of issuers with a web address: their keys and lists are asked for, if allowed.

Whatever an issuer or its host does wrong means "could not be checked"; only a signature that does
not hold is refused, and only a set bit in a list of the same issuer ends a credential.
"""

import gzip
import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import BoundedSemaphore
from typing import Any

import pytest

from certificates.asking.other_issuers import OtherIssuers
from certificates.bounded_checks import examine_outside
from certificates.check_sentences import FOUND
from certificates.errors import NoLongerValid, Refused
from certificates.report import Report, Verdict
from certificates.sealing.ed25519 import ed25519_jwk
from certificates.sealing.strict_json import to_base64url
from certificates.verifying.elsewhere import IN_FORCE, Foreign, read_foreign
from certificates.verifying.journal import Outcome, Step
from tests.certificates.foreign_badges import Ed25519Issuer, P256Issuer, badge, signed_badge
from tests.certificates.sealing.test_data_integrity import Signer
from tests.certificates.tls_host import TlsHost, answer
from tests.certificates.web_issuer import HOST, INDEX, LIST, LIST_PATH, WebIssuer, status, written
from tests.certificates.workshop import CHECKED, token, trust

DID = WebIssuer()
ADDRESSED = WebIssuer(f"https://{HOST}/issuer")
FORMS: dict[str, tuple[WebIssuer, Callable[[dict[str, Any]], str]]] = {
    "did:web token": (DID, DID.token),
    "did:web proof": (DID, DID.proved),
    "https token": (ADDRESSED, ADDRESSED.token),
    "https proof": (ADDRESSED, ADDRESSED.proved),
}
EVERY_FORM = pytest.mark.parametrize("form", FORMS)


def asking(host: TlsHost, allowed: str = HOST, **changes: Any) -> OtherIssuers:  # noqa: ANN401 - fields by name
    names = frozenset({allowed} - {""})
    return OtherIssuers(names, **{"network": host.network(), "seconds": 20, **changes})


def read(text: str, host: TlsHost, **changes: Any) -> Foreign:  # noqa: ANN401 - as above
    at = changes.pop("at", CHECKED)
    check = partial(read_foreign, text.encode(), trust=trust(), at=at)
    return asking(host, **changes).answering(check)


def report(text: str, host: TlsHost, **changes: Any) -> Report:  # noqa: ANN401 - as above
    check = partial(examine_outside, text.encode(), name="x", trust=trust(), at=CHECKED)
    return asking(host, **changes).answering(check)


def found_by(listed: str, text: str = DID.token(DID.credential()), **changes: Any) -> str:  # noqa: ANN401
    """Return what becomes known of a good credential by what stands where its list should."""
    found = read(text, DID.host(listed), **changes)
    assert found.verified
    assert found.standing in FOUND or found.standing == IN_FORCE
    return found.standing


@EVERY_FORM
def test_a_credential_is_proved_by_what_its_issuer_publishes(form: str) -> None:
    issuer, sign = FORMS[form]
    host = issuer.host()
    found = read(sign(issuer.credential()), host)

    assert (found.verified, found.reason, found.standing) == (True, "proved", IN_FORCE)
    assert {path for path, _ in host.connected} == {"203.0.114.7"}


@EVERY_FORM
def test_nobody_is_asked_unless_the_host_was_named(form: str) -> None:
    issuer, sign = FORMS[form]
    for allowed, code in (("", "issuer-unknown"), ("other.example", "elsewhere-not-allowed")):
        host = issuer.host()
        found = read(sign(issuer.credential()), host, allowed=allowed)

        assert (found.verified, found.reason) == (False, code)
        assert (host.looked_up, host.connected) == ([], [])


@EVERY_FORM
def test_an_altered_credential_is_refused_and_only_then(form: str) -> None:
    issuer, sign = FORMS[form]
    honest = sign(issuer.credential())
    if honest.startswith("{"):
        altered = honest.replace("ปฐมพยาบาลเบื้องต้น", "อื่น")
    else:
        head, _, mark = honest.split(".")
        other = badge(issuer.id, name="อื่น", credentialStatus=status())
        altered = ".".join((head, sign(other).split(".")[1], mark))
    with pytest.raises(Refused):
        read(altered, issuer.host())
    found = report(altered, issuer.host())
    assert found.verdict is Verdict.FORGED


@EVERY_FORM
def test_a_credential_that_its_issuer_revoked_is_revoked_by_either_form_of_list(form: str) -> None:
    issuer, sign = FORMS[form]
    content = issuer.status_list(INDEX)
    for listed in (issuer.proved(content), issuer.token(content)):
        with pytest.raises(NoLongerValid, match="revoked"):
            read(sign(issuer.credential()), issuer.host(listed))
        found = report(sign(issuer.credential()), issuer.host(listed))
        assert found.verdict is Verdict.CHANGED
        assert found.credential is None


def test_a_sound_credential_of_a_stranger_is_never_called_valid() -> None:
    """Who may certify what is settled by the trust list alone."""
    found = report(DID.token(DID.credential()), DID.host())
    steps = {done.step: (done.outcome, done.code) for done in found.steps}

    assert found.verdict is Verdict.UNKNOWN
    assert found.credential is None
    assert steps[Step.CREDENTIAL] == (Outcome.OK, "proved")
    assert steps[Step.STATUS] == (Outcome.OK, "proved")
    assert steps[Step.DATES] == (Outcome.OK, "proved")
    assert steps[Step.MANDATE] == (Outcome.NOT_CHECKED, "issuer-elsewhere")


def test_our_own_certificates_need_nobody_to_be_asked() -> None:
    host = DID.host()

    assert report(token(), host).verdict is Verdict.VALID
    assert host.looked_up == []


def test_a_suspended_credential_is_suspended() -> None:
    content = DID.status_list(INDEX, subject={"statusPurpose": "suspension"})
    text = DID.token(DID.credential(credentialStatus=status("suspension")))
    with pytest.raises(NoLongerValid, match="suspended"):
        read(text, DID.host(DID.token(content)))


def test_of_several_entries_each_is_looked_at_and_one_that_is_set_decides() -> None:
    entries = [status("message"), status(statusListCredential=f"{LIST}0"), status()]
    text = DID.token(DID.credential(credentialStatus=entries))

    assert found_by(DID.token(DID.status_list()), text) == "elsewhere-answer"
    with pytest.raises(NoLongerValid, match="revoked"):
        read(text, DID.host(DID.token(DID.status_list(INDEX))))


def test_a_credential_without_a_list_says_so() -> None:
    without: list[object] = [status("message"), []]
    for entries in without:
        text = DID.token(DID.credential(credentialStatus=entries))
        assert found_by("", text) == "status-none"
    assert found_by("", DID.token(badge(DID.id))) == "status-none"


@pytest.mark.parametrize("issuer", [P256Issuer("jwk"), Ed25519Issuer("key")])
def test_an_issuer_that_is_its_own_key_is_asked_for_its_list_alone(
    issuer: P256Issuer | Ed25519Issuer,
) -> None:
    content = DID.status_list(INDEX, issuer=issuer.did)
    host = DID.host(signed_badge(issuer, content))
    with pytest.raises(NoLongerValid, match="revoked"):
        read(signed_badge(issuer, badge(issuer.did, credentialStatus=status())), host)
    assert len(host.requests) == 1


def test_only_a_credential_that_was_proved_makes_anybody_ask_for_its_list() -> None:
    issuer, thief, host = P256Issuer(), P256Issuer(), DID.host()
    with pytest.raises(Refused):
        read(signed_badge(thief, badge(issuer.did, credentialStatus=status())), host)
    assert host.requests == []


DOCUMENTS: dict[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "another id": ("issuer-document", lambda one: one.update(id="did:web:other.example")),
    "no id": ("issuer-document", lambda one: one.pop("id")),
    "no keys": ("issuer-key-unlisted", lambda one: one.pop("verificationMethod")),
    "keys that are no list": ("issuer-document", lambda one: one.update(verificationMethod={})),
    "too many keys": ("issuer-document", lambda one: one.update(verificationMethod=[{}] * 257)),
    "not for assertions": (
        "issuer-key-unlisted",
        lambda one: one.update(authentication=one.pop("assertionMethod")),
    ),
    "another controller": (
        "issuer-key-unlisted",
        lambda one: one["verificationMethod"][0].update(controller="did:web:other.example"),
    ),
    "two keys of one name": (
        "issuer-key-unlisted",
        lambda one: one["verificationMethod"].append(one["verificationMethod"][0]),
    ),
    "a key that was revoked": (
        "issuer-key-unlisted",
        lambda one: one["verificationMethod"][0].update(revoked=written(-1)),
    ),
    "a key that has expired": (
        "issuer-key-unlisted",
        lambda one: one["verificationMethod"][0].update(expires=written(-1)),
    ),
    "an end that is no date": (
        "issuer-key-unlisted",
        lambda one: one["verificationMethod"][0].update(expires="2026-01-01"),
    ),
    "a private key": (
        "issuer-document",
        lambda one: one["verificationMethod"][0]["publicKeyJwk"].update(d="AA"),
    ),
    "no key in a method": (
        "issuer-document",
        lambda one: one["verificationMethod"][0].pop("publicKeyJwk"),
    ),
    "a multikey that is none": (
        "issuer-document",
        lambda one: one["verificationMethod"][0].update(publicKeyMultibase="zzz"),
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_does_not_name_the_key_proves_nothing(name: str) -> None:
    code, spoil = DOCUMENTS[name]
    document = deepcopy(DID.document())
    spoil(document)
    host = DID.host()
    host.pages["/.well-known/did.json"] = answer(json.dumps(document).encode())
    found = read(DID.token(DID.credential()), host)

    assert (found.verified, found.reason) == (False, code)
    assert report(DID.token(DID.credential()), host).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"id":1,"id":2}', b"\xff", b"[" * 5000])
def test_a_document_that_cannot_be_read_proves_nothing(body: bytes) -> None:
    host = DID.host()
    host.pages["/.well-known/did.json"] = answer(body)
    found = read(DID.token(DID.credential()), host)
    assert (found.verified, found.reason) == (False, "issuer-document")


def test_methods_may_be_named_in_short_or_stand_in_the_list_itself() -> None:
    document = DID.document()
    for method in document["verificationMethod"]:
        method["id"] = method["id"].removeprefix(DID.id)
    document["assertionMethod"] = [document["verificationMethod"].pop(0), "#other"]
    host = DID.host(DID.token(DID.status_list()))
    host.pages["/.well-known/did.json"] = answer(json.dumps(document).encode())

    for kid in (DID.token_method, "#tokens"):
        assert read(DID.token(DID.credential(), kid=kid), host).standing == IN_FORCE
    assert read(DID.proved(DID.credential()), host).reason == "issuer-key-unlisted"


def test_a_key_below_another_address_is_not_the_issuers() -> None:
    """Another tenant of the same host must not sign for this one."""
    thief = WebIssuer(f"https://{HOST}/thief")
    host = ADDRESSED.host()
    jwk = thief.document()["verificationMethod"][0]["publicKeyJwk"]
    host.pages["/thief/keys/tokens"] = answer(json.dumps(jwk).encode())
    text = replace(thief, id=ADDRESSED.id).token(ADDRESSED.credential(), kid=thief.token_method)

    assert read(text, host).reason == "issuer-key-unlisted"


@pytest.mark.parametrize("way", ["/../thief", "/./../thief", "/%2e%2e/thief", "/a/../../thief"])
def test_an_address_that_leads_out_of_the_issuers_own_is_not_below_it(way: str) -> None:
    thief = WebIssuer(f"https://{HOST}/thief")
    host = ADDRESSED.host()
    kid = f"{ADDRESSED.id}{way}/keys/tokens"
    jwk = thief.document()["verificationMethod"][0]["publicKeyJwk"]
    host.pages[kid.removeprefix(f"https://{HOST}")] = answer(json.dumps(jwk).encode())

    assert read(thief.token(ADDRESSED.credential(), kid=kid), host).reason == "issuer-key-unlisted"


def test_a_plain_key_at_an_address_is_for_tokens_not_for_proofs() -> None:
    path = ADDRESSED.linked_method.removeprefix(f"https://{HOST}")
    host = ADDRESSED.host()
    jwk = ed25519_jwk(ADDRESSED.linked.public_bytes)
    host.pages[path] = answer(json.dumps(jwk).encode())

    assert read(ADDRESSED.proved(badge(ADDRESSED.id)), host).reason == "issuer-document"


def test_a_key_at_its_own_address_names_its_controller_who_must_list_it() -> None:
    method = ADDRESSED.document()["verificationMethod"][1]
    text = ADDRESSED.proved(badge(ADDRESSED.id))
    path = ADDRESSED.linked_method.removeprefix(f"https://{HOST}")
    for changes, reason in (
        ({}, "proved"),
        ({"controller": "https://other.example"}, "issuer-document"),
        ({"id": "https://other.example/key"}, "issuer-document"),
    ):
        host = ADDRESSED.host()
        host.pages[path] = answer(json.dumps(method | changes).encode())
        assert read(text, host).reason == reason
    host = ADDRESSED.host()
    host.pages[path] = answer(json.dumps(method).encode())
    unlisted = ADDRESSED.document() | {"assertionMethod": []}
    host.pages["/issuer"] = answer(json.dumps(unlisted).encode())
    assert read(text, host).reason == "issuer-key-unlisted"


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:web:badges.example:..",
        "did:web:badges.example:.",
        "did:web:badges.example/x",
        "did:web:badges.example%2Fx",
        "did:web:badges.example:a%2Fb",
        "did:web:user@badges.example",
        "did:web:badges.example?x",
        "did:web:127.0.0.1",
        "did:web:badges.example%3A8443",
        "did:webvh:x:badges.example",
        "did:web:" + "a" * 2000,
        "http://badges.example/issuer",
        "urn:uuid:1",
    ],
)
def test_other_identifiers_make_nobody_ask(did: str) -> None:
    host = DID.host()
    try:
        found = read(DID.token(badge(did), kid=f"{did}#x", iss=did), host)
    except Exception as fault:  # noqa: BLE001 - the one thing that may be raised is named
        assert getattr(fault, "values", {}).get("reason") == "issuer"
    else:
        assert not found.verified
        assert found.reason in {"issuer-unknown", "elsewhere-not-allowed", "claims-differ"}
    assert host.looked_up == []


LISTS: dict[str, tuple[str, dict[str, Any]]] = {
    "by another issuer": ("issuer-list-of-another", {"issuer": "did:web:other.example"}),
    "of another name": ("issuer-list-of-another", {"id": f"{LIST}0"}),
    "no list": ("status-unreadable", {"type": ["VerifiableCredential"]}),
    "of another purpose": ("status-purpose", {"subject": {"statusPurpose": "suspension"}}),
    "of another kind": ("status-purpose", {"subject": {"type": "StatusList2021"}}),
    "that has ended": ("issuer-list-ended", {"validUntil": written(-1)}),
    "that ends at no time": ("status-unreadable", {"validUntil": "soon"}),
    "that ends in no zone": ("status-unreadable", {"validUntil": "2027-01-01T00:00:00"}),
    "without bits": ("status-unreadable", {"subject": {"encodedList": 1}}),
    "not packed": ("status-unreadable", {"subject": {"encodedList": "uAAAA"}}),
    "too short": (
        "status-length",
        {"subject": {"encodedList": "u" + to_base64url(gzip.compress(bytes(100)))}},
    ),
    "a bomb": (
        "status-length",
        {"subject": {"encodedList": "u" + to_base64url(gzip.compress(bytes(10_000_000)))}},
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_not_this_issuers_own_and_in_its_time_says_nothing(name: str) -> None:
    code, changes = LISTS[name]
    content = DID.status_list(INDEX, **deepcopy(changes))

    assert found_by(DID.token(content)) == code


UNSIGNED = {
    "nothing": "",
    "half of JSON": "{",
    "empty JSON": "{}",
    "no token": "a.b.c",
    "no letters of a token": "ก.ข.ค",
    "no proof": json.dumps(DID.status_list(INDEX)),
    "a token by another key": WebIssuer().token(DID.status_list(INDEX)),
    "a proof by another key": WebIssuer().proved(DID.status_list(INDEX)),
    "a wrong signature": DID.token(DID.status_list(INDEX))[:-4] + "AAAA",
    "no signature": DID.token(DID.status_list(INDEX), alg="none"),
    "a key of another": DID.token(DID.status_list(INDEX), kid="did:web:other.example#tokens"),
}


@pytest.mark.parametrize("name", UNSIGNED)
def test_a_list_that_its_issuer_did_not_sign_says_nothing(name: str) -> None:
    assert found_by(UNSIGNED[name]) in {
        "status-unreadable",
        "issuer-list-of-another",
        "issuer-key-unlisted",
        "proof-missing",
    }


def test_a_list_by_another_issuer_says_nothing_even_if_that_one_signed_it() -> None:
    other = P256Issuer()
    content = DID.status_list(INDEX, issuer=other.did)
    assert found_by(signed_badge(other, content)) == "issuer-list-of-another"


def test_the_end_of_a_token_is_the_end_of_its_list() -> None:
    ended = int((CHECKED - timedelta(hours=1)).timestamp())
    assert found_by(DID.token(DID.status_list(exp=ended))) == "issuer-list-ended"


def test_a_list_of_today_tells_of_an_earlier_day_only_what_cannot_change() -> None:
    day = CHECKED - timedelta(days=2)
    assert found_by(DID.token(DID.status_list()), at=day) == IN_FORCE
    assert found_by(DID.token(DID.status_list(INDEX)), at=day) == "issuer-list-later"
    text = DID.token(DID.credential(credentialStatus=status("suspension")))
    content = DID.status_list(subject={"statusPurpose": "suspension"})
    assert found_by(DID.token(content), text, at=day) == "issuer-list-later"


@pytest.mark.parametrize(
    "entry",
    [
        {"type": "StatusList2021Entry"},
        {"type": "1EdTechRevocationList"},
        {"statusPurpose": "x"},
        {"statusPurpose": None},
        {"statusListIndex": "-1"},
        {"statusListIndex": "٧"},
        {"statusListIndex": "1" * 10},
        {"statusListCredential": 1},
        {"statusSize": 2},
    ],
    ids=str,
)
def test_a_status_of_another_kind_is_not_guessed_at(entry: dict[str, Any]) -> None:
    text = DID.token(DID.credential(credentialStatus=status() | entry))
    assert found_by(DID.token(DID.status_list()), text) == "status-kind"
    for several in (["x"], [status()] * 5, "x"):
        text = DID.token(DID.credential(credentialStatus=several))
        assert found_by(DID.token(DID.status_list()), text) == "status-kind"


def test_an_index_beyond_the_list_and_an_address_beyond_reason_say_nothing() -> None:
    text = DID.token(DID.credential(credentialStatus=status(statusListIndex="131072")))
    assert found_by(DID.token(DID.status_list()), text) == "status-index-range"
    far = status(statusListCredential=f"https://{HOST}/{'a' * 3000}")
    text = DID.token(DID.credential(credentialStatus=far))
    assert found_by(DID.token(DID.status_list()), text) == "elsewhere-not-allowed"
    assert report(text, DID.host()).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "address",
    [
        "http://badges.example/status/1",
        "https://inside.example/status/1",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/hostname",
        "ftp://badges.example/",
        "//badges.example/status/1",
    ],
)
def test_a_credential_cannot_make_anybody_ask_another_host(address: str) -> None:
    host = DID.host()
    text = DID.token(DID.credential(credentialStatus=status(statusListCredential=address)))

    assert read(text, host).standing == "elsewhere-not-allowed"
    assert set(host.looked_up) == {HOST}


def test_a_list_of_a_wrong_type_or_size_is_not_read() -> None:
    for page, code in (
        (answer(b"{}", kind="text/html"), "elsewhere-answer"),
        (answer(bytes(1_000_001), kind="application/vc"), "elsewhere-too-large"),
    ):
        host = DID.host()
        host.pages[LIST_PATH] = page
        assert read(DID.token(DID.credential()), host).standing == code


def test_a_check_that_finds_no_turn_says_so() -> None:
    taken = BoundedSemaphore(1)
    taken.acquire()
    found = read(DID.token(DID.credential()), DID.host(), turns=taken, seconds=0.2)

    assert (found.verified, found.reason) == (False, "elsewhere-busy")


def test_several_checks_of_one_request_share_the_time_of_one() -> None:
    text = DID.token(DID.credential()).encode()
    check = partial(read_foreign, text, trust=trust(), at=CHECKED)
    used_up = asking(DID.host(), seconds=0).together()

    assert used_up.answering(check).reason == "elsewhere-slow"
    assert replace(used_up, seconds=20).answering(check).reason == "elsewhere-slow"
    shared = asking(DID.host()).together()
    assert [shared.answering(check).verified for _ in range(3)] == [True] * 3


def test_what_a_credential_can_wish_for_has_an_end() -> None:
    host = DID.host()
    entries = [status(statusListCredential=f"{LIST}{number}") for number in range(4)]
    read(DID.token(DID.credential(credentialStatus=entries)), host)

    assert len(host.requests) == 5


def test_dates_are_looked_at_with_and_without_a_list() -> None:
    early = DID.token(DID.credential(validFrom=written(5)))
    ended = DID.token(DID.credential(validUntil=written(-5)))

    assert read(early, DID.host()).reason == "not-yet-valid"
    assert read(ended, DID.host()).reason == "expired"
    assert report(early, DID.host()).verdict is Verdict.UNKNOWN
    assert report(ended, DID.host()).verdict is Verdict.CHANGED
    assert report(ended, DID.host(), allowed="").verdict is Verdict.UNKNOWN


def test_a_proof_by_a_key_that_is_not_for_proofs_could_not_be_checked() -> None:
    document = json.loads(DID.proved(badge(DID.id)))
    document["proof"]["verificationMethod"] = DID.token_method
    assert read(json.dumps(document), DID.host()).reason == "proof-suite"
    assert Signer().public_bytes != DID.linked.public_bytes
