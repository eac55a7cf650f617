"""Reading a credential back: the same statement, or no statement at all."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.credential.open_badge import statement_of, to_open_badge
from certificates.credential.snapshot import Statement
from certificates.errors import CannotSay
from tests.certificates.statements import UNIT_LETTER, statements

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [deep for key, each in value.items() for deep in _paths(each, (*path, key))]
    if isinstance(value, list):
        return [deep for number, each in enumerate(value) for deep in _paths(each, (*path, number))]
    return [path]


@settings(deadline=None)
@given(statements())
def test_reading_what_was_said_gives_the_same_statement(statement: Statement) -> None:
    assert statement_of(to_open_badge(statement)) == statement


@settings(deadline=None)
@given(statements(), st.data())
def test_changing_any_leaf_never_reads_as_the_same_statement(
    statement: Statement, data: st.DataObject
) -> None:
    badge: Any = copy.deepcopy(to_open_badge(statement))
    *way, last = data.draw(st.sampled_from(_paths(badge)))
    place = badge
    for step in way:
        place = place[step]
    place[last] = data.draw(JSON_VALUES.filter(lambda value: value != place[last]))
    try:
        other = statement_of(badge)
    except CannotSay:
        return
    assert other != statement


@pytest.mark.parametrize("where", ["top", "subject", "achievement"])
def test_one_property_more_is_refused(where: str) -> None:
    badge = to_open_badge(UNIT_LETTER)
    subject = badge["credentialSubject"]
    {"top": badge, "subject": subject, "achievement": subject["achievement"]}[where]["role"] = "x"
    with pytest.raises(CannotSay) as caught:
        statement_of(badge)
    assert caught.value.code == "not-ours"


def test_a_number_in_place_of_a_truth_value_is_refused() -> None:
    badge = to_open_badge(UNIT_LETTER)
    badge["credentialSubject"]["identifier"][0]["hashed"] = 0
    with pytest.raises(CannotSay):
        statement_of(badge)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=8), JSON_VALUES))
def test_any_other_json_object_is_refused(credential: dict[str, Any]) -> None:
    with pytest.raises(CannotSay):
        statement_of(credential)
