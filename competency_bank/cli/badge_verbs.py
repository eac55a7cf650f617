"""Verbs of a certificate after it was issued: badge, suspend, resume."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from competency_bank.bank import Bank
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.course_verbs import By
from competency_bank.cli.opening import opened_bank
from competency_bank.services.export_badge import BadgeForm, export_badge
from competency_bank.services.suspend_certificate import (
    SuspensionReason,
    resume_certificate,
    suspend_certificate,
)
from competency_bank.storage.issued_files import write_whole
from competency_bank.storage.people_rows import find_person

verbs = typer.Typer()
Reason = Annotated[SuspensionReason, typer.Option(help="A word of a closed list.")]


@verbs.command()
def badge(
    context: typer.Context,
    serial: str,
    *,
    out: Annotated[Path, typer.Option(help="File to write: .png, .svg, .json or .jwt.")],
    linked: Annotated[
        bool, typer.Option("--linked", help="Bake linked data instead of the token.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write a certificate as a badge for wallets and other systems."""
    try:
        form = BadgeForm(out.suffix.removeprefix(".").lower())
    except ValueError:
        raise typer.BadParameter("png, svg, json, jwt", param_hint="--out") from None
    if linked and form is BadgeForm.JWT:
        raise typer.BadParameter("a token is not linked data", param_hint="--linked")
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        key = bank.proof_key if linked or form is BadgeForm.JSON else None
        with bank.reading() as transaction:
            data = export_badge(
                transaction, serial, form, issued=bank.settings.issued, proof_key=key
            )
        write_whole(out, data)
        _tell({"serial": serial, "badge": str(out)}, as_json=as_json)


@verbs.command()
def suspend(
    context: typer.Context, serial: str, *, reason: Reason, by: By, as_json: Json = False
) -> None:
    """Let a certificate not hold until it is resumed; it is seen within a minute."""
    with answers.answering(as_json=as_json):
        _change(opened_bank(context), suspend_certificate, serial, reason=reason.value, by=by)
        _tell({"serial": serial, "suspended": reason.value}, as_json=as_json)


@verbs.command()
def resume(
    context: typer.Context, serial: str, *, reason: Reason, by: By, as_json: Json = False
) -> None:
    """Let a suspended certificate hold again."""
    with answers.answering(as_json=as_json):
        _change(opened_bank(context), resume_certificate, serial, reason=reason.value, by=by)
        _tell({"serial": serial, "resumed": reason.value}, as_json=as_json)


def _change(bank: Bank, trip: Callable[..., object], serial: str, *, reason: str, by: str) -> None:
    """Suspend or resume, and publish it at once."""
    with bank.writing() as transaction:
        trip(transaction, serial, reason=reason, by=find_person(transaction, by).id)
    bank.publish()


def _tell(answer: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        answers.say_json(answer)
    else:
        answers.say("  ".join(answer.values()))
