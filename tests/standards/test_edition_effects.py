from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from standards.catalogue import Catalogue
from standards.course_map import CourseLink, CourseMap, Cover
from standards.edition_effects import (
    Basis,
    Completed,
    MappingFate,
    Standing,
    accepted,
    completed_by,
    effect_on_mappings,
    effect_on_people,
    followed,
    open_suggestions,
)
from standards.model import (
    Alias,
    AliasKind,
    Edition,
    EditionId,
    Qualification,
    QualificationKey,
    Unit,
    UnitKey,
)
from standards.qualifying import completed
from standards.revisions import diff
from standards.shipped import shipped_editions
from standards.succession import DecisionKind, Decisions, Withdrawal, check_decisions
from tests.decided import START, days, decide, decisions, withdraw
from tests.strategies import editions, groups

_FACTS, _ROOFTOP = shipped_editions()
_TST3 = Catalogue((_ROOFTOP,)).one_qualification("TST-3")
_KEYS = tuple(UnitKey(f"u-{n}") for n in range(6))
_held = st.just(frozenset(_KEYS)) | st.frozensets(st.sampled_from(_KEYS))
_OLD, _NEW = EditionId("e-1"), EditionId("e-2")


@st.composite
def _catalogues(draw: st.DrawFn, *names: str) -> tuple[Edition, ...]:
    """Draw editions of one standard, released one year after another."""
    drawn = []
    for n, name in enumerate(names):
        keys = tuple(draw(st.lists(st.sampled_from(_KEYS), unique=True, max_size=4)))
        asked = tuple(draw(_asked(keys, key=f"q-{m}")) for m in range(2))
        units = tuple(replace(_ROOFTOP.units[0], key=key) for key in keys)
        released = date(2020 + n, 1, 1)
        edition = replace(_ROOFTOP, id=EditionId(name), units=units, qualifications=asked)
        drawn.append(replace(edition, released=released))
    return tuple(drawn)


@st.composite
def _asked(draw: st.DrawFn, keys: tuple[UnitKey, ...], *, key: str) -> Qualification:
    """Draw a qualification made of ``keys`` of which everything is known."""
    made = tuple(draw(st.lists(groups(keys), max_size=2)))
    return replace(
        _TST3, key=QualificationKey(key), groups=made, composition_known=draw(st.booleans())
    )


_withdrawals = st.lists(
    st.builds(
        withdraw,
        st.sampled_from(["q-0", "q-1"]),
        st.sampled_from([str(_OLD), str(_NEW)]),
        on=days,
    ),
    max_size=2,
    unique_by=lambda each: each.signed.reference,
)


def _old_and_new(
    both: tuple[Edition, ...], by: Decisions, taken: list[Withdrawal]
) -> tuple[Basis, Basis]:
    """Withdrawals come with the new edition."""
    old = Basis(Catalogue(both[:1]), by)
    return old, Basis(Catalogue(both), replace(by, withdrawals=tuple(taken)))


@settings(deadline=None)
@given(_catalogues("e-1", "e-2"), _held, decisions(), _withdrawals, days)
def test_nothing_completed_is_lost_by_a_new_edition_unless_a_withdrawal_names_it(
    both: tuple[Edition, ...],
    held: frozenset[UnitKey],
    by: Decisions,
    taken: list[Withdrawal],
    at: date,
) -> None:
    old, new = _old_and_new(both, by, taken)
    before = completed_by(old, Standing(held), at)
    after = accepted(old, new, Standing(held), at).completed
    named = {Completed(each.qualification, each.edition) for each in taken if each.signed.on <= at}
    assert before - after == before & named


@settings(deadline=None)
@given(_catalogues("e-1", "e-2", "e-3"), _held, st.lists(decisions(), min_size=3, max_size=3), days)
def test_no_run_of_new_editions_and_no_dropped_decision_makes_the_set_smaller(
    all_of: tuple[Edition, ...], held: frozenset[UnitKey], by: list[Decisions], at: date
) -> None:
    """Even where the older edition and the older decisions are gone altogether."""
    standing = Standing(held)
    basis = Basis(Catalogue(all_of[:1]), by[0])
    for edition, decided in zip(all_of[1:], by[1:], strict=True):
        following = Basis(Catalogue((edition,)), decided)
        before = completed_by(basis, standing, at)
        standing = accepted(basis, following, standing, at)
        assert before <= standing.completed == completed_by(following, standing, at)
        basis = following


