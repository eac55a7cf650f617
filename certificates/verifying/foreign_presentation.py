"""SD-JWT VCs of other issuers: what their holders show of them, as far as the answers go.

Keys come from the issuer's identifier, its DID document or its JWT VC Issuer Metadata
(draft-ietf-oauth-sd-jwt-vc, section 5); status from its Token Status List
(draft-ietf-oauth-status-list), which the same issuer must have signed.
"""

from datetime import datetime
from functools import partial
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.sealing.holder_proof import require_own_answer
from certificates.sealing.p256 import PublicKey
from certificates.sealing.public_jwk import SigningJwk, read_jwk_set
from certificates.sealing.sd_jwt import SdJwt, disclosed_claims, take_apart_sd_jwt
from certificates.sealing.status_list import CLOCK_TOLERANCE
from certificates.sealing.strict_json import from_base64url, parse_object
from certificates.sealing.token import LAST_MOMENT, moment_of
from certificates.sealing.token_status import TYPE as STATUS_TOKEN
from certificates.sealing.token_status import status_value
from certificates.sealing.trust_list import NO_END, KeyPurpose, TrustList
from certificates.sealing.typed_token import TypedToken, parse_typed
from certificates.verifying.bearer import SIGNATURES
from certificates.verifying.elsewhere import WITHOUT_PAGE, check_current
from certificates.verifying.journal import Journal, Step
from certificates.verifying.presentation import TYPE
from certificates.verifying.published_keys import fetched_document, key_of_issuer
from certificates.verifying.wishes import Answers, Wish, WishKind

METADATA: Final = "/.well-known/jwt-vc-issuer"
ENDED: Final = {1: "revoked", 2: "suspended"}
"""Values of a status list: 0 is valid (section 7.1)."""


def is_by_a_stranger(text: str, trust: TrustList) -> bool:
    """Tell whether a token with disclosures names neither an issuer nor a key we trust."""
    try:
        header, payload = (
            parse_object(from_base64url(part)) for part in text.partition("~")[0].split(".")[:2]
        )
    except ValueError:
        return False
    kid, named = str(header.get("kid")), payload.get("iss")
    ours = trust.issuer(named) is not None or kid in trust.keys(KeyPurpose.CREDENTIAL)
    return isinstance(named, str) and not ours and header.get("alg") in SIGNATURES


def check_foreign_presentation(
    text: str, *, at: datetime, journal: Journal, answers: Answers
) -> None:
    """Check a token with disclosures of an issuer the trust list does not name; never returns.

    Raises:
        Refused: the signature does not hold, or not what is disclosed, or not the holder's answer.
        NoLongerValid: ``revoked``, ``suspended`` or ``expired``.
        NotChecked: why something could not be checked; ``issuer-elsewhere`` where everything was.

    """
    with journal.step(Step.FORMAT):
        parsed = _taken_apart(text)
    for step in WITHOUT_PAGE:
        journal.skip(step, "no-page")
    issuer = str(parsed.token.payload["iss"])
    with journal.step(Step.CREDENTIAL):
        parsed.token.prove(_key_of(issuer, parsed.token, at=at, answers=answers))
        claims = disclosed_claims(parsed)
    _check_holder(parsed, claims, journal)
    journal.skip(Step.MANDATE, "issuer-elsewhere")
    journal.skip(Step.LOG, "log-proof-absent")
    check_current(
        journal,
        standing=partial(_require_standing, claims, issuer, at=at, answers=answers),
        in_time=partial(_require_in_time, parsed.token, at),
    )
    raise NotChecked("issuer-elsewhere", issuer=issuer)


def _taken_apart(text: str) -> SdJwt:
    try:
        return take_apart_sd_jwt(text, typ=TYPE)
    except Refused as stop:
        if stop.code in {"token-algorithm", "token-header"}:  # honest, but not our way
            raise NotChecked("credential-form", reason=stop.code) from stop
        raise


