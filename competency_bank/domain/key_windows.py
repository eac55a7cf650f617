"""When each key may have signed, as the ledger states it.

A key begins with its introduction. It ends as was planned, or earlier where the ledger retires it:
what it signed before stays proved. A key that fell into other hands ends at the moment from which
nobody can tell whose signatures are whose, even if that was stated later.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from competency_bank.domain.ledger import Entry, EntryKind


class RetirementReason(StrEnum):
    """Why a key signs no more."""

    ROTATED = "rotated"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class KeyWindow:
    """One key's time."""

    kid: str
    purpose: str
    begins: datetime
    until: datetime | None = None
    """The first moment at which its signatures are no longer believed; None while none is set."""
    reason: RetirementReason | None = None


def key_windows(entries: Iterable[Entry]) -> dict[str, KeyWindow]:
    """Return kid -> window, from the entries that introduce and retire keys, oldest first."""
    windows: dict[str, KeyWindow] = {}
    for entry in entries:
        kid = entry.text("kid")
        if entry.kind is EntryKind.KEY_INTRODUCED:
            windows[kid] = KeyWindow(kid, entry.text("purpose"), entry.at)
        elif entry.kind is EntryKind.KEY_RETIRED:
            until = datetime.strptime(entry.text("until"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
            known = windows[kid]
            earliest = until if known.until is None else min(known.until, until)
            reason = RetirementReason(entry.text("reason"))
            windows[kid] = replace(known, until=earliest, reason=reason)
    return windows
