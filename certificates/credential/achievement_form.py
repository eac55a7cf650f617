"""Achievement objects (Open Badges 3.0) for each kind of statement.

Open Badges 3.0 has one language for a name: the Thai achievement names its English one as
``related``, with the text inside, so that both are signed (a language map would pass the schema
and stay outside a JSON-LD signature). What has no property at all stands as labelled lines in
``description`` and ``targetDescription``. ``achievement_reading`` takes them apart again.
"""

from typing import Any
from urllib.parse import quote, urljoin

from certificates.credential import phrases
from certificates.credential.achievement import remarks_of, shown_of
from certificates.credential.endorsements import endorsements_of
from certificates.credential.labelled_lines import Labelled, written
from certificates.credential.snapshot import (
    CourseShown,
    Form,
    HonourShown,
    PortfolioShown,
    QualificationShown,
    RecordShown,
    Statement,
    UnitShown,
)
from certificates.errors import CannotSay

PASSED = "passed"
NOT_YET = "not-yet"


def achievement_of(statement: Statement) -> dict[str, Any]:
    """Return the Achievement object of a statement that is no portfolio."""
    shown = shown_of(statement)
    if isinstance(shown, PortfolioShown):
        raise CannotSay("kind", field="kind", kind=statement.kind.value)
    if isinstance(shown, UnitShown):
        own = unit_achievement(shown, statement.form)
    elif isinstance(shown, QualificationShown):
        own = _qualification(shown)
    elif isinstance(shown, HonourShown):
        own = _honour(shown)
    else:
        own = course_achievement(shown)
    own["criteria"] = {"narrative": "\n\n".join(remarks_of(statement))}
    if statement.form is Form.SECOND:
        own |= _related(shown.uri, shown.title_en)
        own["resultDescription"] = _result_descriptions(shown)
    if statement.endorsements:
        own["endorsement"] = endorsements_of(statement.endorsements, achievement=shown.uri)
    return own


def unit_achievement(unit: UnitShown, form: Form) -> dict[str, Any]:
    """Return the Achievement of a unit, without criteria."""
    return (
        _named(unit.uri, unit.title_th, kind="Competency")
        | {"humanCode": unit.code, "version": unit.edition, "description": unit_lines(unit)}
        | ({} if unit.occupation is None else {"fieldOfStudy": unit.occupation})
        | {"creator": _owner(unit, form), "alignment": [alignment_of(unit)]}
    )


def course_achievement(course: CourseShown | RecordShown) -> dict[str, Any]:
    """Return the Achievement of a course, without criteria; it aligns with its units."""
    units = course.units + (course.left if isinstance(course, RecordShown) else ())
    alignment = [alignment_of(unit) for unit in units]
    return (
        _named(course.uri, course.title_th, kind="Course")
        | {"humanCode": course.code, "description": _course_lines(course)}
        | ({} if course.version is None else {"version": course.version})
        | ({"alignment": alignment} if alignment else {})
    )


def _qualification(shown: QualificationShown) -> dict[str, Any]:
    return (
        _named(shown.uri, shown.title_th, kind="Certification")
        | {
            "humanCode": shown.code,
            "version": shown.edition,
            "description": unit_lines(shown, head=phrases.QUALIFICATION),
            "creator": _owner(shown, Form.SECOND),
            "alignment": [
                alignment_of(shown, head=phrases.QUALIFICATION),
                *(alignment_of(unit) for unit in shown.units),
            ],
        }
        | ({} if shown.occupation is None else {"fieldOfStudy": shown.occupation})
    )


def _honour(shown: HonourShown) -> dict[str, Any]:
    lines = written(f"{phrases.HONOUR}: {shown.field}", (phrases.LABEL_TITLE_EN, shown.title_en))
    return _named(shown.uri, shown.title_th, kind="Award") | {
        "description": lines,
        "fieldOfStudy": shown.field,
    }


def _named(uri: str, title: str, *, kind: str) -> dict[str, Any]:
    return {
        "id": uri,
        "type": ["Achievement"],
        "achievementType": kind,
        "inLanguage": "th",
        "name": title,
    }


