"""Verbs of courses: import, list, show, propose, approve."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.opening import opened_bank
from competency_bank.cli.standard_answers import coverage_answer
from competency_bank.domain.course_files import course_of, read_courses, read_map
from competency_bank.domain.errors import NotFound
from competency_bank.services.map_course import add_courses, approve_map, propose_map
from competency_bank.services.weigh_mapping import cover_of, suggestions_for
from competency_bank.storage import course_rows
from competency_bank.storage.course_rows import StoredMap
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.people_rows import find_person
from standards.known_courses import example_mappings, known_courses
from standards.suggesting import Match
from standards.wording import reason

verbs = typer.Typer(no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help="School number or id of who does it.")]


@verbs.command(name="import")
def import_(context: typer.Context, file: Path, *, as_json: Json = False) -> None:
    """Add courses from a JSON file."""
    with answers.answering(as_json=as_json):
        courses = read_courses(file.read_bytes(), name=file.name)
        with opened_bank(context).writing() as transaction:
            new = add_courses(transaction, courses)
        _say({"new": new, "known": len(courses) - new}, as_json=as_json)


@verbs.command()
def known(context: typer.Context, *, by: By, as_json: Json = False) -> None:
    """Add the courses that public pages name, and propose this project's example mappings."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).writing() as transaction:
            new = add_courses(transaction, [course_of(one) for one in known_courses()])
            person = find_person(transaction, by).id
            proposed = []
            for example in example_mappings(load_catalogue(transaction)):
                code = example.course_map.course_code.upper()
                if course_rows.latest_version(transaction, code) == 0:
                    mapped = replace(example.course_map, course_code=code)
                    propose_map(transaction, mapped, by=person)
                    proposed.append(code)
        _say({"new": new, "proposed": proposed}, as_json=as_json)


@verbs.command(name="list")
def list_(context: typer.Context, *, as_json: Json = False) -> None:
    """List the courses."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).reading() as transaction:
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
        with opened_bank(context).reading() as transaction:
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
            "papers": [asdict(paper) for paper in course.papers],
        }
        _say(answer, as_json=as_json)


@verbs.command()
def propose(context: typer.Context, file: Path, *, by: By, as_json: Json = False) -> None:
    """Propose a mapping (JSON); another person approves it."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).writing() as transaction:
            catalogue = load_catalogue(transaction)
            course_map = read_map(file.read_bytes(), catalogue, name=file.name)
            person = find_person(transaction, by)
            version = propose_map(transaction, course_map, by=person.id)
        _say({"course": course_map.course_code, "version": version}, as_json=as_json)


@verbs.command()
def approve(context: typer.Context, code: str, *, by: By, as_json: Json = False) -> None:
    """Approve the newest proposed mapping; the approver is never the author."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).writing() as transaction:
            version = approve_map(transaction, code, by=find_person(transaction, by).id)
        _say({"course": code, "version": version}, as_json=as_json)


@verbs.command()
def suggest(
    context: typer.Context,
    code: str,
    *,
    limit: Annotated[int, typer.Option(min=1, max=50)] = 10,
    as_json: Json = False,
) -> None:
    """Suggest units for each part of a course, with the words that led there."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).reading() as transaction:
            found = suggestions_for(transaction, code, limit=limit)
        rows = [
            {
                "part": one.part,
                "suggestions": [
                    {
                        "code": each.unit.shown_code,
                        "title": each.unit.title_th,
                        "element": None if each.element is None else each.element.title_th,
                        "score": each.score,
                        "because": [_why(match) for match in each.reasons],
                    }
                    for each in one.suggestions
                ],
            }
            for one in found
        ]
        if as_json:
            answers.say_json(rows)
        else:
            _show_suggestions(rows)


@verbs.command()
def coverage(
    context: typer.Context,
    code: str,
    *,
    version: Annotated[int | None, typer.Option(help="Default: the one in force.")] = None,
    as_json: Json = False,
) -> None:
    """Show how the mapping covers each unit: share, hours, gaps, over-cover."""
    with answers.answering(as_json=as_json):
        with opened_bank(context).reading() as transaction:
            answer = coverage_answer(cover_of(transaction, code, version=version))
        if as_json:
            answers.say_json(answer)
        else:
            shown = ["code", "title", "counted_in", "share", "hours", "banked"]
            rows = [[str(unit[name]) for name in shown] for unit in answer["units"]]
            answers.say_table(code, shown, rows)


def _why(match: Match) -> dict[str, str]:
    return answers.as_dict(reason(match.code, said=match.said, found=match.found))


def _show_suggestions(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        answers.say(str(row["part"]))
        for each in row["suggestions"]:
            answers.say(f"  {each['score']:>7}  {each['code']}  {each['title']}")


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
