"""What a new edition changes.

Units are matched by their key alone: a key is drawn once and never used again, while codes, aliases
and titles move. What looks alike under another key is a suggestion to a person and joins nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from standards.catalogue import names_of
from standards.codes import normalise_code
from standards.model import (
    Criterion,
    Edition,
    EditionId,
    Element,
    Qualification,
    QualificationKey,
    Unit,
    UnitKey,
)
from standards.thai_text import forgiving_key

T = TypeVar("T", Element, Criterion)
Mark = tuple[str | None, int]
Stated = Unit | Qualification | Element | Criterion


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that says something else, or that appeared or went away."""

    place: str
    """``title_th``, ``elements[10301].criteria[2.1].text_th``; ``#2`` is the second of one code."""
    old: object
    """None where the older edition has no such place."""
    new: object


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that both editions state, and how they differ."""

    key: UnitKey
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class QualificationChange:
    """A qualification that both editions state, and how they differ."""

    key: QualificationKey
    joined: tuple[UnitKey, ...]
    """Units that are asked for only now."""
    left: tuple[UnitKey, ...]
    """Units that are no longer asked for."""
    changes: tuple[FieldChange, ...]
    """Every field that differs; ``groups`` where the composition does."""


class Likeness(StrEnum):
    """Why a removed and an added unit may be worth a person's look."""

    SAME_TITLE = "same-title"
    SHARED_NAME = "shared-name"
    """A code or another alias is the same."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two units that look alike; nothing follows from it."""

    old: UnitKey
    new: UnitKey
    likeness: Likeness
    what: str
    """The title or the name that they share, as the newer edition prints it."""


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """Everything that differs between two editions."""

    old: EditionId
    new: EditionId
    added: tuple[Unit, ...]
    removed: tuple[Unit, ...]
    changed: tuple[UnitChange, ...]
    added_qualifications: tuple[Qualification, ...]
    removed_qualifications: tuple[Qualification, ...]
    requalified: tuple[QualificationChange, ...]
    suggestions: tuple[Suggestion, ...]
    """Between ``removed`` and ``added`` units only."""

    @property
    def empty(self) -> bool:
        """True if units and qualifications are the same in both."""
        units = self.added or self.removed or self.changed
        asked = self.added_qualifications or self.removed_qualifications or self.requalified
        return not (units or asked)


def diff(old: Edition, new: Edition) -> EditionDiff:
    """Return what ``new`` changes of ``old``, in the order of the editions.

    Holds: ``diff(e, e)`` is empty; the diff the other way round swaps added and removed, joined and
    left, and the sides of every change; every unit of either edition is added, removed, changed or
    equal in both, and in one of these only.
    """
    before = {unit.key: unit for unit in old.units}
    after = {unit.key: unit for unit in new.units}
    asked_before = {each.key: each for each in old.qualifications}
    asked_after = {each.key: each for each in new.qualifications}
    added = tuple(unit for key, unit in after.items() if key not in before)
    removed = tuple(unit for key, unit in before.items() if key not in after)
    return EditionDiff(
        old=old.id,
        new=new.id,
        added=added,
        removed=removed,
        changed=tuple(
            UnitChange(key, unit_changes(before[key], unit))
            for key, unit in after.items()
            if key in before and before[key] != unit
        ),
        added_qualifications=tuple(q for k, q in asked_after.items() if k not in asked_before),
        removed_qualifications=tuple(q for k, q in asked_before.items() if k not in asked_after),
        requalified=tuple(
            _requalified(asked_before[key], each)
            for key, each in asked_after.items()
            if key in asked_before and asked_before[key] != each
        ),
        suggestions=tuple(_suggestions(removed, added)),
    )


def _requalified(old: Qualification, new: Qualification) -> QualificationChange:
    return QualificationChange(
        key=new.key,
        joined=tuple(unit for unit in new.units if unit not in old.units),
        left=tuple(unit for unit in old.units if unit not in new.units),
        changes=tuple(_field_changes(old, new, place="", apart=())),
    )


def _field_changes(
    old: Stated, new: Stated, *, place: str, apart: tuple[str, ...]
) -> Iterator[FieldChange]:
    """Yield the fields of two values of one type that differ, without those named ``apart``."""
    for name in (field.name for field in fields(old) if field.name not in apart):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FieldChange(f"{place}{name}", before, after)


def unit_changes(old: Unit, new: Unit) -> tuple[FieldChange, ...]:
    """Return every field in which two units differ, down to their criteria.

    Elements and criteria are matched by their code and, where one code stands several times, by
    its count; never by their texts.
    """
    return tuple(_unit_changes(old, new))


def _unit_changes(old: Unit, new: Unit) -> Iterator[FieldChange]:
    yield from _field_changes(old, new, place="", apart=("elements",))
    if old.elements is None or new.elements is None:
        # Nothing read on one side: that is one change, not the loss of every element.
        if old.elements != new.elements:
            yield FieldChange("elements", old.elements, new.elements)
        return
    yield from _pairs(old.elements, new.elements, "elements", _element_changes)


def _element_changes(old: Element, new: Element, place: str) -> Iterator[FieldChange]:
    yield from _field_changes(old, new, place=f"{place}.", apart=("criteria",))
    yield from _pairs(old.criteria, new.criteria, f"{place}.criteria", _criterion_changes)


def _criterion_changes(old: Criterion, new: Criterion, place: str) -> Iterator[FieldChange]:
    yield from _field_changes(old, new, place=f"{place}.", apart=())


def _pairs(
    old: Iterable[T],
    new: Iterable[T],
    name: str,
    changes: Callable[[T, T, str], Iterator[FieldChange]],
) -> Iterator[FieldChange]:
    before: dict[Mark, T] = _marked(old)
    after: dict[Mark, T] = _marked(new)
    for mark in dict.fromkeys((*before, *after)):
        place = f"{name}[{_shown(mark)}]"
        if mark in before and mark in after:
            yield from changes(before[mark], after[mark], place)
        else:
            yield FieldChange(place, before.get(mark), after.get(mark))
    kept_before = tuple(_shown(mark) for mark in before if mark in after)
    kept_after = tuple(_shown(mark) for mark in after if mark in before)
    if kept_before != kept_after:
        yield FieldChange(f"{name}.order", kept_before, kept_after)


def _marked(parts: Iterable[T]) -> dict[Mark, T]:
    """Return elements or criteria by code and a count: a code may be used again or be absent."""
    count: Counter[str | None] = Counter()
    marked: dict[Mark, T] = {}
    for part in parts:
        count[part.code] += 1
        marked[part.code, count[part.code]] = part
    return marked


def _shown(mark: Mark) -> str:
    code, count = mark
    return f"{code or ''}#{count}" if count > 1 or not code else code


def _suggestions(removed: Iterable[Unit], added: Iterable[Unit]) -> Iterator[Suggestion]:
    alike: dict[tuple[Likeness, str], list[Unit]] = {}
    for unit in removed:
        for mark in _marks(unit):
            alike.setdefault(mark, []).append(unit)
    for unit in added:
        for mark, what in _marks(unit).items():
            for other in alike.get(mark, ()):
                yield Suggestion(other.key, unit.key, mark[0], what)


def _marks(unit: Unit) -> dict[tuple[Likeness, str], str]:
    """Return by what a unit may be recognised, and how that is printed."""
    marks = {(Likeness.SHARED_NAME, normalise_code(name)): name for name in names_of(unit)}
    title = forgiving_key(unit.title_th)
    return {**marks, **({(Likeness.SAME_TITLE, title): unit.title_th} if title else {})}
