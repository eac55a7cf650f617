"""A server that is killed while several clients write: what was answered is kept."""

import hashlib
import http.client
import json
import os
import socket
import sys
import threading
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import uvicorn

from competency_bank.bank import now
from competency_bank.domain.people import Role
from competency_bank.services.sign_in import make_link, start_session
from competency_bank.web.app import create_app
from tests.banks import TEACHERS, school_bank
from tests.faults.jobs import ROWS, Recording, sheet_rows
from tests.faults.nursery import Say, run_child, void
from tests.faults.promises import holdings, opened

CLIENTS = 6
TWICE = 2
"""Every row is sent by two clients, with one key."""

SECRETS = "sessions.json"
OK = 200
PATIENCE = 30


class Serving:
    """The rows of two classes, one request each, over HTTP."""

    def begin(self, home: Path) -> None:
        bank = school_bank(home)
        with bank.writing() as transaction:
            secrets = {
                class_id: start_session(transaction, make_link(transaction, teacher, Role.TEACHER))[
                    0
                ]
                for class_id, teacher in TEACHERS.items()
            }
        bank.database.close()
        (home / SECRETS).write_text(json.dumps(secrets))

    def run(self, home: Path, say: Say) -> None:
        """Be the server; the clients are a child, which says what it was answered."""
        listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        port = listening.getsockname()[1]
        crowd = os.fork()
        if crowd == 0:
            listening.close()
            _live_as_crowd(home, port, say)
        with opened(home) as bank:
            app = create_app(bank, now)
            server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
            statuses: list[int] = []
            waiting = threading.Thread(target=_end_with, args=(crowd, server, statuses))
            waiting.start()
            server.run(sockets=[listening])
            waiting.join()
        assert statuses == [0], "the clients found fault"

    def check(self, home: Path, said: Sequence[str]) -> None:
        Recording().check(home, said)

    def resume(self, home: Path) -> None:
        fate = run_child(lambda say: self.run(home, say))
        assert not fate.failed
        with opened(home) as bank:
            assert len(holdings(bank)) == sum(rows * units for _, rows, units, _ in ROWS.values())


def _end_with(crowd: int, server: uvicorn.Server, statuses: list[int]) -> None:
    _, status = os.waitpid(crowd, 0)
    statuses.append(status)
    server.should_exit = True


def _live_as_crowd(home: Path, port: int, say: Say) -> None:
    """Send everything; a server that is gone ends the work, a wrong answer is a fault."""
    status = 0
    try:
        secrets = json.loads((home / SECRETS).read_text())
        wanted = [one for one in sheet_rows() for _ in range(TWICE)]
        answered: dict[str, str] = {}
        with ThreadPoolExecutor(CLIENTS) as clients:
            void(
                list(
                    clients.map(
                        lambda one: _send(port, secrets[one[1]], one, (say, answered)), wanted
                    )
                )
            )
    except (ConnectionError, http.client.HTTPException, TimeoutError):
        pass
    except BaseException:  # noqa: BLE001  (whatever it was, the server's parent hears of it)
        traceback.print_exc(file=sys.stderr)
        status = 1
    finally:
        os._exit(status)


def _send(
    port: int, secret: str, what: tuple[str, str, str], heard: tuple[Say, dict[str, str]]
) -> None:
    learner, class_id, sheet = what
    say, answered = heard
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Cookie": f"session={secret}", "Idempotency-Key": learner}
    keys, values = (line.split(",") for line in sheet.split("\n"))
    body = json.dumps({"rows": [dict(zip(keys, values, strict=True))]})
    headers["Content-Type"] = "application/json"
    connection.request("POST", f"/api/v1/classes/{class_id}/records", body.encode(), headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    assert answer.status == OK, (answer.status, data)
    done = json.loads(data)
    digest = hashlib.sha256(data).hexdigest()
    assert answered.setdefault(learner, digest) == digest, "one key, two answers"
    say(f"{learner} {done['recorded'] + done['already']}")
