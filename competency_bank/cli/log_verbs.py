"""Verbs of the log: look at it, prove from it, publish it."""

import base64
from pathlib import Path
from typing import Annotated

import typer

from certificates.sealing.cosignature import (
    cosigners,
    log_verifier_key,
    read_verifier_key,
    verifier_key,
)
from certificates.sealing.log_proof import write_log_proof
from competency_bank import bank as opened
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.opening import opened_bank
from competency_bank.services import publish_log
from competency_bank.services.publish_trust import log_origin
from competency_bank.storage.issued_files import write_whole
from competency_bank.storage.log_proof_rows import checkpoint_at, consistency_proof, inclusion_proof

log = typer.Typer(no_args_is_help=True)

Out = Annotated[Path | None, typer.Option(help="File to write; the default is the terminal.")]


@log.command()
def checkpoint(context: typer.Context, *, as_json: Json = False) -> None:
    """Print the newest signed checkpoint, with the cosignatures of witnesses."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        with bank.reading() as transaction:
            note = checkpoint_at(transaction, None)
        seen_by = sorted(cosigners(note, bank.witnesses()))
        if as_json:
            answers.say_json({"checkpoint": note, "witnesses": seen_by})
        else:
            answers.say(note)


@log.command()
def prove(
    context: typer.Context,
    entry: int,
    *,
    size: Annotated[int | None, typer.Option(help="At this checkpoint; default: newest.")] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Prove that the log holds an entry (C2SP tlog-proof v1)."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).reading() as transaction:
            proof = inclusion_proof(transaction, entry, size=size)
        data = write_log_proof(proof)
        if out is not None:
            write_whole(out, data)
        if as_json:
            hashes = [base64.b64encode(each).decode() for each in proof.hashes]
            said = {"entry": proof.index, "size": proof.size, "hashes": hashes}
            answers.say_json(said | {"proof": data.decode()})
        else:
            answers.say(str(out) if out is not None else data.decode())


@log.command()
def consistency(context: typer.Context, old: int, new: int, *, as_json: Json = False) -> None:
    """Prove that the log of NEW entries begins with the log of OLD entries."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).reading() as transaction:
            hashes = consistency_proof(transaction, old, new)
            note = checkpoint_at(transaction, new)
        shown = [base64.b64encode(each).decode() for each in hashes]
        if as_json:
            answers.say_json({"old": old, "new": new, "hashes": shown, "checkpoint": note})
        else:
            answers.say("\n".join([f"old {old}", *shown, "", note]))


@log.command()
def export(context: typer.Context, folder: Path, *, as_json: Json = False) -> None:
    """Write the log as static files (C2SP tlog-tiles); repeat it to add what is new."""
    with answers.answering(as_json=as_json):
        folder.mkdir(parents=True, exist_ok=True)
        with opened_bank(context).reading() as transaction:
            done = publish_log.export_log(transaction, folder)
        if as_json:
            answers.say_json({"size": done.size, "written": done.written, "folder": str(folder)})
        else:
            answers.say(f"{folder}: {done.size} entries, {done.written} new files")


@log.command()
def identity(context: typer.Context, *, as_json: Json = False) -> None:
    """Print the verifier key of this bank's log, for witnesses and auditors."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        origin = log_origin(bank.keys, opened.log_number(bank.settings))
        text = log_verifier_key(origin, bank.keys.checkpoint.public_bytes)
        if as_json:
            answers.say_json({"log": text})
        else:
            answers.say(text)


@log.command(name="know-witness")
def know_witness(context: typer.Context, key: str, *, as_json: Json = False) -> None:
    """Name a witness, by its verifier key, whose cosignatures this bank publishes."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        known = {one.name: one for one in [*bank.witnesses(), read_verifier_key(key)]}
        text = "".join(f"{verifier_key(one)}\n" for one in known.values())
        write_whole(bank.settings.witnesses, text.encode())
        bank.publish()
        if as_json:
            answers.say_json({"witnesses": sorted(known)})
        else:
            answers.say(", ".join(sorted(known)))


@log.command()
def cosign(
    context: typer.Context, file: Path, *, size: int | None = None, as_json: Json = False
) -> None:
    """Take the signature lines of witnesses on a checkpoint, from what `log follow` printed."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        lines = [one for one in file.read_text(encoding="utf-8").split("\n") if one.startswith("—")]
        with bank.writing() as transaction:
            at = size or publish_log.newest_size(transaction)
            kept = publish_log.accept_cosignatures(
                transaction, at, lines, witnesses=bank.witnesses()
            )
        bank.publish()
        if as_json:
            answers.say_json({"size": at, "witnesses": kept})
        else:
            answers.say(f"{at}: {', '.join(kept)}")
