"""Programs that keep badges for learners, what each may do, and what they say of a learner."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from competency_bank.domain.errors import NotFound
from competency_bank.domain.hosting import HostClient, HostGrant
from competency_bank.domain.people import PersonId
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.secret_hash import hash_of
from competency_bank.storage.sharing_tables import HostClientRow, HostGrantRow, HostProfileRow

UNUSED_FOR = timedelta(days=1)
"""How long a program that nobody granted anything stays registered."""

_clients = table(HostClientRow)
_grants = table(HostGrantRow)
_profiles = table(HostProfileRow)


def add_client(transaction: Transaction, client: HostClient, secret: str | None) -> None:
    """Register a program; those that nobody ever used are forgotten."""
    used = select(_grants.c.client_id).where(_grants.c.client_id == _clients.c.id).exists()
    old = _clients.c.registered_at < transaction.now - UNUSED_FOR
    transaction.connection.execute(delete(_clients).where(old & ~used))
    row = {
        "id": client.id,
        "name": client.name,
        "redirect_uris": json.dumps(client.redirect_uris),
        "scopes": json.dumps(client.scopes),
        "secret_hash": None if secret is None else hash_of(secret),
        "registered_at": transaction.now,
    }
    transaction.connection.execute(insert(_clients), row)


def find_client(transaction: Transaction, client_id: str) -> HostClient:
    """Return a program; raises NotFound("client-unknown")."""
    row = transaction.connection.execute(select(_clients).where(_clients.c.id == client_id)).first()
    if row is None:
        raise NotFound("client-unknown")
    return HostClient(
        id=row.id,
        name=row.name,
        redirect_uris=tuple(json.loads(row.redirect_uris)),
        scopes=tuple(json.loads(row.scopes)),
        confidential=row.secret_hash is not None,
    )


def is_client_secret(transaction: Transaction, client: HostClient, secret: str) -> bool:
    """Tell whether this is the secret of a program."""
    query = select(_clients.c.secret_hash).where(_clients.c.id == client.id)
    return transaction.connection.execute(query).scalar() == hash_of(secret)


def add_grant(transaction: Transaction, grant: HostGrant, code: str) -> None:
    """Keep what a learner granted, under the hash of the code."""
    row = {
        "learner_id": grant.learner,
        "id": grant.id,
        "client_id": grant.client,
        "scopes": json.dumps(grant.scopes),
        "redirect_uri": grant.redirect_uri,
        "challenge": grant.challenge,
        "code_hash": hash_of(code),
        "code_used": False,
        "granted_at": grant.granted_at,
        "expires_at": grant.expires_at,
        "ends_at": grant.ends_at,
    }
    transaction.connection.execute(insert(_grants), row)


def grant_by_code(transaction: Transaction, code: str) -> HostGrant | None:
    """Return what a code stands for, used or not."""
    return _grant(transaction, _grants.c.code_hash == hash_of(code))


def grant_by_refresh(transaction: Transaction, token: str) -> HostGrant | None:
    """Return what a refresh token stands for, unless the grant has ended."""
    found = _grant(transaction, _grants.c.refresh_hash == hash_of(token))
    return found if found is not None and transaction.now < found.ends_at else None


def grant_by_token(transaction: Transaction, token: str) -> HostGrant | None:
    """Return what an access token stands for, unless it or the grant has ended."""
    found = _grant(transaction, _grants.c.token_hash == hash_of(token))
    if found is None or transaction.now >= min(found.expires_at, found.ends_at):
        return None
    return found


def put_tokens(
    transaction: Transaction, grant: HostGrant, tokens: tuple[str, str], until: datetime
) -> None:
    """Put a new access and refresh token in the place of the code or of the ones before."""
    access, refresh = (hash_of(token) for token in tokens)
    change = {"token_hash": access, "refresh_hash": refresh, "expires_at": until}
    transaction.connection.execute(
        update(_grants).where(_own(grant.learner, grant.id)).values(code_used=True, **change)
    )


def end_grant(transaction: Transaction, learner: PersonId, grant_id: str) -> None:
    """End what a learner granted, now; raises NotFound("unknown-grant") for another's."""
    own = _own(learner, grant_id)
    if transaction.connection.execute(select(_grants.c.id).where(own)).first() is None:
        raise NotFound("unknown-grant")
    transaction.connection.execute(update(_grants).where(own).values(ends_at=transaction.now))


def grants_of(transaction: Transaction, learner: PersonId) -> list[HostGrant]:
    """Return what a learner granted and what still holds, oldest first."""
    own = (_grants.c.learner_id == learner) & _grants.c.code_used
    query = select(_grants).where(own & (_grants.c.ends_at > transaction.now))
    rows = transaction.connection.execute(query.order_by(_grants.c.granted_at, _grants.c.id))
    return [_grant_from(row) for row in rows]


def profile_of(transaction: Transaction, learner: PersonId) -> dict[str, Any]:
    """Return what hosts wrote about a learner."""
    query = select(_profiles.c.document).where(_profiles.c.learner_id == learner)
    document = transaction.connection.execute(query).scalar()
    found: dict[str, Any] = {} if document is None else json.loads(document)
    return found


def put_profile(transaction: Transaction, learner: PersonId, document: dict[str, Any]) -> None:
    """Keep what a host wrote about a learner, in the place of what was there."""
    transaction.connection.execute(delete(_profiles).where(_profiles.c.learner_id == learner))
    row = {"learner_id": learner, "document": json.dumps(document, ensure_ascii=False)}
    transaction.connection.execute(insert(_profiles), row)


def _own(learner: PersonId, grant_id: str) -> ColumnElement[bool]:
    return (_grants.c.learner_id == learner) & (_grants.c.id == grant_id)


def _grant(transaction: Transaction, where: ColumnElement[bool]) -> HostGrant | None:
    row = transaction.connection.execute(select(_grants).where(where)).first()
    return None if row is None else _grant_from(row)


def _grant_from(row: Any) -> HostGrant:  # noqa: ANN401 - a row of the grants
    return HostGrant(
        learner=PersonId(row.learner_id),
        id=row.id,
        client=row.client_id,
        scopes=tuple(json.loads(row.scopes)),
        redirect_uri=row.redirect_uri,
        challenge=row.challenge,
        code_used=row.code_used,
        granted_at=row.granted_at,
        expires_at=row.expires_at,
        ends_at=row.ends_at,
    )