@settings(deadline=None)
@given(_catalogues("e-1", "e-2"), _held, days)
def test_without_decisions_the_units_complete_what_they_always_completed(
    both: tuple[Edition, ...], held: frozenset[UnitKey], at: date
) -> None:
    catalogue = Catalogue(both)
    found = completed_by(Basis(catalogue, Decisions()), Standing(held), at)
    assert {each.qualification for each in found} == {q.key for q in completed(catalogue, held)}


@settings(deadline=None)
@given(_catalogues("e-1", "e-2"), _held, _held, decisions(), days)
def test_more_units_never_complete_less(
    both: tuple[Edition, ...],
    held: frozenset[UnitKey],
    more: frozenset[UnitKey],
    by: Decisions,
    at: date,
) -> None:
    basis = Basis(Catalogue(both), by)
    fewer = completed_by(basis, Standing(held), at)
    assert fewer <= completed_by(basis, Standing(held | more), at)


@settings(deadline=None)
@given(_catalogues("e-1", "e-2"), _held, decisions(), _withdrawals, days)
def test_the_effect_shown_is_the_effect_had(
    both: tuple[Edition, ...],
    held: frozenset[UnitKey],
    by: Decisions,
    taken: list[Withdrawal],
    at: date,
) -> None:
    old, new = _old_and_new(both, by, taken)
    before = completed_by(old, Standing(held), at)
    after = accepted(old, new, Standing(held), at).completed
    (effect,) = effect_on_people(old, new, people={"p": Standing(held)}, at=at) or (None,)
    lost = {Completed(w.qualification, w.edition) for w in effect.lost} if effect else set()
    gained = {each.qualification for each in effect.gained} if effect else set()
    assert lost == before - after
    assert gained == {e.qualification for e in after} - {e.qualification for e in before}
    if effect:
        assert set(effect.kept) <= before & after


def _shared_alias(unit: Unit) -> Unit:
    alias = Alias(AliasKind.CERTIFICATE_CODE, "SAME-CODE-001A")
    return replace(unit, code="SAME-CODE-001A", title_th="เหมือนกัน", aliases=(alias,))


@settings(deadline=None)
@given(_catalogues("e-1", "e-2"), _held, decisions(), days)
def test_aliases_codes_and_titles_never_make_two_units_one(
    both: tuple[Edition, ...], held: frozenset[UnitKey], by: Decisions, at: date
) -> None:
    alike = tuple(replace(e, units=tuple(map(_shared_alias, e.units))) for e in both)
    plain = completed_by(Basis(Catalogue(both), by), Standing(held), at)
    assert completed_by(Basis(Catalogue(alike), by), Standing(held), at) == plain


def _next_edition(*, joined: UnitKey) -> Edition:
    """The demonstration standard a year on, its level 3 asking for one unit more."""
    group = _TST3.groups[0]
    wider = replace(group, units=(*group.units, joined), minimum=group.minimum + 1)
    asked = replace(_TST3, groups=(wider, *_TST3.groups[1:]))
    others = tuple(q for q in _ROOFTOP.qualifications if q.key != _TST3.key)
    released = _ROOFTOP.released + timedelta(days=365)
    return replace(_ROOFTOP, id=_NEW, released=released, qualifications=(asked, *others))


_OTHER = next(unit.key for unit in _ROOFTOP.units if unit.key not in _TST3.units)
_NEXT = _next_edition(joined=_OTHER)
_BEFORE = Basis(Catalogue((_ROOFTOP,)), Decisions())
_PEOPLE = {
    "finished": Standing(frozenset(_TST3.units)),
    "beginner": Standing(frozenset(_TST3.units[:1])),
}


def test_who_finished_keeps_the_qualification_on_the_edition_it_was_earned_on() -> None:
    after = Basis(Catalogue((_ROOFTOP, _NEXT)), Decisions())
    (effect,) = effect_on_people(_BEFORE, after, people=_PEOPLE, at=START)
    assert effect.person == "finished"
    assert effect.kept == (Completed(_TST3.key, _ROOFTOP.id),)
    assert (effect.gained, effect.lost) == ((), ())


def test_a_withdrawal_is_shown_with_its_decision_to_those_who_lose_by_it() -> None:
    withdrawal = withdraw(str(_TST3.key), str(_ROOFTOP.id))
    after = Basis(Catalogue((_ROOFTOP, _NEXT)), check_decisions(withdrawals=[withdrawal]))
    (effect,) = effect_on_people(_BEFORE, after, people=_PEOPLE, at=START)
    assert (effect.person, effect.lost, effect.kept) == ("finished", (withdrawal,), ())
    early = START - timedelta(days=1)
    assert effect_on_people(_BEFORE, after, people=_PEOPLE, at=early)[0].lost == ()


