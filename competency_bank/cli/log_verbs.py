"""Verbs of the log and the keys."""

from pathlib import Path
from typing import Annotated

import typer

from competency_bank import bank as opened
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of
from competency_bank.storage.ledger_rows import latest_checkpoint

log = typer.Typer(no_args_is_help=True)
key = typer.Typer(no_args_is_help=True)


@log.command()
def checkpoint(context: typer.Context, *, as_json: Json = False) -> None:
    """Print the newest signed checkpoint."""
    with answers.answering(as_json=as_json):
        with opened.open_bank(settings_of(context)).reading() as transaction:
            note = latest_checkpoint(transaction)
        if as_json:
            answers.say_json({"checkpoint": note})
        else:
            answers.say(note or "")


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
