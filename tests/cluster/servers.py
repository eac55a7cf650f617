"""Several PostgreSQL servers at once, behind Unix sockets in one folder."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.postgres_server import PostgresServer, remove, run

SAFE = {"max_connections": "60", "shared_buffers": "32MB"}
"""Settings of a server that must not lose what it answered for: fsync stays on."""
STANDBY = "standby"


@contextmanager
def folder_of_servers() -> Iterator[Path]:
    """Lend a folder for servers; they are stopped and their data deleted at the end."""
    # Short: the path of a Unix socket may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="bank-pg-"))
    try:
        yield folder
    finally:
        remove(folder)


def standby_of(primary: PostgresServer, *, port: int) -> PostgresServer:
    """Copy a running server as its standby and start it: it follows, and refuses to write.

    From then on the primary answers a commit only when the standby has it on disk too.
    """
    standby = PostgresServer(primary.folder, port)
    source = f"{primary.conninfo()} application_name={STANDBY}"
    options = ("--write-recovery-conf", "--checkpoint=fast", "--no-sync")
    run("pg_basebackup", "--pgdata", str(standby.data), "--dbname", source, *options)
    standby.start(SAFE)
    primary.execute(
        f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'", "SELECT pg_reload_conf()"
    )
    return standby


def promote(standby: PostgresServer) -> None:
    """Make a standby the new primary and wait until it can be written to.

    It waits for no standby of its own: there is none left, and it would wait for ever.
    """
    run("pg_ctl", "--pgdata", str(standby.data), "-w", "promote")
    standby.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")


def spread_by_learner(
    coordinator: PostgresServer, shards: Sequence[PostgresServer], tables: Sequence[str]
) -> None:
    """Keep the rows of ``tables`` on the shards, by the hash of the learner.

    Every server has a database ``bank`` with the bank's tables, which are empty. The tables of the
    coordinator become partitioned ones whose parts are those of the shards.
    """
    statements = ["CREATE EXTENSION postgres_fdw"]
    for number, shard in enumerate(shards):
        options = f"host '{shard.folder}', port '{shard.port}', dbname 'bank', batch_size '1000'"
        statements += [
            f"CREATE SERVER shard_{number} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({options})",
            f"CREATE USER MAPPING FOR postgres SERVER shard_{number} OPTIONS (user 'postgres')",
        ]
    for table in tables:
        statements += [
            f"CREATE TABLE spread (LIKE {table}) PARTITION BY HASH (learner_id)",
            f"DROP TABLE {table}",
            f"ALTER TABLE spread RENAME TO {table}",
        ]
        statements += [
            f"CREATE FOREIGN TABLE {table}_{number} PARTITION OF {table} "
            f"FOR VALUES WITH (MODULUS {len(shards)}, REMAINDER {number}) "
            f"SERVER shard_{number} OPTIONS (table_name '{table}')"
            for number in range(len(shards))
        ]
    coordinator.execute(*statements, database="bank")
