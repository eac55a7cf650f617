"""Verbs of courses: import, list, show, propose, approve."""

from pathlib import Path
from typing import Annotated, Any

import typer

from competency_bank import bank as opened
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of
from competency_bank.domain.course_files import read_courses, read_map
from competency_bank.domain.errors import NotFound
from competency_bank.services.map_course import add_courses, approve_map, propose_map
from competency_bank.storage import course_rows
from competency_bank.storage.course_rows import StoredMap
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.people_rows import find_person

verbs = typer.Typer(no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help="School number or id of who does it.")]


@verbs.command(name="import")
def import_(context: typer.Context, file: Path, *, as_json: Json = False) -> None:
    """Add courses from a JSON file."""
    with answers.answering(as_json=as_json):
        courses = read_courses(file.read_bytes(), name=file.name)
        with opened.open_bank(settings_of(context)).writing() as transaction:
            new = add_courses(transaction, courses)
        _say({"new": new, "known": len(courses) - new}, as_json=as_json)


@verbs.command(name="list")
def list_(context: typer.Context, *, as_json: Json = False) -> None:
    """List the courses."""
    with answers.answering(as_json=as_json):
        with opened.open_bank(settings_of(context)).reading() as transaction:
            courses = course_rows.all_courses(transaction)
        rows = [{"code": c.code, "title": c.title_th, "hours": c.hours} for c in courses]
        if as_json:
            answers.say_json(rows)
        else:
            lines = [[str(v if v is not None else "-") for v in row.values()] for row in rows]
            answers.say_table("", ["code", "title", "hours"], lines)


@verbs.command()
def show(context: typer.Context, code: str, *, as_json: Json = False) -> None:
    """Show a course and the mapping in force."""
    with answers.answering(as_json=as_json):
        with opened.open_bank(settings_of(context)).reading() as transaction:
            course = course_rows.find_course(transaction, code)
            catalogue = load_catalogue(transaction)
            stored = _approved(transaction, code)
        units = [] if stored is None else [catalogue.unit(k) for k in stored.course_map.units]
        answer: dict[str, Any] = {
            "code": course.code,
            "title_th": course.title_th,
            "title_en": course.title_en,
            "hours": course.hours,
            "version": None if stored is None else stored.course_map.version,
            "units": [{"code": u.shown_code, "title": u.title_th} for u in units],
        }
        _say(answer, as_json=as_json)


@verbs.command()
def propose(context: typer.Context, file: Path, *, by: By, as_json: Json = False) -> None:
    """Propose a mapping (JSON); another person approves it."""
    with answers.answering(as_json=as_json):
        with opened.open_bank(settings_of(context)).writing() as transaction:
            catalogue = load_catalogue(transaction)
            course_map = read_map(file.read_bytes(), catalogue, name=file.name)
            person = find_person(transaction, by)
            version = propose_map(transaction, course_map, by=person.id)
        _say({"course": course_map.course_code, "version": version}, as_json=as_json)


@verbs.command()
def approve(context: typer.Context, code: str, *, by: By, as_json: Json = False) -> None:
    """Approve the newest proposed mapping; the approver is never the author."""
    with answers.answering(as_json=as_json):
        with opened.open_bank(settings_of(context)).writing() as transaction:
            version = approve_map(transaction, code, by=find_person(transaction, by).id)
        _say({"course": code, "version": version}, as_json=as_json)


def _approved(transaction: Transaction, code: str) -> StoredMap | None:
    try:
        return course_rows.approved_map(transaction, code)
    except NotFound:
        return None


def _say(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        answers.say_json(answer)
    else:
        answers.say_table("", ["", ""], [[key, str(value)] for key, value in answer.items()])
