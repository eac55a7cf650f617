"""What becomes of a sheet: decided without a database, on any day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.domain.class_sheet import SheetRow
from competency_bank.domain.courses import ClassId, Enrolment, EnrolmentState, SchoolClass
from competency_bank.domain.errors import NotAllowed
from competency_bank.domain.learner_cells import LearnerRef
from competency_bank.domain.people import Name, Person, PersonId, SchoolId, match_code
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
from standards.model import UnitKey

PEPPER = b"p" * 32
UNITS = tuple(UnitKey(f"u-{n}") for n in range(3))
DAY = date(2026, 5, 10)
LIMITS = DayLimits(date(2026, 5, 1), date(2026, 5, 20), date(2026, 5, 15), PersonId("t"), PEPPER)


def person(number: int, given: str = "สมมุติ", born: date | None = None) -> Person:
    code = match_code("1234567890121", pepper=PEPPER) if number == 1 else None
    return Person(PersonId(f"p-{number}"), f"R-{number}", Name("นาย", given, "ดี"), born, code, None)


def roster(people: list[Person], state: EnrolmentState = EnrolmentState.ENROLLED) -> Roster:
    return roster_of(
        [
            (Enrolment(ClassId("c"), one.id, str(n), state), one)
            for n, one in enumerate(people, start=1)
        ]
    )


def row(
    ref: LearnerRef, *, passed: tuple[UnitKey, ...] = UNITS, day: date | None = DAY
) -> SheetRow:
    return SheetRow(5, ref, passed, (), (), "A", "F", day, None, None)


def ref(number: str | None = None, **named: object) -> LearnerRef:
    values = {"number": number, "national_id": None, "name": None, "birth_date": None} | named
    return LearnerRef(**values)  # type: ignore[arg-type]  # built from the four fields


def judge(rows: list[SheetRow], known: Roster, **held: set[UnitKey]) -> Outcome:
    before = {PersonId(name.replace("_", "-")): units for name, units in held.items()}
    return decide(rows, known, held=before, course_units=UNITS, limits=LIMITS)


def test_a_pass_that_is_held_already_is_counted_and_not_repeated() -> None:
    outcome = judge([row(ref("1"))], roster([person(1)]), p_1={UNITS[0]})

    assert [one.unit for one in outcome.passes] == list(UNITS[1:])
    assert outcome.already == 1


def test_whoever_holds_every_unit_has_completed_the_course() -> None:
    people = [person(1), person(2)]
    rows = [row(ref("1")), row(ref("2"), passed=UNITS[:2])]

    assert judge(rows, roster(people)).completed == (PersonId("p-1"),)


def test_a_learner_who_left_keeps_what_was_passed_but_does_not_complete() -> None:
    outcome = judge([row(ref("1"))], roster([person(1)], EnrolmentState.WITHDRAWN))

    assert len(outcome.passes) == 3
    assert outcome.completed == ()


@pytest.mark.parametrize("day", [date(2026, 4, 30), date(2026, 5, 21), date(2026, 5, 16)])
def test_a_day_before_or_after_the_class_or_in_the_future_is_refused(day: date) -> None:
    outcome = judge([row(ref("1"), day=day), row(ref("2"))], roster([person(1), person(2)]))

    assert [(one.code, one.row, one.column) for one in outcome.refused] == [
        ("date-outside-class", 5, "F")
    ]
    assert outcome.learners == 1


def test_a_day_before_the_year_of_the_unit_is_refused() -> None:
    """Nobody was assessed on what was not written yet."""
    limits = replace(LIMITS, revised={UNITS[1]: 2027, UNITS[2]: 2026})
    known = roster([person(1), person(2)])
    rows = [row(ref("1")), row(ref("2"), passed=(UNITS[0], UNITS[2]))]
    outcome = decide(rows, known, held={}, course_units=UNITS, limits=limits)

    (refused,) = outcome.refused
    assert (refused.code, refused.column) == ("date-before-unit", "F")
    assert refused.values == {"value": "2026-05-10", "unit": "u-1", "year": "2027"}
    assert {one.learner for one in outcome.passes} == {PersonId("p-2")}


def test_a_teacher_never_records_a_pass_of_their_own() -> None:
    teacher = Person(PersonId("t"), "R-9", Name(None, "ครู", None), None, None, None)
    outcome = judge([row(ref("1"))], roster([teacher]))

    assert [one.code for one in outcome.refused] == ["self-award"]
    assert outcome.passes == ()


@pytest.mark.parametrize(
    "named",
    [
        {"number": "R-1"},
        {"number": "1"},
        {"national_id": "1234567890121"},
        {"name": "นายสมมุติ ดี", "birth_date": date(2000, 1, 1)},
        {"name": "สมมุติ  ดี"},
    ],
)
def test_a_learner_is_found_by_any_name_a_sheet_uses(named: dict[str, object]) -> None:
    outcome = judge([row(ref(**named))], roster([person(1, born=date(2000, 1, 1))]))  # type: ignore[arg-type]  # names of fields

    assert outcome.learners == 1


def test_a_name_of_two_learners_names_neither_unless_the_birth_date_tells() -> None:
    twins = [person(1, born=date(2000, 1, 1)), person(2, born=date(2001, 1, 1))]
    by_name = judge([row(ref(name="สมมุติ ดี"))], roster(twins))
    by_birth = judge([row(ref(name="สมมุติ ดี", birth_date=date(2001, 1, 1)))], roster(twins))

    assert [one.code for one in by_name.refused] == ["ambiguous-learner"]
    assert {one.learner for one in by_birth.passes} == {PersonId("p-2")}


@pytest.mark.parametrize(
    "named", [{"number": "99"}, {"national_id": "0000000000000"}, {"name": "ไม่มี ใคร"}]
)
def test_an_unknown_learner_is_refused_and_the_other_rows_stand(named: dict[str, object]) -> None:
    outcome = judge([row(ref(**named)), row(ref("2"))], roster([person(1), person(2)]))  # type: ignore[arg-type]  # names of fields

    assert [one.code for one in outcome.refused] == ["unknown-learner"]
    assert outcome.learners == 1


def test_only_a_teacher_of_the_class_records() -> None:
    one = SchoolClass(ClassId("c"), "K", 1, SchoolId("s"), DAY, DAY, teachers=(PersonId("t"),))
    may_record(PersonId("t"), one)

    with pytest.raises(NotAllowed, match="not-own-class"):
        may_record(PersonId("x"), one)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.sets(st.sampled_from(UNITS))), max_size=8))
def test_the_same_rows_again_add_nothing(marks: list[tuple[int, set[UnitKey]]]) -> None:
    known = roster([person(n) for n in range(1, 5)])
    rows = [row(ref(str(n)), passed=tuple(sorted(units))) for n, units in marks]
    first = judge(rows, known)
    held: dict[str, set[UnitKey]] = {}
    for one in first.passes:
        held.setdefault(one.learner.replace("-", "_"), set()).add(one.unit)
    again = judge(rows, known, **held)

    assert again.passes == ()
    assert again.already == sum(len(units) for _, units in marks)
    assert len(first.passes) == sum(len(units) for units in held.values())


def test_a_number_on_the_class_list_goes_before_the_same_number_of_the_school() -> None:
    first, second = person(1), replace(person(2), ref="1")

    assert [one.learner for one in judge([row(ref("1"))], roster([first, second])).passes] == [
        first.id
    ] * 3


@settings(deadline=None)
@given(st.lists(st.sampled_from(["1", "2", "R-1", "r 2", "๑", "9", "", None]), max_size=4))
def test_where_numbers_suffice_the_whole_class_list_decides_nothing_else(
    numbers: list[str | None],
) -> None:
    people = [person(1), person(2)]
    full = roster(people)
    short = roster_of_numbers(list(full.enrolments.values()))
    rows = [row(ref(number)) for number in numbers]

    assert by_numbers(rows, short) == all(number in {"1", "2"} for number in numbers)
    if by_numbers(rows, short):
        assert judge(rows, short) == judge(rows, full)


def test_numbers_do_not_suffice_where_a_row_has_a_national_id_as_well() -> None:
    short = roster_of_numbers(list(roster([person(1)]).enrolments.values()))

    assert not by_numbers([row(ref("1", national_id="1234567890121"))], short)
