"""Sharing: which units a learner shows to whom, until when, and who has looked."""

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from competency_bank.domain.errors import BadInput
from competency_bank.domain.people import PersonId
from standards.model import Qualification, UnitKey
from standards.thai_text import find_forbidden, tidy

DAYS = (7, 30, 90)
"""How long a link may live; the learner chooses, and can end it at any moment."""
LONGEST_LABEL = 80
SAME_LOOK = timedelta(minutes=10)
"""A viewer who reloads a page within this time has looked once."""
MOST_VIEWS = 500
"""Looks kept for one link: enough for people, too few to fill a disk with."""
MARK_LENGTH = 4


class Looked(StrEnum):
    """What a viewer opened."""

    PAGE = "page"
    FILE = "file"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Share:
    """One link to chosen units of one learner."""

    id: str
    learner: PersonId
    for_whom: str
    """The learner's own note of whom it is for; viewers never see it."""
    purpose: str | None
    """Key of the qualification that the extract was computed for; None for a free choice."""
    units: tuple[UnitKey, ...]
    """What is shown: fixed when the link was made, so that later passes stay private."""
    created_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        """Tell whether the link works at ``at``."""
        return self.withdrawn_at is None and at < self.ends_at


@dataclass(frozen=True, slots=True)
class View:
    """One look at a share."""

    at: datetime
    what: Looked
    viewer: str
    """Short mark by which the looks of one viewer can be told apart; it names nobody."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What one purpose needs of what is held, and nothing else."""

    qualification: Qualification
    units: tuple[UnitKey, ...]
    """Units held that count for it."""
    done: int
    needed: int
    """Of all its groups together."""


Counting = Callable[[Collection[UnitKey]], Collection[UnitKey]]
"""Returns the units for which held ones count, by the decisions on succession in force."""


def extract_for(
    qualification: Qualification, held: Iterable[UnitKey], counting: Counting
) -> Extract:
    """Return the extract of ``held`` for one qualification; only units that count are in it."""
    wanted = frozenset(qualification.units)
    units = tuple(unit for unit in dict.fromkeys(held) if wanted & frozenset(counting({unit})))
    return measured(qualification, units, counting)


def measured(
    qualification: Qualification, units: Collection[UnitKey], counting: Counting
) -> Extract:
    """Return how far exactly these units reach into a qualification."""
    counted = frozenset(counting(units))
    needed = sum(group.minimum for group in qualification.groups)
    done = sum(
        min(group.minimum, sum(unit in counted for unit in group.units))
        for group in qualification.groups
    )
    return Extract(qualification, tuple(units), done, needed)


def label(text: str) -> str:
    """Return the learner's note of whom a link is for.

    Raises BadInput("share-label") when it is empty, too long or holds hidden characters.
    """
    tidied = tidy(text)
    if find_forbidden(text) or not 0 < len(tidied) <= LONGEST_LABEL:
        raise BadInput("share-label", limit=LONGEST_LABEL)
    return tidied


def lifetime(days: int) -> timedelta:
    """Return how long a link lives; raises BadInput("share-days") for a length not offered."""
    if days not in DAYS:
        raise BadInput("share-days", value=days, days=", ".join(map(str, DAYS)))
    return timedelta(days=days)


def viewer_mark(pepper: bytes, share_id: str, address: str, program: str) -> str:
    """Return the mark of a viewer: keyed and bound to one share, so that it follows nobody."""
    seen = f"{share_id}\n{address}\n{program}".encode()
    return hmac.new(pepper, seen, hashlib.sha256).hexdigest()[:MARK_LENGTH].upper()


def is_new_look(look: View, before: Iterable[View]) -> bool:
    """Tell whether a look is worth keeping: not the same viewer reloading, not the 501st."""
    known = list(before)
    again = any(
        (one.viewer, one.what) == (look.viewer, look.what) and look.at - one.at < SAME_LOOK
        for one in known
    )
    return not again and len(known) < MOST_VIEWS
