"""Trip: a learner lets a program of somebody else read or add credentials, and ends it again."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from competency_bank.domain import hosting
from competency_bank.domain.errors import BadInput, NotAllowed, NotFound
from competency_bank.domain.hosting import AccessRequest, HostClient, HostGrant
from competency_bank.domain.people import PersonId
from competency_bank.storage import host_rows
from competency_bank.storage.database import Transaction

CODE_LIVES = timedelta(minutes=5)
ACCESS_LIVES = timedelta(hours=1)
GRANT_LIVES = timedelta(days=90)
SECRET_BYTES = 32
PUBLIC, BASIC, POST = "none", "client_secret_basic", "client_secret_post"
METHODS = (PUBLIC, BASIC, POST)


@dataclass(frozen=True, slots=True)
class Registered:
    """A program that was just registered; its secret is told once."""

    client: HostClient
    secret: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a program gets for a code or a refresh token."""

    access: str
    refresh: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connected:
    """One program that may act for a learner."""

    grant: HostGrant
    client: HostClient


def register(transaction: Transaction, said: Mapping[str, object]) -> Registered:
    """Register a program by its own description (RFC 7591 section 2).

    Raises BadInput("client-redirect"), ("client-scope") or ("client-request").
    """
    method = said.get("token_endpoint_auth_method", BASIC)
    scope = said.get("scope", " ".join(hosting.SCOPES))
    grants = said.get("grant_types", ["authorization_code"])
    if method not in METHODS or not isinstance(scope, str) or not isinstance(grants, list):
        raise BadInput("client-request")
    if not set(map(str, grants)) <= {"authorization_code", "refresh_token"}:
        raise BadInput("client-request")
    secret = None if method == PUBLIC else secrets.token_urlsafe(SECRET_BYTES)
    client = HostClient(
        id=str(uuid.uuid4()),
        name=hosting.client_name(said.get("client_name")),
        redirect_uris=hosting.redirect_uris(said.get("redirect_uris")),
        scopes=hosting.scopes_in(scope),
        confidential=secret is not None,
    )
    host_rows.add_client(transaction, client, secret)
    return Registered(client, secret, str(method))


def allow(transaction: Transaction, learner: PersonId, wanted: AccessRequest) -> str:
    """Write down that a learner agrees, and return the code that the program may exchange."""
    code = secrets.token_urlsafe(SECRET_BYTES)
    grant = HostGrant(
        learner=learner,
        id=str(uuid.uuid4()),
        client=wanted.client.id,
        scopes=wanted.scopes,
        redirect_uri=wanted.redirect_uri,
        challenge=wanted.challenge,
        code_used=False,
        granted_at=transaction.now,
        expires_at=transaction.now + CODE_LIVES,
        ends_at=transaction.now + GRANT_LIVES,
    )
    host_rows.add_grant(transaction, grant, code)
    return code


def authenticate(transaction: Transaction, client_id: str, secret: str | None) -> HostClient:
    """Return a program that proved who it is; raises NotAllowed("client-unknown")."""
    try:
        client = host_rows.find_client(transaction, client_id)
    except NotFound as fault:
        raise NotAllowed("client-unknown") from fault
    proved = not client.confidential or (
        secret is not None and host_rows.is_client_secret(transaction, client, secret)
    )
    if not proved:
        raise NotAllowed("client-unknown")
    return client


def exchange(
    transaction: Transaction, client: HostClient, fields: Mapping[str, str]
) -> Tokens | NotAllowed:
    """Return tokens for a code, or why not.

    What went wrong is returned, not raised: a code sent again ends the grant, and that must stay.
    """
    grant = host_rows.grant_by_code(transaction, fields.get("code", ""))
    if grant is None or grant.client != client.id:
        return NotAllowed("client-grant")
    if grant.code_used:
        host_rows.end_grant(transaction, grant.learner, grant.id)
        return NotAllowed("client-grant")
    in_time = transaction.now < grant.expires_at
    same = fields.get("redirect_uri") == grant.redirect_uri
    verifier = fields.get("code_verifier", "")
    if not in_time or not same or not hosting.answers_challenge(verifier, grant.challenge):
        return NotAllowed("client-grant")
    return _renewed(transaction, grant)


def renew(
    transaction: Transaction, client: HostClient, fields: Mapping[str, str]
) -> Tokens | NotAllowed:
    """Return new tokens for a refresh token, which is worth nothing afterwards."""
    grant = host_rows.grant_by_refresh(transaction, fields.get("refresh_token", ""))
    if grant is None or grant.client != client.id:
        return NotAllowed("client-grant")
    return _renewed(transaction, grant)


def granted(transaction: Transaction, token: str, scope: str) -> HostGrant:
    """Return what an access token stands for, if it covers ``scope``.

    Raises NotAllowed("client-token") or ("client-right").
    """
    grant = host_rows.grant_by_token(transaction, token)
    if grant is None:
        raise NotAllowed("client-token")
    if scope not in grant.scopes:
        raise NotAllowed("client-right")
    return grant


def connected(transaction: Transaction, learner: PersonId) -> tuple[Connected, ...]:
    """Return the programs that may act for a learner."""
    return tuple(
        Connected(one, host_rows.find_client(transaction, one.client))
        for one in host_rows.grants_of(transaction, learner)
    )


def _renewed(transaction: Transaction, grant: HostGrant) -> Tokens:
    access, refresh = (secrets.token_urlsafe(SECRET_BYTES) for _ in range(2))
    until = min(transaction.now + ACCESS_LIVES, grant.ends_at)
    host_rows.put_tokens(transaction, grant, (access, refresh), until)
    return Tokens(access, refresh, grant.scopes)
