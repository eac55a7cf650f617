"""One record, several official forms: what all of them can say, they say alike."""

from typing import Any

import pytest
from hypothesis import given, settings

from certificates.credential.learning_model import UNSEALED, to_learning_model
from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import CertificateKind, Statement
from certificates.credential.wallet_claims import wallet_claims
from certificates.errors import CannotSay
from tests.certificates.statements import COURSE_LETTER, UNIT_LETTER, statements
from tests.certificates.wallet import Wallet
from tests.certificates.workshop import CHECKED, token

WALLET = Wallet()


def in_badge(said: dict[str, Any]) -> dict[str, object]:
    subject = said["credentialSubject"]
    achievement = subject["achievement"]
    return {
        "title": achievement["name"],
        "code": achievement["humanCode"],
        "name": subject["identifier"][0]["identityHash"],
        "school": subject["source"]["name"],
        "authority": said["issuer"]["name"],
        "serial": subject["licenseNumber"],
        "passed": subject["activityEndDate"][:10],
        "issuer": said["issuer"]["id"],
    }


def in_elm(said: dict[str, Any]) -> dict[str, object]:
    claim = said["credentialSubject"]["hasClaim"][0]
    proof = claim["provenBy"][0]["awardedBy"]
    return {
        "title": claim["title"]["th"][0],
        "code": claim["specifiedBy"]["qualificationCode"][0]["notation"],
        "name": said["credentialSubject"]["fullName"]["th"][0],
        "school": proof["awardingBody"][0]["legalName"]["th"][0],
        "authority": said["issuer"]["legalName"]["th"][0],
        "serial": claim["identifier"][0]["notation"],
        "passed": proof["awardingDate"][:10],
        "issuer": said["issuer"]["id"],
    }


def in_wallet(statement: Statement) -> dict[str, object]:
    claims = wallet_claims(statement, WALLET.jwk, at=CHECKED)
    said = claims.shown | claims.hidden
    return {
        "title": said["achievement_title"],
        "code": said["unit_code"],
        "name": said["name"],
        "school": said["school"],
        "authority": said["issuing_authority"],
        "serial": said["certificate_number"],
        "passed": said["date_of_achievement"],
        "issuer": said["iss"],
    }


@settings(max_examples=25, deadline=None)
@given(statements())
def test_open_badge_learning_model_and_wallet_say_the_same(statement: Statement) -> None:
    if statement.kind is not CertificateKind.UNIT:
        return
    badge = in_badge(to_open_badge(statement))
    assert badge == in_elm(to_learning_model(statement, "a.b.c")) == in_wallet(statement)


def test_the_learning_model_says_plainly_that_it_bears_no_seal_and_carries_our_proof() -> None:
    signed = token()
    said = to_learning_model(UNIT_LETTER, signed)
    (evidence,) = said["evidence"]
    assert evidence["evidenceStatement"] == UNSEALED
    assert evidence["embeddedEvidence"][0]["content"] == signed
    assert "proof" not in said
    assert said["credentialSubject"]["hasClaim"][0]["specifiedBy"]["isPartialQualification"] is True


def test_only_a_unit_letter_is_said_in_the_learning_model() -> None:
    with pytest.raises(CannotSay):
        to_learning_model(COURSE_LETTER, "a.b.c")
