"""Which qualifications a set of units completes, and what is missing.

A qualification asks for a minimum number of units of each of its groups. That is all that TPQI
publishes about composition; entry rules (age, years of work) are free text and are not judged here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import nsmallest

from standards.catalogue import Catalogue
from standards.model import Qualification, QualificationKey, UnitGroup, UnitKey


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a set of units reaches into one qualification."""

    qualification: Qualification
    held: tuple[UnitKey, ...]
    """Units of the qualification that are held, in its order."""
    left: tuple[UnitKey, ...]
    """Units not held of every group that still needs some, in its order."""
    missing_count: int
    """How many of ``left`` are needed: fewer than its length where a group lets one choose."""
    complete: bool
    """True only if the whole composition is known and every group has its minimum."""


def progress(qualification: Qualification, held: Collection[UnitKey]) -> Progress:
    """Return how far ``held`` reaches; its order and units from elsewhere make no difference.

    Holds: with more units held nothing complete becomes incomplete and ``missing_count`` never
    grows. A unit that stands in two groups counts in both.
    """
    owned = frozenset(held)
    unmet = [group for group in qualification.groups if _missing(group, owned)]
    open_units = {unit for group in unmet for unit in group.units} - owned
    return Progress(
        qualification=qualification,
        held=tuple(unit for unit in qualification.units if unit in owned),
        left=tuple(unit for unit in qualification.units if unit in open_units),
        missing_count=sum(_missing(group, owned) for group in unmet),
        complete=qualification.composition_known and bool(qualification.units) and not unmet,
    )


def _missing(group: UnitGroup, owned: frozenset[UnitKey]) -> int:
    return max(0, group.minimum - sum(map(owned.__contains__, group.units)))


def completed(catalogue: Catalogue, held: Collection[UnitKey]) -> tuple[Qualification, ...]:
    """Return every qualification that ``held`` completes, in the catalogue's order."""
    return tuple(each.qualification for each in _touched(catalogue, held) if each.complete)


def nearest(catalogue: Catalogue, held: Collection[UnitKey], *, limit: int) -> tuple[Progress, ...]:
    """Return at most ``limit`` qualifications that are begun and not complete, nearest first.

    Begun means that at least one unit is held. Nearest means fewest units missing; then those of
    which more is held, then by key. Those whose composition is only known in part come last, for
    what is missing there is a lower bound.
    """
    owned = frozenset(held)
    touched = {q.key: q for unit in owned for q in catalogue.qualifications_with(unit)}
    # Ranked first, worked out after: a learner's units touch dozens of qualifications. Complete is
    # whatever is known whole and misses nothing.
    far = (_distance(each, owned) for each in touched.values())
    ranked = nsmallest(limit, (one for one in far if one[0] or one[1]))
    return tuple(progress(touched[key], owned) for *_, key in ranked)


def _touched(catalogue: Catalogue, held: Collection[UnitKey]) -> list[Progress]:
    keys = {q.key for unit in held for q in catalogue.qualifications_with(unit)}
    return [progress(q, held) for q in catalogue.qualifications if q.key in keys]


def _distance(
    qualification: Qualification, owned: frozenset[UnitKey]
) -> tuple[bool, int, int, QualificationKey]:
    groups = qualification.groups
    missing = sum(_missing(group, owned) for group in groups)
    held = {unit for group in groups for unit in group.units if unit in owned}
    return not qualification.composition_known, missing, -len(held), qualification.key
