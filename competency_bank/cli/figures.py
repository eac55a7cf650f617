"""One row of the benchmark table."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, beside the raw limit of the same run."""

    name: str
    unit: str
    ours: float
    limit: float
    """The same work with nothing but the raw operation, in the same run."""
    goal: str
    met: bool
    peers: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the row as ``--json`` prints it."""
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": round(self.ours, 3),
            "limit": round(self.limit, 3),
            "peers": self.peers,
            "goal": self.goal,
            "met": self.met,
        }
