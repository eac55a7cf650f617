"""Decisions on what a unit of one edition is worth in another, and what follows from them.

No source of TPQI says which unit succeeds which: codes change at revision, even their industry
prefix does, and equal titles do not make equal units. So two persons decide, on a day and for a
reason, and nothing counts that was not decided. Aliases and titles are never looked at here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from standards.errors import RefusedDecision
from standards.model import EditionId, Qualification, QualificationKey, UnitKey
from standards.qualifying import Progress, progress


class DecisionKind(StrEnum):
    """What a decision says of an older and a newer unit."""

    REPLACES = "replaces"
    """The newer takes the place of the older: who holds the older is counted as holding both."""
    EQUALS = "equals"
    """Each counts for the other."""
    PARTLY_COVERS = "partly-covers"
    """Something of the older is in the newer; it counts for nothing by itself and is shown."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decided, when and why."""

    reference: str
    """Name of the decision, by which it is found again."""
    decided_by: str
    confirmed_by: str
    """Another person than ``decided_by``."""
    on: date
    """The day from which it counts."""
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a unit is worth in the place of another."""

    kind: DecisionKind
    old: UnitKey
    new: UnitKey
    signed: Signed


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A completed qualification of one edition no longer counts (decision kind ``withdraws``).

    The only thing that ever makes a person's set of completed qualifications smaller.
    """

    qualification: QualificationKey
    edition: EditionId
    signed: Signed


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions that do not contradict each other; made by ``check_decisions`` only."""

    units: tuple[Decision, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()

    def in_force(self, at: date) -> tuple[Decision, ...]:
        """Return the decisions on units that count on that day."""
        return tuple(each for each in self.units if each.signed.on <= at)

    def withdrawn(self, at: date) -> Mapping[tuple[QualificationKey, EditionId], Withdrawal]:
        """Return what is withdrawn on that day, each with the first decision that says so."""
        counted = (each for each in self.withdrawals if each.signed.on <= at)
        first: dict[tuple[QualificationKey, EditionId], Withdrawal] = {}
        for each in sorted(counted, key=lambda each: (each.signed.on, each.signed.reference)):
            first.setdefault((each.qualification, each.edition), each)
        return first


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit that is not held itself and counts as held."""

    unit: UnitKey
    held: UnitKey
    """The unit that is held."""
    by: tuple[Decision, ...]
    """The decisions that lead from ``held`` to ``unit``, in this order."""


@dataclass(frozen=True, slots=True)
class DecidedProgress:
    """How far held units reach into a qualification when decisions are followed."""

    progress: Progress
    """Its ``held`` names every unit that counts, held or by decision."""
    counted: tuple[Counted, ...]
    """Units of the qualification that count by decision only."""
    partly: tuple[Decision, ...]
    """Decisions by which something held touches a unit that is left; they count for nothing."""


def check_decisions(
    units: Iterable[Decision] = (), withdrawals: Iterable[Withdrawal] = ()
) -> Decisions:
    """Return the decisions together if each is sound and none contradicts another.

    Raises:
        RefusedDecision: with ``reference``. ``same-person``, ``blank-decision`` (no reason, no
            name), ``reference-taken``, ``unit-follows-itself``, ``contradictory-decisions`` (two
            kinds for one pair of units), ``cyclic-succession`` (a unit would replace itself, be it
            by way of equals).

    """
    decisions = Decisions(tuple(units), tuple(withdrawals))
    signed = [each.signed for each in decisions.units]
    _check_signatures([*signed, *(each.signed for each in decisions.withdrawals)])
    _check_pairs(decisions.units)
    _check_circles(decisions.units)
    return decisions


def counts_for(held: Collection[UnitKey], decisions: Decisions, at: date) -> frozenset[UnitKey]:
    """Return every unit that ``held`` counts for on that day, the held ones among them.

    Equals leads both ways, replaces from the older to the newer, both any number of times; a part
    leads nowhere. Holds: nothing held is lost; more held, more decided or a later day never counts
    for less; what counts is not counted on to more the second time.
    """
    return frozenset(held) | {each.unit for each in counted_by_decision(held, decisions, at)}


