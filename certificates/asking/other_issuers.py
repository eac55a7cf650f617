"""Letting a check have its wishes: asking other issuers, a few things and not for long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import BoundedSemaphore
from time import monotonic
from typing import Final, Protocol, TypeVar

from certificates.asking.https_once import Network, Taken, fetch_once
from certificates.asking.permitted_hosts import place_of
from certificates.errors import NotChecked
from certificates.verifying.wishes import Wish, WishKind

SECONDS: Final = 5.0
"""For everything that one check wishes, together."""
MOST_WISHES: Final = 5
"""Key, controller, and two lists with one of theirs: more no honest credential needs."""
AT_ONCE: Final = 4
"""Checks that ask at the same time; a server has work besides waiting for others."""
_JSON: Final = frozenset({"application/json", "application/ld+json"})
TAKEN: Final = {
    WishKind.CONTROLLER: Taken(
        _JSON | {"application/did+json", "application/did+ld+json", "application/did"}, 256 * 1024
    ),
    WishKind.KEY: Taken(_JSON | {"application/jwk+json", "application/jwk-set+json"}, 256 * 1024),
    WishKind.STATUS: Taken(
        _JSON
        | {
            "application/jwt",
            "application/statuslist+jwt",
            "application/vc",
            "application/vc+jwt",
            "application/vc+ld+json",
            "application/vc+ld+json+jwt",
            "application/vc-ld+jwt",
        },
        1_000_000,
    ),
}


class Wishing(Protocol):
    """What a check found, and what it still lacks."""

    @property
    def wish(self) -> Wish | None:
        """What could be asked to tell more."""


Found = TypeVar("Found", bound=Wishing)


@dataclass(frozen=True, slots=True)
class OtherIssuers:
    """The issuers that may be asked."""

    allowed: frozenset[str] = frozenset()
    """``host`` or ``host:port``; empty: nobody is ever asked."""
    network: Network = field(default_factory=Network)
    seconds: float = SECONDS
    turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    deadline: float | None = None
    """When all asking ends, of the monotonic clock; None: each check has its own time."""

    def together(self) -> "OtherIssuers":
        """Return the same for several checks of one request, which share the time of one."""
        return replace(self, deadline=monotonic() + self.seconds)

    def answering(self, check: Callable[..., Found]) -> Found:
        """Run a check, and again with each answer, until it lacks nothing or the time is over.

        ``check`` takes what is known of wishes as ``known`` (``wishes.Known``).
        Whoever calls must hold no transaction: others would wait for strangers.
        """
        found, known = check(known={}), dict[Wish, bytes | str]()
        deadline = monotonic() + self.seconds if self.deadline is None else self.deadline
        while self.allowed and found.wish is not None and len(known) < MOST_WISHES:
            known[found.wish] = self._answer(found.wish, deadline)
            found = check(known=known)
        return found

    def _answer(self, wish: Wish, deadline: float) -> bytes | str:
        """Return the document, or the code of why it could not be had."""
        try:
            place = place_of(wish.address, self.allowed)
            with self._turn(deadline):
                return fetch_once(place, TAKEN[wish.kind], deadline=deadline, network=self.network)
        except NotChecked as stop:
            return stop.code

    @contextmanager
    def _turn(self, deadline: float) -> Iterator[None]:
        if not self.turns.acquire(timeout=max(0.0, deadline - monotonic())):
            raise NotChecked("elsewhere-busy")
        try:
            yield
        finally:
            self.turns.release()
