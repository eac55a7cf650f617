"""Verbs of standards: check, import, list, show, search, diff, export."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of
from competency_bank.cli.opening import opened_bank
from competency_bank.cli.standard_answers import (
    comparison_answer,
    edition_answer,
    finding_answers,
    reading_answer,
    unit_answer,
)
from competency_bank.domain.errors import BadInput
from competency_bank.services.compare_editions import compare_editions
from competency_bank.services.load_standards import load_editions
from competency_bank.services.quarantine_standard import keep_source
from competency_bank.storage.edition_rows import load_catalogue
from standards.alias_table import alias_table, collisions, named
from standards.case_exchange import write_case
from standards.catalogue import Catalogue
from standards.findings import proofread, serious
from standards.model import Edition, EditionId, OwnerCode, Qualification
from standards.quarantine import TPQI
from standards.reading_any import read_standard, remarks
from standards.reading_json import write_edition
from standards.search import SearchIndex

verbs = typer.Typer(no_args_is_help=True)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="JSON, CASE 1.1, CSV/XLSX, or saved TPQI pages."),
]
Owner = Annotated[str, typer.Option(help="Whose pages or tables these are.")]


@verbs.command()
def check(files: Files, *, owner: Owner = TPQI, as_json: Json = False) -> None:
    """Proof-read standards without storing anything; exit 1 if a finding is serious."""
    with answers.answering(as_json=as_json):
        checked, stop = [], False
        for path in files:
            data = path.read_bytes()
            reading = read_standard(data, name=path.name, owner=OwnerCode(owner))
            findings = proofread(reading.edition or reading)
            stop = stop or bool(serious(findings))
            notes = remarks(data, name=path.name)
            answer = {"file": path.name} | reading_answer(reading)
            checked.append(answer | finding_answers(findings, notes))
        _say(checked, as_json=as_json)
        if stop:
            raise typer.Exit(answers.Exit.REFUSED)


@verbs.command(name="import")
def import_(
    context: typer.Context, files: Files, *, owner: Owner = TPQI, as_json: Json = False
) -> None:
    """Store editions; pages and tables go to quarantine until a person released them."""
    with answers.answering(as_json=as_json):
        stored: list[dict[str, Any]] = []
        with opened_bank(context).writing() as transaction:
            for path in files:
                data = path.read_bytes()
                reading = read_standard(data, name=path.name, owner=OwnerCode(owner))
                if reading.edition is None:
                    kept = keep_source(transaction, data, name=path.name, owner=OwnerCode(owner))
                    answer = {"file": path.name, "waits_as": kept.id}
                    stored.append(answer | reading_answer(kept.reading))
                    continue
                _stop_if_serious(reading.edition, path.name)
                new = load_editions(transaction, [reading.edition])
                stored.append(edition_answer(reading.edition) | {"new": bool(new)})
        _say(stored, as_json=as_json)


@verbs.command(name="list")
def list_(context: typer.Context, *, as_json: Json = False) -> None:
    """List the stored editions."""
    with answers.answering(as_json=as_json):
        _say([edition_answer(one) for one in _catalogue(context).editions], as_json=as_json)


@verbs.command()
def show(context: typer.Context, code: str, *, as_json: Json = False) -> None:
    """Show a unit by certificate code, local code (std1949:10302), page id or key."""
    with answers.answering(as_json=as_json):
        catalogue = _catalogue(context)
        answer = unit_answer(catalogue.one_unit(code), catalogue)
        if as_json:
            answers.say_json(answer)
        else:
            rows = [[name, str(value)] for name, value in answer.items()]
            answers.say_table(str(answer["title_th"]), ["", ""], rows)


@verbs.command()
def search(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    text: str,
    *,
    owner: Annotated[str | None, typer.Option()] = None,
    level: Annotated[int | None, typer.Option()] = None,
    occupation: Annotated[str | None, typer.Option()] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    as_json: Json = False,
) -> None:
    """Find units and qualifications by what people type, slips included."""
    with answers.answering(as_json=as_json):
        index = SearchIndex(_catalogue(context))
        named = None if owner is None else OwnerCode(owner)
        hits = index.search(text, limit=limit, owner=named, level=level, occupation=occupation)
        rows = [
            {
                "kind": "qualification" if isinstance(hit.item, Qualification) else "unit",
                "code": hit.item.key
                if isinstance(hit.item, Qualification)
                else hit.item.shown_code,
                "title": hit.item.title_th,
                "occupation": hit.item.occupation,
                "score": hit.score,
            }
            for hit in hits
        ]
        _say(rows, as_json=as_json)


@verbs.command()
def aliases(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(help="A name; none: the colliding ones.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show which units a name means, and which edition and page say so."""
    with answers.answering(as_json=as_json):
        rows = alias_table(_catalogue(context))
        if text is not None:
            wanted = list(named(rows, text))
        else:
            wanted = [row for group in collisions(rows) for row in group]
        _say([asdict(row) | {"since": row.since.isoformat()} for row in wanted], as_json=as_json)


@verbs.command(name="diff")
def diff_(context: typer.Context, old: str, new: str, *, as_json: Json = False) -> None:
    """Compare two editions (names or files): what changes, for mappings and for people."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).reading() as transaction:
            catalogue = load_catalogue(transaction)
            one, other = _edition(catalogue, old), _edition(catalogue, new)
            comparison = compare_editions(transaction, one, other)
        _say([comparison_answer(comparison)], as_json=as_json)


@verbs.command()
def export(
    context: typer.Context,
    edition: Annotated[
        str | None, typer.Argument(help="Default: the newest that is not made up.")
    ] = None,
    *,
    form: Annotated[str, typer.Option("--format", help="case or json")] = "json",
    out: Annotated[Path | None, typer.Option(help="File to write.")] = None,
) -> None:
    """Write one edition as CASE 1.1 or as our own JSON."""
    with answers.answering(as_json=False):
        catalogue = _catalogue(context)
        found = catalogue.edition(EditionId(edition)) if edition else _newest(catalogue)
        if form not in {"case", "json"}:
            raise typer.BadParameter("case or json", param_hint="--format")
        base = settings_of(context).public_url
        data = write_case(found, base=base) if form == "case" else write_edition(found)
        if out is None:
            answers.say(data.decode())
        else:
            out.write_bytes(data)


def _catalogue(context: typer.Context) -> Catalogue:
    with opened_bank(context).reading() as transaction:
        return load_catalogue(transaction)


def _newest(catalogue: Catalogue) -> Edition:
    return max(catalogue.editions, key=lambda one: (not one.made_up, one.released, one.id))


def _edition(catalogue: Catalogue, name: str) -> Edition:
    """Return a stored edition, or one read from a file that is not stored yet."""
    path = Path(name)
    if path.is_file():
        reading = read_standard(path.read_bytes(), name=path.name)
        if reading.edition is not None:
            return reading.edition
    return catalogue.edition(EditionId(name))


def _stop_if_serious(edition: Edition, name: str) -> None:
    found = serious(proofread(edition))
    if found:
        raise BadInput("serious-findings", file=name, count=len(found))


def _say(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        answers.say_json(rows)
        return
    for row in rows:
        for name, value in row.items():
            answers.say(f"{name}: {value}")
        answers.say("")
