"""Trip: credentials of other issuers into a learner's portfolio, and all of it out to a host."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from certificates.credential.open_badge import statement_of
from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.sealing.trust_list import TrustList
from certificates.verifying.elsewhere import Foreign, read_foreign
from certificates.verifying.wishes import Known
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.elsewhere_papers import (
    MOST_KEPT,
    ForeignPaper,
    ForeignState,
    paper_id,
)
from competency_bank.domain.errors import BadInput, Conflict
from competency_bank.domain.people import PersonId
from competency_bank.storage import certificate_rows, foreign_rows
from competency_bank.storage.database import Transaction

TOKEN, JSON = "text/plain", "application/json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a credential that was handed in."""

    paper: ForeignPaper | None
    """None for one of our own, which is here already."""
    new: bool


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One credential on its way to a host."""

    id: str
    issued_at: datetime
    media_type: str
    content: Callable[[], str]
    """Opens a document only for what is really sent."""


TokenOf = Callable[[str], str | None]
"""Returns the token inside the document of a serial, as it was signed when it was issued."""


def read_paper(
    data: bytes, *, trust: TrustList, at: datetime, known: Known | None = None
) -> Foreign:
    """Return what can be said of a credential from elsewhere, by what its issuer answered so far.

    Needs no transaction, so that nobody waits while others are asked. Raises
    BadInput("foreign-unreadable"), ("foreign-forged") or ("foreign-ended").
    """
    try:
        return read_foreign(data, trust=trust, at=at, known=known)
    except NotChecked as fault:
        raise BadInput("foreign-unreadable", reason=fault.values.get("reason", "-")) from fault
    except Refused as fault:
        raise BadInput("foreign-forged") from fault
    except NoLongerValid as fault:
        raise BadInput("foreign-ended") from fault


def keep(transaction: Transaction, learner: PersonId, found: Foreign, *, issuer: str) -> Kept:
    """Keep a credential from elsewhere; one of the same issuer and id is replaced if it is newer.

    ``issuer`` is our own id. Raises BadInput("foreign-own") (ours, but not this learner's),
    Conflict("foreign-too-many").
    """
    if found.said.issuer == issuer:
        return _own(transaction, learner, found)
    paper = _paper(learner, found, transaction.now)
    before = foreign_rows.find_paper(transaction, learner, paper.id)
    if before is None and foreign_rows.count_papers(transaction, learner) >= MOST_KEPT:
        raise Conflict("foreign-too-many", limit=MOST_KEPT)
    if before is None or paper.valid_from >= before.valid_from:
        foreign_rows.put_paper(transaction, paper)
    return Kept(paper, new=before is None)


def outgoing(
    transaction: Transaction, learner: PersonId, *, token_of: TokenOf, since: datetime | None
) -> list[Outgoing]:
    """Return everything a host may read, in an order that stays: own letters and others' papers.

    The content of one whose document is gone raises Conflict("document-missing").
    """
    own = [
        Outgoing(
            id=one.serial,
            issued_at=statement_of(json.loads(one.plan)).issued_at,
            media_type=TOKEN,
            content=partial(_token, token_of, one.serial),
        )
        for one in certificate_rows.certificates_of(transaction, learner)
        if one.state is CertificateState.ISSUED
    ]
    others = [
        Outgoing(
            id=one.id,
            issued_at=one.valid_from,
            media_type=one.media_type,
            content=one.content.decode().strip,
        )
        for one in foreign_rows.papers_of(transaction, learner)
    ]
    found = sorted([*own, *others], key=lambda one: (one.issued_at, one.id))
    return [one for one in found if since is None or one.issued_at > since]


def _token(token_of: TokenOf, serial: str) -> str:
    token = token_of(serial)
    if token is None:
        raise Conflict("document-missing", serial=serial)
    return token


def _own(transaction: Transaction, learner: PersonId, found: Foreign) -> Kept:
    own = certificate_rows.certificates_of(transaction, learner)
    ids = {json.loads(one.plan)["id"] for one in own if one.state is not CertificateState.PLANNED}
    if not found.verified or found.said.id not in ids:
        raise BadInput("foreign-own")
    return Kept(None, new=False)


def _paper(learner: PersonId, found: Foreign, now: datetime) -> ForeignPaper:
    said = found.said
    return ForeignPaper(
        learner=learner,
        id=paper_id(said.issuer, said.id),
        issuer=said.issuer_name,
        name=said.name,
        state=ForeignState.VERIFIED if found.verified else ForeignState.UNCHECKED,
        reason=found.standing if found.verified else found.reason,
        media_type=TOKEN if said.token else JSON,
        content=said.content,
        valid_from=said.valid_from,
        added_at=now,
    )
