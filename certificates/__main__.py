"""The offline verifier: ``python -m certificates verify FILE... --trust trust.json``.

Reads the files it is given and nothing else; needs no bank, no database and no network.
"""

import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from certificates.file_checks import examine_file, fingerprint_of, moment_of, show, trust_in
from certificates.report import exit_status

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__
)


@app.callback()
def main() -> None:
    """Check certificates of the digital competency bank, offline."""
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal without Thai gets \\uXXXX, not an error
        sys.stdout.reconfigure(errors="backslashreplace")


@app.command()
def verify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDF or .jwt files")],
    trust: Annotated[Path | None, typer.Option(help="trust.json of the bank")] = None,
    at: Annotated[str | None, typer.Option(help="date or time to check for; default: now")] = None,
    root: Annotated[str | None, typer.Option(help="SHA-256 of the root certificate")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON list")] = False,
) -> None:
    """Check files; exit status 0 all valid, 1 any forged, 4 any changed, 3 any unknown."""
    moment = moment_of(at, now=datetime.now(UTC))
    listed = trust_in(trust, fingerprint_of(root))
    reports = [examine_file(file, listed, at=moment) for file in files]
    show(reports, as_json=as_json)
    raise typer.Exit(exit_status(reports))


if __name__ == "__main__":
    app(prog_name="certificates")
