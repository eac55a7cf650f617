"""The process that examines files from outside: ``bounded_checks`` starts it, nobody imports it.

It loads the verifier once and then forks workers. A worker serves as long as what it reads is
genuine; after anything else it ends, so that no file of a stranger can spoil a later check. Limits
are set before the first byte is read, and the kernel ends a worker whose time is over, whatever a
library is doing. There is no network: an empty network namespace where the system allows one, and
no connections from Python in any case.
"""

import ctypes
import gc
import json
import os
import pickle
import resource
import signal
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from typing import Final

import pikepdf
from cryptography.hazmat.primitives.asymmetric import ec

from certificates.bounded_checks import LENGTH_BYTES
from certificates.errors import NotChecked
from certificates.report import Report, Verdict, examine
from certificates.sealing.p256 import ALGORITHM, verify_der
from certificates.verifying.library_reading import strict_reader

CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWNET: Final = 0x40000000
LARGEST_REQUEST: Final = 32 * 1024 * 1024
MOST_FILES: Final = 64
MOST_CHECKS: Final = 2_000
"""A worker that has done so many makes room for a fresh one: libraries leak."""
GENUINE: Final = (Verdict.VALID, Verdict.CHANGED)
POLITE: Final = 5
"""Steps of niceness: whoever waits for a page comes before whoever sends puzzles."""
WARM: Final = ("certificates.verifying.verification", "pyhanko.sign.validation")


def main() -> None:
    """Serve; arguments: number of the control socket, seconds and bytes for each file."""
    control = socket.socket(fileno=int(sys.argv[1]))
    seconds, memory = int(sys.argv[2]), int(sys.argv[3])
    _warm_up()
    _leave_the_network()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system clears away what has ended
    while True:
        _, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not handles:
            return
        if os.fork() == 0:
            control.close()
            _limit(memory)
            _serve(socket.socket(fileno=handles[0]), seconds)
            os._exit(0)
        os.close(handles[0])


def _warm_up() -> None:
    """Do once what every first check would do, so that each fork begins with it done."""
    for module in WARM:
        import_module(module)
    key = ec.generate_private_key(ec.SECP256R1())
    verify_der(key.public_key(), key.sign(b"", ALGORITHM), b"")
    with pikepdf.new() as document, BytesIO() as file:
        document.save(file)
        strict_reader(file.getvalue())
    examine(b"%PDF-1.7", name="", trust=None, at=datetime.fromtimestamp(0, UTC))
    gc.freeze()  # so that a fork copies no pages only to count references


def _leave_the_network() -> None:
    ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)  # refused in some containers

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind"}:
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _limit(memory: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.nice(POLITE)
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
    ):
        resource.setrlimit(kind, (most, most))


def _serve(connection: socket.socket, seconds: int) -> None:
    """Answer requests one by one; a check that fails answers nothing."""
    with connection, connection.makefile("rb") as stream, suppress(MemoryError, OSError):
        for _ in range(MOST_CHECKS):
            length = int.from_bytes(stream.read(LENGTH_BYTES), "big")
            if not 0 < length <= LARGEST_REQUEST:
                return
            request = stream.read(length)
            signal.alarm(seconds)
            # From the process that started this one, which trusts nothing that comes back.
            data, trust, code, name, at, known = pickle.loads(request)  # noqa: S301
            source = NotChecked(code) if code else trust
            moment = datetime.fromisoformat(at)
            report = examine(data, name=name, trust=source, at=moment, known=known)
            signal.alarm(0)
            answer = _written(report)
            connection.sendall(len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
            if report.verdict not in GENUINE:
                return


def _written(report: Report) -> bytes:
    steps = [[done.step, done.outcome, done.code] for done in report.steps]
    wish = None if report.wish is None else [report.wish.address, report.wish.kind]
    answer = {
        "verdict": report.verdict,
        "steps": steps,
        "credential": report.credential,
        "wish": wish,
    }
    return json.dumps(answer).encode("ascii")


if __name__ == "__main__":
    main()
