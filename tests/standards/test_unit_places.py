from hypothesis import given, settings
from hypothesis import strategies as st

from standards.model import Criterion, Element, Unit
from standards.unit_places import criterion_names, element_names, has_place, named_criteria
from tests.strategies import units

_codes = st.none() | st.sampled_from(["1.1", "1.2", "#1", "#2", "", "a"])


@settings(deadline=None)
@given(st.lists(_codes, max_size=6))
def test_names_are_never_ambiguous_and_a_code_of_its_own_is_the_name(
    codes: list[str | None],
) -> None:
    criteria = tuple(Criterion(code, "x") for code in codes)
    names = criterion_names(Element("e", "x", None, criteria, ()))
    assert len(set(names)) == len(codes)
    for code, name in zip(codes, names, strict=True):
        if code and not code.startswith("#") and codes.count(code) == 1:
            assert name == code


@settings(deadline=None)
@given(units("u-1"))
def test_every_named_place_is_there_and_no_other(unit: Unit) -> None:
    for element, criterion, _ in named_criteria(unit):
        assert has_place(unit, element=element, criterion=criterion)
        assert not has_place(unit, element=element, criterion="no such")
    assert has_place(unit, element=None, criterion=None)
    assert not has_place(unit, element="no such", criterion=None)
    assert len(set(element_names(unit))) == len(element_names(unit))
