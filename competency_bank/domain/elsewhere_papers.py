"""Papers from elsewhere: kept for the learner and shown as such; they are never units held.

Recognition of what others certified is a decision of people (prior learning, outside certificate)
and makes an entry of its own; nothing here does.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from competency_bank.domain.people import PersonId

MOST_KEPT = 200
"""Papers from elsewhere that one learner can keep."""


class ForeignState(StrEnum):
    """What is known of a paper from elsewhere."""

    VERIFIED = "verified"
    """Its signature was proved with the issuer's own key."""
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class ForeignPaper:
    """One paper from elsewhere as the bank keeps it."""

    learner: PersonId
    id: str
    issuer: str
    name: str
    state: ForeignState
    reason: str
    """If verified ``in-force``, or why its issuer's word on that is not known (``proved``: kept
    before anybody was asked). Else the code of why it could not be checked."""
    media_type: str
    content: bytes
    """Exactly as it came."""
    valid_from: datetime
    added_at: datetime


def paper_id(issuer: str, credential: str) -> str:
    """Return the key of a paper: issuer and credential id make it (Open Badges 3.0, equality)."""
    return hashlib.sha256(f"{issuer}\n{credential}".encode()).hexdigest()
