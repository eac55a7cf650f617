"""Classes from the table an office sends."""

from pathlib import Path

import pytest

from competency_bank.bank import Bank
from competency_bank.domain.courses import ClassId
from competency_bank.domain.errors import BadInput, NotFound
from competency_bank.services.open_class import Opened, open_classes
from competency_bank.storage.class_rows import all_classes, class_list
from standards.reading_sheet import Grid
from tests.banks import HOUSEKEEPING, expect_clean, grid, school_bank, sheet_of

HEADER = "class,course,school,starts,ends,as,person,number"
GOOD = "N-1,BMA-HK-2566,DEMO,2026-01-01,2026-02-01"


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return school_bank(tmp_path)


def open_(bank: Bank, sheet: Grid) -> Opened:
    with bank.writing() as transaction:
        return open_classes(transaction, sheet)


def test_the_same_table_twice_opens_and_enrols_nothing_twice(bank: Bank) -> None:
    assert open_(bank, grid("classes.csv")) == Opened(classes=0, enrolled=0)
    expect_clean(bank)


def test_a_latecomer_gets_the_next_number(bank: Bank) -> None:
    sheet = sheet_of(
        HEADER, f"{GOOD},teacher,T-001,", f"{GOOD},learner,HK-001,", f"{GOOD},learner,HK-002,"
    )
    assert open_(bank, sheet) == Opened(classes=1, enrolled=2)

    with bank.reading() as transaction:
        numbers = [one.number for one, _ in class_list(transaction, ClassId("N-1"))]
        assert [one.id for one in all_classes(transaction)].count(ClassId("N-1")) == 1
    assert numbers == ["1", "2"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"{GOOD},learner,NOBODY,", "unknown-person-in-table"),
        (f"{GOOD},guest,HK-001,", "unknown-role"),
        ("N-1,BMA-HK-2566,DEMO,2026-02-01,2026-01-01,learner,HK-001,", "class-dates"),
        ("N-1,BMA-HK-2566,DEMO,,2026-01-01,learner,HK-001,", "class-dates"),
    ],
)
def test_one_wrong_row_stops_the_table(bank: Bank, line: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_(bank, sheet_of(HEADER, line))

    assert caught.value.code == code
    assert caught.value.values["row"] == 2


def test_a_number_is_given_once(bank: Bank) -> None:
    taken = f"{HOUSEKEEPING},BMA-HK-2566,DEMO,2026-01-01,2026-02-01,learner,BB-001,1"

    with pytest.raises(BadInput, match="number-taken"):
        open_(bank, sheet_of(HEADER, taken))


@pytest.mark.parametrize(
    "line",
    [
        "N-1,NONE,DEMO,2026-01-01,2026-02-01,learner,HK-001,",
        "N-1,BMA-HK-2566,NONE,2026-01-01,2026-02-01,learner,HK-001,",
    ],
)
def test_a_class_needs_a_known_school_and_a_course_with_a_mapping(bank: Bank, line: str) -> None:
    with pytest.raises(NotFound):
        open_(bank, sheet_of(HEADER, line))