def test_who_completes_a_qualification_by_a_decision_is_shown_as_gaining() -> None:
    missing = _TST3.units[0]
    old_unit = UnitKey("u-old")
    held = Standing(frozenset(_TST3.units) - {missing} | {old_unit})
    assert completed_by(_BEFORE, held, START) == frozenset()
    decided = check_decisions([decide(DecisionKind.REPLACES, old_unit, missing)])
    after = Basis(Catalogue((_ROOFTOP,)), decided)
    effects = effect_on_people(_BEFORE, after, people={"p": held}, at=START)
    assert [each.gained for each in effects] == [(Completed(_TST3.key, _ROOFTOP.id),)]


_LINKS = tuple(CourseLink(unit.key, None, Cover.FULL, None, None) for unit in _ROOFTOP.units[:3])
_MAP = CourseMap("C-1", 4, (_ROOFTOP.id,), _LINKS)


def test_a_mapping_is_told_which_of_its_units_changed_went_or_were_followed() -> None:
    changed, gone, followed = (link.unit for link in _LINKS)
    units = tuple(
        replace(unit, title_th="ใหม่") if unit.key == changed else unit
        for unit in _ROOFTOP.units
        if unit.key not in {gone, followed}
    )
    new = replace(_ROOFTOP, id=_NEW, units=units, qualifications=())
    decision = decide(DecisionKind.REPLACES, followed, "u-next")
    effects = effect_on_mappings(
        diff(_ROOFTOP, new), [_MAP], decisions=check_decisions([decision]), at=START
    )
    assert [(e.course_code, e.version, e.link.unit, e.fate) for e in effects] == [
        ("C-1", 4, changed, MappingFate.CHANGED),
        ("C-1", 4, gone, MappingFate.REMOVED),
        ("C-1", 4, followed, MappingFate.SUCCEEDED),
    ]
    assert [change.place for change in effects[0].changes] == ["title_th"]
    assert effects[2].successors == (decision,)


@settings(deadline=None)
@given(editions(), editions(), days)
def test_links_to_units_that_stay_as_they_are_have_no_effect(
    old: Edition, new: Edition, at: date
) -> None:
    assume(old.id != new.id)
    links = tuple(CourseLink(unit.key, None, Cover.FULL, None, None) for unit in old.units)
    course_map = CourseMap("C", 1, (old.id,), links)
    found = diff(old, new)
    effects = effect_on_mappings(found, [course_map], decisions=Decisions(), at=at)
    touched = {unit.key for unit in found.removed} | {each.key for each in found.changed}
    assert {effect.link.unit for effect in effects} == touched
    elsewhere = replace(course_map, editions=(EditionId("another standard"),))
    assert effect_on_mappings(found, [elsewhere], decisions=Decisions(), at=at) == ()


def test_a_mapping_on_the_shipped_standard_is_untouched_by_another_one() -> None:
    assert effect_on_mappings(diff(_FACTS, _FACTS), [_MAP], decisions=Decisions(), at=START) == ()


def test_a_qualification_known_only_to_an_older_edition_stays() -> None:
    gone = replace(_NEXT, qualifications=())
    after = Basis(Catalogue((gone,)), Decisions())
    standing = accepted(_BEFORE, after, _PEOPLE["finished"], START)
    assert Completed(QualificationKey(_TST3.key), _ROOFTOP.id) in standing.completed


def _renamed(unit: Unit) -> Unit:
    return replace(unit, key=UnitKey(f"new-{unit.key}"), code=None)


def test_units_under_new_keys_are_matched_by_decisions_and_by_nothing_else() -> None:
    units = tuple(map(_renamed, _ROOFTOP.units))
    found = diff(_ROOFTOP, replace(_ROOFTOP, id=_NEW, units=units, qualifications=()))
    first, second = _ROOFTOP.units[0].key, _ROOFTOP.units[1].key
    decided = check_decisions(
        [
            decide(DecisionKind.REPLACES, first, f"new-{first}"),
            decide(DecisionKind.EQUALS, f"new-{second}", second),
        ]
    )
    assert followed(found, Decisions(), START) == ()
    ties = followed(found, decided, START)
    assert [(tie.old, tie.new) for tie in ties] == [
        (first, f"new-{first}"),
        (second, f"new-{second}"),
    ]
    assert {"key", "code"} <= {change.place for change in ties[0].changes}
    left = {suggestion.old for suggestion in open_suggestions(found, decided, START)}
    assert left == {unit.key for unit in _ROOFTOP.units[2:]}
    assert open_suggestions(found, Decisions(), START) == found.suggestions
