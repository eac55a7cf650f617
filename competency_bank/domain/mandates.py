"""Who may do what: the one place where a role is asked for."""

from collections.abc import Collection

from competency_bank.domain.errors import NotAllowed
from competency_bank.domain.people import Role

REFUSALS = {
    Role.CURRICULUM: "not-curriculum-officer",
    Role.REGISTRAR: "not-registrar",
    Role.TPQI: "not-tpqi",
}
"""Code of what is said to somebody who lacks the role."""


def require(role: Role, *, among: Collection[Role]) -> None:
    """Raise NotAllowed unless the role is among those that the person has."""
    if role not in among:
        raise NotAllowed(REFUSALS[role])
