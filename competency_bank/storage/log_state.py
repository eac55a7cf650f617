"""What one process knows of the log it appends to, and the head it keeps outside the database.

Trust: whoever can write the head file can make the bank stop, or take away the memory that lets it
notice an older copy of its database; the checkpoint within is signed, so that nobody can make the
bank believe in a head that it never signed.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.log_tiles import EMPTY, Edge
from competency_bank.storage.issued_files import write_whole

_log = logging.getLogger(__name__)

CheckpointReader: TypeAlias = Callable[[str], tuple[int, bytes]]
"""Verifies a signed checkpoint and returns its size and root; raises CertificateError."""


class HeadFile:
    """The newest checkpoint that was committed, in a file beside the database.

    It is written after the commit, and made to outlast a loss of power once a second: a head that
    is a little behind is still a head the log must contain, and one ahead of the log would stop
    the bank for nothing.
    """

    def __init__(self, path: Path) -> None:
        """Keep the head at ``path``; nothing is read or written yet."""
        self._path = path
        self._lasting_at: datetime | None = None
        self._not_lasting: str | None = None

    def read(self) -> str | None:
        """Return the checkpoint kept last, None when there is none yet."""
        try:
            return self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def keep(self, note: str, at: datetime) -> None:
        """Keep a checkpoint that was committed at this moment."""
        lasting = at != self._lasting_at
        write_whole(self._path, note.encode(), lasting=lasting)
        self._lasting_at, self._not_lasting = at, None if lasting else note

    def flush(self) -> None:
        """Make what was kept last outlast a loss of power."""
        if self._not_lasting is not None:
            write_whole(self._path, self._not_lasting.encode())
            self._not_lasting = None


@dataclass(slots=True)
class LogState:
    """What this process has proved of the stored log; see ``log_guard``."""

    open_checkpoint: CheckpointReader | None = None
    """None where no keys are at hand, as in tests of storage alone: nothing is known of roots."""
    head: HeadFile | None = None
    known: Edge = EMPTY
    """Edge of the log up to which stored entries, tiles and the signed root were seen to agree."""
    swept: Edge = EMPTY
    """Edge of the older entries that are read again bit by bit after a start."""
    sweep_goal: Edge = EMPTY
    signed: tuple[str, tuple[int, bytes]] | None = None
    """The checkpoint that this process signed last, with the size and root it signed."""
    begun: bool = False
    stopped: RecordDamaged | None = None
    """Why nothing is signed any more; only a new start looks again."""
    lock: Lock = field(default_factory=Lock)

    def committed(self, note: str, at: datetime) -> None:
        """Remember outside the database what it has just kept.

        A head that cannot be written is no failure of what was committed: saying so would be a
        lie. The next batch tries again.
        """
        if self.head is not None:
            with _no_failure_of_what_was_done():
                self.head.keep(note, at)

    def close(self) -> None:
        """Make what was kept last outlast a loss of power, where the disk allows it."""
        if self.head is not None:
            with _no_failure_of_what_was_done():
                self.head.flush()


@contextmanager
def _no_failure_of_what_was_done() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        _log.warning("the head of the log was not kept: %s", type(fault).__name__)
