"""Children that share what their parent has loaded, and can be killed at any moment.

A child is a real process of its own; only the second of importing everything is saved. A parent
must close its database and have no other thread when it forks.
"""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

Say = Callable[[str], None]
"""Tells the parent one line; what was said before the kill has arrived."""

LONGEST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a child."""

    said: tuple[str, ...]
    killed: bool
    """The signal met it at work; otherwise it had finished before."""
    failed: bool
    """It ended by itself, and not well."""
    seconds: float


def run_child(work: Callable[[Say], None], *, kill_after: float | None = None) -> Fate:
    """Run ``work`` in a child, killed (SIGKILL) ``kill_after`` seconds after it began."""
    return _watch(*_begin(work), kill_after)


def run_children(works: Sequence[Callable[[Say], None]]) -> list[Fate]:
    """Run all of them at once and wait for each."""
    begun = [_begin(work) for work in works]
    return [_watch(*one, None) for one in begun]


def _begin(work: Callable[[Say], None]) -> tuple[int, int]:
    """Return the child and the end of the pipe on which it is heard."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(work, writing)
    os.close(writing)
    return child, reading


def _watch(child: int, reading: int, kill_after: float | None) -> Fate:
    begun = time.monotonic()
    end = begun + (LONGEST_SECONDS if kill_after is None else kill_after)
    heard = bytearray()
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            end = time.monotonic() + LONGEST_SECONDS
            continue
        data = os.read(reading, 1 << 16)
        if not data:
            break
        heard += data
    os.close(reading)
    _, status = os.waitpid(child, 0)
    # A line that the kill cut off was not said.
    said = tuple(bytes(heard).decode().split("\n")[:-1])
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    failed = not killed and status != 0
    return Fate(said, killed, failed, time.monotonic() - begun)


def _live(work: Callable[[Say], None], writing: int) -> NoReturn:
    """Do the work and leave without the parent's farewells (its buffers, its clean-up)."""
    status = 1
    try:
        work(lambda line: void(os.write(writing, f"{line}\n".encode())))
        status = 0
    except BaseException:  # noqa: BLE001  (whatever it was, the parent hears of it)
        traceback.print_exc(file=sys.stderr)
    finally:
        sys.stderr.flush()
        os._exit(status)


def void(_: object) -> None:
    """Forget a value that a lambda must not return."""
