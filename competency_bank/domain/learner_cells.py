"""Who a row of a class sheet is about."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from competency_bank.domain import national_id
from competency_bank.domain.sheet_cells import (
    birth_date_of,
    learner_code_of,
    name_of,
    national_id_of,
    plain_number,
)
from competency_bank.domain.sheet_words import Field, begins_footer
from standards.reading_sheet import Cell
from standards.thai_text import forgiving_key

T = TypeVar("T")

_NAMES = (Field.TITLE, Field.GIVEN_NAME, Field.FAMILY_NAME, Field.NAME)
_LAST_THAI = "\u0e5b"
_FIRST_THAI = "\u0e01"


class Take(Protocol):
    """Reads the cell of one column, or notes a refusal and answers None."""

    def __call__(self, read: Callable[[Cell], T], index: int, /) -> T | None:
        """Return what ``read`` finds in the cell."""


class LearnerRef(NamedTuple):
    """How a sheet names a learner: a number, a national ID, or name and birth date.

    A tuple, as ``SheetRow`` and ``Pass`` are: a sheet has thousands of each, and a frozen dataclass
    takes four times as long to make.
    """

    number: str | None
    """Learner code or number in the class list, digits 0-9."""
    national_id: str | None
    """13 digits with a right check digit."""
    name: str | None
    """As written, title in front; tidied."""
    birth_date: date | None


class LearnerReader:
    """Reads whom the rows of one sheet name.

    A code beats the number in the class list, which beats a running number; the latter counts only
    where there is no column for a national ID. A valid national ID in a column for codes is taken
    as one.
    """

    def __init__(self, fields: Mapping[Field, int]) -> None:
        """Look up once which columns speak for the learner."""
        ranks = [Field.LEARNER_CODE, Field.NUMBER]
        if Field.NATIONAL_ID not in fields:
            ranks.append(Field.ORDINAL)
        self._number_index = next((fields[rank] for rank in ranks if rank in fields), None)
        self._identity_index = fields.get(Field.NATIONAL_ID)
        self._birth_index = fields.get(Field.BIRTH_DATE)
        self._name_indexes = tuple(map(fields.get, _NAMES)) if fields.keys() & set(_NAMES) else None
        others = (self._identity_index, self._birth_index, self._name_indexes)
        self._numbers_only = self._number_index is not None and others == (None, None, None)

    def read(self, cells: tuple[Cell, ...], *, take: Take) -> LearnerRef | None:
        """Return whom the row names, None where no single person can be told from it."""
        if self._numbers_only and (plain := plain_number(cells[self._number_index or 0])):
            return LearnerRef(plain, None, None, None)
        identity = _optional(self._identity_index, national_id_of, take=take)
        number = self._number(cells, take)
        if number is not None and national_id.valid(number):
            identity, number = identity or national_id.plain(number), None
        name = None if self._name_indexes is None else _name(self._name_indexes, take)
        birth = _optional(self._birth_index, birth_date_of, take=take)
        if number is None and identity is None and (name is None or birth is None):
            return None
        return LearnerRef(number=number, national_id=identity, name=name, birth_date=birth)

    def _number(self, cells: tuple[Cell, ...], take: Take) -> str | None:
        index = self._number_index
        if index is None:
            return None
        cell = cells[index]
        if isinstance(cell, str) and begins_footer(cell):
            return None
        return take(learner_code_of, index)


def identities(learner: LearnerRef) -> tuple[tuple[str, ...], ...]:
    """Return every key under which another row of the sheet would mean the same learner.

    Name and birth date only tell where there is neither number nor national ID: namesakes exist.
    """
    keys: list[tuple[str, ...]] = []
    if learner.national_id is not None:
        keys.append(("national-id", learner.national_id))
    if learner.number is not None:
        keys.append(("number", learner.number.casefold()))
    if not keys:
        keys.append(("name", forgiving_key(learner.name or ""), str(learner.birth_date)))
    return tuple(keys)


def may_be_one(one: LearnerRef, other: LearnerRef) -> bool:
    """Say whether two references that share a key contradict each other nowhere else."""
    pairs = (
        (one.national_id, other.national_id),
        (one.birth_date, other.birth_date),
        (one.name and forgiving_key(one.name), other.name and forgiving_key(other.name)),
    )
    return all(left is None or right is None or left == right for left, right in pairs)


def _name(indexes: tuple[int | None, ...], take: Take) -> str | None:
    title, given, family, whole = [_optional(index, name_of, take=take) for index in indexes]
    name = whole or " ".join(part for part in (given, family) if part)
    if not name:
        return None
    if title is None or name.startswith(title):
        return name
    # Thai titles stand before the name without a blank, others with one.
    return f"{title}{name}" if _FIRST_THAI <= title[-1] <= _LAST_THAI else f"{title} {name}"


def _optional(index: int | None, read: Callable[[Cell], T | None], *, take: Take) -> T | None:
    return None if index is None else take(read, index)
