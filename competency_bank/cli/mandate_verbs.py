"""Verbs of mandates: which school may teach and assess whose units."""

from typing import Annotated

import typer

from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.course_verbs import By
from competency_bank.cli.opening import opened_bank
from competency_bank.cli.typed_values import typed_day
from competency_bank.domain import clock
from competency_bank.services.give_mandate import WantedMandate, give_mandate, withdraw_mandate
from competency_bank.storage.mandate_rows import GivenMandate, given_mandates
from competency_bank.storage.people_rows import find_person

mandate = typer.Typer(no_args_is_help=True)


@mandate.command()
def give(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    school: str,
    *,
    owner: Annotated[str, typer.Option(help="Whose standards, for example TPQI.")],
    unit: Annotated[
        list[str] | None, typer.Option(help="Unit code or its leading part; default: all.")
    ] = None,
    begins: Annotated[str | None, typer.Option("--from", help="First day; default: today.")] = None,
    ends: Annotated[str | None, typer.Option("--until", help="Last day.")] = None,
    by: By,
    as_json: Json = False,
) -> None:
    """Let a school teach and assess units of a standard's owner."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        with bank.writing() as transaction:
            first = clock.local_day(transaction.now) if begins is None else typed_day(begins)
            last = None if ends is None else typed_day(ends)
            wanted = WantedMandate(school, owner, tuple(unit or ()), begins=first, ends=last)
            person = find_person(transaction, by).id
            given = give_mandate(transaction, wanted, by=person)
        bank.publish()
        _tell({"mandate": given, "school": school}, as_json=as_json)


@mandate.command()
def withdraw(context: typer.Context, name: str, *, by: By, as_json: Json = False) -> None:
    """End a mandate now; what was issued under it keeps its authority."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        with bank.writing() as transaction:
            person = find_person(transaction, by).id
            withdraw_mandate(transaction, name, by=person)
        bank.publish()
        _tell({"withdrawn": name}, as_json=as_json)


@mandate.command(name="list")
def list_all(context: typer.Context, *, as_json: Json = False) -> None:
    """List every mandate that was ever given."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        with bank.reading() as transaction:
            given = [_as_dict(each) for each in given_mandates(transaction)]
        if as_json:
            answers.say_json(given)
        else:
            for each in given:
                answers.say("  ".join(str(value) for value in each.values()))


def _as_dict(given: GivenMandate) -> dict[str, object]:
    return {
        "mandate": given.id,
        "school": given.holder,
        "owner": given.owner,
        "units": list(given.scope),
        "from": answers.plain(given.begins),
        "to": None if given.ends is None else answers.plain(given.ends),
    }


def _tell(answer: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        answers.say_json(answer)
    else:
        answers.say("  ".join(answer.values()))
