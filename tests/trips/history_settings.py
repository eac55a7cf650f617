"""How many histories are drawn, and how long they are."""

import os

from hypothesis import HealthCheck, Phase, settings

RUNS = int(os.environ.get("STATEFUL_RUNS", "300"))
STEPS = int(os.environ.get("STATEFUL_STEPS", "30"))


def histories(runs: int) -> settings:
    """Return how the histories are drawn; the first that fails is made as short as can be."""
    return settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
