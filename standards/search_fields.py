"""What of a unit or a qualification is searched."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from standards.catalogue import names_of
from standards.model import Element, Qualification, Unit


class Field(StrEnum):
    """The part of a unit or qualification in which a question was found."""

    CODE = "code"
    """Key, certificate code, local code, page id or any other alias."""
    TITLE = "title"
    TITLE_EN = "title-en"
    OCCUPATION = "occupation"
    INDUSTRY = "industry"
    ELEMENT = "element"
    """Code or title of an element."""


class Searched(NamedTuple):
    """One text that is searched, as printed."""

    field: Field
    text: str


def fields_of(item: Unit | Qualification) -> tuple[Searched, ...]:
    """Return everything searched of ``item`` in a fixed order, codes first; none is empty."""
    return tuple(Searched(field, text) for field, text in _fields(item) if text)


def _fields(item: Unit | Qualification) -> Iterator[tuple[Field, str | None]]:
    names = names_of(item) if isinstance(item, Unit) else _names(item)
    for name in names:
        yield Field.CODE, name
    yield Field.TITLE, item.title_th
    yield Field.TITLE_EN, item.title_en
    yield Field.OCCUPATION, item.occupation
    yield Field.INDUSTRY, item.industry
    if isinstance(item, Unit):
        for element in item.elements or ():
            yield from _element(element)


def _element(element: Element) -> Iterator[tuple[Field, str | None]]:
    yield Field.ELEMENT, element.code
    yield Field.ELEMENT, element.title_th
    yield Field.ELEMENT, element.title_en


def _names(qualification: Qualification) -> tuple[str, ...]:
    names = (qualification.key, *(alias.value for alias in qualification.aliases))
    return tuple(dict.fromkeys(str(name) for name in names))
