"""A unit letter in a wallet: what its holder shows is proved, and nobody else can show it."""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openvc import OpenvcError
from openvc.proof.sd_jwt import SdJwtVcProofSuite

from certificates.credential.wallet_claims import (
    ALWAYS_SHOWN,
    LABELS,
    integrity_of,
    type_metadata,
    wallet_claims,
)
from certificates.errors import CannotSay, NoLongerValid, NotChecked, Refused
from certificates.report import Verdict, examine
from certificates.sealing.holder_proof import Challenge, read_key_proof
from certificates.sealing.p256 import thumbprint
from certificates.sealing.sd_jwt import issue_sd_jwt, show_only, take_apart_sd_jwt
from certificates.sealing.status_list import StatusList
from certificates.sealing.token_status import sign_token_status
from certificates.verifying.journal import Step
from certificates.verifying.presentation import TYPE, Presented, verify_presentation
from tests.certificates.statements import COURSE_LETTER, UNIT_LETTER
from tests.certificates.wallet import Wallet, plain, wallet_letter
from tests.certificates.workshop import CHECKED, STATUS_URI, STRANGER, office, ring, trust

WALLET = Wallet()
LETTER = wallet_letter(WALLET)
ASKED = Challenge("https://employer.example", "n-0S6_WzA2Mj")


def check(text: str, *, challenge: Challenge | None = ASKED, **changes: object) -> Presented:
    listed = replace(office(), **changes).trust() if changes else trust()  # type: ignore[arg-type]  # fields by name
    return verify_presentation(text, trust=listed, at=CHECKED, challenge=challenge)


def shown(*names: str, text: str = LETTER) -> str:
    return WALLET.show(show_only(text, names), ASKED, CHECKED)


def refused(call: Callable[[], object]) -> str:
    with pytest.raises((Refused, NotChecked, NoLongerValid)) as stop:
        call()
    return f"{type(stop.value).__name__}: {stop.value.code}"


def test_a_holder_shows_the_unit_without_the_name() -> None:
    found = check(shown("unit_code", "standard_owner", "achievement_title"))

    assert found.claims["unit_code"] == "THR-HOH-1-194ZB"
    assert found.mandate_checked
    assert found.holder_checked
    assert "name" not in found.claims
    assert UNIT_LETTER.holder.name not in str(found.claims)


def test_issuer_country_and_date_cannot_be_kept_back() -> None:
    claims = check(shown()).claims

    assert claims["issuing_authority"] == UNIT_LETTER.issuer.name_th
    assert claims["issuing_country"] == "TH"
    assert claims["date_of_issuance"] == "2026-05-04"
    assert claims["demonstration"] is True
    assert not set(wallet_claims(UNIT_LETTER, WALLET.jwk, at=CHECKED).hidden) & ALWAYS_SHOWN


def test_the_day_of_issue_is_that_of_bangkok() -> None:
    late = replace(UNIT_LETTER, issued_at=datetime(2026, 5, 4, 18, 0, tzinfo=UTC))
    assert wallet_claims(late, WALLET.jwk, at=CHECKED).shown["date_of_issuance"] == "2026-05-05"


def test_nothing_is_said_of_a_mandate_for_a_unit_that_is_kept_back() -> None:
    assert not check(shown("achievement_title"), owners=("DSD",)).mandate_checked
    whole = shown("unit_code", "standard_owner")
    assert refused(lambda: check(whole, owners=("DSD",))) == "Refused: mandate"


LIES: dict[str, dict[str, Any]] = {
    "for somebody else": {"aud": "https://other.example"},
    "an audience that is a list": {"aud": [ASKED.audience]},
    "an old nonce": {"nonce": "another"},
    "over other disclosures": {"sd_hash": take_apart_sd_jwt(LETTER, typ=TYPE).digest},
    "made last week": {"iat": int((CHECKED - timedelta(days=7)).timestamp())},
    "made tomorrow": {"iat": int((CHECKED + timedelta(days=1)).timestamp())},
    "made at no time": {"iat": "now"},
    "made beyond time": {"iat": 10**15},
    "of another type": {"typ": "JWT"},
}


