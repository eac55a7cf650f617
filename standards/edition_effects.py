"""What accepting a new edition does to mappings and to people, shown before it is accepted.

A qualification once completed on an edition stays completed for that edition, whatever later
editions ask for; only a withdrawal (two persons, a day, a reason) takes it away. What is completed
is therefore added to and never worked out anew.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap
from standards.model import EditionId, Qualification, QualificationKey, UnitKey
from standards.qualifying import progress
from standards.revisions import EditionDiff, FieldChange, Suggestion, unit_changes
from standards.succession import (
    Decision,
    DecisionKind,
    Decisions,
    Withdrawal,
    counts_for,
)


class Completed(NamedTuple):
    """A qualification as one edition composed it."""

    qualification: QualificationKey
    edition: EditionId


@dataclass(frozen=True, slots=True)
class Basis:
    """What completion is judged by: the editions in use and the decisions taken."""

    catalogue: Catalogue
    decisions: Decisions
    newest: Mapping[QualificationKey, tuple[Completed, Qualification]] = field(
        init=False, repr=False, compare=False
    )
    """Each qualification as the newest edition that has it composes it."""

    def __post_init__(self) -> None:
        """Find the newest statements once; many people are judged by them."""
        object.__setattr__(self, "newest", _newest(self.catalogue))


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person has."""

    units: frozenset[UnitKey]
    completed: frozenset[Completed] = frozenset()
    """Qualifications that were found complete before, on whatever edition."""


@dataclass(frozen=True, slots=True)
class PersonEffect:
    """What a new basis means for one person; people for whom it means nothing have none."""

    person: str
    gained: tuple[Completed, ...]
    """Qualifications completed on the new basis that were not completed on any edition."""
    kept: tuple[Completed, ...]
    """Stay completed on their edition, although the newest one asks for more than is held."""
    lost: tuple[Withdrawal, ...]
    """Qualifications that go, each by the decision that takes it."""


class MappingFate(StrEnum):
    """What a new edition does to a link of a course."""

    CHANGED = "changed"
    """The unit is still there and says something else."""
    REMOVED = "removed"
    """The unit is gone and nothing was decided about it."""
    SUCCEEDED = "succeeded"
    """The unit is gone and decisions name what stands in its place."""


@dataclass(frozen=True, slots=True)
class MappingEffect:
    """One link of a course that a person should look at again."""

    course_code: str
    version: int
    link: CourseLink
    fate: MappingFate
    changes: tuple[FieldChange, ...]
    """How the unit differs; empty unless the fate is ``changed``."""
    successors: tuple[Decision, ...]
    """Decisions from the unit to others; empty unless the fate is ``succeeded``."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A removed and an added unit that a decision ties, and how they differ."""

    decision: Decision
    old: UnitKey
    """The removed one; of units that are equal this may be the decision's ``new``."""
    new: UnitKey
    changes: tuple[FieldChange, ...]


def followed(diff: EditionDiff, decisions: Decisions, at: date) -> tuple[Followed, ...]:
    """Return the removed units that decisions of that day tie to added ones.

    The only matching of units beside that by key; ``diff`` itself stays as it is.
    """
    removed = {unit.key: unit for unit in diff.removed}
    added = {unit.key: unit for unit in diff.added}
    found = []
    for each in decisions.in_force(at):
        pairs = [(each.old, each.new)]
        if each.kind is DecisionKind.EQUALS:
            pairs.append((each.new, each.old))
        found += [
            Followed(each, old, new, unit_changes(removed[old], added[new]))
            for old, new in pairs
            if old in removed and new in added
        ]
    return tuple(found)


def open_suggestions(diff: EditionDiff, decisions: Decisions, at: date) -> tuple[Suggestion, ...]:
    """Return the suggestions on whose two units nothing was decided yet."""
    decided = {frozenset((each.old, each.new)) for each in decisions.in_force(at)}
    return tuple(s for s in diff.suggestions if frozenset((s.old, s.new)) not in decided)


