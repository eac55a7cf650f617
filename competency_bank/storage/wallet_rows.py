"""Offers to wallets, answered nonces, and what wallets were asked to show."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from competency_bank.domain.errors import NotAllowed, NotFound
from competency_bank.domain.people import PersonId
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.secret_hash import hash_of
from competency_bank.storage.sharing_tables import (
    UsedNonceRow,
    WalletGrantRow,
    WalletRequestRow,
)

KEPT_AFTER = timedelta(days=1)
"""How long an ended offer stays, so that a code sent again can still be told from a wrong one."""

_grants = table(WalletGrantRow)
_nonces = table(UsedNonceRow)
_requests = table(WalletRequestRow)


@dataclass(frozen=True, slots=True)
class WalletGrant:
    """The right to collect one letter into a wallet."""

    learner: PersonId
    id: str
    serial: str
    pin_hash: str
    tries: int
    redeemed: bool
    expires_at: datetime
    issued: tuple[str, ...] = ()
    """Kinds of credential that were collected."""


@dataclass(frozen=True, slots=True)
class WalletRequest:
    """What a visitor asked some wallet to show."""

    nonce: str
    outcome: str | None
    """What was shown and found, as JSON; None until a wallet answers."""


def add_grant(transaction: Transaction, grant: WalletGrant, code: str) -> None:
    """Keep a new offer under the hash of its code."""
    row = {
        "learner_id": grant.learner,
        "id": grant.id,
        "serial": grant.serial,
        "code_hash": hash_of(code),
        "pin_hash": grant.pin_hash,
        "tries": 0,
        "redeemed": False,
        "expires_at": grant.expires_at,
        "issued": "[]",
    }
    transaction.connection.execute(insert(_grants), row)


def grant_by_code(transaction: Transaction, code: str) -> WalletGrant | None:
    """Return the offer of a code, ended or not."""
    return _grant(transaction, _grants.c.code_hash == hash_of(code))


def grant_by_token(transaction: Transaction, token: str) -> WalletGrant | None:
    """Return the offer that an access token stands for, unless it has ended."""
    found = _grant(transaction, _grants.c.token_hash == hash_of(token))
    return found if found is not None and transaction.now < found.expires_at else None


def count_try(transaction: Transaction, grant: WalletGrant) -> None:
    """Note that the digits were wrong once more."""
    _change(transaction, grant, tries=grant.tries + 1)


def redeem(transaction: Transaction, grant: WalletGrant, token: str, until: datetime) -> None:
    """Put an access token in the place of the code, which is worth nothing any more."""
    _change(transaction, grant, redeemed=True, token_hash=hash_of(token), expires_at=until)


def end_grant(transaction: Transaction, grant: WalletGrant) -> None:
    """Take back whatever an offer still allows."""
    _change(transaction, grant, redeemed=True, token_hash=None, expires_at=transaction.now)


def note_collected(transaction: Transaction, grant: WalletGrant, kind: str) -> None:
    """Note that one kind of credential was collected."""
    _change(transaction, grant, issued=json.dumps([*grant.issued, kind]))


def use_nonce(transaction: Transaction, nonce: str, until: datetime) -> None:
    """Note that a nonce was answered; raises NotAllowed("wallet-nonce") the second time."""
    row = {"nonce_hash": hash_of(nonce), "expires_at": until}
    try:
        with transaction.connection.begin_nested():  # PostgreSQL gives up the whole one otherwise
            transaction.connection.execute(insert(_nonces), row)
    except IntegrityError as fault:
        raise NotAllowed("wallet-nonce") from fault


def add_request(
    transaction: Transaction, page: str, request: str, *, nonce: str, until: datetime
) -> None:
    """Keep what a visitor asks; ``page`` opens the result, ``request`` may be shown to anybody."""
    row = {
        "page_hash": hash_of(page),
        "request_hash": hash_of(request),
        "nonce": nonce,
        "expires_at": until,
    }
    transaction.connection.execute(insert(_requests), row)


def request_by_page(transaction: Transaction, page: str) -> WalletRequest:
    """Return what the visitor of a page asked; raises NotFound("unknown-wallet-request")."""
    return _request(transaction, _requests.c.page_hash == hash_of(page))


def request_to_answer(transaction: Transaction, request: str) -> WalletRequest:
    """Return a request nobody answered yet; raises NotFound("unknown-wallet-request")."""
    open_one = _requests.c.request_hash == hash_of(request)
    return _request(transaction, open_one & _requests.c.outcome.is_(None))


def answer_request(transaction: Transaction, request: str, outcome: str) -> None:
    """Keep what a wallet showed, and what checking it found."""
    own = _requests.c.request_hash == hash_of(request)
    transaction.connection.execute(update(_requests).where(own).values(outcome=outcome))


def forget_ended(transaction: Transaction) -> int:
    """Delete offers, nonces and requests whose time is over; return how many rows went."""
    now = transaction.now
    gone = (
        delete(_grants).where(_grants.c.expires_at < now - KEPT_AFTER),
        delete(_nonces).where(_nonces.c.expires_at < now),
        delete(_requests).where(_requests.c.expires_at < now),
    )
    return sum(transaction.connection.execute(one).rowcount for one in gone)


def _request(transaction: Transaction, where: ColumnElement[bool]) -> WalletRequest:
    alive = where & (_requests.c.expires_at > transaction.now)
    row = transaction.connection.execute(select(_requests).where(alive)).first()
    if row is None:
        raise NotFound("unknown-wallet-request")
    return WalletRequest(row.nonce, row.outcome)


def _grant(transaction: Transaction, where: ColumnElement[bool]) -> WalletGrant | None:
    row = transaction.connection.execute(select(_grants).where(where)).first()
    if row is None:
        return None
    return WalletGrant(
        learner=PersonId(row.learner_id),
        id=row.id,
        serial=row.serial,
        pin_hash=row.pin_hash,
        tries=row.tries,
        redeemed=row.redeemed,
        expires_at=row.expires_at,
        issued=tuple(json.loads(row.issued)),
    )


def _change(transaction: Transaction, grant: WalletGrant, **values: object) -> None:
    own = (_grants.c.learner_id == grant.learner) & (_grants.c.id == grant.id)
    transaction.connection.execute(update(_grants).where(own).values(**values))
