"""Examining files from outside in a process with limits, so that no file can harm the service.

The answer is the one ``report.examine`` would give; a file that takes more than its share of time
or memory, or takes the process down, has the verdict "unknown" and a code. What comes back from the
process is read as data and never believed to be more than a verdict.
"""

import atexit
import json
import os
import pickle
import socket
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from select import select
from threading import Lock
from typing import Any, Final

import certificates
from certificates.check_sentences import DONE, FOUND
from certificates.errors import NotChecked
from certificates.fair_turns import FairTurns
from certificates.report import Report, Verdict, examine, stopped
from certificates.verifying.bearer import TrustSource
from certificates.verifying.journal import PROVED, Outcome, Step, StepDone
from certificates.verifying.recognising import LARGEST_FILE
from certificates.verifying.wishes import LONGEST_ADDRESS, Known, Wish, WishKind

LENGTH_BYTES: Final = 8
"""Each message begins with its length, big-endian."""
GRACE_SECONDS: Final = 5
"""How much longer than the limit an answer is waited for."""
LARGEST_ANSWER: Final = 4 * 1024 * 1024
_ROOT: Final = Path(certificates.__path__[0]).parent


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take, and how many are examined at once."""

    seconds: int = 20
    memory: int = 512 * 1024 * 1024
    """Bytes of address space, the program itself included."""
    at_once: int = 4
    patience: float = 10.0
    """Seconds that a file waits for its turn."""


class BoundedChecks:
    """Keeps the workers that examine files; the first one is started when the first file comes."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Remember the limits."""
        self._limits = limits or Limits()
        self.turns = FairTurns(self._limits.at_once)
        self._lock = Lock()
        self.idle: list[socket.socket] = []
        self.process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def examine(
        self,
        data: bytes,
        *,
        name: str,
        trust: TrustSource,
        at: datetime,
        known: Known | None = None,
    ) -> Report:
        """Check ``data`` as ``report.examine`` does; never raises for what the data contain."""
        if not hasattr(os, "fork") or not data or len(data) > LARGEST_FILE:
            return examine(data, name=name, trust=trust, at=at)  # nothing of it is parsed
        if not self.turns.take(self._limits.patience):
            return stopped(name, at, "check-busy")
        try:
            return self._ask(_request(data, name, trust, at=at, known=known), name, at)
        except (OSError, ValueError, LookupError, TypeError):
            return stopped(name, at, "check-limits")
        finally:
            self.turns.give_back()

    def close(self) -> None:
        """End the workers and the process that makes them."""
        with self._lock:
            self._stop()

    def _ask(self, request: bytes, name: str, at: datetime) -> Report:
        """Return the answer of a worker; raises OSError or ValueError if it did not give one."""
        worker = self._worker()
        try:
            worker.sendall(len(request).to_bytes(LENGTH_BYTES, "big") + request)
            length = int.from_bytes(_received(worker, LENGTH_BYTES), "big")
            report = report_in(_received(worker, min(length, LARGEST_ANSWER)), name, at)
        except BaseException:
            worker.close()
            raise
        if report.verdict in {Verdict.VALID, Verdict.CHANGED}:
            with self._lock:
                self.idle.append(worker)
        else:
            worker.close()
        return report

    def _worker(self) -> socket.socket:
        """Return the connection to a worker that waits, or to a new one."""
        with self._lock:
            while self.idle:
                worker = self.idle.pop()
                if not select([worker], [], [], 0)[0]:
                    return worker
                worker.close()  # it ended meanwhile: nothing but that could be read now
            return self._new_worker()

    def _new_worker(self) -> socket.socket:
        if self.process is None or self.process.poll() is not None:
            self._stop()
            self._start()
        ours, theirs = socket.socketpair()
        ours.settimeout(self._limits.seconds + GRACE_SECONDS)
        with theirs:
            if self._control is not None:
                socket.send_fds(self._control, [b"+"], [theirs.fileno()])
        return ours

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            number = str(theirs.fileno())
            limits = (str(self._limits.seconds), str(self._limits.memory))
            # Nothing of this process's environment: settings may hold secrets.
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "certificates.check_process", number, *limits],
                cwd=_ROOT,
                env={"PYTHONPATH": os.pathsep.join([str(_ROOT), *sys.path])},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def _stop(self) -> None:
        for connection in (self._control, *self.idle):
            if connection is not None:
                connection.close()
        self.idle.clear()
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
        self._control = self.process = None


@cache
def shared_checks() -> BoundedChecks:
    """Return the checks that all of this process's doors share."""
    checks = BoundedChecks()
    atexit.register(checks.close)
    return checks


def examine_outside(
    data: bytes, *, name: str, trust: TrustSource, at: datetime, known: Known | None = None
) -> Report:
    """Check a file of anybody's, within limits; never raises for what it contains."""
    return shared_checks().examine(data, name=name, trust=trust, at=at, known=known)


def _request(
    data: bytes, name: str, trust: TrustSource, *, at: datetime, known: Known | None
) -> bytes:
    code = trust.code if isinstance(trust, NotChecked) else ""
    listed = None if code else trust
    return pickle.dumps((data, listed, code, name, at.isoformat(), dict(known or {})))


def _received(worker: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = worker.recv(length - len(parts))
        if not part:
            raise ConnectionError("the worker was ended")
        parts += part
    return bytes(parts)


def report_in(answer: bytes, name: str, at: datetime) -> Report:
    """Read what a worker answered; raises ValueError, LookupError or TypeError otherwise."""
    found: dict[str, Any] = json.loads(answer)
    steps = tuple(_step(*each) for each in found["steps"])
    credential, wish = found["credential"], found["wish"]
    if [done.step for done in steps] != list(Step) or not isinstance(credential, dict | None):
        raise ValueError("not an answer")
    wished = None if wish is None else _wish(*wish)
    return Report(name, Verdict(found["verdict"]), at, steps, credential, wish=wished)


def _wish(address: object, kind: str) -> Wish:
    if isinstance(address, str) and len(address) <= LONGEST_ADDRESS:
        return Wish(address, WishKind(kind))
    raise ValueError("not a wish")


def _step(step: str, outcome: str, code: str) -> StepDone:
    if (code != PROVED and code not in FOUND) or step not in DONE:
        raise ValueError("not a step")
    return StepDone(Step(step), Outcome(outcome), code)
