"""What every request needs from the bank: its settings, its clock and one transaction.

The transaction is opened before a handler and committed after it, before anything is answered:
``scope="function"`` sees to that (FastAPI answers first without it, and would say "recorded" of
what a failed commit then takes away).

Opening, handling and committing each take a thread for themselves. Requests that hold a
transaction must therefore never wait for threads that wait for a transaction: the semaphores keep
the waiting outside the threads. Without them forty posts at once would stand still until the
database gives up.
"""

from asyncio import Semaphore
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from fastapi.concurrency import contextmanager_in_threadpool, run_in_threadpool
from starlette.requests import Request

from certificates.asking.other_issuers import OtherIssuers
from certificates.sealing.trust_list import TrustList
from competency_bank.bank import Bank
from competency_bank.storage.database import Transaction
from competency_bank.web.miss_limit import MissLimit
from competency_bank.web.standards_shelf import StandardsShelf
from competency_bank.web.trust_shelf import TrustShelf

READERS = 10
"""Reading requests at once; fewer than the connections that the database keeps open (15)."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Door:
    """The bank as the web reaches it."""

    bank: Bank
    clock: Clock
    shelf: TrustShelf
    standards: StandardsShelf
    others: OtherIssuers = field(default_factory=OtherIssuers)
    """Other issuers, asked only while no transaction is open."""
    misses: MissLimit = field(default_factory=MissLimit)
    readers: Semaphore = field(default_factory=lambda: Semaphore(READERS))
    writer: Semaphore = field(default_factory=lambda: Semaphore(1))

    @property
    def https(self) -> bool:
        """Whether people reach the bank encrypted; only development does without."""
        return self.bank.settings.public_url.startswith("https://")

    @property
    def session_cookie(self) -> str:
        """Name of the session cookie; ``__Host-`` ties it to this host, and needs https."""
        return "__Host-session" if self.https else "session"


def door_of(request: Request) -> Door:
    """Return the door that the application was made with."""
    door = request.app.state.door
    if not isinstance(door, Door):
        raise TypeError("the application was not made by create_app")
    return door


AtDoor = Annotated[Door, Depends(door_of)]


async def _reading(door: AtDoor) -> AsyncIterator[Transaction]:
    opening = door.bank.database.reading(door.clock())
    async with door.readers, contextmanager_in_threadpool(opening) as transaction:
        yield transaction


async def _writing(door: AtDoor) -> AsyncIterator[Transaction]:
    async with door.writer:
        opening = door.bank.database.writing(door.clock())
        async with contextmanager_in_threadpool(opening) as transaction:
            yield transaction


Reading = Annotated[Transaction, Depends(_reading, scope="function")]
"""One state of the bank, for a page that changes nothing."""


@dataclass(frozen=True, slots=True)
class TrustNow:
    """The trust list, and the time for which it was read."""

    trust: TrustList
    at: datetime


async def _trust_now(door: AtDoor) -> TrustNow:
    opening = door.bank.database.reading(door.clock())
    async with door.readers, contextmanager_in_threadpool(opening) as transaction:
        shelved = await run_in_threadpool(door.shelf.current, transaction)
        return TrustNow(shelved.trust, transaction.now)


TrustedNow = Annotated[TrustNow, Depends(_trust_now)]
"""Whom to trust, read in a transaction that is closed before the handler begins."""

Writing = Annotated[Transaction, Depends(_writing, scope="function")]
"""The writing transaction. Parse and check before it: while it is open, others wait."""
