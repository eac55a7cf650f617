"""Which units a school may train and assess for, in the chain from the owner of a standard.

The owner of a standard lets the issuer certify its units; the issuer's trust list says further
which school has the owner's mandate for which of them. A credential names its school as ``source``:
a good signature over a unit that this school has no mandate for proves no authority.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from certificates.sealing.keys import Window


@dataclass(frozen=True, slots=True)
class SchoolMandate:
    """What one school may do for one owner of standards."""

    school: str
    """Absolute URI, as in the credentials."""
    owner: str
    """Code of the owner who gave it, for example ``TPQI``."""
    scope: tuple[str, ...]
    """Unit codes, or their leading parts as ``THR-HOH``; empty for all of the owner's units."""
    window: Window

    def covers(self, school: str, owner: str, code: str, *, at: datetime) -> bool:
        """Tell whether the school could teach and assess a unit at a moment."""
        if (school, owner) != (self.school, self.owner) or not self.window.holds(at):
            return False
        return not self.scope or any(
            code == part or code.startswith(f"{part}-") for part in self.scope
        )


def school_may(
    mandates: Sequence[SchoolMandate], school: str, owner: str, code: str, *, at: datetime
) -> bool:
    """Tell whether any mandate covers the unit; a list without mandates asks for none."""
    return not mandates or any(each.covers(school, owner, code, at=at) for each in mandates)
