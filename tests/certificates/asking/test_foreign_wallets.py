"""Letters of other issuers as wallets show them: proved by what their issuer publishes."""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from secrets import token_bytes
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from certificates.asking.other_issuers import OtherIssuers
from certificates.bounded_checks import examine_outside
from certificates.report import Report, Verdict
from certificates.sealing.holder_proof import Challenge
from certificates.sealing.p256 import ALGORITHM, jwk_of, raw_of_der
from certificates.sealing.sd_jwt import issue_sd_jwt, show_only
from certificates.sealing.strict_json import to_base64url
from certificates.sealing.typed_token import sign_typed
from certificates.verifying.journal import Step
from tests.certificates.foreign_badges import P256Issuer
from tests.certificates.tls_host import TlsHost, answer
from tests.certificates.wallet import Wallet
from tests.certificates.web_issuer import HOST, WebIssuer
from tests.certificates.workshop import CHECKED, trust

WALLET = Wallet()
NOW = int(CHECKED.timestamp())
LIST = f"https://{HOST}/tokens/1"
METADATA = "/.well-known/jwt-vc-issuer/issuer"
INDEX = 5


@dataclass(frozen=True)
class Office:
    """An issuer of letters for wallets, on a host of its own."""

    id: str = f"https://{HOST}/issuer"
    kid: str = "k1"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def sign(self, data: bytes) -> bytes:
        return raw_of_der(self.key.sign(data, ALGORITHM))

    def letter(self, **changes: Any) -> str:  # noqa: ANN401 - claims by name
        header = {"typ": "dc+sd-jwt", "kid": self.kid} | changes.pop("header", {})
        shown = {
            "iss": self.id,
            "vct": "https://other.example/vct",
            "iat": NOW - 3600,
            "cnf": {"jwk": WALLET.jwk},
            "status": {"status_list": {"idx": INDEX, "uri": LIST}},
        } | changes
        plain = {name: value for name, value in shown.items() if value is not None}
        return issue_sd_jwt(
            plain, {"name": "สมมติ"}, header, sign=self.sign, salt=lambda: token_bytes(16)
        )

    def listed(self, value: int = 0, bits: int = 2, **changes: object) -> str:
        """Return a list of statuses in which the letter has this one."""
        values = bytearray(64)
        place, rest = divmod(INDEX * bits, 8)
        values[place] |= value << rest
        payload: dict[str, object] = {
            "sub": LIST,
            "iat": NOW - 60,
            "exp": NOW + 60,
            "status_list": {"bits": bits, "lst": to_base64url(zlib.compress(bytes(values)))},
        } | changes
        header = {"typ": payload.pop("typ", "statuslist+jwt"), "kid": self.kid}
        return sign_typed(payload, header, self.sign)

    def host(self, listed: str | None = None) -> TlsHost:
        jwk = {**jwk_of(self.key.public_key()), "kid": self.kid}
        found = TlsHost(HOST)
        metadata = {"issuer": self.id, "jwks": {"keys": [jwk]}}
        found.pages[METADATA] = answer(json.dumps(metadata).encode())
        content = (self.listed() if listed is None else listed).encode()
        found.pages["/tokens/1"] = answer(content, kind="application/statuslist+jwt")
        return found


OFFICE = Office()


def report(text: str, host: TlsHost, allowed: str = HOST) -> Report:
    check = partial(examine_outside, text.encode(), name="x", trust=trust(), at=CHECKED)
    others = OtherIssuers(frozenset({allowed} - {""}), host.network(), seconds=20)
    return others.answering(check)


def said(text: str, host: TlsHost, **changes: str) -> tuple[Verdict, str, str]:
    found = report(text, host, **changes)
    assert found.credential is None
    codes = {step.step: step.code for step in found.steps}
    return found.verdict, codes[Step.CREDENTIAL], codes[Step.STATUS]


def test_a_letter_is_proved_by_the_metadata_of_its_issuer_and_never_valid() -> None:
    host = OFFICE.host()
    assert said(OFFICE.letter(), host) == (Verdict.UNKNOWN, "proved", "proved")
    steps = {step.step: step.code for step in report(OFFICE.letter(), host).steps}
    assert steps[Step.MANDATE] == "issuer-elsewhere"
    assert steps[Step.AGREEMENT] == "holder-not-asked"