def _related(uri: str, english: str | None) -> dict[str, Any]:
    """Return the English achievement beside the Thai one, where there is an English name."""
    if english is None:
        return {}
    twin = {"id": f"{uri}#en", "type": ["Related"], "inLanguage": "en", "name": english}
    return {"related": [twin]}


def _owner(shown: UnitShown | QualificationShown, form: Form) -> dict[str, Any]:
    """Return the owner of the standard; in the bank that issues it has its code as a name."""
    profile: dict[str, Any] = {
        "id": urljoin(shown.uri, f"/owners/{quote(shown.owner, safe='')}"),
        "type": ["Profile"],
        "name": shown.owner_name or shown.owner,
    }
    if form is Form.SECOND:
        code = {"type": "IdentifierEntry", "identifier": shown.owner}
        profile["otherIdentifier"] = [code | {"identifierType": "identifier"}]
    return profile


def alignment_of(
    shown: UnitShown | QualificationShown, *, head: str = phrases.UNIT
) -> dict[str, Any]:
    """Return the Alignment that names a unit or a qualification as an item of its standard."""
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetCode": shown.code,
        "targetName": shown.title_th,
        "targetDescription": unit_lines(shown, head=head),
        "targetFramework": f"{shown.owner} {shown.edition}",
        "targetUrl": shown.case_uri or shown.uri,
    }


def unit_lines(
    shown: UnitShown | QualificationShown, *further: Labelled, head: str = phrases.UNIT
) -> str:
    """Return what a description says of a unit or a qualification."""
    elements = shown.elements if isinstance(shown, UnitShown) else ()
    return written(
        f"{head} {shown.code}",
        (phrases.LABEL_TITLE_EN, shown.title_en),
        (phrases.LABEL_OCCUPATION, shown.occupation),
        (phrases.LABEL_LEVEL, shown.level),
        (phrases.LABEL_OWNER, shown.owner_name),
        (phrases.LABEL_PAGE, None if shown.case_uri is None else shown.uri),
        *((phrases.LABEL_ELEMENT, f"{each.code}: {each.title_th}") for each in elements),
        *further,
        (phrases.MADE_UP, "" if shown.made_up else None),
    )


def _course_lines(course: CourseShown | RecordShown) -> str:
    return written(
        f"{phrases.COURSE} {course.code}",
        (phrases.LABEL_TITLE_EN, course.title_en),
        (phrases.LABEL_HOURS, None if course.hours is None else str(course.hours)),
    )


def _result_descriptions(
    shown: UnitShown | CourseShown | QualificationShown | HonourShown | RecordShown,
) -> list[dict[str, Any]]:
    """Return what can be reached: the whole, and each element or each unit of the course."""
    found = [_described(result_id(shown.uri), phrases.RESULT, kind="Status")]
    if isinstance(shown, UnitShown):
        for number, element in enumerate(shown.elements, start=1):
            name = element_id(shown.uri, number)
            one = _described(name, f"{element.code}: {element.title_th}", "RubricCriterionLevel")
            levels = [
                _level(name, NOT_YET, phrases.NOT_YET, "0"),
                _level(name, PASSED, phrases.PASSED, "1"),
            ]
            passed = f"{name}-{PASSED}"
            found.append(one | {"requiredLevel": passed, "rubricCriterionLevel": levels})
    if isinstance(shown, RecordShown):
        units = (*shown.units, *shown.left)
        found += [_described(result_id(unit.uri), unit.title_th, kind="Status") for unit in units]
    return found


def _described(name: str, title: str, kind: str) -> dict[str, Any]:
    return {"id": name, "type": ["ResultDescription"], "name": title, "resultType": kind}


def _level(element: str, which: str, title: str, level: str) -> dict[str, Any]:
    return {
        "id": f"{element}-{which}",
        "type": ["RubricCriterionLevel"],
        "name": title,
        "level": level,
    }


def result_id(uri: str) -> str:
    """Return the name under which the result in something is described."""
    return f"{uri}#result"


def element_id(uri: str, number: int) -> str:
    """Return the name under which the result in an element is described, counted from 1."""
    return f"{uri}#element-{number}"
