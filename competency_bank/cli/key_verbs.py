"""Verbs of keys and of the trust list."""

from pathlib import Path
from typing import Annotated

import typer

from competency_bank import bank as opened
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of

key = typer.Typer(no_args_is_help=True)


@key.command(name="export-trust")
def export_trust(
    context: typer.Context,
    *,
    out: Annotated[Path | None, typer.Option(help="File to write.")] = None,
    as_json: Json = False,
) -> None:
    """Write the signed trust list as it stands now."""
    with answers.answering(as_json=as_json):
        bank = opened.open_bank(settings_of(context))
        path = bank.publish()
        if out is not None:
            out.write_bytes(path.read_bytes())
        answer = {"trust": str(out or path)}
        if as_json:
            answers.say_json(answer)
        else:
            answers.say(answer["trust"])