def _check_holder(parsed: SdJwt, claims: dict[str, object], journal: Journal) -> None:
    if parsed.key_binding is None:
        journal.skip(Step.AGREEMENT, "holder-not-asked")
        return
    confirmation = claims.get("cnf")
    with journal.step(Step.AGREEMENT):
        require_own_answer(
            parsed, confirmation.get("jwk") if isinstance(confirmation, dict) else None
        )


def _key_of(issuer: str, token: TypedToken, *, at: datetime, answers: Answers) -> PublicKey:
    kid = str(token.header.get("kid", issuer))
    if issuer.startswith("https://"):
        found = _key_in_metadata(issuer, kid, answers)
    else:
        found = key_of_issuer(issuer, kid, at=at, answers=answers)
    if found.algorithm != "ES256" or not isinstance(found.key, ec.EllipticCurvePublicKey):
        raise NotChecked("proof-suite")
    return found.key


def _key_in_metadata(issuer: str, kid: str, answers: Answers) -> SigningJwk:
    host, slash, path = issuer.removeprefix("https://").partition("/")
    address = f"https://{host}{METADATA}{(slash + path).rstrip('/')}"
    document = fetched_document(Wish(address, WishKind.KEY), answers)
    if document.get("issuer") != issuer:
        raise NotChecked("issuer-document", id=str(document.get("issuer"))[:200])
    keys, elsewhere = document.get("jwks"), document.get("jwks_uri")
    if keys is None and isinstance(elsewhere, str):
        keys = fetched_document(Wish(elsewhere, WishKind.KEY), answers)
    try:
        return read_jwk_set(keys)[kid]
    except ValueError:
        raise NotChecked("issuer-document", member="jwks") from None
    except KeyError:
        raise NotChecked("issuer-key-unlisted", kid=kid[:200]) from None


def _require_standing(
    claims: dict[str, object], issuer: str, *, at: datetime, answers: Answers
) -> None:
    match claims.get("status"):
        case None:
            raise NotChecked("status-none")
        case {"status_list": {"uri": str() as uri, "idx": int() as index}}:
            pass
        case _:
            raise NotChecked("status-kind")
    data = answers.ask(Wish(uri, WishKind.STATUS), "elsewhere-off")
    try:
        listed = parse_typed(data.strip().decode("ascii"), typ=STATUS_TOKEN, members={"kid"})
        _prove_list(listed, uri, issuer, at=at, answers=answers)
    except (Refused, ValueError) as fault:
        raise NotChecked("status-unreadable") from fault
    value = status_value(listed.payload, index)
    if value not in {0, *ENDED}:
        raise NotChecked("status-kind", value=value)
    if value:
        raise NoLongerValid(ENDED[value], index=index)


def _prove_list(
    listed: TypedToken, uri: str, issuer: str, *, at: datetime, answers: Answers
) -> None:
    """Prove that ``issuer`` signed the list of that name, and that it is in its time."""
    if listed.payload.get("sub") != uri or listed.payload.get("iss", issuer) != issuer:
        raise NotChecked("issuer-list-of-another")
    listed.prove(_key_of(issuer, listed, at=at, answers=answers))
    if at > _moment(listed, "exp", NO_END):
        raise NotChecked("issuer-list-ended")
    if at + CLOCK_TOLERANCE < _moment(listed, "iat", NO_END):
        raise NotChecked("issuer-list-later")


def _require_in_time(token: TypedToken, at: datetime) -> None:
    start = "nbf" if "nbf" in token.payload else "iat"
    if start in token.payload and at + CLOCK_TOLERANCE < _moment(token, start, NO_END):
        raise NotChecked("not-yet-valid")
    if at > _moment(token, "exp", NO_END):
        raise NoLongerValid("expired")


def _moment(token: TypedToken, claim: str, otherwise: datetime) -> datetime:
    """Return a date of a token; one that is none says nothing about who signed it."""
    seconds = token.payload.get(claim)
    if seconds is None:
        return otherwise
    if not isinstance(seconds, int) or not 0 <= seconds <= LAST_MOMENT:
        raise NotChecked("credential-form", member=claim)
    return moment_of(seconds)
