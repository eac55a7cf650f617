"""Verbs of standards: check, import, list, show."""

from pathlib import Path
from typing import Annotated, Any

import typer

from competency_bank import bank as opened
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of
from competency_bank.services.load_standards import load_editions
from competency_bank.storage.edition_rows import load_catalogue
from standards.model import Alias, Edition, Unit
from standards.reading_json import read_edition

verbs = typer.Typer(no_args_is_help=True)

Files = Annotated[list[Path], typer.Argument(help="Editions as JSON.")]


@verbs.command()
def check(files: Files, *, as_json: Json = False) -> None:
    """Read standards without storing anything."""
    with answers.answering(as_json=as_json):
        _say_editions([_read(path) for path in files], as_json=as_json)


@verbs.command(name="import")
def import_(context: typer.Context, files: Files, *, as_json: Json = False) -> None:
    """Store standards; an edition that is stored already stays as it is."""
    with answers.answering(as_json=as_json):
        bank = opened.open_bank(settings_of(context))
        editions = [_read(path) for path in files]
        with bank.writing() as transaction:
            new = load_editions(transaction, editions)
        _say_editions(new, as_json=as_json)


@verbs.command(name="list")
def list_(context: typer.Context, *, as_json: Json = False) -> None:
    """List the stored editions."""
    with answers.answering(as_json=as_json):
        with opened.open_bank(settings_of(context)).reading() as transaction:
            editions = load_catalogue(transaction).editions
        _say_editions(list(editions), as_json=as_json)


@verbs.command()
def show(context: typer.Context, code: str, *, as_json: Json = False) -> None:
    """Show a unit by certificate code, local code (std1949:10302), page id or key."""
    with answers.answering(as_json=as_json):
        with opened.open_bank(settings_of(context)).reading() as transaction:
            catalogue = load_catalogue(transaction)
        unit = catalogue.one_unit(code)
        answer = _unit_answer(unit) | {
            "edition": catalogue.edition_of(unit.key).id,
            "qualifications": [one.title_th for one in catalogue.qualifications_with(unit.key)],
        }
        if as_json:
            answers.say_json(answer)
        else:
            answers.say_table(unit.title_th, ["", ""], [[k, str(v)] for k, v in answer.items()])


def _read(path: Path) -> Edition:
    return read_edition(path.read_bytes(), name=path.name)


def _say_editions(editions: list[Edition], *, as_json: bool) -> None:
    rows = [
        {
            "edition": one.id,
            "owner": one.owner,
            "title": one.title_th,
            "released": one.released.isoformat(),
            "units": len(one.units),
            "qualifications": len(one.qualifications),
            "digest": one.digest,
        }
        for one in editions
    ]
    if as_json:
        answers.say_json(rows)
    else:
        shown = ["edition", "owner", "title", "released", "units", "qualifications"]
        answers.say_table("", shown, [[str(row[name]) for name in shown] for row in rows])


def _unit_answer(unit: Unit) -> dict[str, Any]:
    return {
        "key": unit.key,
        "code": unit.code,
        "aliases": [_alias_text(one) for one in unit.aliases],
        "title_th": unit.title_th,
        "title_en": unit.title_en,
        "owner": unit.owner,
        "industry": unit.industry,
        "occupation": unit.occupation,
        "levels": [f"{level.value} ({level.scale})" for level in unit.levels],
        "isco": list(unit.isco),
        "elements": None if unit.elements is None else [one.title_th for one in unit.elements],
        "source": unit.source_url,
    }


def _alias_text(alias: Alias) -> str:
    scope = f"{alias.scope}:" if alias.scope else ""
    return f"{alias.kind} {scope}{alias.value}"
