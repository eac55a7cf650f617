"""The tables of what learners share: links, wallet credentials, hosts and papers from elsewhere.

Every secret stands here as its SHA-256 only: whoever reads this database can open nothing with it.
"""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field

from competency_bank.storage.instants import Instant
from competency_bank.storage.mapped_row import Row


class ShareRow(Row, table=True):
    """A link to chosen units. Personal data: for whom it was made; the learner may delete it."""

    __tablename__ = "shares"
    learner_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    secret_hash: str = Field(index=True)
    for_whom: str
    purpose: str | None = None
    units: str
    created_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)


class ShareViewRow(Row, table=True):
    """One look at a share. Personal data: when and a keyed mark of the viewer, no address."""

    __tablename__ = "share_views"
    learner_id: str = Field(primary_key=True)
    share_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    what: str
    viewer: str


class WalletGrantRow(Row, table=True):
    """An offer of one letter to a wallet. Personal data: whose; gone a day after it ended."""

    __tablename__ = "wallet_grants"
    learner_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    serial: str
    code_hash: str = Field(index=True)
    pin_hash: str
    tries: int = 0
    redeemed: bool = False
    token_hash: str | None = Field(default=None, index=True)
    expires_at: datetime = Field(sa_type=Instant)
    issued: str = "[]"


class UsedNonceRow(Row, table=True):
    """A nonce that was answered and is worth nothing any more. Personal data: none."""

    __tablename__ = "used_nonces"
    nonce_hash: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=Instant)


class WalletRequestRow(Row, table=True):
    """What a visitor asked a wallet for. Personal data: what was shown; gone within the hour."""

    __tablename__ = "wallet_requests"
    page_hash: str = Field(primary_key=True)
    request_hash: str = Field(index=True)
    nonce: str
    expires_at: datetime = Field(sa_type=Instant)
    outcome: str | None = None


class HostClientRow(Row, table=True):
    """A program that keeps badges for learners. Personal data: none."""

    __tablename__ = "host_clients"
    id: str = Field(primary_key=True)
    name: str
    redirect_uris: str
    scopes: str
    secret_hash: str | None = None
    registered_at: datetime = Field(sa_type=Instant)


class HostGrantRow(Row, table=True):
    """What a learner lets a host do. Personal data: which host; the learner may end it."""

    __tablename__ = "host_grants"
    learner_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    client_id: str
    scopes: str
    redirect_uri: str
    challenge: str
    code_hash: str = Field(index=True)
    code_used: bool = False
    token_hash: str | None = Field(default=None, index=True)
    refresh_hash: str | None = Field(default=None, index=True)
    granted_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)


class HostProfileRow(Row, table=True):
    """What a learner's hosts say about them. Personal data: all of it; the learner's to change."""

    __tablename__ = "host_profiles"
    learner_id: str = Field(primary_key=True)
    document: str


class ForeignCredentialRow(Row, table=True):
    """A paper from elsewhere. Personal data: the paper; the learner may delete it."""

    __tablename__ = "foreign_credentials"
    learner_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    issuer: str
    name: str
    state: str
    reason: str
    media_type: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    valid_from: datetime = Field(sa_type=Instant)
    added_at: datetime = Field(sa_type=Instant)
