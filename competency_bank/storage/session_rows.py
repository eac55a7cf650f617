"""Sign-in links and signed-in browsers, each known only by the hash of its secret."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, insert, select

from competency_bank.domain.people import PersonId, Role
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import SessionRow, SignInLinkRow

_links = table(SignInLinkRow)
_sessions = table(SessionRow)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a browser acts for, and in which role."""

    person: PersonId
    role: Role


def add_link(transaction: Transaction, secret: str, who: SignedIn, expires_at: datetime) -> None:
    """Keep a sign-in link until it expires."""
    _add(transaction, _links, secret, (who, expires_at))


def add_session(transaction: Transaction, secret: str, who: SignedIn, expires_at: datetime) -> None:
    """Keep a session until it expires or ends."""
    _add(transaction, _sessions, secret, (who, expires_at))


def find_link(transaction: Transaction, secret: str) -> SignedIn | None:
    """Return whom a sign-in link stands for, or None when it is unknown or expired."""
    return _find(transaction, _links, secret)


def find_session(transaction: Transaction, secret: str) -> SignedIn | None:
    """Return whom a session stands for, or None when it is unknown or expired."""
    return _find(transaction, _sessions, secret)


def end_session(transaction: Transaction, secret: str) -> None:
    """Forget a session."""
    gone = _sessions.c.secret_hash == _hash(secret)
    transaction.connection.execute(delete(_sessions).where(gone))


def forget_expired(transaction: Transaction) -> int:
    """Forget links and sessions whose time is over; returns how many."""
    gone = 0
    for where in (_links, _sessions):
        expired = delete(where).where(where.c.expires_at < transaction.now)
        gone += transaction.connection.execute(expired).rowcount
    return gone


def _add(
    transaction: Transaction, where: Table, secret: str, what: tuple[SignedIn, datetime]
) -> None:
    who, expires_at = what
    expired = where.c.expires_at < transaction.now
    transaction.connection.execute(delete(where).where(expired))
    row = {
        "secret_hash": _hash(secret),
        "person_id": who.person,
        "role": who.role.value,
        "expires_at": expires_at,
    }
    transaction.connection.execute(insert(where), row)


def _find(transaction: Transaction, where: Table, secret: str) -> SignedIn | None:
    alive = (where.c.secret_hash == _hash(secret)) & (where.c.expires_at > transaction.now)
    row = transaction.connection.execute(select(where).where(alive)).first()
    return None if row is None else SignedIn(PersonId(row.person_id), Role(row.role))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
