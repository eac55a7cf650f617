"""People, schools and roles."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError

from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.domain.people import Name, Person, PersonId, Role, School, SchoolId
from competency_bank.storage.database import Transaction, stored_bytes, stored_day
from competency_bank.storage.mapped_row import table
from competency_bank.storage.plain_statements import ask
from competency_bank.storage.tables import PersonRow, RoleRow, SchoolRow

_people = table(PersonRow)
_roles = table(RoleRow)
_schools = table(SchoolRow)
PERSON_COLUMNS = (
    *(_people.c.id, _people.c.ref, _people.c.title, _people.c.given, _people.c.family),
    *(_people.c.birth_date, _people.c.national_id_code, _people.c.national_id_shown),
)
"""What a person is made of; reading columns by place is far cheaper than by name."""
_NAMED = """SELECT id, ref, title, given, family, birth_date, national_id_code, national_id_shown
FROM people WHERE id = ? OR ref = ?"""


def add_people(transaction: Transaction, people: Iterable[tuple[Person, bytes]]) -> None:
    """Add people, each with the salt of the commitment that vouches for them.

    Raises Conflict("person-known") when a school number or national number is taken.
    """
    rows = [
        {
            "id": person.id,
            "ref": person.ref,
            "title": person.name.title,
            "given": person.name.given,
            "family": person.name.family,
            "birth_date": person.birth_date,
            "national_id_code": person.national_id_code,
            "national_id_shown": person.national_id_shown,
            "salt": salt,
        }
        for person, salt in people
    ]
    try:
        if rows:
            transaction.connection.execute(insert(_people), rows)
    except IntegrityError as fault:
        raise Conflict("person-known") from fault


def find_person(transaction: Transaction, name: str) -> Person:
    """Return the person with this opaque id or school number.

    Raises NotFound("unknown-person").
    """
    rows = ask(transaction.connection, _NAMED, (name, name))
    if not rows:
        raise NotFound("unknown-person", name=name)
    who, ref, title, given, family, born, *numbers = rows[0]
    born = None if born is None else stored_day(born)
    return person_of((who, ref, title, given, family, born, *numbers))


def people_by_ref(transaction: Transaction, refs: Collection[str]) -> dict[str, Person]:
    """Return the people known by these school numbers."""
    query = select(_people).where(_people.c.ref.in_(list(refs)))
    return {row.ref: person_from(row) for row in transaction.connection.execute(query)}


def salted_people(transaction: Transaction) -> Iterable[tuple[Person, bytes]]:
    """Yield everybody with the salt of their commitment, for the audit."""
    for row in transaction.connection.execute(select(_people)):
        yield person_from(row), stored_bytes(row.salt)


def add_roles(transaction: Transaction, roles: Collection[tuple[PersonId, Role, SchoolId]]) -> None:
    """Give people roles; a role that stands already stays."""
    keys = ("person_id", "role", "school_id")
    have = {tuple(row) for row in transaction.connection.execute(select(_roles))}
    wanted = [(str(p), r.value, str(s)) for p, r, s in roles]
    new = [dict(zip(keys, one, strict=True)) for one in dict.fromkeys(wanted) if one not in have]
    if new:
        transaction.connection.execute(insert(_roles), new)


def roles_of(transaction: Transaction, person: PersonId) -> frozenset[Role]:
    """Return every role the person has at any school."""
    query = select(_roles.c.role).where(_roles.c.person_id == person)
    return frozenset(Role(role) for (role,) in transaction.connection.execute(query))


def people_with(transaction: Transaction, role: Role) -> list[Person]:
    """Return everybody with this role, by school number."""
    joined = _people.join(_roles, _roles.c.person_id == _people.c.id)
    query = select(_people).select_from(joined).where(_roles.c.role == role.value)
    rows = transaction.connection.execute(query.distinct().order_by(_people.c.ref))
    return [person_from(row) for row in rows]


def put_school(transaction: Transaction, school: School) -> None:
    """Add a school, or leave it when it is there already."""
    row = {"id": school.id, "name_th": school.name_th, "name_en": school.name_en}
    known = select(_schools.c.id).where(_schools.c.id == school.id)
    if transaction.connection.execute(known).first() is None:
        transaction.connection.execute(insert(_schools), row)


def find_school(transaction: Transaction, school: str) -> School:
    """Return a school; raises NotFound("unknown-school")."""
    row = transaction.connection.execute(select(_schools).where(_schools.c.id == school)).first()
    if row is None:
        raise NotFound("unknown-school", name=school)
    return School(SchoolId(row.id), row.name_th, row.name_en)


def person_of(values: "Iterable[Any]") -> Person:
    """Return the person that ``values``, one for each of PERSON_COLUMNS, are about."""
    who, ref, title, given, family, born, code, shown = values
    return Person(who, ref, Name(title, given, family), born, code, shown)


def person_from(row: "Row[tuple[object, ...]]") -> Person:
    """Turn a row of the people table into a person."""
    return Person(
        id=PersonId(row.id),
        ref=row.ref,
        name=Name(row.title, row.given, row.family),
        birth_date=row.birth_date,
        national_id_code=row.national_id_code,
        national_id_shown=row.national_id_shown,
    )
