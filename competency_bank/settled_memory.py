"""What a process does with its memory once all that lasts is loaded."""

import gc

_YOUNG = 50_000
"""New objects before they are looked through; a sheet of 2,000 rows makes about as many, and
looking through them a hundred times took a twentieth of its time."""
_OLDER = 20


def settle() -> None:
    """Let what start-up built never be looked through again, and what comes seldom.

    Otherwise a large sheet waits while all of start-up is walked through.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDER)