def test_keys_may_stand_at_another_address_of_an_allowed_host() -> None:
    host = OFFICE.host()
    jwk = {**jwk_of(OFFICE.key.public_key()), "kid": OFFICE.kid}
    host.pages["/jwks"] = answer(json.dumps({"keys": [jwk]}).encode())
    for address, code in (
        (f"https://{HOST}/jwks", "proved"),
        ("https://inside.example/jwks", "elsewhere-not-allowed"),
    ):
        metadata = {"issuer": OFFICE.id, "jwks_uri": address}
        host.pages[METADATA] = answer(json.dumps(metadata).encode())
        assert said(OFFICE.letter(), host)[1] == code


def test_an_issuer_may_be_named_by_did() -> None:
    named = WebIssuer()
    office = Office(named.id, named.token_method, named.tokens)
    host = named.host()
    host.pages["/tokens/1"] = answer(office.listed().encode(), kind="application/statuslist+jwt")
    assert said(office.letter(), host) == (Verdict.UNKNOWN, "proved", "proved")
    own = P256Issuer("jwk")
    office = Office(own.did, f"{own.did}#0", own.key)
    assert said(office.letter(status=None), TlsHost(HOST)) == (
        Verdict.UNKNOWN,
        "proved",
        "status-none",
    )


@pytest.mark.parametrize(
    "issuer",
    ["https://[", "https://", "https://a@badges.example", "https://badges.example\\x", "http://x"],
)
def test_an_issuer_whose_address_is_none_makes_nobody_ask(issuer: str) -> None:
    host = OFFICE.host()
    verdict, code, _ = said(Office(issuer).letter(), host)
    assert (verdict, host.looked_up) == (Verdict.UNKNOWN, [])
    assert code in {"elsewhere-not-allowed", "issuer-unknown"}


def test_nobody_is_asked_unless_it_is_allowed() -> None:
    host = OFFICE.host()
    assert said(OFFICE.letter(), host, allowed="") == (
        Verdict.UNKNOWN,
        "issuer-unknown",
        "not-reached",
    )
    assert host.looked_up == []


@pytest.mark.parametrize(("value", "code"), [(1, "revoked"), (2, "suspended")])
def test_what_its_issuer_has_ended_has_ended(value: int, code: str) -> None:
    for bits in (2, 4, 8):
        host = OFFICE.host(OFFICE.listed(value, bits))
        assert said(OFFICE.letter(), host) == (Verdict.CHANGED, "proved", code)


