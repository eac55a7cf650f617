"""Recording on PostgreSQL, beside bare COPY and bare commits of the same server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from competency_bank.cli.figures import Figure
from competency_bank.cli.measuring_record import ROUNDS, Write, measure_award, measure_sheet
from tests.backends import choose_folder, remove_server, shared_server
from tests.benchmarks.scale_figures import DURABLE
from tests.postgres_server import PostgresServer

SHEET_GOAL = 40_000


def measure_recording() -> Iterator[Figure]:
    """Start a server that keeps what it answers for, and measure sheets and single awards."""
    choose_folder()
    try:
        server = shared_server(DURABLE)
        for verb in ("sheet", "award"):
            for number in range(ROUNDS):
                server.execute(f"CREATE DATABASE {verb}_{number}")
        raw = _Raw(server)
        yield from measure_sheet(server.url("sheet_ROUND"), raw=raw, goal=SHEET_GOAL)
        yield from measure_award(server.url("award_ROUND"), raw=raw)
    finally:
        remove_server()


class _Raw:
    """Bare rows by COPY, or by one INSERT and COMMIT where it is one."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    @contextmanager
    def __call__(self, folder: Path) -> Iterator[Write]:
        del folder
        with psycopg.connect(self._server.conninfo(), autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS r")
            connection.execute("CREATE TABLE r (a TEXT, b TEXT, c INT, d TEXT, PRIMARY KEY (a, b))")

            def write(rows: Sequence[tuple[str, str, int, str]]) -> None:
                if len(rows) == 1:
                    connection.execute("INSERT INTO r VALUES (%s, %s, %s, %s)", rows[0])
                    return
                with connection.cursor().copy("COPY r FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)

            yield write
