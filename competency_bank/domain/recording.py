"""What becomes of a class sheet: which passes are new, which stand already, which are refused.

Pure: the class, its roster, what is held and the day come in; nothing is read or written here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from competency_bank.domain.class_sheet import Refusal, SheetRow
from competency_bank.domain.courses import Enrolment, EnrolmentState, SchoolClass
from competency_bank.domain.errors import NotAllowed
from competency_bank.domain.learner_cells import LearnerRef
from competency_bank.domain.people import Person, PersonId, match_code
from standards.model import UnitKey
from standards.thai_text import forgiving_key

UNKNOWN, AMBIGUOUS = "unknown-learner", "ambiguous-learner"
"""Why nobody can be named."""
_NOBODY = frozenset({UNKNOWN, AMBIGUOUS})


class Pass(NamedTuple):
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


Known = TypeVar("Known")


class Index(Generic[Known]):
    """A look-up table that is made when it is first asked.

    Folding every spelling of every name of a large class costs more than reading its sheet, and
    most sheets name learners by number.
    """

    def __init__(self, make: Callable[[], Mapping[str, Known]]) -> None:
        """Keep how to make the table."""
        self._make = make

    def get(self, key: str) -> Known | None:
        """Return what stands under ``key``, or None."""
        return self._table.get(key)

    @cached_property
    def _table(self) -> Mapping[str, Known]:
        return self._make()


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody enrolled in one class, findable by each name a sheet may use."""

    enrolments: Mapping[PersonId, Enrolment]
    by_number: Mapping[str, PersonId]
    """By number on the class list, which goes before the school's number."""
    by_ref: Index[PersonId]
    by_national_id: Index[PersonId]
    by_name: Index[tuple[tuple[date | None, PersonId], ...]]


def roster_of(members: Collection[tuple[Enrolment, Person]]) -> Roster:
    """Index a class list by class number, school number, national-number code and name."""
    return Roster(
        enrolments={enrolment.learner: enrolment for enrolment, _ in members},
        by_number={forgiving_key(one.number): one.learner for one, _ in members},
        by_ref=Index(lambda: {forgiving_key(p.ref): p.id for _, p in members}),
        by_national_id=Index(
            lambda: {p.national_id_code: p.id for _, p in members if p.national_id_code}
        ),
        by_name=Index(lambda: _by_name(person for _, person in members)),
    )


def roster_of_numbers(enrolments: Collection[Enrolment]) -> Roster:
    """Index a class list by class number alone; enough for most sheets, see ``by_numbers``."""
    return Roster(
        enrolments={enrolment.learner: enrolment for enrolment in enrolments},
        by_number={forgiving_key(enrolment.number): enrolment.learner for enrolment in enrolments},
        by_ref=Index(dict),
        by_national_id=Index(dict),
        by_name=Index(dict),
    )


def by_numbers(rows: Collection[SheetRow], roster: Roster) -> bool:
    """Say whether every row surely names its learner by a number on the class list.

    Then nothing else of the learners matters. A number that is not there as it stands may still be
    there folded, so False only means that the whole class list is needed.
    """
    learners = [row.learner for row in rows]
    return all(one.national_id is None and one.number in roster.by_number for one in learners)


def _by_name(people: Iterable[Person]) -> dict[str, tuple[tuple[date | None, PersonId], ...]]:
    found: dict[str, tuple[tuple[date | None, PersonId], ...]] = {}
    for person in people:
        for spelling in {person.name.full, person.name.plain}:
            key = forgiving_key(spelling)
            found[key] = (*found.get(key, ()), (person.birth_date, person.id))
    return found


def find_learner(ref: LearnerRef, roster: Roster, *, pepper: bytes) -> PersonId | str:
    """Return the learner a row means, or the code of the reason why nobody can be named.

    A number or national number decides where it is given; a name alone decides only when it is
    the name of exactly one learner of the class and no birth date contradicts it.
    """
    if ref.national_id is not None:
        found = roster.by_national_id.get(match_code(ref.national_id, pepper=pepper))
        return found if found is not None else UNKNOWN
    if ref.number is not None:
        if ref.number in roster.by_number:  # as it stands: the key of a key is itself
            return roster.by_number[ref.number]
        key = forgiving_key(ref.number)
        found = roster.by_number.get(key) or roster.by_ref.get(key)
        return found if found is not None else UNKNOWN
    same_name = roster.by_name.get(forgiving_key(ref.name or "")) or ()
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
    now_held: dict[PersonId, set[UnitKey]] = {}
    for row in rows:
        learner = find_learner(row.learner, roster, pepper=limits.pepper)
        fault = _fault(row, learner, limits)
        if fault is not None:
            refused.append(fault)
            continue
        who = PersonId(learner)
        mine = now_held.get(who)
        if mine is None:
            now_held[who] = mine = set(held.get(who, ()))
        day, score, note = row.passed_on or limits.today, row.score, row.note
        for unit in row.passed:
            if unit in mine:
                already += 1
            else:
                mine.add(unit)
                passes.append(Pass(who, unit, day, score, note))
    done = _completed({one.learner for one in passes}, roster, now_held, frozenset(course_units))
    return Outcome(tuple(passes), already, tuple(refused), done)


def _completed(
    touched: set[PersonId],
    roster: Roster,
    now_held: Mapping[PersonId, set[UnitKey]],
    whole_course: frozenset[UnitKey],
) -> tuple[PersonId, ...]:
    return tuple(
        learner
        for learner, enrolment in roster.enrolments.items()
        if learner in touched
        and now_held[learner] >= whole_course
        and enrolment.state is EnrolmentState.ENROLLED
    )


@dataclass(frozen=True, slots=True)
class DayLimits:
    """The days between which a pass of this class may lie, and who records it.

    A course has no dates of its own: a class is what gives it some.
    """

    starts: date
    ends: date
    today: date
    teacher: PersonId
    pepper: bytes
    """Key under which national numbers are matched."""
    revised: Mapping[UnitKey, int] = field(default_factory=dict)
    """Year (Common Era) of the revision that the course teaches, for units that say one: nobody
    was assessed on what was not written yet."""


def may_record(teacher: PersonId, school_class: SchoolClass) -> None:
    """Raise NotAllowed unless the teacher teaches this class."""
    if teacher not in school_class.teachers:
        raise NotAllowed("not-own-class", class_id=school_class.id)


def _fault(row: SheetRow, learner: PersonId | str, limits: DayLimits) -> Refusal | None:
    """Return why a row cannot be recorded, or None.

    That the learner has left the class is no reason: what was passed before leaving counts.
    """
    if learner in _NOBODY:
        return Refusal(row.row, row.learner_column, learner)
    if learner == limits.teacher:
        return Refusal(row.row, row.learner_column, "self-award")
    day = row.passed_on
    if day is not None and not (limits.starts <= day <= limits.ends and day <= limits.today):
        values = {
            "value": day.isoformat(),
            "starts": limits.starts.isoformat(),
            "ends": limits.ends.isoformat(),
        }
        return Refusal(row.row, row.date_column, "date-outside-class", values)
    if day is not None:
        for unit in row.passed:
            if limits.revised.get(unit, 0) > day.year:
                return _before_unit(row, unit, limits.revised[unit])
    return None


def _before_unit(row: SheetRow, unit: UnitKey, year: int) -> Refusal:
    values = {"value": str(row.passed_on), "unit": unit, "year": str(year)}
    return Refusal(row.row, row.date_column, "date-before-unit", values)


def _contradicts(known: date | None, given: date | None) -> bool:
    return known is not None and given is not None and known != given
