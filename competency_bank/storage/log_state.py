"""What one process knows of the log it appends to, and the head it keeps outside the database.

Trust: whoever can write the head file can make the bank stop, or take away the memory that lets it
notice an older copy of its database; the checkpoint within is signed, so that nobody can make the
bank believe in a head that it never signed.
"""

import fcntl
import logging
import os
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

END = b"\n--\n"
"""Ends a note in the head file, its own last line end among it; no line of a note is this one."""
ROOM = 1 << 16
"""Bytes of notes after which a new head file is begun."""

CheckpointReader: TypeAlias = Callable[[str], tuple[int, bytes]]
"""Verifies a signed checkpoint and returns its size and root; raises CertificateError."""


class HeadFile:
    """The newest checkpoint that was committed, in a file beside the database.

    It is written after the commit, and made to outlast a loss of power once a second: a head that
    is a little behind is still a head the log must contain, and one ahead of the log would stop
    the bank for nothing.

    It grows by a note with each commit, and is begun anew now and then: putting another file in
    its place each time costs more than the commit. What follows the last whole note was cut off
    as it was written, and counts for nothing.
    """

    def __init__(self, path: Path) -> None:
        """Keep the head at ``path``; nothing is read or written yet."""
        self._path = path
        self._lasting_at: datetime | None = None
        self._not_lasting: str | None = None

    def read(self) -> str | None:
        """Return the checkpoint kept last, None when there is none yet."""
        try:
            kept = self._path.read_bytes()
        except FileNotFoundError:
            return None
        whole, end, _ = kept.rpartition(END)
        note = whole.rpartition(END)[2] + b"\n" if end else kept
        return note.decode(errors="replace")

    def keep(self, note: str, at: datetime) -> None:
        """Keep a checkpoint that was committed at this moment."""
        lasting = at != self._lasting_at
        self._write(note.encode(), lasting=lasting)
        self._lasting_at, self._not_lasting = at, None if lasting else note

    def flush(self) -> None:
        """Make what was kept last outlast a loss of power."""
        if self._not_lasting is not None:
            self._write(self._not_lasting.encode(), lasting=True)
            self._not_lasting = None

    def _write(self, note: bytes, *, lasting: bool) -> None:
        record = note.removesuffix(b"\n") + END
        if not self._appended(record, lasting=lasting):
            write_whole(self._path, record, lasting=lasting)

    def _appended(self, record: bytes, *, lasting: bool) -> bool:
        """Write a note behind the others; False where that cannot be, or not all was taken."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = os.fstat(file).st_size
            if size > ROOM or os.pread(file, len(END), max(0, size - len(END))) != END:
                return False
            if os.write(file, record) != len(record):
                return False
            if lasting:
                os.fsync(file)
        finally:
            os.close(file)
        return True


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
