"""Recording a sheet, from bytes to the log."""

from pathlib import Path

import pytest

from competency_bank.bank import Bank
from competency_bank.domain.errors import NotAllowed
from competency_bank.services.record_units import preview_sheet, record_sheet
from competency_bank.services.show_holdings import holdings_of, path_of
from competency_bank.services.withdraw_learner import withdraw_learner
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


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return school_bank(tmp_path_factory.mktemp("home"))


@pytest.fixture
def fresh(tmp_path: Path) -> Bank:
    return school_bank(tmp_path)


def test_good_rows_are_kept_and_the_bad_one_is_named_with_row_and_column(fresh: Bank) -> None:
    done = record(fresh, HOUSEKEEPING)

    assert (done.outcome.learners, len(done.outcome.passes)) == (23, 68)
    assert [(one.row, one.column, one.code) for one in done.refused] == [(20, "F", "bad-date")]
    expect_clean(fresh)


def test_the_same_sheet_twice_records_nothing_twice(fresh: Bank) -> None:
    first = record(fresh, HOUSEKEEPING)
    with fresh.reading() as transaction:
        size = log_size(transaction)
    again = record(fresh, HOUSEKEEPING)

    assert len(first.outcome.passes) == again.outcome.already == 68
    assert again.outcome.passes == ()
    with fresh.reading() as transaction:
        assert log_size(transaction) == size
    expect_clean(fresh)


def test_a_preview_says_the_same_and_writes_nothing(fresh: Bank) -> None:
    with fresh.reading() as transaction:
        teacher = find_person(transaction, "T-001").id
        sheet = grid(SHEETS[HOUSEKEEPING])
        said = preview_sheet(transaction, sheet, HOUSEKEEPING, by=teacher, pepper=fresh.pepper)
        size = log_size(transaction)

    done = record(fresh, HOUSEKEEPING)
    assert said.outcome == done.outcome
    assert said.checkpoint is None
    with fresh.reading() as transaction:
        assert log_size(transaction) == size + 68 + len(done.outcome.completed)


def test_a_teacher_records_only_for_an_own_class(bank: Bank) -> None:
    with bank.writing() as transaction:
        stranger = find_person(transaction, "T-002").id
        sheet = grid(SHEETS[HOUSEKEEPING])
        with pytest.raises(NotAllowed, match="not-own-class"):
            record_sheet(transaction, sheet, HOUSEKEEPING, by=stranger, pepper=bank.pepper)


def test_a_unit_that_the_mapping_does_not_name_is_not_recorded(fresh: Bank) -> None:
    sheet = sheet_of("เลขที่,THR-HOH-1-194ZB,HDS-RMQO-202B,วันที่ผ่าน", "1,ผ่าน,ผ่าน,29/4/2566")
    done = record(fresh, HOUSEKEEPING, sheet)

    assert len(done.outcome.passes) == 1
    assert [(one.row, one.column, one.code) for one in done.refused] == [
        (1, "C", "unit-not-in-course")
    ]
    expect_clean(fresh)


def test_a_learner_who_leaves_keeps_the_units_and_sees_what_is_left(fresh: Bank) -> None:
    record(fresh, BARBER)
    with fresh.writing() as transaction:
        withdraw_learner(transaction, "BB-005", class_id=BARBER, by="x")

    with fresh.reading() as transaction:
        held = [one.unit.shown_code for one in holdings_of(transaction, "BB-005")]
        (path,) = path_of(transaction, "BB-005", goal="7077")
    assert held == ["10101", "10104", "10302"]
    assert len(path.left) == 2
    assert not path.complete
    expect_clean(fresh)


def test_a_unit_earned_in_one_class_counts_in_every_other(fresh: Bank) -> None:
    one = sheet_of("เลขที่,10101,วันที่ผ่าน", "1,ผ่าน,1/9/2569")
    record(fresh, BARBER, one)
    done = record(fresh, BARBER)

    assert done.outcome.already == 1
    with fresh.reading() as transaction:
        assert len(holdings_of(transaction, "BB-001")) == 5
    expect_clean(fresh)


def test_holdings_of_a_past_day_are_those_of_that_day(fresh: Bank) -> None:
    record(fresh, BARBER)

    with fresh.database.reading(NOON) as transaction:
        before = holdings_of(transaction, "BB-001", as_of=NOON.date().replace(year=2020))
        after = holdings_of(transaction, "BB-001", as_of=NOON.date().replace(year=2100))
    assert (len(before), len(after)) == (0, 5)
