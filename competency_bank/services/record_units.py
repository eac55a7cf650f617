"""Trip: a teacher's class sheet into the record, the ledger and the log, in one transaction."""

import secrets
from dataclasses import dataclass

from certificates.credential.snapshot import Basis
from competency_bank.domain import clock
from competency_bank.domain.class_sheet import Refusal, read_class_sheet
from competency_bank.domain.courses import EnrolmentState, SchoolClass
from competency_bank.domain.holdings import Holding, details_of_pass
from competency_bank.domain.ledger import SALT_BYTES, Entry, EntryKind, commitment
from competency_bank.domain.people import PersonId
from competency_bank.domain.recording import (
    DayLimits,
    Outcome,
    Pass,
    decide,
    may_record,
    roster_of,
)
from competency_bank.storage import class_rows, course_rows, record_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.ledger_rows import append_entries, latest_checkpoint
from standards.catalogue import Catalogue
from standards.course_map import CourseMap, edition_stating
from standards.model import EditionId, UnitKey
from standards.reading_sheet import Grid


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
    school_class = class_rows.find_class(transaction, class_id)
    may_record(by, school_class)
    outcome, refused = _judge(transaction, grid, school_class, (by, pepper))
    return Recorded(outcome, refused, None)


def record_sheet(
    transaction: Transaction, grid: Grid, class_id: str, *, by: PersonId, pepper: bytes
) -> Recorded:
    """Record every good row of the sheet and name every bad one.

    Only a teacher of the class may (NotAllowed), and only units of the mapping the class started
    with. What stands already is counted, not written again, so a repeated sheet is harmless.
    """
    school_class = class_rows.find_class(transaction, class_id)
    may_record(by, school_class)
    outcome, refused = _judge(transaction, grid, school_class, (by, pepper))
    if not outcome.passes:
        return Recorded(outcome, refused, latest_checkpoint(transaction))
    editions = _editions(transaction, school_class)
    checkpoint = _write(transaction, outcome, school_class, (by, editions))
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
    transaction: Transaction, grid: Grid, school_class: SchoolClass, who: tuple[PersonId, bytes]
) -> tuple[Outcome, tuple[Refusal, ...]]:
    by, pepper = who
    stored = course_rows.find_map(transaction, school_class.course_code, school_class.map_version)
    columns = sheet_columns(stored.course_map, load_catalogue(transaction))
    sheet = read_class_sheet(grid, units=columns)
    held = record_rows.held_in_class(transaction, school_class.id)
    today = clock.local_day(transaction.now)
    outcome = decide(
        sheet.rows,
        roster_of(class_rows.class_list(transaction, school_class.id)),
        held={learner: {one.unit for one in own} for learner, own in held.items()},
        course_units=stored.course_map.units,
        limits=DayLimits(school_class.starts, school_class.ends, today, by, pepper),
    )
    refused = sorted(
        (*sheet.refused, *outcome.refused), key=lambda one: (one.row, one.column or "")
    )
    return outcome, tuple(refused)


def _editions(transaction: Transaction, school_class: SchoolClass) -> dict[UnitKey, EditionId]:
    stored = course_rows.find_map(transaction, school_class.course_code, school_class.map_version)
    catalogue = load_catalogue(transaction)
    return {
        key: edition_stating(stored.course_map, key, catalogue) for key in stored.course_map.units
    }


def _write(
    transaction: Transaction,
    outcome: Outcome,
    school_class: SchoolClass,
    how: tuple[PersonId, dict[UnitKey, EditionId]],
) -> str:
    by, editions = how
    salts = [secrets.token_bytes(SALT_BYTES) for _ in outcome.passes]
    entries = [
        _entry(transaction, one, salt, (by, school_class, editions[one.unit]))
        for one, salt in zip(outcome.passes, salts, strict=True)
    ]
    done = [
        Entry(
            EntryKind.COURSE_COMPLETED,
            transaction.now,
            by,
            {"learner": learner, "class": school_class.id},
        )
        for learner in outcome.completed
    ]
    appended = append_entries(transaction, [*entries, *done])
    where = (by, school_class, editions)
    holdings = [
        _holding(transaction, one, appended.first + position, where)
        for position, one in enumerate(outcome.passes)
    ]
    record_rows.add_records(transaction, zip(holdings, salts, strict=True))
    class_rows.set_enrolment_states(
        transaction, outcome.completed, school_class.id, EnrolmentState.COMPLETED
    )
    return appended.checkpoint


def _holding(
    transaction: Transaction,
    one: Pass,
    entry: int,
    where: tuple[PersonId, SchoolClass, dict[UnitKey, EditionId]],
) -> Holding:
    by, school_class, editions = where
    return Holding(
        learner=one.learner,
        unit=one.unit,
        edition=editions[one.unit],
        basis=Basis.TRAINING,
        class_id=school_class.id,
        passed_on=one.passed_on,
        entry=entry,
        recorded_at=transaction.now,
        recorded_by=by,
        score=one.score,
        note=one.note,
    )


def _entry(
    transaction: Transaction,
    one: Pass,
    salt: bytes,
    where: tuple[PersonId, SchoolClass, EditionId],
) -> Entry:
    by, school_class, edition = where
    facts = {
        "learner": one.learner,
        "unit": one.unit,
        "edition": edition,
        "basis": Basis.TRAINING.value,
        "class": school_class.id,
        "passed_on": one.passed_on.isoformat(),
        "commitment": commitment(salt, details_of_pass(one.score, one.note)),
    }
    return Entry(EntryKind.UNIT_PASSED, transaction.now, by, facts)
