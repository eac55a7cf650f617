"""People the bank knows, their names and what they may do.

A person is known inside the bank by an opaque id; name, birth date and the optional national
number stand beside it and can be erased without touching any proof. The 13-digit number itself is
never kept: only a keyed code to match it by and a masked form to show.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from competency_bank.domain.errors import BadInput
from standards.thai_text import find_forbidden, tidy

PersonId = NewType("PersonId", str)
"""Opaque id of a person: a random UUID, the same in every school and for ever."""

SchoolId = NewType("SchoolId", str)

MAX_NAME_PART = 100
"""Longest accepted part of a name; the longest found in Thai practice is far below."""


class Role(StrEnum):
    """What a person is to a school or to the bank."""

    LEARNER = "learner"
    TEACHER = "teacher"
    REGISTRAR = "registrar"
    CURRICULUM = "curriculum"
    TPQI = "tpqi"


@dataclass(frozen=True, slots=True)
class School:
    """A school or training centre."""

    id: SchoolId
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts; the family name may be absent."""

    title: str | None
    """คำนำหน้า as free text: นางสาว, ว่าที่ร้อยเอก, Dr. ..."""
    given: str
    family: str | None

    @property
    def full(self) -> str:
        """The name as one line: a Thai title is written without a space before the name."""
        title = self.title or ""
        joint = "" if not title or _is_thai(title) else " "
        return f"{title}{joint}{self.given}" + (f" {self.family}" if self.family else "")

    @property
    def plain(self) -> str:
        """Given and family name without title, as class sheets mostly have it."""
        return f"{self.given} {self.family}" if self.family else self.given


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the bank knows them."""

    id: PersonId
    ref: str
    """Number by which the school knows the person, unique in the bank."""
    name: Name
    birth_date: date | None
    national_id_code: str | None
    """Keyed code of the national number (HMAC-SHA256, hex); None where none was given."""
    national_id_shown: str | None
    """The number with its middle masked, the only form ever shown."""


def name_part(text: str, *, field: str) -> str:
    """Return one part of a name, tidied.

    Raises BadInput when it is empty, too long, or holds mark-up or a hidden character: such a
    name would be obeyed or reordered by some reader of the certificate.
    """
    hidden = find_forbidden(text)
    if hidden:
        raise BadInput("name-hidden-character", field=field, character=str(hidden[0]))
    tidied = tidy(text)
    if not tidied or len(tidied) > MAX_NAME_PART:
        raise BadInput("name-length", field=field, limit=MAX_NAME_PART)
    if any(sign in tidied for sign in "<>{}\\"):
        raise BadInput("name-mark-up", field=field, value=tidied)
    return tidied


def match_code(national_id: str, *, pepper: bytes) -> str:
    """Return the keyed code under which a national number is matched.

    Keyed, because the 10^12 possible numbers could otherwise be tried one by one.
    """
    return hmac.new(pepper, national_id.encode(), hashlib.sha256).hexdigest()


def details_of_person(person: Person) -> dict[str, str | None]:
    """Return the details that a person's entry vouches for without naming them."""
    born = person.birth_date
    return {
        "title": person.name.title,
        "given": person.name.given,
        "family": person.name.family,
        "birth_date": None if born is None else born.isoformat(),
    }


def _is_thai(text: str) -> bool:
    return "\u0e00" < text[-1] < "\u0e80"
