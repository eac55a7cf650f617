"""Decisions and looks at readings, shared by the tests of the readers."""

from datetime import UTC, datetime

from standards.quarantine import Decision, Doubt, Reading, Verdict, accept_all, release

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def decide(doubt: Doubt | str, verdict: Verdict, text: str | None = None) -> Decision:
    """Return a decision of one person at one time."""
    name = doubt if isinstance(doubt, str) else doubt.id
    return Decision(doubt=name, verdict=verdict, text=text, by="p-1", at=AT)


def proposed(reading: Reading) -> Reading:
    """Return what the reader would write: every doubt that can be accepted is."""
    return release(reading, accept_all(reading, by="p-1", at=AT))


def codes(reading: Reading) -> set[str]:
    """Return the codes of the open doubts."""
    return {doubt.code for doubt in reading.doubts}


def the(reading: Reading, code: str) -> Doubt:
    """Return the one open doubt of that code."""
    (found,) = [doubt for doubt in reading.doubts if doubt.code == code]
    return found
