"""Names for the elements of a unit and the criteria of an element that are never ambiguous.

Codes of published elements repeat, are misspelt or missing, and most criteria have none. A name is
the code where one member alone has it, else ``#`` and the number of the member, counted from 1.
Names hold inside one edition, as mappings do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from standards.model import Criterion, Element, Unit

_NUMBER = "#"


def element_names(unit: Unit) -> tuple[str, ...]:
    """Return the name of each element in order, no two equal; none where they are not known."""
    return _names(element.code for element in unit.elements or ())


def criterion_names(element: Element) -> tuple[str, ...]:
    """Return the name of each criterion in order, no two equal."""
    return _names(criterion.code for criterion in element.criteria)


def named_criteria(unit: Unit) -> Iterator[tuple[str, str, Criterion]]:
    """Yield element name, criterion name and criterion for every criterion of the unit."""
    for element_name, element in zip(element_names(unit), unit.elements or (), strict=True):
        for name, criterion in zip(criterion_names(element), element.criteria, strict=True):
            yield element_name, name, criterion


def has_place(unit: Unit, *, element: str | None, criterion: str | None) -> bool:
    """Say whether the unit has the named element and that the named criterion; None names all."""
    if element is None:
        return criterion is None
    names = element_names(unit)
    if element not in names:
        return False
    chosen = (unit.elements or ())[names.index(element)]
    return criterion is None or criterion in criterion_names(chosen)


def _names(codes: Iterable[str | None]) -> tuple[str, ...]:
    printed = tuple(codes)
    count = Counter(printed)
    return tuple(
        code if code and count[code] == 1 and not code.startswith(_NUMBER) else f"{_NUMBER}{n}"
        for n, code in enumerate(printed, start=1)
    )