def completed_by(basis: Basis, standing: Standing, at: date) -> frozenset[Completed]:
    """Return every qualification the person has completed on that day, with its edition.

    That is what was completed before, and what the units complete as the newest edition composes
    it, by the decisions of that day; without what is withdrawn on that day.
    Holds: nothing of ``standing.completed`` is missing but what a withdrawal of ``basis`` names;
    more units held never complete less.
    """
    owned = counts_for(standing.units, basis.decisions, at)
    touched = {q.key for unit in owned for q in basis.catalogue.qualifications_with(unit)}
    newest = {
        completed
        for completed, composed in map(basis.newest.__getitem__, touched)
        if progress(composed, owned).complete
    }
    return frozenset((standing.completed | newest) - basis.decisions.withdrawn(at).keys())


def accepted(old: Basis, new: Basis, standing: Standing, at: date) -> Standing:
    """Return what the person has once ``new`` is the basis: what was completed is written down.

    Holds: ``completed_by(old, ...)`` is in the result but for what withdrawals of ``new`` name.
    """
    before = Standing(standing.units, completed_by(old, standing, at))
    return Standing(standing.units, completed_by(new, before, at))


def effect_on_people(
    old: Basis, new: Basis, *, people: Mapping[str, Standing], at: date
) -> tuple[PersonEffect, ...]:
    """Return for whom accepting ``new`` changes something, in the order of ``people``."""
    effects = []
    for person, standing in people.items():
        before = completed_by(old, standing, at)
        after = accepted(old, new, standing, at).completed
        known = {each.qualification for each in before}
        withdrawn = new.decisions.withdrawn(at)
        effect = PersonEffect(
            person=person,
            gained=_in_order(each for each in after if each.qualification not in known),
            kept=_in_order(_kept_on_older(new, before & after, standing.units, at)),
            lost=tuple(withdrawn[each] for each in _in_order(before - after)),
        )
        if effect.gained or effect.kept or effect.lost:
            effects.append(effect)
    return tuple(effects)


def effect_on_mappings(
    diff: EditionDiff, course_maps: Iterable[CourseMap], *, decisions: Decisions, at: date
) -> tuple[MappingEffect, ...]:
    """Return the links of courses mapped on the older edition whose unit changes or goes.

    A mapping is never changed by this: a person makes a new version of it.
    """
    changed = {each.key: each.changes for each in diff.changed}
    removed = {unit.key for unit in diff.removed}
    onward = _onward(decisions.in_force(at))
    effects = []
    for course_map in (each for each in course_maps if diff.old in each.editions):
        for link in course_map.links:
            successors = onward.get(link.unit, ()) if link.unit in removed else ()
            fate = _fate(link.unit, changed, removed, successors)
            if fate is not None:
                changes = changed.get(link.unit, ())
                code, version = course_map.course_code, course_map.version
                effects.append(MappingEffect(code, version, link, fate, changes, successors))
    return tuple(effects)


def _fate(
    unit: UnitKey,
    changed: Collection[UnitKey],
    removed: Collection[UnitKey],
    successors: tuple[Decision, ...],
) -> MappingFate | None:
    if unit in removed:
        return MappingFate.SUCCEEDED if successors else MappingFate.REMOVED
    return MappingFate.CHANGED if unit in changed else None


def _onward(decisions: Iterable[Decision]) -> dict[UnitKey, tuple[Decision, ...]]:
    onward: dict[UnitKey, tuple[Decision, ...]] = {}
    for each in decisions:
        onward[each.old] = (*onward.get(each.old, ()), each)
        if each.kind is DecisionKind.EQUALS:
            onward[each.new] = (*onward.get(each.new, ()), each)
    return onward


def _newest(
    catalogue: Catalogue,
) -> Mapping[QualificationKey, tuple[Completed, Qualification]]:
    newest_last = sorted(catalogue.editions, key=lambda edition: (edition.released, edition.id))
    return {
        each.key: (Completed(each.key, edition.id), each)
        for edition in newest_last
        for each in edition.qualifications
    }


def _kept_on_older(
    new: Basis, both: Iterable[Completed], held: Collection[UnitKey], at: date
) -> Iterator[Completed]:
    """Yield what stays completed although the newest edition asks for more than is held."""
    owned = counts_for(held, new.decisions, at)
    for each in both:
        stated, composed = new.newest.get(each.qualification, (each, None))
        if composed is not None and stated != each and not progress(composed, owned).complete:
            yield each


def _in_order(completed: Iterable[Completed]) -> tuple[Completed, ...]:
    return tuple(sorted(completed))
