"""Checking a document against a trust list: raises, or returns only what was proved.

The input is the bytes of a PDF we sealed, or of the credential alone in one of its forms; the trust
list and the time come from the caller, and nothing else is looked at: no network, no clock, no
other file.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from certificates.credential.achievement import units_of
from certificates.credential.embedded import attachments_of
from certificates.credential.open_badge import statement_of
from certificates.credential.snapshot import Statement
from certificates.errors import CannotSay, NotChecked, Refused
from certificates.sealing.byte_range import Coverage, read_coverage
from certificates.sealing.certification import require_certified
from certificates.sealing.cms_profile import SealParts, take_apart
from certificates.sealing.trust_list import TrustedIssuer, TrustList
from certificates.verifying.archive_revisions import first_revision, require_own_revisions
from certificates.verifying.bearer import TrustSource, prove_token, require_trust
from certificates.verifying.currency import require_in_time, require_not_revoked
from certificates.verifying.foreign import is_by_somebody_else
from certificates.verifying.journal import Journal, Step, StepDone
from certificates.verifying.logged_entry import prove_logged
from certificates.verifying.other_forms import prove_form
from certificates.verifying.page_identity import require_page_of
from certificates.verifying.recognising import Kind, recognise
from certificates.verifying.school_authority import require_school
from certificates.verifying.signer import SigningMoment, prove_seal, prove_signer
from certificates.verifying.stamped_time import prove_time_stamp, require_not_claimed_later
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
    """When the document was sealed, by its time stamp if that is trusted; None for a bare token."""
    steps: tuple[StepDone, ...]


@dataclass(frozen=True, slots=True)
class _Bearer:
    """What steps 2 to 5 proved."""

    credential: dict[str, object]
    issuer: TrustedIssuer
    signed_at: datetime | None = None
    page: bytes | None = None
    """The document as it was sealed, without later archive revisions."""
    attached: Mapping[str, bytes] = field(default_factory=dict)
    """What else is sealed with the page, by its known name."""


def verify(
    data: bytes, *, trust: TrustSource, at: datetime, journal: Journal | None = None
) -> Verified:
    """Check a document, and return what holds true of it at ``at`` (with time zone).

    1. Format: a PDF, not empty, at most 10 MB; or, then without steps 2 to 4, a bare token, JSON
       with a Data Integrity proof, or either of them in a PNG or SVG.
    2. Coverage: exactly one signature, over every byte but its own string; what follows it, if
       anything, are our own archive revisions.
    3. Seal: the CMS has exactly one of our forms; digest and signature hold.
       3a. Time stamp: over the signature's value, by an authority of the trust list; then it tells
       the moment of signing, else the signer does.
    4. Signer: certified by an authority of the trust list, then in force, for this use, and not
       revoked before. 4a. Legal class: what such a signature is worth in law.
    5. Credential: the document allows no change (only now is it parsed); nothing is attached but
       what we attach; its VC-JWT was signed by a key of the same issuer while that was in force.
    6. Agreement: the claims are well formed, and the page names the same certificate.
    7. Mandate: at the time of issue the issuer had one for every unit, and the school that it
       names another.
    8. Log: the entry that planned this certificate stands in the log; not checked without a proof.
    9. Status: the freshest list of the issuer is in force at ``at`` and does not show the
       certificate as revoked.
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
    found = check(data, trust, journal=journal)  # 2 to 5
    statement = _check_statement(found, require_trust(trust), at=at, journal=journal)  # 6 to 10
    return Verified(
        found.credential, statement, found.issuer, found.signed_at, steps=journal.complete()
    )


def _check_statement(
    found: _Bearer, trust: TrustList, *, at: datetime, journal: Journal
) -> Statement:
    with journal.step(Step.AGREEMENT):  # 6
        statement = _say(found.credential)
        if found.page is not None:
            require_page_of(found.page, statement.id)
    journal.credential = found.credential
    with journal.step(Step.MANDATE):  # 7
        _require_mandate(statement, found.issuer)
    _check_log(found, statement, trust=trust, journal=journal)  # 8
    _check_currency(statement, found, trust=trust, at=at, journal=journal)  # 9, 10
    return statement


