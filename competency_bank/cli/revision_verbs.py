"""Verbs of people's decisions on standards: release, compile, decide, confirm."""

from typing import Annotated

import typer

from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.course_verbs import By
from competency_bank.cli.opening import opened_bank
from competency_bank.cli.standard_answers import edition_answer, reading_answer
from competency_bank.cli.typed_values import typed_day
from competency_bank.domain.errors import BadInput
from competency_bank.services import decide_succession, quarantine_standard
from competency_bank.services.load_standards import load_editions
from competency_bank.storage.people_rows import find_person
from competency_bank.storage.quarantine_rows import all_sources
from standards.findings import proofread, serious
from standards.model import Edition, EditionId, OwnerCode
from standards.quarantine import TPQI, Verdict

verbs = typer.Typer()

Texts = Annotated[list[str] | None, typer.Option(help="DOUBT=TEXT, repeatable.")]


@verbs.command()
def waiting(context: typer.Context, *, as_json: Json = False) -> None:
    """List the sources in quarantine and how many doubts are open."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).reading() as transaction:
            sources = all_sources(transaction)
        rows = [{"id": s.id, "file": s.name, "open": len(s.reading.doubts)} for s in sources]
        if as_json:
            answers.say_json(rows)
        else:
            lines = [[str(value) for value in row.values()] for row in rows]
            answers.say_table("", ["id", "file", "open"], lines)


@verbs.command()
def release(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    source: str,
    *,
    by: By,
    accept: Annotated[list[str] | None, typer.Option(help="Doubt, repeatable.")] = None,
    replace: Texts = None,
    drop: Texts = None,
    accept_all: Annotated[bool, typer.Option("--accept-all")] = False,
    as_json: Json = False,
) -> None:
    """Decide on doubts of a source in quarantine."""
    with answers.answering(as_json=as_json):
        verdicts: list[tuple[str, Verdict, str | None]]
        verdicts = [(doubt, Verdict.ACCEPT, None) for doubt in accept or ()]
        verdicts += [_verdict(one, Verdict.REPLACE) for one in replace or ()]
        verdicts += [_verdict(one, Verdict.DROP) for one in drop or ()]
        with opened_bank(context).writing() as transaction:
            person = find_person(transaction, by).id
            kept = quarantine_standard.decide(transaction, source, verdicts, by=person)
            if accept_all:
                kept = quarantine_standard.accept_everything(transaction, source, by=person)
        answer = {"id": kept.id} | reading_answer(kept.reading)
        if as_json:
            answers.say_json(answer)
        else:
            answers.say(f"{kept.id}: {len(kept.reading.doubts)} open")


@verbs.command(name="compile")
def compile_(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(help="Sources in quarantine.")],
    *,
    edition: Annotated[str, typer.Option(help="Name of the new edition.")],
    title: Annotated[str, typer.Option(help="Thai title.")],
    released: Annotated[str, typer.Option(help="Day of release.")],
    by: By,
    owner: Annotated[str, typer.Option()] = TPQI,
    as_json: Json = False,
) -> None:
    """Make an edition of released sources and store it; what still waits is not in it."""
    with answers.answering(as_json=as_json):
        head = Edition(
            id=EditionId(edition),
            owner=OwnerCode(owner),
            title_th=title,
            title_en=None,
            released=typed_day(released),
            made_up=False,
            units=(),
            qualifications=(),
            digest="",
        )
        with opened_bank(context).writing() as transaction:
            person = find_person(transaction, by).id
            made = quarantine_standard.compiled(transaction, sources, head)
            stopping = serious(proofread(made))
            if stopping:
                raise BadInput("serious-findings", file=edition, count=len(stopping))
            load_editions(transaction, [made], by=person)
        answer = edition_answer(made)
        if as_json:
            answers.say_json(answer)
        else:
            answers.say(f"{answer['edition']}: {answer['units']} units")


@verbs.command()
def decide(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="replaces, equals, partly-covers or withdraws")],
    old: str,
    new: str,
    *,
    by: By,
    reason: Annotated[str, typer.Option(help="Why; kept for ever.")],
    as_json: Json = False,
) -> None:
    """Propose what a unit is worth in the place of another; a second person confirms it."""
    with answers.answering(as_json=as_json):
        asked = decide_succession.Asked(kind, old, new, reason)
        with opened_bank(context).writing() as transaction:
            person = find_person(transaction, by).id
            kept = decide_succession.propose_decision(transaction, asked, by=person)
        _say_decision(kept.reference, "waits for confirmation", as_json=as_json)


@verbs.command()
def confirm(context: typer.Context, reference: str, *, by: By, as_json: Json = False) -> None:
    """Confirm a decision of somebody else; it counts from its day on."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).writing() as transaction:
            person = find_person(transaction, by).id
            kept = decide_succession.confirm_decision(transaction, reference, by=person)
        _say_decision(kept.reference, "in force", as_json=as_json)


def _say_decision(reference: str, state: str, *, as_json: bool) -> None:
    if as_json:
        answers.say_json({"reference": reference, "state": state})
    else:
        answers.say(f"{reference}: {state}")


def _verdict(text: str, verdict: Verdict) -> tuple[str, Verdict, str]:
    doubt, sign, words = text.partition("=")
    if not sign:
        raise BadInput("bad-verdict", value=text)
    return doubt, verdict, words
