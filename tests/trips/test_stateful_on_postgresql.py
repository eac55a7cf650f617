"""The same histories on PostgreSQL."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.backends import Backend
from tests.trips.history_settings import RUNS, histories
from tests.trips.stateful_bank import BankHistory, found_small_bank

pytestmark = pytest.mark.usefixtures("editions_read_once")

KEEP_BEGINNING = """
DO $$ DECLARE each text; BEGIN
  CREATE SCHEMA beginning;
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE beginning.%I AS TABLE public.%I', each, each);
  END LOOP;
END $$"""
BEGIN_ANEW = """
DO $$ DECLARE each text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM public.%I', each);
    EXECUTE format('INSERT INTO public.%I TABLE beginning.%I', each, each);
  END LOOP;
END $$"""
"""A new database for each history would cost more than the history. The guards are off for it."""


def test_the_bank_agrees_with_a_simple_model_on_postgresql(
    postgres: Backend, tmp_path: Path
) -> None:
    server = postgres.server
    assert server is not None
    home, name = tmp_path / "home", f"histories_{secrets.token_hex(4)}"
    server.execute(f"CREATE DATABASE {name}")
    found_small_bank(home, server.url(name))
    server.execute(KEEP_BEGINNING, database=name)

    @contextmanager
    def lend_database() -> Iterator[str]:
        server.execute(BEGIN_ANEW, database=name)
        yield server.url(name)

    parts = {"template": home, "lend_database": staticmethod(lend_database)}
    machine = type("HistoryOnPostgres", (BankHistory,), parts)
    run_state_machine_as_test(machine, settings=histories(RUNS))
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
