"""Checking the signed statement on paper: no file, no network, only the trust list.

What is proved is the token: that a trusted issuer signed this name, this title and these dates.
Whether the paper around the symbol shows the same is for the reader to compare.
"""

from dataclasses import dataclass
from datetime import datetime

from certificates.credential.paper_token import PaperStatement, PaperToken, read_paper_token
from certificates.credential.snapshot import CertificateKind
from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.sealing.p256 import verify_raw
from certificates.sealing.status_list import CLOCK_TOLERANCE, read_status_list
from certificates.sealing.trust_list import KeyPurpose, TrustedIssuer, TrustList
from certificates.verifying.bearer import TrustSource, require_trust
from certificates.verifying.journal import Journal, Step
from certificates.verifying.successor import naming_successor

_OF_A_STANDARD = frozenset({CertificateKind.UNIT, CertificateKind.QUALIFICATION})


@dataclass(frozen=True, slots=True)
class PaperVerified:
    """What a completed check of a paper token proved."""

    statement: PaperStatement
    issuer: TrustedIssuer
    """As the trust list knows it; the token does not name it."""


def verify_paper_token(
    text: str, *, trust: TrustSource, at: datetime, journal: Journal | None = None
) -> PaperVerified:
    """Check a token as scanned, and return what holds true of it at ``at`` (with time zone).

    1. Form: base45 of a COSE_Sign1 in its one encoding.
    2. Key: a credential key of the trust list, in force at the time of issue; it signed this.
    3. Mandate: for a unit or a qualification, at the time of issue.
    4. Status: the issuer's list is fresh at ``at`` and does not show the certificate as revoked.
    5. Dates: not before its time, not expired (also when the status is not known).

    Raises:
        Refused: the token is not what a trusted issuer signed (forged).
        NoLongerValid: ``revoked``, ``replaced`` or ``expired``.
        NotChecked: something needed is missing or too old.

    """
    journal = Journal() if journal is None else journal
    with journal.step(Step.FORMAT):  # 1
        token = read_paper_token(text)
    for step in (Step.COVERAGE, Step.SEAL, Step.SIGNER, Step.AGREEMENT):
        journal.skip(step, "no-page")
    with journal.step(Step.CREDENTIAL):  # 2
        listed = require_trust(trust)
        issuer = _prove(token, listed)
    said = token.statement
    journal.credential = shown_on_paper(said)
    with journal.step(Step.MANDATE):  # 3
        _require_mandate(said, issuer)
    journal.skip(Step.LOG, "log-proof-absent")
    _check_currency(said, issuer, trust=listed, at=at, journal=journal)  # 4, 5
    return PaperVerified(said, issuer)


def shown_on_paper(said: PaperStatement) -> dict[str, object]:
    """Return what a proved token says, for people to compare with the paper; no credential."""
    facts: dict[str, object] = {
        "serial": said.serial,
        "holder": said.holder,
        "kind": said.kind.value,
        "code": said.code,
        "title": said.title,
        "passed_on": said.passed_on.isoformat(),
        "issued_at": said.issued_at.isoformat().replace("+00:00", "Z"),
        "credential_sha256": said.credential_sha256.hex(),
    }
    return {"paper": {name: value for name, value in facts.items() if value is not None}}


def _check_currency(
    said: PaperStatement, issuer: TrustedIssuer, *, trust: TrustList, at: datetime, journal: Journal
) -> None:
    unknown: NotChecked | None = None
    try:
        with journal.step(Step.STATUS), naming_successor(said.serial, trust):
            _require_not_revoked(said, issuer, trust=trust, at=at)
    except NotChecked as stop:
        unknown = stop
    with journal.step(Step.DATES):
        _require_in_time(said, at)
    if unknown is not None:
        raise unknown


def _prove(token: PaperToken, trust: TrustList) -> TrustedIssuer:
    key = trust.keys(KeyPurpose.CREDENTIAL).get(token.kid)
    issuer = None if key is None else trust.issuer(key.issuer)
    if key is None or issuer is None:
        raise NotChecked("issuer-unknown", kid=token.kid)
    verify_raw(key.public, token.signature, token.signed)
    if not key.window.holds(token.statement.issued_at):
        raise Refused("token-window", kid=token.kid)
    return issuer


def _require_mandate(said: PaperStatement, issuer: TrustedIssuer) -> None:
    if said.kind not in _OF_A_STANDARD:
        return
    owner, code = said.owner or "", said.code or ""
    if not issuer.may_certify(owner, code, at=said.issued_at):
        raise Refused("mandate", owner=owner, unit=code)


def _require_not_revoked(
    said: PaperStatement, issuer: TrustedIssuer, *, trust: TrustList, at: datetime
) -> None:
    names = (said.status_list, issuer.id + said.status_list)
    uri = next((name for name in names if name in issuer.status_lists), None)
    token = None if uri is None else trust.status_tokens.get(uri)
    if uri is None or token is None:
        raise NotChecked("status-missing", uri=said.status_list)
    signed = read_status_list(token, trust.keys(KeyPurpose.STATUS))
    if (signed.content.uri, signed.content.issuer) != (uri, issuer.id):
        raise NotChecked("status-missing", uri=uri)
    signed.require_not_revoked(said.status_index, at=at)


def _require_in_time(said: PaperStatement, at: datetime) -> None:
    if at + CLOCK_TOLERANCE < said.issued_at:
        raise NotChecked("not-yet-valid", issued_at=said.issued_at)
    if said.valid_until is not None and at > said.valid_until:
        raise NoLongerValid("expired", valid_until=said.valid_until)
