"""Recording on PostgreSQL, beside bare COPY and bare commits of the same server."""

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from competency_bank.cli.figures import Figure
from competency_bank.cli.measuring_record import (
    RAW_ROWS,
    ROUNDS,
    batches,
    measure_award,
    measure_sheet,
)
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
    """Bare rows by COPY, or by one INSERT and COMMIT each."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    def __call__(self, folder: Path, *, each: int) -> float:
        del folder
        with psycopg.connect(self._server.conninfo(), autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS r")
            connection.execute("CREATE TABLE r (a TEXT, b TEXT, c INT, d TEXT, PRIMARY KEY (a, b))")
            start = time.perf_counter()
            if each == 1:
                for (row,) in batches(each):
                    connection.execute("INSERT INTO r VALUES (%s, %s, %s, %s)", row)
            else:
                with connection.cursor().copy("COPY r FROM STDIN") as copy:
                    for one in RAW_ROWS:
                        copy.write_row(one)
            return time.perf_counter() - start
