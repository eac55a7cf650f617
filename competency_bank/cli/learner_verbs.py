"""Verbs around learners: people, classes, record, withdraw, correct, holdings, path."""

from pathlib import Path
from typing import Annotated, Any

import typer

from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.course_verbs import By
from competency_bank.cli.opening import opened_bank
from competency_bank.cli.typed_values import typed_day, typed_number
from competency_bank.domain.ledger import SYSTEM
from competency_bank.holdings_answer import holdings_answer, path_answer
from competency_bank.services import (
    correct_record,
    open_class,
    record_units,
    register_people,
    show_holdings,
    withdraw_learner,
)
from competency_bank.sheet_answer import sheet_answer
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.people_rows import find_person
from standards.reading_sheet import Grid, read_grid

verbs = typer.Typer()
people = typer.Typer(no_args_is_help=True)
classes = typer.Typer(no_args_is_help=True)

ClassName = Annotated[str, typer.Option("--class", help="Name of the class.")]


@people.command(name="import")
def import_people(context: typer.Context, file: Path, *, as_json: Json = False) -> None:
    """Add people from a table (CSV, XLSX)."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        with bank.writing() as transaction:
            done = register_people.register_people(
                transaction, _grid(file), by=SYSTEM, pepper=bank.pepper
            )
        _say({"new": done.new, "known": done.known}, as_json=as_json)


@classes.command(name="import")
def import_classes(context: typer.Context, file: Path, *, as_json: Json = False) -> None:
    """Open classes and enrol learners from a table (CSV, XLSX)."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).writing() as transaction:
            done = open_class.open_classes(transaction, _grid(file))
        _say({"classes": done.classes, "enrolled": done.enrolled}, as_json=as_json)


@verbs.command()
def record(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    sheet: Path,
    *,
    class_id: ClassName,
    by: By,
    dry_run: Annotated[bool, typer.Option(help="Say what would happen; do nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Record a class sheet (CSV, XLSX) of passed units."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        grid = _grid(sheet)
        trip = record_units.preview_sheet if dry_run else record_units.record_sheet
        with bank.reading() if dry_run else bank.writing() as transaction:
            teacher = find_person(transaction, by).id
            done = trip(transaction, grid, class_id, by=teacher, pepper=bank.pepper)
        answer = sheet_answer(done)
        if as_json:
            answers.say_json(answer)
        else:
            _show_sheet(answer)


@verbs.command()
def withdraw(
    context: typer.Context, learner: str, *, class_id: ClassName, as_json: Json = False
) -> None:
    """Note that a learner left a course; the units stay."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).writing() as transaction:
            done = withdraw_learner.withdraw_learner(
                transaction, learner, class_id=class_id, by=SYSTEM
            )
            kept = len(show_holdings.holdings_of(transaction, learner))
        answer = {"learner": done.learner, "class": done.class_id, "state": done.state.value}
        _say(answer | {"units_kept": kept}, as_json=as_json)


@verbs.command()
def correct(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    entry: int,
    *,
    by: By,
    reason: Annotated[str, typer.Option(help="Why; kept for ever.")],
    void: Annotated[bool, typer.Option("--void", help="Void the record.")] = False,
    passed_on: Annotated[str | None, typer.Option(help="The right day.")] = None,
    score: Annotated[str | None, typer.Option(help="The right score.")] = None,
    note: Annotated[str | None, typer.Option(help="The right note.")] = None,
    as_json: Json = False,
) -> None:
    """Write a new entry that voids or amends an old one."""
    with answers.answering(as_json=as_json):
        change = correct_record.Correction(
            None if passed_on is None else typed_day(passed_on),
            None if score is None else typed_number(score),
            note,
        )
        bank = opened_bank(context)
        with bank.writing() as transaction:
            person = find_person(transaction, by).id
            if void:
                done = correct_record.void_record(transaction, entry, by=person, reason=reason)
            else:
                done = correct_record.amend_record(
                    transaction, entry, change, by=person, reason=reason
                )
        bank.publish()
        _say({"entry": done.entry, "revoked": list(done.revoked)}, as_json=as_json)


@verbs.command()
def holdings(
    context: typer.Context,
    learner: str,
    *,
    as_of: Annotated[str | None, typer.Option(help="As of the end of this day.")] = None,
    as_json: Json = False,
) -> None:
    """List the units a learner holds."""
    with answers.answering(as_json=as_json):
        day = None if as_of is None else typed_day(as_of)
        with opened_bank(context).reading() as transaction:
            held = show_holdings.holdings_of(transaction, learner, as_of=day)
            completed = show_holdings.completed_of(transaction, learner) if day is None else ()
            person = find_person(transaction, learner)
        answer = holdings_answer(person, held, completed)
        if as_json:
            answers.say_json(answer)
        else:
            shown = ["code", "title", "passed_on", "basis", "certificate"]
            units = [unit | {"title": unit["title"]["th"]} for unit in answer["units"]]
            rows = [[str(unit[name] or "-") for name in shown] for unit in units]
            answers.say_table(person.name.full, shown, rows)


@verbs.command()
def path(
    context: typer.Context,
    learner: str,
    *,
    goal: Annotated[str | None, typer.Option(help="Qualification: page id, title or key.")] = None,
    as_json: Json = False,
) -> None:
    """Show what is left for a qualification, or for the nearest ones."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).reading() as transaction:
            found = show_holdings.path_of(transaction, learner, goal=goal)
            catalogue = load_catalogue(transaction)
        goals = path_answer(found, catalogue)
        if as_json:
            answers.say_json(goals)
        else:
            for one in goals:
                answers.say(
                    f"{one['title']['th']}: {len(one['held'])}/{len(one['held'] + one['left'])}"
                )
                for unit in one["left"]:
                    answers.say(f"  - {unit['code']} {unit['title']['th']}")


def _grid(file: Path) -> Grid:
    return read_grid(file.read_bytes(), name=file.name)


def _show_sheet(answer: dict[str, Any]) -> None:
    answers.say(f"recorded {answer['recorded']}, already {answer['already']}")
    for one in answer["refused"]:
        answers.say(f"{one['message']['th']}\n{one['message']['en']}")


def _say(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        answers.say_json(answer)
    else:
        answers.say(", ".join(f"{key}: {value}" for key, value in answer.items()))
