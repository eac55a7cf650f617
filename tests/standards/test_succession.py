from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.errors import RefusedDecision
from standards.model import Qualification, UnitKey
from standards.qualifying import progress
from standards.succession import (
    Decision,
    DecisionKind,
    Decisions,
    check_decisions,
    counted_by_decision,
    counts_for,
    progress_with,
)
from standards.wording import sentence
from tests.decided import KEYS, START, days, decide, decisions, held_units, signed, withdraw
from tests.strategies import qualifications

_EQUALS, _REPLACES, _PARTLY = (
    DecisionKind.EQUALS,
    DecisionKind.REPLACES,
    DecisionKind.PARTLY_COVERS,
)


def _counted(*names: str, by: Decisions, at: date = START) -> set[str]:
    return set(counts_for([UnitKey(name) for name in names], by, at))


def test_equals_counts_both_ways() -> None:
    by = check_decisions([decide(_EQUALS, "a", "b")])
    assert _counted("a", by=by) == _counted("b", by=by) == {"a", "b"}


def test_a_replaced_unit_counts_for_its_successor_and_not_the_other_way() -> None:
    by = check_decisions([decide(_REPLACES, "a", "b")])
    assert _counted("a", by=by) == {"a", "b"}
    assert _counted("b", by=by) == {"b"}


def test_a_part_counts_for_nothing() -> None:
    by = check_decisions([decide(_PARTLY, "a", "b")])
    assert _counted("a", by=by) == {"a"}


def test_a_chain_of_revisions_is_followed_and_told() -> None:
    first, second, third = (
        decide(_REPLACES, "a", "b"),
        decide(_EQUALS, "c", "b"),
        decide(_REPLACES, "c", "d"),
    )
    by = check_decisions([third, first, second])
    ways = {way.unit: way for way in counted_by_decision([UnitKey("a")], by, START)}
    assert ways.keys() == {"b", "c", "d"}
    assert ways[UnitKey("d")].by == (first, second, third)
    assert ways[UnitKey("d")].held == "a"


def test_a_decision_counts_from_its_day() -> None:
    by = check_decisions([decide(_REPLACES, "a", "b", on=START + timedelta(days=1))])
    assert _counted("a", by=by) == {"a"}
    assert _counted("a", by=by, at=START + timedelta(days=1)) == {"a", "b"}


@settings(deadline=None)
@given(held_units, held_units, decisions(), days)
def test_nothing_held_is_lost_and_more_held_never_counts_for_less(
    held: frozenset[UnitKey], more: frozenset[UnitKey], by: Decisions, at: date
) -> None:
    assert held <= counts_for(held, by, at) <= counts_for(held | more, by, at)


@settings(deadline=None)
@given(held_units, decisions(), days, days)
def test_a_later_day_never_counts_for_less(
    held: frozenset[UnitKey], by: Decisions, one: date, other: date
) -> None:
    early, late = sorted((one, other))
    assert counts_for(held, by, early) <= counts_for(held, by, late)


@settings(deadline=None)
@given(held_units, decisions(), days)
def test_what_counts_counts_for_nothing_more_the_second_time(
    held: frozenset[UnitKey], by: Decisions, at: date
) -> None:
    counted = counts_for(held, by, at)
    assert counts_for(counted, by, at) == counted


@settings(deadline=None)
@given(held_units, decisions(), days, st.randoms(use_true_random=False))
def test_the_order_of_decisions_makes_no_difference(
    held: frozenset[UnitKey], by: Decisions, at: date, random: object
) -> None:
    shuffled = list(by.units)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert counts_for(held, check_decisions(shuffled), at) == counts_for(held, by, at)


@settings(deadline=None)
@given(held_units, decisions(), days)
def test_every_unit_that_counts_has_a_way_of_decisions_from_one_that_is_held(
    held: frozenset[UnitKey], by: Decisions, at: date
) -> None:
    for way in counted_by_decision(held, by, at):
        unit = way.held
        assert unit in held
        for step in way.by:
            assert step in by.units
            assert step.signed.on <= at
            assert step.kind is not _PARTLY
            assert unit == step.old or (step.kind is _EQUALS and unit == step.new)
            unit = step.new if unit == step.old else step.old
        assert unit == way.unit not in held


