"""Answers to requests that carried a key, so that a repeated request gets the same one.

An answer is kept in the transaction of what it reports: a key is used up exactly when its effect is
kept, and a request whose commit failed may be sent again with the same key.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from competency_bank.domain.errors import Conflict
from competency_bank.domain.people import PersonId
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import AnsweredRequestRow

KEPT_FOR = timedelta(days=1)
"""Nobody repeats a request after a day; the answer may name people and does not stay longer."""

_answers = table(AnsweredRequestRow)


@dataclass(frozen=True, slots=True)
class RequestName:
    """What makes two requests the same one: who sent them, where to, with which key."""

    account: PersonId
    route: str
    key: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered, byte for byte, and to what."""

    digest: str
    """SHA-256 (hex) of what was sent."""
    status: int
    media_type: str
    body: bytes


def find_answer(transaction: Transaction, name: RequestName) -> KeptAnswer | None:
    """Return what this request was answered, or None when it was not answered yet."""
    columns = (_answers.c.digest, _answers.c.status, _answers.c.media_type, _answers.c.body)
    where = (
        (_answers.c.account == name.account)
        & (_answers.c.route == name.route)
        & (_answers.c.key == name.key)
    )
    row = transaction.connection.execute(select(*columns).where(where)).first()
    if row is None:
        return None
    return KeptAnswer(row.digest, int(row.status), row.media_type, stored_bytes(row.body))


def keep_answer(transaction: Transaction, name: RequestName, answer: KeptAnswer) -> None:
    """Keep an answer; raises Conflict("request-in-progress") when its twin was kept meanwhile."""
    row = {
        "account": name.account,
        "route": name.route,
        "key": name.key,
        "digest": answer.digest,
        "status": answer.status,
        "media_type": answer.media_type,
        "body": answer.body,
        "answered_at": transaction.now,
    }
    try:
        transaction.connection.execute(insert(_answers), row)
    except IntegrityError as fault:
        raise Conflict("request-in-progress") from fault


def forget_answers(transaction: Transaction) -> int:
    """Forget answers that were kept long enough; returns how many."""
    old = _answers.c.answered_at < transaction.now - KEPT_FOR
    return transaction.connection.execute(delete(_answers).where(old)).rowcount