@pytest.mark.parametrize("lie", LIES)
def test_an_answer_to_another_question_proves_nothing(lie: str) -> None:
    text = WALLET.show(show_only(LETTER, ["name"]), ASKED, CHECKED, **LIES[lie])
    assert refused(lambda: check(text)).startswith("Refused: ")


def test_a_copied_letter_is_worth_nothing_to_a_thief() -> None:
    bare = show_only(LETTER, ["name"])
    assert refused(lambda: check(bare)) == "Refused: holder-proof"
    assert refused(lambda: check(Wallet().show(bare, ASKED, CHECKED))) == "Refused: signature-wrong"
    seen = shown("name")
    other = Challenge(ASKED.audience, "next")
    assert refused(lambda: check(seen, challenge=other)) == "Refused: holder-proof"
    more = seen.replace("~", "~" + LETTER.split("~")[3] + "~", 1)
    assert refused(lambda: check(more)).startswith("Refused: ")


def test_what_has_been_revoked_or_has_expired_is_said() -> None:
    gone = (UNIT_LETTER.status.index,)
    assert refused(lambda: check(shown(), revoked=gone)) == "NoLongerValid: revoked"
    assert refused(lambda: check(shown(), listed_at=CHECKED - timedelta(days=2))) == (
        "NotChecked: status-stale"
    )
    ended = wallet_letter(WALLET, replace(UNIT_LETTER, valid_until=CHECKED - timedelta(hours=1)))
    assert refused(lambda: check(shown(text=ended))) == "NoLongerValid: expired"
    early = wallet_letter(WALLET, replace(UNIT_LETTER, issued_at=CHECKED + timedelta(hours=1)))
    assert refused(lambda: check(shown(text=early))) == "NotChecked: not-yet-valid"


