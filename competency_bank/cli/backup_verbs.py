"""Verbs of backup and restore."""

from pathlib import Path
from typing import Annotated

import typer

from competency_bank import backing_up
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of
from competency_bank.cli.opening import opened_bank

verbs = typer.Typer()


@verbs.command()
def backup(context: typer.Context, file: Path, *, as_json: Json = False) -> None:
    """Write the whole database into one file while the bank goes on serving.

    The file holds personal data and no key: keep it as safely as the database, and the keys apart.
    """
    with answers.answering(as_json=as_json):
        size = backing_up.back_up(opened_bank(context), file)
        answer = {"file": str(file), "entries": size}
        if as_json:
            answers.say_json(answer)
        else:
            answers.say(f"{file}: {size} entries")


@verbs.command()
def restore(
    context: typer.Context,
    file: Path,
    *,
    accept_loss: Annotated[
        bool, typer.Option(help="Go on although signed entries are lost; a new log begins.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in place of the database; stop every server first.

    An older copy than what was signed is refused unless the loss is accepted.
    """
    with answers.answering(as_json=as_json):
        done = backing_up.restore(settings_of(context), file, accept_loss=accept_loss)
        if as_json:
            answers.say_json({"entries": done.size, "lost": done.lost})
        else:
            answers.say(f"{done.size} entries, {done.lost} lost")
