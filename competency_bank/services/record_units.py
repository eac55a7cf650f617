"""Trip: a teacher's class sheet into the record, the ledger and the log, in one transaction."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from certificates.credential.snapshot import Basis
from competency_bank.domain import clock
from competency_bank.domain.class_sheet import Refusal, SheetRow, read_class_sheet
from competency_bank.domain.courses import ClassId, EnrolmentState, SchoolClass
from competency_bank.domain.ledger import SALT_BYTES, Entry, EntryKind, canonical_bytes
from competency_bank.domain.pass_entries import pass_bodies
from competency_bank.domain.people import PersonId
from competency_bank.domain.recording import (
    DayLimits,
    Outcome,
    Roster,
    by_numbers,
    decide,
    may_record,
    roster_of,
    roster_of_numbers,
)
from competency_bank.storage import class_rows, record_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.ledger_rows import append_bodies, latest_checkpoint
from standards.catalogue import Catalogue
from standards.course_map import CourseMap, edition_stating
from standards.model import EditionId, UnitKey
from standards.reading_sheet import Grid

FEW = 20
"""Rows of a sheet for which the learners are looked up one by one and not with their class."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a class sheet."""

    outcome: Outcome
    refused: tuple[Refusal, ...]
    """Every refused row or column, in the order of the sheet."""
    checkpoint: str | None
    """Signed checkpoint that covers the new entries; None when there were none."""


def preview_sheet(
    transaction: Transaction, grid: Grid, class_id: str, *, by: PersonId, pepper: bytes
) -> Recorded:
    """Say what recording the sheet would do, and do nothing."""
    school_class, course_map = class_rows.find_class_and_map(transaction, class_id)
    may_record(by, school_class)
    course = course_map, load_catalogue(transaction)
    outcome, refused = _judge(transaction, grid, course, (school_class, by, pepper))
    return Recorded(outcome, refused, None)


def record_sheet(
    transaction: Transaction, grid: Grid, class_id: str, *, by: PersonId, pepper: bytes
) -> Recorded:
    """Record every good row of the sheet and name every bad one.

    Only a teacher of the class may (NotAllowed), and only units of the mapping the class started
    with. What stands already is counted, not written again, so a repeated sheet is harmless.
    """
    school_class, course_map = class_rows.find_class_and_map(transaction, class_id)
    may_record(by, school_class)
    course = course_map, load_catalogue(transaction)
    outcome, refused = _judge(transaction, grid, course, (school_class, by, pepper))
    if not outcome.passes:
        return Recorded(outcome, refused, latest_checkpoint(transaction))
    editions = _editions(*course)
    checkpoint = _write(transaction, outcome, (by, school_class, editions))
    return Recorded(outcome, refused, checkpoint)


def sheet_columns(course_map: CourseMap, catalogue: Catalogue) -> dict[UnitKey, tuple[str, ...]]:
    """Return the names by which a sheet may call the units of a course."""
    found = {}
    for key in course_map.units:
        unit = catalogue.unit(key)
        names = [unit.shown_code, *(alias.value for alias in unit.aliases)]
        found[key] = tuple(dict.fromkeys(names))
    return found


def _judge(
    transaction: Transaction,
    grid: Grid,
    course: tuple[CourseMap, Catalogue],
    where: tuple[SchoolClass, PersonId, bytes],
) -> tuple[Outcome, tuple[Refusal, ...]]:
    course_map, catalogue = course
    school_class, by, pepper = where
    sheet = read_class_sheet(grid, units=sheet_columns(course_map, catalogue))
    today = clock.local_day(transaction.now)
    revised = _revised(course_map, catalogue)
    roster, held = _learners(transaction, school_class.id, sheet.rows)
    outcome = decide(
        sheet.rows,
        roster,
        held=held,
        course_units=course_map.units,
        limits=DayLimits(school_class.starts, school_class.ends, today, by, pepper, revised),
    )
    refused = sorted(
        (*sheet.refused, *outcome.refused), key=lambda one: (one.row, one.column or "")
    )
    return outcome, tuple(refused)


def _revised(course_map: CourseMap, catalogue: Catalogue) -> dict[UnitKey, int]:
    """Return the year of the revision of each unit, as the course's edition states it."""
    editions = ((key, edition_stating(course_map, key, catalogue)) for key in course_map.units)
    years = ((key, catalogue.unit(key, edition=one).revision.year) for key, one in editions)
    return {key: year for key, year in years if year is not None}


Held = Mapping[PersonId, Collection[UnitKey]]
"""The units that each learner of a roster held before."""


def _learners(
    transaction: Transaction, class_id: ClassId, rows: Collection[SheetRow]
) -> tuple[Roster, Held]:
    """Return who a sheet may mean and what they hold, as little of the class as will do."""
    if len(rows) <= FEW:
        numbers = {row.learner.number for row in rows if row.learner.number is not None}
        few = roster_of_numbers(class_rows.enrolled_as(transaction, class_id, numbers))
        if by_numbers(rows, few):
            return few, {one: record_rows.units_of(transaction, one) for one in few.enrolments}
    return _roster(transaction, class_id, rows), record_rows.units_in_class(transaction, class_id)


def _roster(transaction: Transaction, class_id: ClassId, rows: Collection[SheetRow]) -> Roster:
    known = roster_of_numbers(class_rows.enrolled_in(transaction, class_id))
    if by_numbers(rows, known):
        return known
    return roster_of(class_rows.class_list(transaction, class_id))


def _editions(course_map: CourseMap, catalogue: Catalogue) -> dict[UnitKey, EditionId]:
    return {key: edition_stating(course_map, key, catalogue) for key in course_map.units}


Where = tuple[PersonId, SchoolClass, dict[UnitKey, EditionId]]
"""Who records, in which class, and the edition that states each unit."""


def _write(transaction: Transaction, outcome: Outcome, where: Where) -> str:
    by, school_class, editions = where
    salts = _salts(len(outcome.passes))

    def passed(learner: PersonId, unit: UnitKey, day: date, commitment: str) -> Entry:
        facts = {
            "learner": learner,
            "unit": unit,
            "edition": editions[unit],
            "basis": Basis.TRAINING.value,
            "class": school_class.id,
            "passed_on": day.isoformat(),
            "commitment": commitment,
        }
        return Entry(EntryKind.UNIT_PASSED, transaction.now, by, facts)

    def completed(learner: PersonId) -> Entry:
        facts = {"learner": learner, "class": school_class.id}
        return Entry(EntryKind.COURSE_COMPLETED, transaction.now, by, facts)

    bodies = [
        (EntryKind.UNIT_PASSED, body) for body in pass_bodies(outcome.passes, salts, entry=passed)
    ]
    done = [
        (EntryKind.COURSE_COMPLETED, canonical_bytes(completed(learner)))
        for learner in outcome.completed
    ]
    appended = append_bodies(transaction, [*bodies, *done])
    recording = record_rows.Recording(school_class.id, by, Basis.TRAINING, editions, appended.first)
    record_rows.add_passes(transaction, outcome.passes, salts, recording=recording)
    class_rows.set_enrolment_states(
        transaction, outcome.completed, school_class.id, EnrolmentState.COMPLETED
    )
    return appended.checkpoint


def _salts(count: int) -> list[bytes]:
    """Return as many salts, from one call to the source of randomness."""
    drawn = secrets.token_bytes(SALT_BYTES * count)
    return [drawn[start : start + SALT_BYTES] for start in range(0, len(drawn), SALT_BYTES)]
