"""Corrections are new entries; what was written stays written."""

from datetime import date
from decimal import Decimal

import pytest

from competency_bank.bank import Bank
from competency_bank.domain.courses import EnrolmentState
from competency_bank.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from competency_bank.services.correct_record import (
    Corrected,
    Correction,
    amend_record,
    void_record,
)
from competency_bank.services.show_holdings import HeldUnit, holdings_of
from competency_bank.storage.class_rows import find_enrolment
from competency_bank.storage.people_rows import find_person
from tests.banks import BARBER, HOUSEKEEPING, expect_clean, record


@pytest.fixture
def bank(school: Bank) -> Bank:
    record(school, HOUSEKEEPING)
    record(school, BARBER)
    return school


def held(bank: Bank, learner: str = "BB-001") -> tuple[HeldUnit, ...]:
    with bank.reading() as transaction:
        return holdings_of(transaction, learner)


def void(bank: Bank, entry: int, by: str = "T-002", reason: str = "slip") -> Corrected:
    with bank.writing() as transaction:
        return void_record(transaction, entry, by=find_person(transaction, by).id, reason=reason)


def amend(bank: Bank, entry: int, correction: Correction, by: str = "T-002") -> None:
    with bank.writing() as transaction:
        person = find_person(transaction, by).id
        amend_record(transaction, entry, correction, by=person, reason="slip")


def test_a_voided_pass_is_not_held_and_the_finished_course_is_open_again(bank: Bank) -> None:
    entry = held(bank)[0].holding.entry
    void(bank, entry)

    assert entry not in {one.holding.entry for one in held(bank)}
    with bank.reading() as transaction:
        person = find_person(transaction, "BB-001").id
        assert find_enrolment(transaction, person, BARBER).state is EnrolmentState.ENROLLED
    expect_clean(bank)


def test_what_was_voided_can_be_recorded_anew(bank: Bank) -> None:
    void(bank, held(bank)[0].holding.entry)
    done = record(bank, BARBER)

    assert len(done.outcome.passes) == 1
    assert len(held(bank)) == 5
    expect_clean(bank)


def test_an_amended_pass_keeps_its_entry_and_what_was_not_named(bank: Bank) -> None:
    before = held(bank)[0].holding
    amend(bank, before.entry, Correction(passed_on=date(2026, 10, 1), score=Decimal("99.5")))
    after = next(one.holding for one in held(bank) if one.holding.entry == before.entry)

    assert (after.passed_on, after.score, after.note) == (
        date(2026, 10, 1),
        Decimal("99.5"),
        before.note,
    )
    expect_clean(bank)


def test_a_registrar_may_correct_and_a_teacher_of_another_class_may_not(bank: Bank) -> None:
    entry = held(bank)[0].holding.entry
    with pytest.raises(NotAllowed, match="not-own-class"):
        void(bank, entry, by="T-001")

    void(bank, entry, by="R-001")
    expect_clean(bank)


def test_a_correction_needs_a_reason_a_record_and_a_day_of_the_class(bank: Bank) -> None:
    entry = held(bank)[0].holding.entry
    with pytest.raises(BadInput, match="reason-missing"):
        void(bank, entry, reason="  ")
    with pytest.raises(NotFound, match="unknown-record"):
        void(bank, 0)
    with pytest.raises(BadInput, match="day-outside-class"):
        amend(bank, entry, Correction(passed_on=date(2020, 1, 1)))
    void(bank, entry)
    with pytest.raises(Conflict, match="already-voided"):
        void(bank, entry)
    expect_clean(bank)