def counted_by_decision(
    held: Collection[UnitKey], decisions: Decisions, at: date
) -> tuple[Counted, ...]:
    """Return the units that count without being held, each with a shortest way to it."""
    steps = _steps(decisions.in_force(at))
    known: dict[UnitKey, Counted | None] = dict.fromkeys(sorted(held))
    queue = list(known)
    for unit in queue:  # grows while it is walked through: the nearest come first
        way = known[unit]
        for reached, decision in steps.get(unit, ()):
            if reached not in known:
                start, before = (unit, ()) if way is None else (way.held, way.by)
                known[reached] = Counted(reached, start, (*before, decision))
                queue.append(reached)
    return tuple(way for way in known.values() if way is not None)


def progress_with(
    qualification: Qualification, held: Collection[UnitKey], decisions: Decisions, at: date
) -> DecidedProgress:
    """Return how far ``held`` reaches into ``qualification`` by the decisions of that day.

    Holds: without decisions ``progress`` is that of ``qualifying.progress``; with more decisions
    it never falls back.
    """
    counted = counted_by_decision(held, decisions, at)
    owned = frozenset(held) | {each.unit for each in counted}
    reached = progress(qualification, owned)
    partly = tuple(
        each
        for each in decisions.in_force(at)
        if each.kind is DecisionKind.PARTLY_COVERS
        and each.old in owned
        and each.new in reached.left
    )
    inside = set(qualification.units)
    return DecidedProgress(
        progress=reached,
        counted=tuple(each for each in counted if each.unit in inside),
        partly=partly,
    )


def _steps(
    decisions: Iterable[Decision],
) -> Mapping[UnitKey, list[tuple[UnitKey, Decision]]]:
    steps: dict[UnitKey, list[tuple[UnitKey, Decision]]] = {}
    for each in decisions:
        if each.kind is not DecisionKind.PARTLY_COVERS:
            steps.setdefault(each.old, []).append((each.new, each))
        if each.kind is DecisionKind.EQUALS:
            steps.setdefault(each.new, []).append((each.old, each))
    return steps


def _check_signatures(signatures: list[Signed]) -> None:
    seen: set[str] = set()
    for each in signatures:
        texts = (each.reference, each.decided_by, each.confirmed_by, each.reason)
        if not all(text.strip() for text in texts):
            raise RefusedDecision("blank-decision", reference=each.reference)
        if each.decided_by.strip() == each.confirmed_by.strip():
            raise RefusedDecision(
                "same-person", reference=each.reference, person=each.decided_by.strip()
            )
        if each.reference in seen:
            raise RefusedDecision("reference-taken", reference=each.reference)
        seen.add(each.reference)


def _check_pairs(decisions: Iterable[Decision]) -> None:
    kinds: dict[frozenset[UnitKey], Decision] = {}
    for each in decisions:
        reference = each.signed.reference
        if each.old == each.new:
            raise RefusedDecision("unit-follows-itself", reference=reference, unit=each.old)
        other = kinds.setdefault(frozenset((each.old, each.new)), each)
        if other.kind is not each.kind:
            raise RefusedDecision(
                "contradictory-decisions",
                reference=reference,
                other=other.signed.reference,
                units=tuple(sorted((each.old, each.new))),
            )


def _check_circles(decisions: tuple[Decision, ...]) -> None:
    """Refuse a unit that replaces itself; equal units are one unit to this question."""
    one = _equal_units(decisions)
    graph: dict[UnitKey, set[UnitKey]] = {}
    for each in decisions:
        if each.kind is DecisionKind.REPLACES:
            old, new = one.get(each.old, each.old), one.get(each.new, each.new)
            graph.setdefault(new, set()).add(old)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = set(error.args[1])
        last = max(_within(circle, one, decisions), key=lambda each: each.on)
        raise RefusedDecision(
            "cyclic-succession", reference=last.reference, units=tuple(sorted(circle))
        ) from None


def _within(
    circle: set[UnitKey], one: Mapping[UnitKey, UnitKey], decisions: Iterable[Decision]
) -> Iterator[Signed]:
    for each in decisions:
        ends = {one.get(each.old, each.old), one.get(each.new, each.new)}
        if each.kind is DecisionKind.REPLACES and ends <= circle:
            yield each.signed


def _equal_units(decisions: Iterable[Decision]) -> dict[UnitKey, UnitKey]:
    """Return for each unit of an ``equals`` the least of all that are equal to it."""
    one: dict[UnitKey, UnitKey] = {}
    for each in decisions:
        if each.kind is DecisionKind.EQUALS:
            least, most = sorted((one.get(each.old, each.old), one.get(each.new, each.new)))
            one |= {each.old: least, each.new: least}
            one |= {unit: least for unit, known in one.items() if known == most}
    return one