@settings(deadline=None)
@given(qualifications(KEYS), held_units, days)
def test_without_decisions_progress_is_what_it_always_was(
    qualification: Qualification, held: frozenset[UnitKey], at: date
) -> None:
    found = progress_with(qualification, held, Decisions(), at)
    assert found.progress == progress(qualification, held)
    assert (found.counted, found.partly) == ((), ())


@settings(deadline=None)
@given(qualifications(KEYS), held_units, decisions(), days)
def test_decisions_never_set_anybody_back(
    qualification: Qualification, held: frozenset[UnitKey], by: Decisions, at: date
) -> None:
    plain, decided = progress(qualification, held), progress_with(qualification, held, by, at)
    assert decided.progress.complete or not plain.complete
    assert decided.progress.missing_count <= plain.missing_count
    assert {way.unit for way in decided.counted} == set(decided.progress.held) - held


@settings(deadline=None)
@given(qualifications(KEYS), held_units, st.sets(st.sampled_from(KEYS), min_size=2), days)
def test_parts_are_shown_and_change_nothing(
    qualification: Qualification, held: frozenset[UnitKey], pair: set[UnitKey], at: date
) -> None:
    old, new = sorted(pair)[:2]
    by = check_decisions([decide(_PARTLY, old, new)])
    found = progress_with(qualification, held, by, at)
    assert found.progress == progress(qualification, held)
    assert bool(found.partly) == (old in held and new in found.progress.left)


_REFUSED: dict[str, tuple[list[Decision], str]] = {
    "one person": (
        [Decision(_EQUALS, KEYS[0], KEYS[1], replace(signed("d"), confirmed_by=" officer"))],
        "same-person",
    ),
    "no reason": (
        [Decision(_EQUALS, KEYS[0], KEYS[1], replace(signed("d"), reason=" "))],
        "blank-decision",
    ),
    "no confirmation": (
        [Decision(_EQUALS, KEYS[0], KEYS[1], replace(signed("d"), confirmed_by=""))],
        "blank-decision",
    ),
    "name twice": (
        [decide(_EQUALS, "a", "b", reference="d"), decide(_EQUALS, "c", "e", reference="d")],
        "reference-taken",
    ),
    "unit and itself": ([decide(_REPLACES, "a", "a")], "unit-follows-itself"),
    "equal and replaced": (
        [decide(_EQUALS, "a", "b"), decide(_REPLACES, "a", "b")],
        "contradictory-decisions",
    ),
    "whole and part": (
        [decide(_REPLACES, "a", "b"), decide(_PARTLY, "b", "a")],
        "contradictory-decisions",
    ),
    "each the other": (
        [decide(_REPLACES, "a", "b"), decide(_REPLACES, "b", "a")],
        "cyclic-succession",
    ),
    "circle of three": (
        [decide(_REPLACES, "a", "b"), decide(_REPLACES, "b", "c"), decide(_REPLACES, "c", "a")],
        "cyclic-succession",
    ),
    "circle by way of equals": (
        [
            decide(_EQUALS, "a", "b"),
            decide(_EQUALS, "c", "b"),
            decide(_REPLACES, "a", "c"),
        ],
        "cyclic-succession",
    ),
    "circle by way of two equals": (
        [
            decide(_EQUALS, "a", "b"),
            decide(_REPLACES, "b", "c"),
            decide(_EQUALS, "c", "e"),
            decide(_REPLACES, "e", "a"),
        ],
        "cyclic-succession",
    ),
}


@pytest.mark.parametrize("case", _REFUSED)
def test_an_unsound_decision_is_refused_with_its_name(case: str) -> None:
    given_decisions, code = _REFUSED[case]
    with pytest.raises(RefusedDecision) as caught:
        check_decisions(given_decisions)
    assert caught.value.code == code
    assert str(caught.value.values["reference"]) in sentence(caught.value).en


def test_a_withdrawal_needs_two_persons_too() -> None:
    alone = replace(withdraw("q-0", "e"), signed=replace(signed("w"), confirmed_by="officer"))
    with pytest.raises(RefusedDecision, match="same-person"):
        check_decisions(withdrawals=[alone])


def test_the_same_decision_taken_twice_under_two_names_is_no_contradiction() -> None:
    twice = [decide(_REPLACES, "a", "b"), decide(_REPLACES, "a", "b", reference="again")]
    assert _counted("a", by=check_decisions(twice)) == {"a", "b"}