LISTS: dict[str, tuple[str, str]] = {
    "of another name": ("issuer-list-of-another", OFFICE.listed(1, sub=f"{LIST}0")),
    "by another issuer": ("issuer-list-of-another", OFFICE.listed(1, iss="https://other.example")),
    "by another key": ("status-unreadable", Office().listed(1)),
    "by an unknown key": ("issuer-key-unlisted", replace(OFFICE, kid="k2").listed(1)),
    "that has ended": ("issuer-list-ended", OFFICE.listed(1, exp=NOW - 1)),
    "of a later day": ("issuer-list-later", OFFICE.listed(1, iat=NOW + 3600)),
    "of a private meaning": ("status-kind", OFFICE.listed(3)),
    "of another type": ("status-unreadable", OFFICE.listed(1, typ="JWT")),
    "without values": ("status-unreadable", OFFICE.listed(1, status_list={"bits": 1})),
    "of three bits": ("status-unreadable", OFFICE.listed(1, status_list={"bits": 3, "lst": "AA"})),
    "not packed": ("status-unreadable", OFFICE.listed(1, status_list={"bits": 1, "lst": "AA"})),
    "a bomb": (
        "status-length",
        OFFICE.listed(
            status_list={"bits": 1, "lst": to_base64url(zlib.compress(bytes(10_000_000)))}
        ),
    ),
    "too short": (
        "status-index-range",
        OFFICE.listed(status_list={"bits": 8, "lst": to_base64url(zlib.compress(bytes(5)))}),
    ),
    "more behind it": (
        "status-unreadable",
        OFFICE.listed(
            status_list={"bits": 1, "lst": to_base64url(zlib.compress(bytes(64)) + b"\0")}
        ),
    ),
    "that ends at no time": ("credential-form", OFFICE.listed(1, exp="soon")),
    "nothing": ("status-unreadable", ""),
    "Thai letters": ("status-unreadable", "กขค"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_not_this_issuers_own_and_in_its_time_says_nothing(name: str) -> None:
    code, listed = LISTS[name]
    assert said(OFFICE.letter(), OFFICE.host(listed)) == (Verdict.UNKNOWN, "proved", code)


def forged(text: str) -> str:
    head, payload, mark = text.partition("~")[0].split(".")
    other = OFFICE.letter(vct="https://other.example/other").split(".")[1]
    assert other != payload
    return text.replace(f"{head}.{payload}.{mark}", f"{head}.{other}.{mark}")


FORGERIES: dict[str, Callable[[], str]] = {
    "another payload": lambda: forged(OFFICE.letter()),
    "another key": lambda: Office().letter(),
    "a disclosure of another": lambda: OFFICE.letter() + OFFICE.letter().split("~")[1] + "~",
    "an answer of another wallet": lambda: Wallet().show(
        show_only(OFFICE.letter(), ["name"]), Challenge("https://x.example", "n"), CHECKED
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_can_be_checked_and_does_not_hold_is_forged(name: str) -> None:
    assert report(FORGERIES[name](), OFFICE.host()).verdict is Verdict.FORGED


def test_the_answer_of_its_own_wallet_holds() -> None:
    text = WALLET.show(OFFICE.letter(), Challenge("https://x.example", "n"), CHECKED)
    steps = {step.step: step.code for step in report(text, OFFICE.host()).steps}
    assert steps[Step.AGREEMENT] == "proved"


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://other.example", "jwks": {"keys": []}},
        {"jwks": {"keys": []}},
        {"issuer": OFFICE.id},
        {"issuer": OFFICE.id, "jwks": {"keys": [{}]}},
        {"issuer": OFFICE.id, "jwks_uri": 1},
    ],
    ids=str,
)
def test_metadata_that_does_not_name_the_key_proves_nothing(document: dict[str, Any]) -> None:
    host = OFFICE.host()
    host.pages[METADATA] = answer(json.dumps(document).encode())
    assert said(OFFICE.letter(), host)[:2] == (Verdict.UNKNOWN, "issuer-document")


def test_a_key_of_another_name_or_kind_proves_nothing() -> None:
    letter = OFFICE.letter(header={"kid": "k2"})
    assert said(letter, OFFICE.host())[:2] == (Verdict.UNKNOWN, "issuer-key-unlisted")
    named = WebIssuer()
    office = Office(named.id, named.linked_method)
    assert said(office.letter(), named.host())[:2] == (Verdict.UNKNOWN, "proof-suite")


def test_a_letter_in_another_way_than_ours_is_not_called_forged() -> None:
    for header in ({"typ": "vc+sd-jwt"}, {"x5c": ["AA"]}):
        assert report(OFFICE.letter(header=header), OFFICE.host()).verdict is Verdict.UNKNOWN


def test_a_status_in_another_way_is_not_guessed_at() -> None:
    others: list[object] = ["x", {"status_list": {"idx": "5", "uri": LIST}}, {"other": {}}]
    for status in others:
        assert said(OFFICE.letter(status=status), OFFICE.host())[2] == "status-kind"


def test_dates_are_looked_at() -> None:
    hours = int(timedelta(hours=2).total_seconds())
    early = OFFICE.letter(nbf=NOW + hours)
    ended = OFFICE.letter(exp=NOW - 1)
    broken = OFFICE.letter(exp="soon")

    assert report(early, OFFICE.host()).verdict is Verdict.UNKNOWN
    assert report(ended, OFFICE.host()).verdict is Verdict.CHANGED
    assert report(broken, OFFICE.host()).verdict is Verdict.UNKNOWN
