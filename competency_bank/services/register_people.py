"""Trip: people into the bank, from the table an office sends."""

import secrets
import uuid
from dataclasses import dataclass

from competency_bank.domain.errors import BadInput
from competency_bank.domain.ledger import SALT_BYTES, Entry, EntryKind, commitment
from competency_bank.domain.national_id import masked, valid
from competency_bank.domain.people import (
    Name,
    Person,
    PersonId,
    Role,
    School,
    SchoolId,
    details_of_person,
    match_code,
    name_part,
)
from competency_bank.domain.table_sheet import TableRow, table_rows
from competency_bank.storage import people_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import append_entries
from standards.reading_sheet import Grid
from standards.thai_text import digits

COLUMNS = {
    "ref": ("ref", "number", "เลขประจำตัว", "รหัสบุคคล"),
    "role": ("role", "บทบาท"),
    "school": ("school", "รหัสโรงเรียน"),
    "school_th": ("school name th", "ชื่อโรงเรียน"),
    "school_en": ("school name en", "school name"),
    "title": ("title", "คำนำหน้า"),
    "given": ("given", "given name", "first name", "ชื่อ"),
    "family": ("family", "family name", "last name", "นามสกุล", "สกุล"),
    "born": ("birth date", "born", "วันเกิด"),
    "national_id": ("national id", "เลขประจำตัวประชาชน", "เลขบัตรประชาชน"),
}
"""Headers, Thai or English, of the table of people."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What became of a table of people."""

    new: int
    known: int


def register_people(transaction: Transaction, grid: Grid, *, by: str, pepper: bytes) -> Registered:
    """Add everybody the bank does not know yet, with their roles and schools.

    One wrong row stops the whole table, naming row and column: half an office would be worse than
    none, and nothing is lost by sending it again.
    """
    rows = list(table_rows(grid, COLUMNS, required=("ref", "role", "school", "given")))
    known = people_rows.people_by_ref(transaction, [row.text("ref") for row in rows])
    ids = {ref: person.id for ref, person in known.items()}
    new: list[tuple[Person, bytes]] = []
    for row in rows:
        _put_school(transaction, row)
        if row.text("ref") not in ids:
            person = _person(row, pepper)
            ids[person.ref] = person.id
            new.append((person, secrets.token_bytes(SALT_BYTES)))
    people_rows.add_people(transaction, new)
    roles = {(ids[row.text("ref")], _role(row), SchoolId(row.text("school"))) for row in rows}
    people_rows.add_roles(transaction, sorted(roles))
    entries = [_known_entry(transaction, person, salt, by) for person, salt in new]
    if entries:
        append_entries(transaction, entries)
    return Registered(len(new), len(ids) - len(new))


def _person(row: TableRow, pepper: bytes) -> Person:
    number = row.optional("national_id")
    if number is not None:
        number = "".join(sign for sign in digits(number) if sign.isalnum())
        if not valid(number):
            raise BadInput("national-id", value=masked(number), **row.place("national_id"))
    return Person(
        id=PersonId(str(uuid.uuid4())),
        ref=row.text("ref"),
        name=Name(
            title=_name(row, "title"),
            given=_name(row, "given") or row.text("given"),
            family=_name(row, "family"),
        ),
        birth_date=row.day("born"),
        national_id_code=None if number is None else match_code(number, pepper=pepper),
        national_id_shown=None if number is None else masked(number),
    )


def _name(row: TableRow, column: str) -> str | None:
    raw = row.cells.get(column)
    if raw is None or not str(raw).strip():
        return None
    try:
        return name_part(str(raw), field=column)
    except BadInput as fault:
        raise BadInput(fault.code, **(fault.values | row.place(column))) from fault


def _role(row: TableRow) -> Role:
    try:
        return Role(row.text("role").lower())
    except ValueError as fault:
        raise BadInput("unknown-role", value=row.text("role"), **row.place("role")) from fault


def _put_school(transaction: Transaction, row: TableRow) -> None:
    thai = row.optional("school_th")
    if thai is None:
        people_rows.find_school(transaction, row.text("school"))
        return
    school = School(SchoolId(row.text("school")), thai, row.optional("school_en") or thai)
    people_rows.put_school(transaction, school)


def _known_entry(transaction: Transaction, person: Person, salt: bytes, by: str) -> Entry:
    facts = {"person": person.id, "commitment": commitment(salt, details_of_person(person))}
    return Entry(EntryKind.PERSON_KNOWN, transaction.now, by, facts)
