"""The body of a unit letter and of a course certificate."""

from certificates.credential.snapshot import CourseShown, Statement, UnitShown
from certificates.document import page_words
from certificates.document.body_blocks import Body, divider
from certificates.document.facts import fact_row, unit_facts, unit_list
from certificates.document.stacking import Block


def unit_blocks(statement: Statement, shown: UnitShown, body: Body) -> list[Block]:
    """Say whom it speaks of, on what basis, in what unit; then the facts."""
    return [
        *body.wording(page_words.OPENING, 0),
        body.holder(statement),
        divider(),
        *body.wording(page_words.UNIT_BASIS[statement.basis], 3),
        *body.titled(shown.title_th, shown.title_en, field="unit"),
        fact_row(unit_facts(shown, page_words.UNIT_CODE, field="unit"), compact=body.compact),
    ]


def course_blocks(statement: Statement, shown: CourseShown, body: Body) -> list[Block]:
    """Say whom it speaks of, on what basis, which course; then the facts and the units."""
    facts = [(page_words.COURSE_CODE, shown.code, "course.code")]
    if shown.hours is not None:
        hours = page_words.HOURS_VALUE.format(hours=shown.hours)
        facts.append((page_words.HOURS, hours, "course.hours"))
    blocks = [
        *body.wording(page_words.OPENING, 0),
        body.holder(statement),
        divider(),
        *body.wording(page_words.COURSE_BASIS[statement.basis], 3),
        *body.titled(shown.title_th, shown.title_en, field="course"),
        fact_row(facts, compact=body.compact),
    ]
    return [*blocks, unit_list(shown.units)] if shown.units else blocks
