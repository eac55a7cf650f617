"""Checking credentials of other issuers, as far as the answers at hand go.

Nothing is fetched here; what a check lacks it wishes for (``wishes``). A signature is proved where
the issuer's identifier holds its key, where the issuer publishes it, or where the issuer is on the
trust list. Everything else "could not be checked", which is not a verdict against it. A signature
that can be checked and does not hold is refused. No such credential is ever valid by itself: who
its issuer is, nobody here vouches for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from certificates.errors import NoLongerValid, NotChecked
from certificates.sealing.data_integrity import open_proof
from certificates.sealing.status_list import CLOCK_TOLERANCE
from certificates.sealing.trust_list import TrustList
from certificates.verifying.bearer import prove_token
from certificates.verifying.foreign_reading import Reading, reading_of
from certificates.verifying.foreign_status import require_standing_elsewhere
from certificates.verifying.issuer_proof import prove_linked_of, prove_token_of
from certificates.verifying.journal import PROVED, Journal, Step
from certificates.verifying.wishes import Answers, Known, Wish

IN_FORCE: Final = "in-force"
WITHOUT_PAGE: Final = (
    Step.COVERAGE,
    Step.SEAL,
    Step.TIME_STAMP,
    Step.SIGNER,
    Step.LEGAL_CLASS,
)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A credential of somebody else, and what could be found out about it."""

    said: Reading
    verified: bool
    """True where the signature was proved and the credential had not ended."""
    reason: str
    """``proved``, or why it could not be checked."""
    standing: str
    """``in-force``, or why its issuer's word on that is not known; empty if not verified."""
    wish: Wish | None
    """What, if it were answered, would tell more."""


def read_foreign(
    data: bytes, *, trust: TrustList, at: datetime, known: Known | None = None
) -> Foreign:
    """Read an Open Badge 3.0 or CLR 2.0 and prove of it what can be proved.

    Raises:
        NotChecked: ``foreign-unreadable`` with the reason: too large, no JSON, or not of this kind.
        Refused: ``signature-wrong``, ``token-...``, ``claims-differ`` or ``issuer-forged``: it can
            be checked and does not hold.
        NoLongerValid: ``revoked`` or ``suspended``: its own issuer says so.

    """
    said, answers = reading_of(data), Answers(known or {})
    try:
        _prove(said, trust, at=at, answers=answers)
        _require_in_time(said, at)
    except (NotChecked, NoLongerValid) as stop:
        return Foreign(said, verified=False, reason=stop.code, standing="", wish=answers.wish)
    standing = IN_FORCE
    try:
        require_standing_elsewhere(said.credential, said.issuer, at=at, answers=answers)
    except NotChecked as stop:
        standing = stop.code
    return Foreign(said, verified=True, reason=PROVED, standing=standing, wish=answers.wish)


def check_foreign(
    said: Reading, *, trust: TrustList, at: datetime, journal: Journal, answers: Answers
) -> None:
    """Check a credential whose issuer the trust list does not name; it never returns.

    Raises:
        Refused: its signature does not hold.
        NoLongerValid: ``revoked``, ``suspended`` or ``expired``.
        NotChecked: why something could not be checked; ``issuer-elsewhere`` where everything was,
            for nobody here knows whether that issuer may say such a thing.

    """
    journal.note(Step.FORMAT, PROVED)
    for step in WITHOUT_PAGE:
        journal.skip(step, "no-page")
    with journal.step(Step.CREDENTIAL):
        _prove(said, trust, at=at, answers=answers)
    journal.skip(Step.AGREEMENT, "no-page")
    journal.skip(Step.MANDATE, "issuer-elsewhere")
    journal.skip(Step.LOG, "log-proof-absent")
    check_current(
        journal,
        standing=partial(
            require_standing_elsewhere, said.credential, said.issuer, at=at, answers=answers
        ),
        in_time=partial(_require_in_time, said, at),
    )
    raise NotChecked("issuer-elsewhere", issuer=said.issuer)


def check_current(
    journal: Journal, *, standing: Callable[[], None], in_time: Callable[[], None]
) -> None:
    """Check status and dates: what has expired is expired, also when its status is not known."""
    unknown: NotChecked | None = None
    try:
        with journal.step(Step.STATUS):
            standing()
    except NotChecked as stop:
        unknown = stop
    with journal.step(Step.DATES):
        in_time()
    if unknown is not None:
        raise unknown


def _prove(said: Reading, trust: TrustList, *, at: datetime, answers: Answers) -> None:
    listed, text = trust.issuer(said.issuer) is not None, said.content.decode()
    if said.token and listed:
        prove_token(text, trust)
    elif said.token:
        prove_token_of(said.issuer, text, at=at, answers=answers)
    elif listed:
        open_proof(said.credential, trust.proof_keys())
    else:
        prove_linked_of(said.issuer, said.credential, at=at, answers=answers)


def _require_in_time(said: Reading, at: datetime) -> None:
    if at + CLOCK_TOLERANCE < said.valid_from:
        raise NotChecked("not-yet-valid", valid_from=said.valid_from)
    if said.valid_until is not None and at > said.valid_until:
        raise NoLongerValid("expired", valid_until=said.valid_until)
