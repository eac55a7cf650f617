"""The verb serve: this process becomes the server."""

import os
import sys

import typer

from competency_bank.cli.beginning import new_program, settings_of
from competency_bank.settings import Settings

HOME_VARIABLE = "COMPETENCY_BANK_HOME"
APPLICATION = "competency_bank.web.worker_app:app_from_environment"
LEAN = {"MALLOC_ARENA_MAX": "2", "PYTHONNODEBUGRANGES": "1"}
"""A server that waits most of the time keeps less for itself: threads share memory pools, and code
knows its lines but not its columns."""

verbs = typer.Typer()


@verbs.command()
def serve(
    context: typer.Context, *, host: str = "127.0.0.1", port: int = 8000, workers: int = 1
) -> None:
    """Serve the pages and the API."""
    serve_bank(settings_of(context), host=host, port=port, workers=workers)


def serve_bank(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Print the address and serve until stopped; does not return.

    The program is replaced rather than continued: what the other verbs have loaded would stay in
    memory for all the life of the server. What is wrong with the bank is said by ``worker_app``.
    """
    sys.stderr.write(f"http://{host}:{port}\n")
    sys.stderr.flush()
    environment = os.environ | {HOME_VARIABLE: str(settings.home)} | LEAN
    os.execve(sys.executable, server_command(host, port, workers), environment)  # noqa: S606  (own program, no shell)


def server_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command of the server.

    Addresses are not logged: they hold codes and the secrets of sign-in links.
    """
    options = ["--host", host, "--port", str(port), "--workers", str(workers), "--ws", "none"]
    quiet = ["--no-access-log", "--no-server-header", "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", "--factory", APPLICATION, *options, *quiet]


program = new_program()
program.add_typer(verbs)
