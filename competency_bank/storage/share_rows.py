"""Links to chosen units, and who looked."""

import json

from sqlalchemy import Row, insert, select, update

from competency_bank.domain.errors import NotFound
from competency_bank.domain.people import PersonId
from competency_bank.domain.sharing import Looked, Share, View
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.secret_hash import hash_of
from competency_bank.storage.sharing_tables import ShareRow, ShareViewRow
from standards.model import UnitKey

_shares = table(ShareRow)
_views = table(ShareViewRow)


def add_share(transaction: Transaction, share: Share, secret: str) -> None:
    """Keep a new link under the hash of its secret."""
    row = {
        "learner_id": share.learner,
        "id": share.id,
        "secret_hash": hash_of(secret),
        "for_whom": share.for_whom,
        "purpose": share.purpose,
        "units": json.dumps(list(share.units)),
        "created_at": share.created_at,
        "ends_at": share.ends_at,
    }
    transaction.connection.execute(insert(_shares), row)


def share_by_secret(transaction: Transaction, secret: str) -> Share:
    """Return the open link of a secret.

    Raises NotFound("unknown-share") for all others alike: unknown, ended or withdrawn.
    """
    query = select(_shares).where(_shares.c.secret_hash == hash_of(secret))
    row = transaction.connection.execute(query).first()
    share = None if row is None else _share_from(row)
    if share is None or not share.is_open(transaction.now):
        raise NotFound("unknown-share")
    return share


def shares_of(transaction: Transaction, learner: PersonId) -> list[Share]:
    """Return every link a learner made, newest first."""
    query = select(_shares).where(_shares.c.learner_id == learner)
    rows = transaction.connection.execute(query.order_by(_shares.c.created_at.desc(), _shares.c.id))
    return [_share_from(row) for row in rows]


def withdraw(transaction: Transaction, learner: PersonId, share_id: str) -> None:
    """End a link of this learner now; again changes nothing. Raises NotFound("unknown-share")."""
    own = (_shares.c.learner_id == learner) & (_shares.c.id == share_id)
    if transaction.connection.execute(select(_shares.c.id).where(own)).first() is None:
        raise NotFound("unknown-share")
    still = own & _shares.c.withdrawn_at.is_(None)
    change = update(_shares).where(still).values(withdrawn_at=transaction.now)
    transaction.connection.execute(change)


def views_of(transaction: Transaction, share: Share) -> list[View]:
    """Return the looks at a link, oldest first."""
    own = (_views.c.learner_id == share.learner) & (_views.c.share_id == share.id)
    rows = transaction.connection.execute(select(_views).where(own).order_by(_views.c.number))
    return [View(row.at, Looked(row.what), row.viewer) for row in rows]


def add_view(transaction: Transaction, share: Share, view: View, *, number: int) -> None:
    """Keep one look."""
    row = {
        "learner_id": share.learner,
        "share_id": share.id,
        "number": number,
        "at": view.at,
        "what": view.what.value,
        "viewer": view.viewer,
    }
    transaction.connection.execute(insert(_views), row)


def _share_from(row: "Row[tuple[object, ...]]") -> Share:
    return Share(
        id=row.id,
        learner=PersonId(row.learner_id),
        for_whom=row.for_whom,
        purpose=row.purpose,
        units=tuple(UnitKey(key) for key in json.loads(row.units)),
        created_at=row.created_at,
        ends_at=row.ends_at,
        withdrawn_at=row.withdrawn_at,
    )
