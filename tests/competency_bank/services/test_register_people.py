"""People from the table an office sends."""

from pathlib import Path

import pytest
from sqlalchemy import text

from competency_bank.bank import Bank
from competency_bank.domain.errors import BadInput, NotFound
from competency_bank.domain.people import Role
from competency_bank.services.register_people import Registered, register_people
from competency_bank.storage.people_rows import find_person, people_with, roles_of
from standards.reading_sheet import Grid
from tests.banks import empty_bank, expect_clean, grid, sheet_of

HEADER = "เลขประจำตัว,บทบาท,รหัสโรงเรียน,ชื่อโรงเรียน,คำนำหน้า,ชื่อ,นามสกุล,วันเกิด,เลขบัตรประชาชน"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return empty_bank(tmp_path_factory.mktemp("home"))


def register(bank: Bank, sheet: Grid) -> Registered:
    with bank.writing() as transaction:
        return register_people(transaction, sheet, by="x", pepper=bank.pepper)


def test_the_same_table_twice_makes_nobody_twice(tmp_path: Path) -> None:
    bank = empty_bank(tmp_path)

    assert register(bank, grid("people.csv")) == Registered(new=38, known=0)
    assert register(bank, grid("people.csv")) == Registered(new=0, known=38)
    expect_clean(bank)


def test_a_person_may_have_several_roles(bank: Bank) -> None:
    rows = ("X-1,teacher,S,โรงเรียน,นาย,สมมุติ,ดี,,", "X-1,learner,S,โรงเรียน,นาย,สมมุติ,ดี,,")
    assert register(bank, sheet_of(HEADER, *rows)).new == 1

    with bank.reading() as transaction:
        person = find_person(transaction, "X-1")
        assert roles_of(transaction, person.id) == {Role.TEACHER, Role.LEARNER}
        assert person.ref in {one.ref for one in people_with(transaction, Role.TEACHER)}


def test_the_national_number_is_kept_only_as_a_code_and_masked(bank: Bank) -> None:
    register(bank, sheet_of(HEADER, "X-2,learner,S,โรงเรียน,นาย,สมมุติ,ดี,,1-2345-67890-12-1"))

    with bank.reading() as transaction:
        person = find_person(transaction, "X-2")
        assert person.national_id_shown == "1-XXXX-XXXXX-12-1"
        dump = transaction.connection.execute(text("SELECT * FROM people")).all()
    assert "1234567890121" not in str(dump)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("X-9,learner,S,โรงเรียน,นาย,,ดี,,", "cell-empty", "F"),
        ("X-9,boss,S,โรงเรียน,นาย,สมมุติ,ดี,,", "unknown-role", "B"),
        ("X-9,learner,S,โรงเรียน,นาย,<b>ก,ดี,,", "name-mark-up", "F"),
        ("X-9,learner,S,โรงเรียน,นาย,ก\u202eข,ดี,,", "name-hidden-character", "F"),
        ("X-9,learner,S,โรงเรียน,นาย,สมมุติ,ดี,31/2/2540,", "cell-date", "H"),
        ("X-9,learner,S,โรงเรียน,นาย,สมมุติ,ดี,,1-2345-67890-12-2", "national-id", "I"),
    ],
)
def test_one_wrong_row_stops_the_table_and_is_named(
    bank: Bank, row: str, code: str, column: str
) -> None:
    good = "X-8,learner,S,โรงเรียน,นาย,สมมุติ,ดี,,"
    with pytest.raises(BadInput) as caught:
        register(bank, sheet_of(HEADER, good, row))

    assert caught.value.code == code
    assert (caught.value.values["row"], caught.value.values["column"]) == (3, column)
    assert "1-2345-67890-12-2" not in str(caught.value)
    with bank.reading() as transaction, pytest.raises(NotFound):
        find_person(transaction, "X-8")


def test_a_school_nobody_named_is_unknown(bank: Bank) -> None:
    with pytest.raises(NotFound, match="unknown-school"):
        register(bank, sheet_of(HEADER, "X-7,learner,NEW,,นาย,สมมุติ,ดี,,"))


def test_a_table_without_its_columns_says_which_are_needed(bank: Bank) -> None:
    with pytest.raises(BadInput, match="table-header") as caught:
        register(bank, sheet_of("a,b,c", "1,2,3"))

    assert "given" in str(caught.value.values["columns"])
