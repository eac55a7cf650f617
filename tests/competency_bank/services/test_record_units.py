"""Recording a sheet, from bytes to the log."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competency_bank import bank as opened
from competency_bank.bank import Bank
from competency_bank.domain import clock
from competency_bank.domain.errors import NotAllowed
from competency_bank.services.correct_record import void_record
from competency_bank.services.record_units import preview_sheet, record_sheet
from competency_bank.services.show_holdings import holdings_of, path_of
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.storage.class_rows import find_class
from competency_bank.storage.ledger_rows import log_size
from competency_bank.storage.people_rows import find_person
from tests.banks import (
    BARBER,
    HOUSEKEEPING,
    NOON,
    SHEETS,
    expect_clean,
    grid,
    record,
    school_bank,
    sheet_of,
)


def test_good_rows_are_kept_and_the_bad_one_is_named_with_row_and_column(school: Bank) -> None:
    done = record(school, HOUSEKEEPING)

    assert (done.outcome.learners, len(done.outcome.passes)) == (23, 68)
    assert [(one.row, one.column, one.code) for one in done.refused] == [(20, "F", "bad-date")]
    expect_clean(school)


def test_the_same_sheet_twice_records_nothing_twice(school: Bank) -> None:
    first = record(school, HOUSEKEEPING)
    with school.reading() as transaction:
        size = log_size(transaction)
    again = record(school, HOUSEKEEPING)

    assert len(first.outcome.passes) == again.outcome.already == 68
    assert again.outcome.passes == ()
    with school.reading() as transaction:
        assert log_size(transaction) == size
    expect_clean(school)


def test_a_preview_says_the_same_and_writes_nothing(school: Bank) -> None:
    with school.reading() as transaction:
        teacher = find_person(transaction, "T-001").id
        sheet = grid(SHEETS[HOUSEKEEPING])
        said = preview_sheet(transaction, sheet, HOUSEKEEPING, by=teacher, pepper=school.pepper)
        size = log_size(transaction)

    done = record(school, HOUSEKEEPING)
    assert said.outcome == done.outcome
    assert said.checkpoint is None
    with school.reading() as transaction:
        assert log_size(transaction) == size + 68 + len(done.outcome.completed)


def test_a_teacher_records_only_for_an_own_class(school: Bank) -> None:
    with school.writing() as transaction:
        stranger = find_person(transaction, "T-002").id
        sheet = grid(SHEETS[HOUSEKEEPING])
        with pytest.raises(NotAllowed, match="not-own-class"):
            record_sheet(transaction, sheet, HOUSEKEEPING, by=stranger, pepper=school.pepper)


def test_a_unit_that_the_mapping_does_not_name_is_not_recorded(school: Bank) -> None:
    sheet = sheet_of("เลขที่,THR-HOH-1-194ZB,HDS-RMQO-202B,วันที่ผ่าน", "1,ผ่าน,ผ่าน,29/4/2566")
    done = record(school, HOUSEKEEPING, sheet)

    assert len(done.outcome.passes) == 1
    assert [(one.row, one.column, one.code) for one in done.refused] == [
        (1, "C", "unit-not-in-course")
    ]
    expect_clean(school)


def test_a_learner_who_leaves_keeps_the_units_and_sees_what_is_left(school: Bank) -> None:
    record(school, BARBER)
    with school.writing() as transaction:
        withdraw_learner(transaction, "BB-005", class_id=BARBER, by="x")

    with school.reading() as transaction:
        held = [one.unit.shown_code for one in holdings_of(transaction, "BB-005")]
        (path,) = path_of(transaction, "BB-005", goal="7077")
    assert held == ["10101", "10104", "10302"]
    assert len(path.left) == 2
    assert not path.complete
    expect_clean(school)


def test_a_unit_earned_in_one_class_counts_in_every_other(school: Bank) -> None:
    one = sheet_of("เลขที่,10101,วันที่ผ่าน", "1,ผ่าน,1/9/2569")
    record(school, BARBER, one)
    done = record(school, BARBER)

    assert done.outcome.already == 1
    with school.reading() as transaction:
        assert len(holdings_of(transaction, "BB-001")) == 5
    expect_clean(school)


def test_holdings_of_a_past_day_are_those_of_that_day(school: Bank) -> None:
    record(school, BARBER)

    with school.database.reading(NOON) as transaction:
        before = holdings_of(transaction, "BB-001", as_of=NOON.date().replace(year=2020))
        after = holdings_of(transaction, "BB-001", as_of=NOON.date().replace(year=2100))
    assert (len(before), len(after)) == (0, 5)


DAYS = st.dates(date(1900, 1, 1), date(3200, 12, 31))
WRITTEN = ("{0.day}/{0.month}/{0.year}", "{0.year:04}-{0.month:02}-{0.day:02}")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return school_bank(tmp_path_factory.mktemp("home"))


@given(DAYS, st.sampled_from(WRITTEN))
def test_no_year_of_the_buddhist_era_is_ever_stored_as_common_era(
    shared: Bank, day: date, form: str
) -> None:
    """Whatever is typed, a stored day lies within the class, so 543 years off can never pass."""
    sheet = sheet_of("เลขที่,10101,วันที่ผ่าน", f"1,ผ่าน,{form.format(day)}")
    with shared.database.reading(NOON) as transaction:
        teacher = find_person(transaction, "T-002").id
        said = preview_sheet(transaction, sheet, BARBER, by=teacher, pepper=shared.pepper)
        school_class = find_class(transaction, BARBER)

    for one in said.outcome.passes:
        assert school_class.starts <= one.passed_on <= school_class.ends
        assert one.passed_on.year < 2200
    assert len(said.outcome.passes) + len(said.refused) == 1


def test_an_old_day_is_answered_as_it_was_known_then(school: Bank) -> None:
    begun = opened.now()
    sheets = {0: "10101", 40: "10104", 80: "10302"}
    for days, unit in sheets.items():
        with school.database.writing(begun + timedelta(days=days)) as transaction:
            teacher = find_person(transaction, "T-002").id
            sheet = sheet_of(f"เลขที่,{unit},วันที่ผ่าน", "1,ผ่าน,1/9/2569")
            record_sheet(transaction, sheet, BARBER, by=teacher, pepper=school.pepper)
    with school.database.reading(begun + timedelta(days=99)) as transaction:
        first = holdings_of(transaction, "BB-001")[0].holding
    with school.database.writing(begun + timedelta(days=90)) as transaction:
        teacher = find_person(transaction, "T-002").id
        void_record(transaction, first.entry, by=teacher, reason="slip")

    counts = []
    with school.database.reading(begun + timedelta(days=99)) as transaction:
        for days in (-1, 0, 39, 40, 79, 80, 89, 90):
            asked = clock.local_day(begun + timedelta(days=days))
            counts.append(len(holdings_of(transaction, "BB-001", as_of=asked)))
    assert counts == [0, 1, 1, 2, 2, 3, 3, 2]
    expect_clean(school)


def test_a_sheet_of_few_rows_is_judged_as_one_of_many(
    school: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learners are then looked up by themselves; what comes of it must be the same."""
    record(school, BARBER, sheet_of("เลขที่,10101,วันที่ผ่าน", "1,ผ่าน,1/9/2569"))
    sheets = [
        sheet_of("เลขที่,10101,10104,วันที่ผ่าน", "๑,ผ่าน,ผ่าน,1/9/2569", "2,ผ่าน,,1/9/2569"),
        sheet_of("เลขที่,10101,วันที่ผ่าน", "99,ผ่าน,1/9/2569", "2,ผ่าน,1/9/2569"),
        sheet_of("รหัสผู้เรียน,10101,วันที่ผ่าน", "BB-003,ผ่าน,1/9/2569", "1,ผ่าน,1/9/2569"),
        sheet_of("เลขที่,10101,10104,10302,20101,20102,วันที่ผ่าน", "3" + ",ผ่าน" * 5 + ",1/9/2569"),
    ]
    said = []
    for few in (20, 0):
        monkeypatch.setattr("competency_bank.services.record_units.FEW", few)
        with school.reading() as transaction:
            teacher = find_person(transaction, "T-002").id
            said.append(
                [
                    preview_sheet(transaction, one, BARBER, by=teacher, pepper=school.pepper)
                    for one in sheets
                ]
            )

    assert said[0] == said[1]
    assert [len(one.outcome.passes) for one in said[0]] == [2, 1, 1, 5]
    assert len(said[0][3].outcome.completed) == 1
