"""The two backends that a bank can stand on, for tests that hold on both."""

import fcntl
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres_server import QUICK, NoPostgres, PostgresServer, remove

FOLDER = "COMPETENCY_BANK_TEST_SERVER"
"""Where the one server of a test run lies, for every process of the run."""
PREFIX = "bank-pg-"


@dataclass(frozen=True, slots=True)
class Backend:
    """One kind of database; ``server`` is None for SQLite."""

    name: str
    server: PostgresServer | None = None

    @contextmanager
    def database(self, folder: Path) -> Iterator[str]:
        """Lend an empty database and give its address; SQLite's lies in ``folder``."""
        if self.server is None:
            yield f"sqlite:///{folder}/bank.sqlite"
            return
        name = f"bank_{secrets.token_hex(8)}"
        self.server.execute(f"CREATE DATABASE {name}")
        try:
            yield self.server.url(name)
        finally:
            self.server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def choose_folder() -> None:
    """Choose where the server of this run will lie, before other processes of it begin.

    What a run left behind that was killed is removed first.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder / "owner"
        if owner.exists() and not Path("/proc", owner.read_text(encoding="ascii")).exists():
            remove(folder)
    # Short: the path of a Unix socket may have 107 characters.
    os.environ[FOLDER] = chosen = tempfile.mkdtemp(prefix=PREFIX)
    Path(chosen, "owner").write_text(str(os.getpid()), encoding="ascii")


def shared_server(settings: Mapping[str, str] = QUICK) -> PostgresServer:
    """Return the one server of this run; the first who asks starts it. Raises NoPostgres."""
    folder = Path(os.environ[FOLDER])
    server = PostgresServer(folder)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        failed = folder / "failed"
        if failed.exists():
            raise NoPostgres(failed.read_text(encoding="utf-8"))
        if not (server.data / "postmaster.pid").exists():
            try:
                server.create()
                server.start(settings)
            except NoPostgres as fault:
                failed.write_text(str(fault), encoding="utf-8")
                raise
    return server


def remove_server() -> None:
    """Stop the server of this run, if anybody started it, and delete its data."""
    remove(Path(os.environ.pop(FOLDER)))
