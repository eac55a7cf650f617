"""The bank as a few dictionaries: what the real one must agree with after every step.

It knows nothing of tables, ledger or log; its rules are written down from what the bank promises.
"""

from dataclasses import dataclass, field
from datetime import date

from tests.small_standards import KEYS

COURSES = {"SML-C": KEYS[:3], "SML-D": KEYS[2:]}
"""Units of two courses; one unit belongs to both."""

Certificate = tuple[str, str, str]
"""Learner, kind (unit or course), and the unit or the class."""


@dataclass(slots=True)
class Pass:
    """One unit that a learner holds."""

    entry: int
    day: date
    score: int | None


@dataclass(slots=True)
class Paper:
    """One certificate; ``state`` is planned, issued or revoked."""

    name: Certificate
    rests_on: frozenset[int]
    state: str = "planned"


@dataclass(slots=True)
class ModelBank:
    """Everything that the bank must know, and nothing else."""

    classes: dict[str, str] = field(default_factory=dict)
    """Class -> course."""
    enrolled: dict[tuple[str, str], str] = field(default_factory=dict)
    """(class, learner) -> enrolled, withdrawn or completed."""
    held: dict[str, dict[str, Pass]] = field(default_factory=dict)
    """Learner -> unit -> pass."""
    papers: dict[str, Paper] = field(default_factory=dict)
    """Serial -> certificate."""

    def units(self) -> dict[str, frozenset[str]]:
        """Return the units of every learner who holds any."""
        return {who: frozenset(own) for who, own in self.held.items() if own}

    def complete(self, class_id: str, learner: str) -> None:
        """Finish the course of a learner who attends and now holds all its units."""
        whole = set(COURSES[self.classes[class_id]]) <= set(self.held[learner])
        if whole and self.enrolled[class_id, learner] == "enrolled":
            self.enrolled[class_id, learner] = "completed"

    def void(self, learner: str, unit: str) -> None:
        """Take a pass away with all that rests on it."""
        gone = self.held[learner].pop(unit)
        for (class_id, who), state in self.enrolled.items():
            if who == learner and state == "completed" and unit in COURSES[self.classes[class_id]]:
                self.enrolled[class_id, who] = "enrolled"
        for paper in self.papers.values():
            if gone.entry in paper.rests_on:
                paper.state = "revoked"

    def due(self) -> dict[Certificate, frozenset[int]]:
        """Return every certificate that could be issued now, and the entries it rests on."""
        found: dict[Certificate, frozenset[int]] = {}
        for learner, own in self.held.items():
            for unit, one in own.items():
                found[learner, "unit", unit] = frozenset({one.entry})
        for (class_id, learner), state in self.enrolled.items():
            if state == "completed":
                units = COURSES[self.classes[class_id]]
                entries = frozenset(self.held[learner][unit].entry for unit in units)
                found[learner, "course", class_id] = entries
        standing = {paper.name for paper in self.papers.values() if paper.state != "revoked"}
        return {name: rests for name, rests in found.items() if name not in standing}

    def passes(self) -> list[tuple[str, str]]:
        """Return (learner, unit) of every pass, in a fixed order."""
        return sorted((who, unit) for who, own in self.held.items() for unit in own)

    def serials(self, state: str) -> list[str]:
        """Return the serials of certificates in one state."""
        return sorted(serial for serial, one in self.papers.items() if one.state == state)
