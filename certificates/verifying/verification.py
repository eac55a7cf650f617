"""Checking a document against a trust list: raises, or returns only what was proved.

The input is the bytes of a PDF we sealed, or of the credential alone in one of its forms; the trust
list and the time come from the caller, and nothing else is looked at: no network, no clock, no
other file.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from certificates.credential.achievement import units_of
from certificates.credential.embedded import attachments_of
from certificates.credential.open_badge import statement_of
from certificates.credential.snapshot import Statement
from certificates.errors import CannotSay, NoLongerValid, NotChecked, Refused
from certificates.sealing.byte_range import Coverage, read_coverage
from certificates.sealing.certification import require_certified
from certificates.sealing.cms_profile import SealParts, take_apart
from certificates.sealing.status_history import require_standing
from certificates.sealing.status_list import CLOCK_TOLERANCE, read_status_list
from certificates.sealing.trust_list import KeyPurpose, TrustedIssuer, TrustList
from certificates.verifying.bearer import TrustSource, history_of, prove_token, require_trust
from certificates.verifying.foreign import is_by_somebody_else
from certificates.verifying.journal import Journal, Step, StepDone
from certificates.verifying.other_forms import prove_form
from certificates.verifying.page_identity import require_page_of
from certificates.verifying.recognising import Kind, recognise
from certificates.verifying.signer import issuers_behind, prove_seal
from certificates.verifying.successor import naming_successor

ATTACHMENT: Final = "credential.jwt"
LOG_PROOF: Final = "log-proof.txt"
STATUS: Final = "status.jwt"
KNOWN_ATTACHMENTS: Final = frozenset({ATTACHMENT, LOG_PROOF, STATUS})


@dataclass(frozen=True, slots=True)
class Verified:
    """What a completed check proved."""

    credential: dict[str, object]
    """The Open Badges credential as signed."""
    statement: Statement
    """What it says."""
    issuer: TrustedIssuer
    """As the trust list knows it; its names come from there, not from the document."""
    signed_at: datetime | None
    """When the document was sealed; None for a bare token."""
    steps: tuple[StepDone, ...]


def verify(
    data: bytes, *, trust: TrustSource, at: datetime, journal: Journal | None = None
) -> Verified:
    """Check a document, and return what holds true of it at ``at`` (with time zone).

    1. Format: a PDF, not empty, at most 10 MB; or, then without steps 2 to 4, a bare token, JSON
       with a Data Integrity proof, or either of them in a PNG or SVG.
    2. Coverage: exactly one signature, over every byte but its own string.
    3. Seal: the CMS has exactly our form; digest and signature hold.
    4. Signer: certified by an authority of the trust list, then in force, for this use.
    5. Credential: the document allows no change (only now is it parsed); the one attachment is a
       VC-JWT that a key of the same issuer signed while it was in force.
    6. Agreement: the claims are well formed, and the page names the same certificate.
    7. Mandate: at the time of issue the issuer had one for every unit.
    8. Log: not checked until certificates carry proofs.
    9. Status: the issuer's list is fresh at ``at`` and does not show the certificate as revoked.
    10. Dates: not before its time, not expired.

    Raises:
        Refused: the document is not what a trusted issuer signed (forged).
        NoLongerValid: ``revoked``, ``replaced`` or ``expired``.
        NotChecked: something needed is missing, too old or unreadable.

    """
    journal = Journal() if journal is None else journal
    with journal.step(Step.FORMAT):  # 1
        kind = recognise(data)
    check = _check_document if kind is Kind.PDF else _check_token
    credential, issuer, signed_at = check(data, trust, journal=journal)  # 2 to 5
    with journal.step(Step.AGREEMENT):  # 6
        statement = _say(credential)
        if signed_at is not None:
            require_page_of(data, statement.id)
    journal.credential = credential
    with journal.step(Step.MANDATE):  # 7
        _require_mandate(statement, issuer)
    journal.skip(Step.LOG, "log-proof-absent")  # 8
    _check_currency(statement, issuer, trust=require_trust(trust), at=at, journal=journal)  # 9, 10
    return Verified(credential, statement, issuer, signed_at, steps=journal.complete())


def _check_document(
    data: bytes, trust: TrustSource, *, journal: Journal
) -> tuple[dict[str, object], TrustedIssuer, datetime]:
    with journal.step(Step.COVERAGE):  # 2
        coverage = _read(data, trust)
    with journal.step(Step.SEAL):  # 3
        parts = _prove(data, coverage, trust=trust)
    with journal.step(Step.SIGNER):  # 4
        issuers = issuers_behind(parts, require_trust(trust), signed_at=coverage.signed_at)
    with journal.step(Step.CREDENTIAL):  # 5
        require_certified(data, coverage.signed_at)
        text = _only_attachment(data)
        credential, issuer = prove_token(text, trust, among=issuers)
    return credential, issuer, coverage.signed_at


def _check_token(
    data: bytes, trust: TrustSource, *, journal: Journal
) -> tuple[dict[str, object], TrustedIssuer, None]:
    for step in (Step.COVERAGE, Step.SEAL, Step.SIGNER):
        journal.skip(step, "no-page")
    with journal.step(Step.CREDENTIAL):  # 5
        return *prove_form(recognise(data), data, trust), None


def _read(data: bytes, trust: TrustSource) -> Coverage:
    try:
        return read_coverage(data)
    except Refused:
        _stop_at_strangers(data, trust)
        raise


def _prove(data: bytes, coverage: Coverage, *, trust: TrustSource) -> SealParts:
    try:
        parts = take_apart(coverage.cms)
        prove_seal(parts, coverage.digest)
    except Refused:
        _stop_at_strangers(data, trust)
        raise
    return parts


def _stop_at_strangers(data: bytes, trust: TrustSource) -> None:
    """Say "cannot judge" instead of "forged" of an intact document that is nobody's we know."""
    listed = trust if isinstance(trust, TrustList) else None
    if is_by_somebody_else(data, listed):
        require_trust(trust)
        raise NotChecked("signer-unknown")


