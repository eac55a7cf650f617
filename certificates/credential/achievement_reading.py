"""What a statement certified, read from an Achievement that ``achievement_form`` wrote.

Nothing is checked here: ``open_badge.statement_of`` says again what was read and compares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from certificates.credential import phrases
from certificates.credential.labelled_lines import below_head, value_of, values_of
from certificates.credential.snapshot import (
    Attendance,
    Citation,
    CourseShown,
    ElementShown,
    HonourShown,
    QualificationShown,
    RecordShown,
    UnitShown,
)

ATTENDANCE_STATUS = {Attendance.WITHDRAWN: "Withdrew", Attendance.UNDER_WAY: "InProgress"}
"""How Open Badges 3.0 names the two ways in which a course is unfinished."""
_ATTENDANCE = {status: attendance for attendance, status in ATTENDANCE_STATUS.items()}


def unit_in(alignment: Mapping[str, Any]) -> UnitShown:
    """Return the unit an Alignment of ours names."""
    lines = below_head(alignment["targetDescription"])
    owner, _, edition = alignment["targetFramework"].partition(" ")
    page = value_of(lines, phrases.LABEL_PAGE)
    url = alignment["targetUrl"]
    return UnitShown(
        uri=url if page is None else page,
        code=alignment["targetCode"],
        title_th=alignment["targetName"],
        title_en=value_of(lines, phrases.LABEL_TITLE_EN),
        owner=owner,
        edition=edition,
        occupation=value_of(lines, phrases.LABEL_OCCUPATION),
        level=value_of(lines, phrases.LABEL_LEVEL),
        made_up=phrases.MADE_UP in lines,
        case_uri=None if page is None else url,
        owner_name=value_of(lines, phrases.LABEL_OWNER),
        elements=tuple(map(_element, values_of(lines, phrases.LABEL_ELEMENT))),
    )


def qualification_in(achievement: Mapping[str, Any]) -> QualificationShown:
    """Return the qualification an Achievement of ours describes."""
    own, *units = achievement["alignment"]
    same = unit_in(own)
    return QualificationShown(
        uri=same.uri,
        code=same.code,
        title_th=same.title_th,
        title_en=same.title_en,
        owner=same.owner,
        edition=same.edition,
        occupation=same.occupation,
        level=same.level,
        made_up=same.made_up,
        units=tuple(map(unit_in, units)),
        case_uri=same.case_uri,
        owner_name=same.owner_name,
    )


def course_in(achievement: Mapping[str, Any]) -> CourseShown:
    """Return the course an Achievement of ours describes."""
    lines = below_head(achievement["description"])
    hours = value_of(lines, phrases.LABEL_HOURS)
    return CourseShown(
        uri=achievement["id"],
        code=achievement["humanCode"],
        title_th=achievement["name"],
        title_en=value_of(lines, phrases.LABEL_TITLE_EN),
        hours=None if hours is None else int(hours),
        units=tuple(map(unit_in, achievement.get("alignment", ()))),
        version=achievement.get("version"),
    )


def record_in(achievement: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> RecordShown:
    """Return the unfinished course; the units whose results are given come first."""
    course = course_in(achievement)
    whole, *passed = results
    return RecordShown(
        uri=course.uri,
        code=course.code,
        title_th=course.title_th,
        title_en=course.title_en,
        hours=course.hours,
        attendance=_ATTENDANCE[whole["status"]],
        units=course.units[: len(passed)],
        left=course.units[len(passed) :],
        version=course.version,
    )


def honour_in(
    achievement: Mapping[str, Any], reason: str, awards: Sequence[Mapping[str, Any]]
) -> HonourShown:
    """Return the honour; ``awards`` are the two pieces of evidence that name who awards it."""
    first, second = (Citation(each["name"], each["description"]) for each in awards)
    return HonourShown(
        uri=achievement["id"],
        title_th=achievement["name"],
        title_en=value_of(below_head(achievement["description"]), phrases.LABEL_TITLE_EN),
        field=achievement["fieldOfStudy"],
        reason=reason,
        awarded_by=(first, second),
    )


def unit_certified(achievement: Mapping[str, Any]) -> UnitShown:
    """Return the unit of a unit letter."""
    (alignment,) = achievement["alignment"]
    return replace(unit_in(alignment), uri=achievement["id"])


def _element(line: str) -> ElementShown:
    code, _, title = line.partition(": ")
    return ElementShown(code, title)
