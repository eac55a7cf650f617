"""Verbs of the whole bank: init, demo, audit, bench."""

from typing import Annotated

import typer

from competency_bank.bank import Bank
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of
from competency_bank.cli.demonstration import run_demonstration
from competency_bank.cli.figures import Figure
from competency_bank.cli.log_measuring import measure_log
from competency_bank.cli.measuring import MEASUREMENTS
from competency_bank.cli.opening import opened_bank
from competency_bank.domain.messages import filled
from competency_bank.founding import create_bank, cut_fonts
from competency_bank.services.audit_bank import Finding
from competency_bank.storage.edition_rows import load_catalogue

verbs = typer.Typer()


@verbs.command()
def init(context: typer.Context, *, as_json: Json = False) -> None:
    """Create or upgrade the bank, make development keys if there are none; safe to repeat."""
    with answers.answering(as_json=as_json):
        settings = settings_of(context)
        bank = _founded_bank(context)
        cut_fonts(settings.home / "assets")
        with bank.reading() as transaction:
            editions = len(load_catalogue(transaction).editions)
        answer = {"home": str(settings.home), "editions": editions, "development": True}
        answer["development"] = bank.keys.development
        if as_json:
            answers.say_json(answer)
        else:
            answers.say(f"{settings.home}: {editions} editions of standards")


@verbs.command()
def demo(context: typer.Context, *, as_json: Json = False) -> None:
    """Run the main job end to end on the demonstration school."""
    with answers.answering(as_json=as_json):
        settings = settings_of(context)
        bank = _founded_bank(context)
        cut_fonts(settings.home / "assets")
        answer = run_demonstration(bank)
        if as_json:
            answers.say_json(answer.as_dict())
        else:
            answer.show()


@verbs.command()
def audit(context: typer.Context, *, as_json: Json = False) -> None:
    """Derive everything again from entry 0; exit 1 and a list if anything disagrees."""
    with answers.answering(as_json=as_json):
        result = opened_bank(context).audit()
        found = [
            {
                "entry": one.entry,
                "code": one.code,
                "message": answers.as_dict(filled(one.code, dict(one.values))),
            }
            for one in result.findings
        ]
        if as_json:
            answers.say_json({"entries": result.entries, "clean": not found, "findings": found})
        else:
            _show_audit(result.entries, result.findings)
        if found:
            raise typer.Exit(answers.Exit.REFUSED)


@verbs.command()
def bench(
    name: Annotated[str | None, typer.Argument(help="Only this benchmark.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Measure: raw limit and ours in one run; changes no bank."""
    known = MEASUREMENTS | {"log": measure_log}
    if name is not None and name not in known:
        raise typer.BadParameter(", ".join(known), param_hint="NAME")
    wanted = [one for key, one in known.items() if name in (None, key)]
    figures = [figure for measure in wanted for figure in measure()]
    if as_json:
        answers.say_json([one.as_dict() for one in figures])
        return
    rows = [_figure_row(one) for one in figures]
    head = ["what", "unit", "ours", "raw limit", "ratio", "goal", "met"]
    answers.say_table("", head, rows)


def _figure_row(one: Figure) -> list[str]:
    ratio = one.ours / one.limit
    numbers = [f"{one.ours:,.2f}", f"{one.limit:,.2f}", f"{ratio:,.3f}"]
    return [one.name, one.unit, *numbers, one.goal, "yes" if one.met else "NO"]


def _show_audit(entries: int, findings: tuple[Finding, ...]) -> None:
    for one in findings:
        message = filled(one.code, dict(one.values))
        place = "-" if one.entry is None else str(one.entry)
        answers.say(f"{place}  {one.code}  {message.th} / {message.en}")
    answers.say(f"{entries} entries, {len(findings)} findings")


def _founded_bank(context: typer.Context) -> Bank:
    """Create what is missing of the bank, bring the rest up to date, and open it for this run."""
    bank = create_bank(settings_of(context))
    context.call_on_close(bank.database.close)
    return bank
