"""What a check lacks of others: named by the check, fetched by nobody here.

Where a check needs a document of another issuer it looks among the answers it was given. What is
not there becomes a wish, and the check ends as "could not be checked". Whoever may use the network
answers the wish and runs the check again. So what strangers publish is read where their files are
read, and nothing there opens a connection.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from certificates.errors import NotChecked

LONGEST_ADDRESS: Final = 2000


class WishKind(StrEnum):
    """What is looked for at an address; it settles how much and which types are taken."""

    CONTROLLER = "controller"
    """A controller document: which keys may assert something in an issuer's name."""
    KEY = "key"
    """One key, or the metadata of an issuer of tokens."""
    STATUS = "status"
    """A status list, signed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One document that a check lacks."""

    address: str
    kind: WishKind


Known = Mapping[Wish, bytes | str]
"""What is known of wishes: the document, or the code of why it could not be had."""


@dataclass(slots=True)
class Answers:
    """What others answered so far, and the first thing that still has to be asked."""

    known: Known = field(default_factory=dict)
    wish: Wish | None = None

    def ask(self, wish: Wish, unasked: str) -> bytes:
        """Return the document.

        Raises:
            NotChecked: why it could not be had; ``unasked`` where nobody was asked yet.

        """
        found = self.known.get(wish)
        if isinstance(found, bytes):
            return found
        if len(wish.address) > LONGEST_ADDRESS:
            raise NotChecked("elsewhere-not-allowed")
        if found is None:
            self.wish = self.wish or wish
        raise NotChecked(found or unasked, address=wish.address)
