"""Verbs of a witness: somebody else who follows a log and signs that it has not forked."""

import os
from pathlib import Path
from typing import Annotated

import typer

from certificates.sealing.cosignature import (
    cosign,
    new_witness_key,
    read_log_key,
    read_witness_key,
    verifier_key,
    with_lines,
)
from competency_bank import bank as opened
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.log_fetching import fetch_from
from competency_bank.cli.opening import opened_bank
from competency_bank.domain.errors import Conflict
from competency_bank.services.follow_log import follow as followed
from competency_bank.services.publish_trust import log_origin
from competency_bank.storage.issued_files import one_at_a_time, write_whole

OWNER_ONLY = 0o600
witness = typer.Typer(no_args_is_help=True)


@witness.command(name="new-witness")
def new_witness(
    name: str,
    *,
    key: Annotated[Path, typer.Option(help="File to write the key to.")],
    as_json: Json = False,
) -> None:
    """Make the key of a witness; print the verifier key for the log it will watch."""
    with answers.answering(as_json=as_json):
        text = new_witness_key(name)
        try:
            handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        except FileExistsError:
            raise Conflict("file-exists", name=str(key)) from None
        with os.fdopen(handle, "w") as file:
            file.write(f"{text}\n")
        public = verifier_key(read_witness_key(text).public)
        if as_json:
            answers.say_json({"witness": public})
        else:
            answers.say(public)


@witness.command()
def follow(  # noqa: PLR0913  (what a witness must be told)
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="Address or folder of the log.")],
    *,
    state: Annotated[Path, typer.Option(help="File of the last checkpoint seen.")],
    log: Annotated[str | None, typer.Option(help="Verifier key of the log.")] = None,
    key: Annotated[Path | None, typer.Option(help="Sign what is seen with this key.")] = None,
    as_json: Json = False,
) -> None:
    """Look whether a log has only grown since the last visit; exit 1 and both heads if not.

    With a key the checkpoint is cosigned. The state is written before anything is printed: a
    witness that forgets what it signed could be made to sign two logs.
    """
    with answers.answering(as_json=as_json):
        origin, public = read_log_key(log) if log else _own_log(context)
        signer = None if key is None else read_witness_key(key.read_text(encoding="utf-8"))
        with one_at_a_time(state.with_name(f".{state.name}.lock")):
            last = state.read_text(encoding="utf-8") if state.exists() else None
            seen = followed(fetch_from(place), origin=origin, public_key=public, last=last)
            line = None if signer is None else cosign(seen.note, signer, at=opened.now())
            whole = seen.note if line is None else with_lines(seen.note, [line])
            write_whole(state, whole.encode())
        if as_json:
            said = {"size": seen.checkpoint.size, "grown_from": seen.grown_from}
            answers.say_json(said | {"checkpoint": seen.note, "cosignature": line})
        else:
            answers.say(line or seen.note)


def _own_log(context: typer.Context) -> tuple[str, bytes]:
    keys = opened_bank(context).keys
    return log_origin(keys), keys.checkpoint.public_bytes
