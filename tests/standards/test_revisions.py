from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from standards.model import Alias, AliasKind, Edition, EditionId, Unit, UnitKey
from standards.revisions import EditionDiff, FieldChange, Likeness, diff
from standards.shipped import shipped_editions
from tests.strategies import editions, plain_text

_ROOFTOP = shipped_editions()[1]


def _with(unit: Unit, n: int = 0) -> EditionDiff:
    units = list(_ROOFTOP.units)
    units[n] = unit
    return diff(_ROOFTOP, replace(_ROOFTOP, id=EditionId("next"), units=tuple(units)))


def _renamed(edition: Edition) -> Edition:
    """The same standard with every unit under a new key."""
    keys = {unit.key: UnitKey(f"new-{unit.key}") for unit in edition.units}
    return replace(
        edition,
        id=EditionId("renamed"),
        units=tuple(replace(unit, key=keys[unit.key]) for unit in edition.units),
        qualifications=(),
    )


@settings(deadline=None)
@given(editions())
def test_an_edition_changes_nothing_of_itself(edition: Edition) -> None:
    found = diff(edition, edition)
    assert found.empty
    assert found.suggestions == ()


@settings(deadline=None)
@given(editions(), editions())
def test_each_unit_is_added_removed_changed_or_the_same_and_only_one_of_them(
    old: Edition, new: Edition
) -> None:
    found = diff(old, new)
    before = {unit.key: unit for unit in old.units}
    after = {unit.key: unit for unit in new.units}
    added, removed = ({unit.key for unit in units} for units in (found.added, found.removed))
    changed = {change.key for change in found.changed}
    same = {key for key in before.keys() & after.keys() if before[key] == after[key]}
    groups = (added, removed, changed, same)
    assert added | removed | changed | same == before.keys() | after.keys()
    assert sum(map(len, groups)) == len(before.keys() | after.keys())


@settings(deadline=None)
@given(editions(), editions())
def test_the_other_way_round_everything_is_swapped(old: Edition, new: Edition) -> None:
    there, back = diff(old, new), diff(new, old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert there.added_qualifications == back.removed_qualifications
    swapped = {
        change.key: {FieldChange(each.place, each.new, each.old) for each in change.changes}
        for change in back.changed
    }
    assert {change.key: set(change.changes) for change in there.changed} == swapped
    joined = {change.key: (set(change.joined), set(change.left)) for change in there.requalified}
    assert joined == {
        change.key: (set(change.left), set(change.joined)) for change in back.requalified
    }


@settings(deadline=None)
@given(editions(), editions())
def test_every_change_names_a_difference_and_every_changed_unit_has_one(
    old: Edition, new: Edition
) -> None:
    for change in diff(old, new).changed:
        assert change.changes
        assert all(each.old != each.new for each in change.changes)
    for asked in diff(old, new).requalified:
        assert asked.changes


@settings(deadline=None)
@given(editions())
def test_units_alike_in_everything_but_their_key_are_never_joined(edition: Edition) -> None:
    found = diff(edition, _renamed(edition))
    assert [unit.key for unit in found.removed] == [unit.key for unit in edition.units]
    assert len(found.added) == len(edition.units)
    assert found.changed == ()


@settings(deadline=None)
@given(editions(), plain_text)
def test_titles_and_aliases_only_ever_suggest(edition: Edition, title: str) -> None:
    alias = Alias(AliasKind.CERTIFICATE_CODE, "SAME-CODE-001A")
    alike = replace(
        edition,
        units=tuple(replace(u, title_th=title, aliases=(alias,)) for u in edition.units),
    )
    plain = diff(edition, _renamed(edition))
    found = diff(alike, _renamed(alike))
    assert [u.key for u in found.added] == [u.key for u in plain.added]
    assert [u.key for u in found.removed] == [u.key for u in plain.removed]
    assert found.changed == ()
    assert len(found.suggestions) >= len(edition.units)


def test_a_changed_criterion_is_named_by_element_and_criterion() -> None:
    unit = _ROOFTOP.units[0]
    assert unit.elements is not None
    element = unit.elements[0]
    criterion = replace(element.criteria[0], text_th="ใหม่")
    changed = replace(
        unit,
        elements=(
            replace(element, criteria=(criterion, *element.criteria[1:])),
            *unit.elements[1:],
        ),
    )
    (change,) = _with(changed).changed
    place = f"elements[{element.code}].criteria[{criterion.code}].text_th"
    assert change.changes == (FieldChange(place, element.criteria[0].text_th, "ใหม่"),)


def test_a_dropped_and_a_new_element_are_told_apart_by_their_codes() -> None:
    unit = _ROOFTOP.units[0]
    assert unit.elements is not None
    new = replace(unit.elements[0], code="99999")
    (change,) = _with(replace(unit, elements=(*unit.elements[1:], new))).changed
    places = {each.place: (each.old is None, each.new is None) for each in change.changes}
    assert places[f"elements[{unit.elements[0].code}]"] == (False, True)
    assert places["elements[99999]"] == (True, False)


def test_elements_of_one_code_are_counted() -> None:
    unit = _ROOFTOP.units[0]
    assert unit.elements is not None
    first = unit.elements[0]
    twice = replace(unit, elements=(first, replace(first, title_th="อีก")))
    again = replace(unit, elements=(first, replace(first, title_th="อีกครั้ง")))
    before = replace(_ROOFTOP, units=(twice,), qualifications=())
    (change,) = diff(before, replace(before, units=(again,))).changed
    assert [each.place for each in change.changes] == [f"elements[{first.code}#2].title_th"]


def test_elements_in_another_order_are_a_change() -> None:
    unit = _ROOFTOP.units[0]
    assert unit.elements is not None
    (change,) = _with(replace(unit, elements=tuple(reversed(unit.elements)))).changed
    assert [each.place for each in change.changes] == ["elements.order"]


def test_elements_that_were_not_read_are_one_change_and_no_loss_of_each() -> None:
    (change,) = _with(replace(_ROOFTOP.units[0], elements=None)).changed
    assert [(each.place, each.new) for each in change.changes] == [("elements", None)]


def test_a_qualification_that_asks_for_one_more_unit_names_it() -> None:
    asked = _ROOFTOP.qualifications[0]
    other = next(unit.key for unit in _ROOFTOP.units if unit.key not in asked.units)
    group = replace(asked.groups[0], units=(*asked.groups[0].units, other))
    wider = replace(asked, groups=(group, *asked.groups[1:]))
    new = replace(_ROOFTOP, qualifications=(wider, *_ROOFTOP.qualifications[1:]))
    (change,) = diff(_ROOFTOP, new).requalified
    assert (change.key, change.joined, change.left) == (asked.key, (other,), ())
    assert [each.place for each in change.changes] == ["groups"]


def test_a_suggestion_says_what_is_alike() -> None:
    unit = _ROOFTOP.units[0]
    successor = replace(unit, key=UnitKey("u-new"), code="TST-NEXT-001A", aliases=())
    found = _with(successor)
    assert [(s.old, s.new, s.likeness, s.what) for s in found.suggestions] == [
        (unit.key, UnitKey("u-new"), Likeness.SAME_TITLE, unit.title_th)
    ]


@settings(deadline=None)
@given(st.sampled_from(["...", "- -", "()"]))
def test_titles_without_a_letter_suggest_nothing(title: str) -> None:
    unit = replace(_ROOFTOP.units[0], title_th=title, code=None, aliases=())
    old = replace(_ROOFTOP, units=(unit,), qualifications=())
    assert diff(old, _renamed(old)).suggestions == ()
