from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from standards.catalogue import Catalogue
from standards.model import Qualification, UnitKey
from standards.qualifying import completed, nearest, progress
from standards.shipped import shipped_editions
from tests.strategies import qualifications

_KEYS = tuple(UnitKey(f"u-{n}") for n in range(6))
_held = st.frozensets(st.sampled_from(_KEYS))
_CATALOGUE = Catalogue(shipped_editions())
_BARBER = _CATALOGUE.one_qualification("7077")
_ROOFTOP = _CATALOGUE.one_qualification("TST-3")


@settings(deadline=None)
@given(qualifications(_KEYS), _held)
def test_nothing_is_complete_with_an_unmet_group(
    qualification: Qualification, held: frozenset[UnitKey]
) -> None:
    met = [len(held & set(group.units)) >= group.minimum for group in qualification.groups]
    found = progress(qualification, held)
    assert found.complete == (
        qualification.composition_known and all(met) and bool(qualification.units)
    )
    assert (found.missing_count == 0) == all(met)


@settings(deadline=None)
@given(qualifications(_KEYS), _held, _held)
def test_more_units_never_undo_anything(
    qualification: Qualification, held: frozenset[UnitKey], more: frozenset[UnitKey]
) -> None:
    before, after = progress(qualification, held), progress(qualification, held | more)
    assert after.complete or not before.complete
    assert after.missing_count <= before.missing_count
    assert set(after.left) <= set(before.left)
    assert set(after.held) >= set(before.held)


@settings(deadline=None)
@given(qualifications(_KEYS), st.permutations(_KEYS), st.integers(0, 6))
def test_the_order_of_units_held_makes_no_difference(
    qualification: Qualification, keys: list[UnitKey], count: int
) -> None:
    held = keys[:count]
    assert progress(qualification, held) == progress(qualification, sorted(held))
    assert progress(qualification, held) == progress(qualification, [*held, *held])


@settings(deadline=None)
@given(qualifications(_KEYS), _held)
def test_what_is_left_suffices(qualification: Qualification, held: frozenset[UnitKey]) -> None:
    found = progress(qualification, held)
    assert progress(qualification, held | set(found.left)).missing_count == 0
    assert found.missing_count <= sum(len(group.units) for group in qualification.groups)


def test_a_leaver_sees_what_is_left_for_the_barbers_qualification() -> None:
    held = _BARBER.units[:3]
    found = progress(_BARBER, held)
    assert (found.held, found.left) == (held, _BARBER.units[3:])
    assert (found.missing_count, found.complete) == (2, False)
    assert progress(_BARBER, _BARBER.units).complete


def test_of_a_group_with_a_choice_one_unit_is_missing_and_all_are_shown() -> None:
    core, choice = _ROOFTOP.groups
    found = progress(_ROOFTOP, core.units)
    assert (found.left, found.missing_count) == (choice.units, 1)
    assert progress(_ROOFTOP, (*core.units, choice.units[0])).left == ()


def test_a_composition_known_in_part_is_never_complete() -> None:
    partial = replace(_BARBER, composition_known=False)
    assert not progress(partial, partial.units).complete


def test_a_qualification_of_no_units_is_never_complete() -> None:
    assert not progress(replace(_BARBER, groups=()), _BARBER.units).complete


def test_completed_names_exactly_the_complete_ones() -> None:
    assert completed(_CATALOGUE, _BARBER.units) == (_BARBER,)
    assert completed(_CATALOGUE, _BARBER.units[1:]) == ()
    assert completed(_CATALOGUE, ()) == ()


def test_the_nearest_comes_first_and_those_read_in_part_come_last() -> None:
    found = nearest(_CATALOGUE, [*_BARBER.units[:3], *_ROOFTOP.units[:1]], limit=10)
    titles = [each.qualification.title_th for each in found]
    assert titles == [
        "ช่างทำผมบุรุษ ระดับ 3",
        "ผู้ดูแลสวนดาดฟ้า ระดับ 2",
        "ผู้ดูแลสวนดาดฟ้า ระดับ 3",
        "ช่างทำผมบุรุษ ระดับ 4",
    ]
    assert nearest(_CATALOGUE, _BARBER.units[:3], limit=1) == found[:1]
    assert nearest(_CATALOGUE, (), limit=5) == ()
