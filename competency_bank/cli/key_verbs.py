"""Verbs of keys and of the trust list."""

from pathlib import Path
from typing import Annotated

import typer

from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of
from competency_bank.cli.opening import opened_bank
from competency_bank.cli.typed_values import typed_moment
from competency_bank.founding import renew
from competency_bank.services.manage_keys import KnownKey, list_keys, retire_compromised, retire_key

key = typer.Typer(no_args_is_help=True)
Purpose = Annotated[str, typer.Argument(help="credential, status or proof.")]


@key.command(name="list")
def list_all(context: typer.Context, *, as_json: Json = False) -> None:
    """List every key, what it is for, and from when to when it may have signed."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        with bank.reading() as transaction:
            known = list_keys(transaction)
        if as_json:
            answers.say_json([_as_dict(each) for each in known])
        else:
            for one in known:
                answers.say("  ".join(str(v) for v in _as_dict(one).values() if v is not None))


@key.command(name="new")
@key.command(name="rotate")
def rotate(context: typer.Context, purpose: Purpose, *, as_json: Json = False) -> None:
    """Make a key anew; the old one is believed for one more day, what it signed for ever."""
    with answers.answering(as_json=as_json):
        old, new = renew(settings_of(context), purpose)
        if as_json:
            answers.say_json({"purpose": purpose, "old": old, "new": new})
        else:
            answers.say(f"{purpose}: {old} -> {new}")
        answers.tell("เริ่มเซิร์ฟเวอร์ใหม่ภายในหนึ่งวัน / Start running servers again within a day.")


@key.command()
def retire(
    context: typer.Context,
    kid: str,
    *,
    compromised_since: Annotated[
        str | None, typer.Option(help="Moment from which others may have had the key.")
    ] = None,
    as_json: Json = False,
) -> None:
    """End a key; of one that others may have, list every certificate issued since."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        since = None if compromised_since is None else typed_moment(compromised_since)
        with bank.writing() as transaction:
            if since is None:
                retire_key(transaction, kid)
                affected = []
            else:
                affected = retire_compromised(transaction, kid, since=since)
        bank.publish()
        if as_json:
            answers.say_json({"kid": kid, "affected": affected})
        else:
            for serial in affected:
                answers.say(serial)
            answers.say(f"{kid}: {len(affected)} affected")


def _as_dict(known: KnownKey) -> dict[str, object]:
    return {
        "kid": known.kid,
        "purpose": known.purpose,
        "from": answers.plain(known.begins),
        "to": answers.plain(known.ends),
        "ended_by": known.reason.value if known.reason else None,
    }


@key.command(name="export-trust")
def export_trust(
    context: typer.Context,
    *,
    out: Annotated[Path | None, typer.Option(help="File to write.")] = None,
    as_json: Json = False,
) -> None:
    """Write the signed trust list as it stands now."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        path = bank.publish()
        if out is not None:
            out.write_bytes(path.read_bytes())
        answer = {"trust": str(out or path)}
        if as_json:
            answers.say_json(answer)
        else:
            answers.say(answer["trust"])