def test_strangers_are_unknown_and_impostors_refused() -> None:
    theirs = ring("stranger", STRANGER)
    of_stranger = wallet_letter(WALLET, replace(UNIT_LETTER, issuer=STRANGER), theirs)
    assert refused(lambda: check(shown(text=of_stranger))) == "NotChecked: issuer-unknown"
    impostor = wallet_letter(WALLET, keys=theirs)
    assert refused(lambda: check(shown(text=impostor))) == "Refused: issuer-forged"
    before = replace(UNIT_LETTER, issued_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert refused(lambda: check(shown(text=wallet_letter(WALLET, before)))) == (
        "Refused: token-window"
    )


def reissued(shown_changes: dict[str, Any], hidden_changes: dict[str, Any]) -> str:
    """Return a letter that our key signs, though we never issue such a one."""
    claims = wallet_claims(UNIT_LETTER, WALLET.jwk, at=CHECKED)
    always = {k: v for k, v in (claims.shown | shown_changes).items() if v is not None}
    return issue_sd_jwt(
        {k: v for k, v in always.items() if k not in hidden_changes},
        claims.hidden | hidden_changes,
        {"typ": TYPE, "kid": ring().credential.kid},
        sign=ring().credential.sign,
        salt=lambda: token_bytes(16),
    )


@pytest.mark.parametrize(
    ("always", "hidden", "expected"),
    [
        ({"vct": "https://elsewhere.example/diploma"}, {}, "NotChecked: credential-form"),
        ({"status": None}, {}, "NotChecked: status-missing"),
        (
            {"status": {"status_list": {"idx": 1, "uri": "https://x/token-status/1"}}},
            {},
            "NotChecked: status-missing",
        ),
        ({"cnf": {"jwk": {"kty": "oct", "k": "AA"}}}, {}, "Refused: holder-key"),
        ({"cnf": "me"}, {}, "Refused: holder-key"),
        ({}, {"vct": "x"}, "Refused: disclosure"),
        ({}, {"issuing_country": "TH"}, "Refused: disclosure"),
        ({}, {"demonstration": True}, "Refused: disclosure"),
        ({"iat": None}, {}, "Refused: credential-malformed"),
        ({"iat": -1}, {}, "Refused: credential-malformed"),
        ({"exp": True}, {}, "Refused: credential-malformed"),
    ],
)
def test_a_letter_of_another_form_is_not_taken_for_ours(
    always: dict[str, Any], hidden: dict[str, Any], expected: str
) -> None:
    text = reissued(always, hidden)
    assert refused(lambda: check(shown(*LABELS, *hidden, text=text))) == expected


def test_a_private_key_in_a_proof_is_refused_and_extras_are_not_used() -> None:
    for extra, good in (
        ({"use": "sig", "kid": "1"}, True),
        ({"d": "AA"}, False),
        ({"x": 1}, False),
    ):
        text = WALLET.prove("https://bank", "n", CHECKED, jwk={**WALLET.jwk, **extra})
        if good:
            assert read_key_proof(text, audience="https://bank", at=CHECKED).jwk == WALLET.jwk
        else:
            with pytest.raises(Refused):
                read_key_proof(text, audience="https://bank", at=CHECKED)


@pytest.mark.parametrize(
    "lie",
    [{"aud": "x"}, {"iat": 1}, {"nonce": 1}, {"typ": "JWT"}, {"jwk": Wallet().jwk}, {"jwk": 1}],
)
def test_a_false_proof_of_a_key_is_refused(lie: dict[str, Any]) -> None:
    lie = dict(lie)
    with pytest.raises(Refused):
        read_key_proof(
            WALLET.prove("https://bank", lie.pop("nonce", "n"), CHECKED, **lie),
            audience="https://bank",
            at=CHECKED,
        )


def test_only_a_unit_letter_becomes_a_wallet_credential() -> None:
    with pytest.raises(CannotSay):
        wallet_claims(COURSE_LETTER, WALLET.jwk, at=CHECKED)
    with pytest.raises(CannotSay):
        wallet_claims(replace(UNIT_LETTER, serial="1103700012345"), WALLET.jwk, at=CHECKED)


def test_every_claim_is_described_in_both_languages_and_the_digest_pins_it() -> None:

    claims = wallet_claims(UNIT_LETTER, WALLET.jwk, at=CHECKED)
    document = json.loads(type_metadata(UNIT_LETTER.issuer.id))
    described = {one["path"][0]: one for one in document["claims"]}
    assert set(claims.hidden) <= set(described)
    assert {one["sd"] for name, one in described.items() if name in claims.hidden} == {"always"}
    assert {one["sd"] for name, one in described.items() if name in claims.shown} == {"never"}
    assert all(len(one["display"]) == 2 for one in described.values())
    found = hashlib.sha256(type_metadata(UNIT_LETTER.issuer.id)).digest()
    assert claims.shown["vct#integrity"] == "sha256-" + base64.b64encode(found).decode()
    assert integrity_of(UNIT_LETTER.issuer.id) == claims.shown["vct#integrity"]
    assert plain(claims.shown) == claims.shown


def test_the_token_status_list_says_what_the_bitstring_list_says() -> None:

    gone = {0, 1, 9, 94567, 131071}
    content = StatusList.revoked(gone, uri=STATUS_URI, issuer=UNIT_LETTER.issuer.id)
    token = sign_token_status(content, ring().status, at=CHECKED)
    head, body, _ = (base64.urlsafe_b64decode(part + "==") for part in token.split("."))
    said = json.loads(body)
    assert json.loads(head)["typ"] == "statuslist+jwt"
    assert said["sub"] == "https://bank.example/token-status/1"
    packed = base64.urlsafe_b64decode(said["status_list"]["lst"] + "==")
    bits = zlib.decompress(packed)
    # Token Status List section 4.1: the first entry is the least significant bit.
    assert {i for i in range(len(bits) * 8) if bits[i // 8] >> i % 8 & 1} == gone


def test_the_key_in_the_letter_is_the_wallets() -> None:
    claims = check(LETTER, challenge=None).claims
    confirmation = claims["cnf"]
    assert isinstance(confirmation, dict)
    assert thumbprint(confirmation["jwk"]) == thumbprint(WALLET.jwk)
    assert not check(LETTER, challenge=None).holder_checked


def test_an_independent_verifier_accepts_what_is_shown_and_refuses_what_is_not_so() -> None:
    """openvc-core, whose strictness on disclosures is like ours."""
    suite = SdJwtVcProofSuite()
    asked: dict[str, Any] = {
        "public_key_jwk": ring().credential.jwk,
        "audience": ASKED.audience,
        "nonce": ASKED.nonce,
        "require_key_binding": True,
        "now": CHECKED,
        "check_temporal": False,
    }
    text = shown("name", "unit_code")
    found = suite.verify(text, **asked)
    assert found.key_bound
    assert found.claims["unit_code"] == check(text).claims["unit_code"]
    more = text.replace("~", "~" + LETTER.split("~")[3] + "~", 1)
    for wrong in (shown(text=wallet_letter(WALLET, keys=ring("other"))), more, text[:-4] + "AAAA"):
        with pytest.raises(OpenvcError):
            suite.verify(wrong, **asked)


def test_a_credential_from_a_wallet_is_checked_as_a_file_too() -> None:
    found = examine(LETTER.encode() + b"\n", name="letter.jwt", trust=trust(), at=CHECKED)
    assert found.verdict is Verdict.VALID
    codes = {done.step: done.code for done in found.steps}
    assert codes[Step.AGREEMENT] == "holder-not-asked"
    assert codes[Step.MANDATE] == "proved"
    hidden = examine(show_only(LETTER, []).encode(), name="x", trust=trust(), at=CHECKED)
    assert {done.step: done.code for done in hidden.steps}[Step.MANDATE] == "undisclosed"
    changed = examine(LETTER.replace(".", ".A", 1).encode(), name="x", trust=trust(), at=CHECKED)
    assert changed.verdict is Verdict.FORGED
    theirs = wallet_letter(
        WALLET, replace(UNIT_LETTER, issuer=STRANGER), ring("stranger", STRANGER)
    )
    strange = examine(theirs.encode(), name="x", trust=trust(), at=CHECKED)
    assert strange.verdict is Verdict.UNKNOWN
    assert examine(LETTER.encode(), name="x", trust=None, at=CHECKED).verdict is Verdict.UNKNOWN


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(LETTER) - 1), sign=st.sampled_from("A9-_~.=é\n"))
def test_one_letter_changed_anywhere_is_refused(place: int, sign: str) -> None:
    """Cutting disclosures away is the holder's right; everything else shows."""
    altered = LETTER[:place] + sign + LETTER[place + 1 :]
    if altered == LETTER:
        return
    with pytest.raises((Refused, NotChecked)):
        verify_presentation(altered, trust=trust(), at=CHECKED)


def test_an_old_letter_is_signed_for_a_wallet_by_the_key_of_today() -> None:
    """The mandate counts on the day of the letter, the key on the day of the signature."""
    later = CHECKED - timedelta(minutes=10)
    text = shown("unit_code", "standard_owner", text=wallet_letter(WALLET, at=later))
    found = check(text)
    assert found.claims["date_of_issuance"] == "2026-05-04"
    assert found.mandate_checked
    old = replace(UNIT_LETTER, issued_at=datetime(2026, 1, 1, tzinfo=UTC))
    without = wallet_letter(WALLET, old, at=later)
    assert check(shown(text=without)).claims["date_of_issuance"] == "2026-01-01"
    named = shown("unit_code", "standard_owner", text=without)
    assert refused(lambda: check(named)) == "Refused: mandate"
