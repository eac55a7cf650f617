"""What becomes of a class sheet: which passes are new, which stand already, which are refused.

Pure: the class, its roster, what is held and the day come in; nothing is read or written here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from competency_bank.domain.class_sheet import Refusal, SheetRow
from competency_bank.domain.courses import Enrolment, EnrolmentState, SchoolClass
from competency_bank.domain.errors import NotAllowed
from competency_bank.domain.learner_cells import LearnerRef
from competency_bank.domain.people import Person, PersonId, match_code
from standards.model import UnitKey
from standards.thai_text import forgiving_key

UNKNOWN, AMBIGUOUS = "unknown-learner", "ambiguous-learner"
"""Why nobody can be named."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One unit that one learner newly passed."""

    learner: PersonId
    unit: UnitKey
    passed_on: date
    score: Decimal | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What recording a sheet means, before anything is written."""

    passes: tuple[Pass, ...]
    already: int
    """Passes on the sheet that the bank holds already."""
    refused: tuple[Refusal, ...]
    completed: tuple[PersonId, ...]
    """Learners who with these passes hold every unit of the course."""

    @property
    def learners(self) -> int:
        """How many learners have at least one new pass."""
        return len({one.learner for one in self.passes})


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody enrolled in one class, findable by each name a sheet may use."""

    enrolments: Mapping[PersonId, Enrolment]
    by_number: Mapping[str, PersonId]
    by_national_id: Mapping[str, PersonId]
    by_name: Mapping[str, tuple[tuple[date | None, PersonId], ...]]


def roster_of(members: Collection[tuple[Enrolment, Person]]) -> Roster:
    """Index a class list by class number, school number, national-number code and name."""
    by_number: dict[str, PersonId] = {}
    by_name: dict[str, tuple[tuple[date | None, PersonId], ...]] = {}
    for _, person in members:
        by_number[forgiving_key(person.ref)] = person.id
        for spelling in {person.name.full, person.name.plain}:
            key = forgiving_key(spelling)
            by_name[key] = (*by_name.get(key, ()), (person.birth_date, person.id))
    for enrolment, person in members:
        by_number[forgiving_key(enrolment.number)] = person.id
    return Roster(
        enrolments={enrolment.learner: enrolment for enrolment, _ in members},
        by_number=by_number,
        by_national_id={p.national_id_code: p.id for _, p in members if p.national_id_code},
        by_name=by_name,
    )


def find_learner(ref: LearnerRef, roster: Roster, *, pepper: bytes) -> PersonId | str:
    """Return the learner a row means, or the code of the reason why nobody can be named.

    A number or national number decides where it is given; a name alone decides only when it is
    the name of exactly one learner of the class and no birth date contradicts it.
    """
    if ref.national_id is not None:
        found = roster.by_national_id.get(match_code(ref.national_id, pepper=pepper))
        return found if found is not None else UNKNOWN
    if ref.number is not None:
        found = roster.by_number.get(forgiving_key(ref.number))
        return found if found is not None else UNKNOWN
    same_name = roster.by_name.get(forgiving_key(ref.name or ""), ())
    fitting = [who for born, who in same_name if not _contradicts(born, ref.birth_date)]
    if len(set(fitting)) == 1:
        return fitting[0]
    return AMBIGUOUS if fitting else UNKNOWN


def decide(
    rows: Collection[SheetRow],
    roster: Roster,
    *,
    held: Mapping[PersonId, Collection[UnitKey]],
    course_units: Collection[UnitKey],
    limits: "DayLimits",
) -> Outcome:
    """Return what recording these rows means.

    ``held`` gives, for each learner of the class, the units held before. A refused row takes
    nothing with it: the other rows stand.
    """
    passes: list[Pass] = []
    refused: list[Refusal] = []
    already = 0
    now_held = {learner: set(held.get(learner, ())) for learner in roster.enrolments}
    for row in rows:
        learner = find_learner(row.learner, roster, pepper=limits.pepper)
        fault = _fault(row, learner, limits)
        if fault is not None:
            refused.append(fault)
            continue
        mine = now_held[PersonId(learner)]
        new = [unit for unit in row.passed if unit not in mine]
        already += len(row.passed) - len(new)
        mine.update(new)
        day = row.passed_on or limits.today
        passes += [Pass(PersonId(learner), unit, day, row.score, row.note) for unit in new]
    touched = {one.learner for one in passes}
    completed = tuple(
        learner
        for learner, enrolment in roster.enrolments.items()
        if learner in touched
        and enrolment.state is EnrolmentState.ENROLLED
        and now_held[learner] >= set(course_units)
    )
    return Outcome(tuple(passes), already, tuple(refused), completed)


@dataclass(frozen=True, slots=True)
class DayLimits:
    """The days between which a pass of this class may lie, and who records it."""

    starts: date
    ends: date
    today: date
    teacher: PersonId
    pepper: bytes
    """Key under which national numbers are matched."""


def may_record(teacher: PersonId, school_class: SchoolClass) -> None:
    """Raise NotAllowed unless the teacher teaches this class."""
    if teacher not in school_class.teachers:
        raise NotAllowed("not-own-class", class_id=school_class.id)


def _fault(row: SheetRow, learner: PersonId | str, limits: DayLimits) -> Refusal | None:
    """Return why a row cannot be recorded, or None.

    That the learner has left the class is no reason: what was passed before leaving counts.
    """
    if learner in {UNKNOWN, AMBIGUOUS}:
        return Refusal(row.row, row.learner_column, learner)
    if learner == limits.teacher:
        return Refusal(row.row, row.learner_column, "self-award")
    day = row.passed_on
    if day is not None and not limits.starts <= day <= min(limits.ends, limits.today):
        values = {
            "value": day.isoformat(),
            "starts": limits.starts.isoformat(),
            "ends": limits.ends.isoformat(),
        }
        return Refusal(row.row, row.date_column, "date-outside-class", values)
    return None


def _contradicts(known: date | None, given: date | None) -> bool:
    return known is not None and given is not None and known != given
