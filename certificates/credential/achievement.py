"""The achievement inside a credential of ours, both ways: what was achieved, and on what basis.

Open Badges 3.0 has one language for a name and no property for some of what a unit has; those
stand as labelled lines in ``description`` and ``targetDescription``, where a person reads them too.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urljoin

from certificates.credential import phrases
from certificates.credential.snapshot import CourseShown, Statement, UnitShown
from certificates.errors import CannotSay


def units_of(statement: Statement) -> tuple[UnitShown, ...]:
    """Return the units a statement speaks of: the one unit, or those of the course."""
    shown = shown_of(statement)
    return shown.units if isinstance(shown, CourseShown) else (shown,)


def shown_of(statement: Statement) -> UnitShown | CourseShown:
    """Return what is certified; raises ``CannotSay('kind')`` unless that is one thing."""
    by_kind: dict[str, UnitShown | CourseShown | None] = {
        "unit": statement.unit,
        "course": statement.course,
    }
    shown = by_kind.pop(statement.kind.value)
    (other,) = by_kind.values()
    if shown is None or other is not None:
        raise CannotSay("kind", field="kind", kind=statement.kind.value)
    return shown


def remarks_of(statement: Statement) -> list[str]:
    """Return the sentences on the basis and, where it is one, on the demonstration."""
    remarks = [phrases.BASIS_SENTENCE[statement.basis]]
    if statement.demonstration:
        remarks.append(phrases.DEMONSTRATION)
    return remarks


def achievement_of(statement: Statement) -> dict[str, Any]:
    """Return the Achievement object of a statement."""
    shown = shown_of(statement)
    achievement: dict[str, Any] = {
        "id": shown.uri,
        "type": ["Achievement"],
        "humanCode": shown.code,
        "inLanguage": "th",
        "name": shown.title_th,
        "criteria": {"narrative": "\n\n".join(remarks_of(statement))},
    }
    if isinstance(shown, CourseShown):
        achievement |= {"achievementType": "Course", "description": _course_lines(shown)}
        alignment = [_alignment(unit) for unit in shown.units]
        return achievement | ({"alignment": alignment} if alignment else {})
    occupation = {} if shown.occupation is None else {"fieldOfStudy": shown.occupation}
    return (
        achievement
        | occupation
        | {
            "achievementType": "Competency",
            "version": shown.edition,
            "description": _unit_lines(shown),
            "creator": _owner(shown),
            "alignment": [_alignment(shown)],
        }
    )


def _owner(unit: UnitShown) -> dict[str, Any]:
    """Return the owner of the standard, named in the bank that issues by its code."""
    return {
        "id": urljoin(unit.uri, f"/owners/{quote(unit.owner, safe='')}"),
        "type": ["Profile"],
        "name": unit.owner,
    }


def _alignment(unit: UnitShown) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetCode": unit.code,
        "targetName": unit.title_th,
        "targetDescription": _unit_lines(unit),
        "targetFramework": f"{unit.owner} {unit.edition}",
        "targetUrl": unit.uri,
    }


def _unit_lines(unit: UnitShown) -> str:
    return _lines(
        f"{phrases.UNIT} {unit.code}",
        (phrases.LABEL_TITLE_EN, unit.title_en),
        (phrases.LABEL_OCCUPATION, unit.occupation),
        (phrases.LABEL_LEVEL, unit.level),
        (phrases.MADE_UP, "" if unit.made_up else None),
    )


def _course_lines(course: CourseShown) -> str:
    return _lines(
        f"{phrases.COURSE} {course.code}",
        (phrases.LABEL_TITLE_EN, course.title_en),
        (phrases.LABEL_HOURS, None if course.hours is None else str(course.hours)),
    )


def _lines(head: str, *labelled: tuple[str, str | None]) -> str:
    return "\n".join([head, *(label + value for label, value in labelled if value is not None)])


def unit_in(alignment: Mapping[str, Any]) -> UnitShown:
    """Return the unit an Alignment of ours names."""
    lines = alignment["targetDescription"].split("\n")[1:]
    owner, _, edition = alignment["targetFramework"].partition(" ")
    return UnitShown(
        uri=alignment["targetUrl"],
        code=alignment["targetCode"],
        title_th=alignment["targetName"],
        title_en=_labelled(lines, phrases.LABEL_TITLE_EN),
        owner=owner,
        edition=edition,
        occupation=_labelled(lines, phrases.LABEL_OCCUPATION),
        level=_labelled(lines, phrases.LABEL_LEVEL),
        made_up=phrases.MADE_UP in lines,
    )


def course_in(achievement: Mapping[str, Any]) -> CourseShown:
    """Return the course an Achievement of ours describes."""
    lines = achievement["description"].split("\n")[1:]
    hours = _labelled(lines, phrases.LABEL_HOURS)
    return CourseShown(
        uri=achievement["id"],
        code=achievement["humanCode"],
        title_th=achievement["name"],
        title_en=_labelled(lines, phrases.LABEL_TITLE_EN),
        hours=None if hours is None else int(hours),
        units=tuple(unit_in(each) for each in achievement.get("alignment", ())),
    )


def _labelled(lines: list[str], label: str) -> str | None:
    """Return what follows ``label``, which stands once or not at all."""
    return next((line.removeprefix(label) for line in lines if line.startswith(label)), None)
