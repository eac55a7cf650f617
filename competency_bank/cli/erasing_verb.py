"""The verb erase: a person's data go, and every proof stays."""

from typing import Annotated

import typer

from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.course_verbs import By
from competency_bank.cli.opening import opened_bank
from competency_bank.services.erase_person import ErasureReason

verbs = typer.Typer()


@verbs.command()
def erase(
    context: typer.Context,
    learner: str,
    *,
    by: By,
    reason: Annotated[str, typer.Option(help=", ".join(ErasureReason))],
    as_json: Json = False,
) -> None:
    """Erase a person's data for good; the record keeps an opaque id, and every proof holds."""
    with answers.answering(as_json=as_json):
        done = opened_bank(context).erase(learner, by=by, reason=reason)
        answer = {"person": done.person, "erased": done.anew, "documents": len(done.serials)}
        if as_json:
            answers.say_json(answer)
        else:
            answers.say(f"{done.person}: {len(done.serials)} documents")
