"""Trip: a visitor asks a wallet to show one unit (OpenID for Verifiable Presentations 1.0).

Two secrets keep two people apart: one names the request and is shown to any wallet as a QR, the
other opens the result and stays in the browser of whoever asked.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.report import Verdict
from certificates.sealing.holder_proof import Challenge
from certificates.sealing.trust_list import TrustList
from certificates.verifying.presentation import Presented, verify_presentation
from competency_bank.domain.errors import BadInput
from competency_bank.storage import wallet_rows
from competency_bank.storage.database import Transaction

REQUEST_LIVES = timedelta(minutes=15)
SECRET_BYTES = 32
QUERY_ID = "unit"
ASKED_CLAIMS = ("achievement_title", "unit_code", "standard_owner")
NAME_CLAIM = "name"
HIDDEN_FROM_PAGE = frozenset({"cnf", "status", "vct", "vct#integrity", "iss", "iat", "nbf", "exp"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a wallet, on its way to be shown as a QR."""

    page: str
    """Secret of the result."""
    request: str
    """Name of the request, the OAuth ``state``."""
    nonce: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a wallet showed, and what checking it found."""

    verdict: Verdict
    code: str
    """``proved``, or why not."""
    claims: dict[str, Any]
    """What was shown; empty unless issuer and holder are proved."""
    mandate_checked: bool


def ask(transaction: Transaction) -> Question:
    """Begin a request and return what it is made of."""
    made = Question(*(secrets.token_urlsafe(SECRET_BYTES) for _ in range(3)))
    until = transaction.now + REQUEST_LIVES
    wallet_rows.add_request(transaction, made.page, made.request, nonce=made.nonce, until=until)
    return made


def query(vct: str, *, with_name: bool) -> dict[str, Any]:
    """Return the DCQL query: one unit letter, and no more of it than is needed."""
    names = (*ASKED_CLAIMS, NAME_CLAIM) if with_name else ASKED_CLAIMS
    return {
        "credentials": [
            {
                "id": QUERY_ID,
                "format": "dc+sd-jwt",
                "meta": {"vct_values": [vct]},
                "claims": [{"path": [name]} for name in names],
            }
        ]
    }


def answer(
    transaction: Transaction, request: str, shown: object, *, audience: str, trust: TrustList
) -> None:
    """Check what a wallet shows, once, and keep the outcome for whoever asked.

    ``shown`` is the ``vp_token``. Raises NotFound("unknown-wallet-request") when the request
    ended or was answered, BadInput("wallet-request") for a token of another shape.
    """
    asked = wallet_rows.request_to_answer(transaction, request)
    match shown:
        case {"unit": [str() as presentation], **others} if not others:
            pass
        case _:
            raise BadInput("wallet-request")
    challenge = Challenge(audience, asked.nonce)
    found = _outcome(transaction, presentation, challenge, trust)
    wallet_rows.answer_request(transaction, request, _written(found))


def outcome_of(transaction: Transaction, page: str) -> Outcome | None:
    """Return what was shown; None while nobody has answered.

    Raises NotFound("unknown-wallet-request").
    """
    written = wallet_rows.request_by_page(transaction, page).outcome
    if written is None:
        return None
    said = json.loads(written)
    return Outcome(Verdict(said["verdict"]), said["code"], said["claims"], said["mandate"])


def _outcome(
    transaction: Transaction, presentation: str, challenge: Challenge, trust: TrustList
) -> Outcome:
    try:
        found = verify_presentation(
            presentation, trust=trust, at=transaction.now, challenge=challenge
        )
    except Refused as stop:
        return _stopped(Verdict.FORGED, stop.code)
    except NoLongerValid as stop:
        return _stopped(Verdict.CHANGED, stop.code)
    except NotChecked as stop:
        return _stopped(Verdict.UNKNOWN, stop.code)
    return Outcome(Verdict.VALID, "proved", _readable(found), found.mandate_checked)


def _stopped(verdict: Verdict, code: str) -> Outcome:
    return Outcome(verdict, code, {}, mandate_checked=False)


def _readable(found: Presented) -> dict[str, Any]:
    return {
        name: value
        for name, value in found.claims.items()
        if name not in HIDDEN_FROM_PAGE and isinstance(value, str | bool)
    }


def _written(found: Outcome) -> str:
    said = {
        "verdict": found.verdict.value,
        "code": found.code,
        "claims": found.claims,
        "mandate": found.mandate_checked,
    }
    return json.dumps(said, ensure_ascii=False)