def _only_attachment(data: bytes) -> str:
    attachments = attachments_of(data)
    if ATTACHMENT not in attachments or not set(attachments) <= KNOWN_ATTACHMENTS:
        raise Refused("attachments", count=len(attachments))
    try:
        return attachments[ATTACHMENT].decode("ascii")
    except UnicodeDecodeError:
        raise Refused("token-encoding") from None


def _say(credential: dict[str, object]) -> Statement:
    try:
        return statement_of(credential)
    except CannotSay as error:
        raise NotChecked("credential-form", reason=error.code) from error


def _require_mandate(statement: Statement, issuer: TrustedIssuer) -> None:
    for unit in units_of(statement):
        if not issuer.may_certify(unit.owner, unit.code, at=statement.issued_at):
            raise Refused("mandate", owner=unit.owner, unit=unit.code)


def _check_currency(
    statement: Statement, issuer: TrustedIssuer, *, trust: TrustList, at: datetime, journal: Journal
) -> None:
    """Check status and dates: what has expired is expired, also when its status is not known."""
    unknown: NotChecked | None = None
    try:
        with journal.step(Step.STATUS), naming_successor(statement.serial, trust):  # 9
            _require_not_revoked(statement, issuer, trust=trust, at=at)
    except NotChecked as stop:
        unknown = stop
    with journal.step(Step.DATES):  # 10
        _require_in_time(statement, at)
    if unknown is not None:
        raise unknown


def _require_not_revoked(
    statement: Statement, issuer: TrustedIssuer, *, trust: TrustList, at: datetime
) -> None:
    uri = statement.status.list_uri
    token = trust.status_tokens.get(uri)
    if uri not in issuer.status_lists or token is None:
        raise NotChecked("status-missing", uri=uri)
    signed = read_status_list(token, trust.keys(KeyPurpose.STATUS))
    if (signed.content.uri, signed.content.issuer) != (uri, issuer.id):
        raise NotChecked("status-missing", uri=uri)
    require_standing(signed, history_of(trust, uri), statement.status.index, at=at)


def _require_in_time(statement: Statement, at: datetime) -> None:
    if at + CLOCK_TOLERANCE < statement.issued_at:
        raise NotChecked("not-yet-valid", issued_at=statement.issued_at)
    if statement.valid_until is not None and at > statement.valid_until:
        raise NoLongerValid("expired", valid_until=statement.valid_until)
