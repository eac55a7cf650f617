"""Checking an SD-JWT VC: what its holder chose to show of a unit letter, and that it is theirs.

The same trust list and the same rules as for documents; nothing is fetched. What was not disclosed
is not judged, and ``Presented`` says so instead of guessing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from certificates.credential.status_names import bitstring_uri
from certificates.credential.wallet_claims import NEVER_HIDDEN, type_of
from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.sealing.holder_proof import (
    Challenge,
    require_key_binding,
    require_own_answer,
)
from certificates.sealing.sd_jwt import SdJwt, disclosed_claims, take_apart_sd_jwt
from certificates.sealing.status_history import require_standing
from certificates.sealing.status_list import CLOCK_TOLERANCE, read_status_list
from certificates.sealing.token import LAST_MOMENT
from certificates.sealing.trust_list import KeyPurpose, TrustedIssuer, TrustList
from certificates.verifying.bearer import TrustSource, history_of, require_trust
from certificates.verifying.journal import Journal, Step

TYPE: Final = "dc+sd-jwt"


@dataclass(frozen=True, slots=True)
class Presented:
    """What a completed check of a presentation proved."""

    claims: dict[str, object]
    """Everything that was shown, disclosures in their places."""
    issuer: TrustedIssuer
    mandate_checked: bool
    """False where the unit's code or the owner of the standard was kept back."""
    holder_checked: bool
    """True if the holder answered our challenge with the key the credential is bound to."""


def verify_presentation(
    text: str,
    *,
    trust: TrustSource,
    at: datetime,
    challenge: Challenge | None = None,
    journal: Journal | None = None,
) -> Presented:
    """Check an SD-JWT VC, and what holds true of it at ``at``.

    1. Form: a token of type ``dc+sd-jwt`` with well-formed disclosures.
    2. Issuer: its key is on the trust list, was in force at ``iat``, and signed this.
    3. Disclosures: each stands for exactly one digest; none brings a claim that is never hidden.
    4. Type: our type of unit letter.
    5. Holder: with ``challenge``, the key in ``cnf`` answered it over exactly these disclosures.
    6. Mandate: at the time of issue, where owner and code of the unit are disclosed.
    7. Status and dates at ``at``.

    Raises:
        Refused: not what a trusted issuer signed, or not shown by its holder.
        NoLongerValid: ``revoked`` or ``expired``.
        NotChecked: something needed is missing, too old or of an unknown type.

    """
    journal = Journal() if journal is None else journal
    with journal.step(Step.FORMAT):  # 1
        parsed = take_apart_sd_jwt(text, typ=TYPE)
    for step in (Step.COVERAGE, Step.SEAL, Step.SIGNER):
        journal.skip(step, "no-page")
    with journal.step(Step.CREDENTIAL):  # 2, 3, 4
        listed = require_trust(trust)
        issuer = _prove_issuer(parsed, listed)
        claims = _our_claims(parsed, issuer)
    _check_holder(parsed, claims, challenge, at=at, journal=journal)  # 5
    mandate_checked = _check_mandate(parsed, claims, issuer, journal=journal)  # 6
    journal.skip(Step.LOG, "log-proof-absent")
    _check_current(parsed, claims, (issuer, listed), at=at, journal=journal)  # 7
    return Presented(claims, issuer, mandate_checked, holder_checked=challenge is not None)


def _our_claims(parsed: SdJwt, issuer: TrustedIssuer) -> dict[str, object]:
    claims = disclosed_claims(parsed)
    if {each.name for each in parsed.disclosures} & NEVER_HIDDEN:
        raise Refused("disclosure", reason="a claim that is never hidden")
    if claims.get("vct") != type_of(issuer.id):
        raise NotChecked("credential-form", reason="vct")
    return claims


def _check_holder(
    parsed: SdJwt,
    claims: dict[str, object],
    challenge: Challenge | None,
    *,
    at: datetime,
    journal: Journal,
) -> None:
    if challenge is None and parsed.key_binding is None:
        journal.skip(Step.AGREEMENT, "holder-not-asked")
        return
    with journal.step(Step.AGREEMENT):
        if challenge is None:  # an answer to somebody else still has to be the holder's
            require_own_answer(parsed, _confirmation(claims))
        else:
            require_key_binding(parsed, _confirmation(claims), challenge, at)


def _prove_issuer(parsed: SdJwt, trust: TrustList) -> TrustedIssuer:
    named, kid = parsed.token.payload.get("iss"), parsed.token.header.get("kid")
    issuer = trust.issuer(named)
    key = trust.keys(KeyPurpose.CREDENTIAL).get(kid) if isinstance(kid, str) else None
    if issuer is None and key is None:
        raise NotChecked("issuer-unknown", issuer=named)
    if issuer is None or key is None or key.issuer != issuer.id:
        raise Refused("issuer-forged", issuer=named, kid=kid)
    parsed.token.prove(key.public)
    if not key.window.holds(_moment(parsed, "iat")):
        raise Refused("token-window", kid=key.kid)
    return issuer


def _moment(parsed: SdJwt, claim: str) -> datetime:
    seconds = parsed.token.integer(claim)
    if not 0 < seconds <= LAST_MOMENT:
        raise Refused("credential-malformed", member=claim)
    return datetime.fromtimestamp(seconds, UTC)


def _confirmation(claims: dict[str, object]) -> object:
    confirmation = claims.get("cnf")
    return confirmation.get("jwk") if isinstance(confirmation, dict) else None


def _check_mandate(
    parsed: SdJwt, claims: dict[str, object], issuer: TrustedIssuer, *, journal: Journal
) -> bool:
    owner, code = claims.get("standard_owner"), claims.get("unit_code")
    if not isinstance(owner, str) or not isinstance(code, str):
        journal.skip(Step.MANDATE, "undisclosed")
        return False
    with journal.step(Step.MANDATE):
        if not issuer.may_certify(owner, code, at=_moment(parsed, "nbf")):
            raise Refused("mandate", owner=owner, unit=code)
    return True


def _check_current(
    parsed: SdJwt,
    claims: dict[str, object],
    trusted: tuple[TrustedIssuer, TrustList],
    *,
    at: datetime,
    journal: Journal,
) -> None:
    """Check status and dates: what has expired is expired, also when its status is unknown."""
    unknown: NotChecked | None = None
    try:
        with journal.step(Step.STATUS):
            _require_not_revoked(claims, *trusted, at=at)
    except NotChecked as stop:
        unknown = stop
    with journal.step(Step.DATES):
        if at + CLOCK_TOLERANCE < _moment(parsed, "nbf"):
            raise NotChecked("not-yet-valid")
        if "exp" in claims and at > _moment(parsed, "exp"):
            raise NoLongerValid("expired")
    if unknown is not None:
        raise unknown


def _require_not_revoked(
    claims: dict[str, object], issuer: TrustedIssuer, trust: TrustList, *, at: datetime
) -> None:
    uri, index = _status_of(claims)
    token = trust.status_tokens.get(uri)
    if uri not in issuer.status_lists or token is None:
        raise NotChecked("status-missing", uri=uri)
    signed = read_status_list(token, trust.keys(KeyPurpose.STATUS))
    if (signed.content.uri, signed.content.issuer) != (uri, issuer.id):
        raise NotChecked("status-missing", uri=uri)
    require_standing(signed, history_of(trust, uri), index, at=at)


def _status_of(claims: dict[str, object]) -> tuple[str, int]:
    match claims.get("status"):
        case {"status_list": {"uri": str() as uri, "idx": int() as index}}:
            return bitstring_uri(uri), index
        case _:
            raise NotChecked("status-missing")