def _check_document(data: bytes, trust: TrustSource, *, journal: Journal) -> _Bearer:
    with journal.step(Step.COVERAGE):  # 2
        page, coverage = _read(data, trust)
    with journal.step(Step.SEAL):  # 3
        parts = _prove(page, coverage, trust=trust)
    moment = _check_time_stamp(parts, coverage, trust=trust, journal=journal)  # 3a
    with journal.step(Step.SIGNER):  # 4
        standing = prove_signer(parts, require_trust(trust), moment=moment)
    journal.note(Step.LEGAL_CLASS, standing.legal_class)  # 4a
    with journal.step(Step.CREDENTIAL):  # 5
        require_certified(page, coverage.signed_at)
        attached = _known_attachments(page)
        text = _ascii(attached.pop(ATTACHMENT))
        credential, issuer = prove_token(text, trust, among=standing.issuers)
    return _Bearer(credential, issuer, moment.at, page=page, attached=attached)


def _check_token(data: bytes, trust: TrustSource, *, journal: Journal) -> _Bearer:
    for step in (Step.COVERAGE, Step.SEAL, Step.TIME_STAMP, Step.SIGNER, Step.LEGAL_CLASS):
        journal.skip(step, "no-page")
    with journal.step(Step.CREDENTIAL):  # 5
        return _Bearer(*prove_form(recognise(data), data, trust))


def _check_time_stamp(
    parts: SealParts, coverage: Coverage, *, trust: TrustSource, journal: Journal
) -> SigningMoment:
    """Return the stamped moment; the claimed one where there is no stamp that can be judged."""
    claimed = SigningMoment(coverage.signed_at, proved=False)
    if not parts.time_stamp:
        journal.skip(Step.TIME_STAMP, "time-stamp-absent")
        return claimed
    try:
        with journal.step(Step.TIME_STAMP):
            stamped = prove_time_stamp(parts.time_stamp, parts.signature, require_trust(trust))
            require_not_claimed_later(coverage.signed_at, stamped)
    except NotChecked:
        return claimed
    return SigningMoment(stamped, proved=True)


def _read(data: bytes, trust: TrustSource) -> tuple[bytes, Coverage]:
    """Return the document as it was sealed, and what its seal covers."""
    page = first_revision(data)
    try:
        coverage = read_coverage(page)
    except Refused:
        _stop_at_strangers(data, trust)
        raise
    if len(page) != len(data):
        require_own_revisions(data, len(page), require_trust(trust))
    return page, coverage


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


def _known_attachments(data: bytes) -> dict[str, bytes]:
    attachments = attachments_of(data)
    if ATTACHMENT not in attachments or not set(attachments) <= KNOWN_ATTACHMENTS:
        raise Refused("attachments", count=len(attachments))
    return attachments


def _ascii(content: bytes) -> str:
    try:
        return content.decode("ascii")
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
    require_school(statement, issuer)


def _check_log(found: _Bearer, statement: Statement, *, trust: TrustList, journal: Journal) -> None:
    proof = found.attached.get(LOG_PROOF)
    if proof is None:
        journal.skip(Step.LOG, "log-proof-absent")
        return
    with suppress(NotChecked), journal.step(Step.LOG):  # a log we do not know proves nothing
        prove_logged(proof, found.credential, serial=statement.serial, log=trust.log)


def _check_currency(
    statement: Statement, found: _Bearer, *, trust: TrustList, at: datetime, journal: Journal
) -> None:
    """Check status and dates: what has expired is expired, also when its status is not known."""
    stapled = found.attached.get(STATUS)
    unknown: NotChecked | None = None
    try:
        with journal.step(Step.STATUS), naming_successor(statement.serial, trust):  # 9
            require_not_revoked(
                statement,
                found.issuer,
                trust=trust,
                at=at,
                stapled=None if stapled is None else _ascii(stapled),
            )
    except NotChecked as stop:
        unknown = stop
    with journal.step(Step.DATES):  # 10
        require_in_time(statement, at)
    if unknown is not None:
        raise unknown
