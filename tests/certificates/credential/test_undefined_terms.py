"""Nothing is signed that a JSON-LD signature would leave out: the traps of the formats, held shut.

``test_linked_terms`` checks the table of terms against the contexts themselves.
"""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.credential.linked_terms import refuse_undefined
from certificates.credential.open_badge import statement_of, to_open_badge
from certificates.credential.snapshot import CertificateKind, Statement
from certificates.errors import CannotSay
from tests.certificates.papers import LETTERS
from tests.certificates.statements import UNIT_LETTER, statements

KINDS = [pytest.param(kind, id=kind.value) for kind in CertificateKind]


def _places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = []
    if isinstance(value, dict):
        found.append(path)
        for key, each in value.items():
            found += _places(each, (*path, key))
    if isinstance(value, list):
        for number, each in enumerate(value):
            found += _places(each, (*path, number))
    return found


def _at(value: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - JSON of any shape
    for step in path:
        value = value[step]
    return value


@pytest.mark.parametrize("kind", KINDS)
def test_one_undefined_term_anywhere_and_issuing_refuses(kind: CertificateKind) -> None:
    badge = to_open_badge(LETTERS[kind])
    for path in _places(badge):
        changed = deepcopy(badge)
        _at(changed, path)["uocLevel"] = "3"
        with pytest.raises(CannotSay, match="undefined-term"):
            refuse_undefined(changed)
        with pytest.raises(CannotSay, match="not-ours"):
            statement_of(changed)


@pytest.mark.parametrize(
    "name",
    [
        {"th": "ทำความสะอาด", "en": "Clean"},
        {"@value": "ทำความสะอาด", "@language": "th"},
    ],
)
def test_a_name_in_two_languages_at_once_is_never_signed(name: dict[str, str]) -> None:
    badge = to_open_badge(UNIT_LETTER)
    badge["credentialSubject"]["achievement"]["name"] = name
    with pytest.raises(CannotSay, match="undefined-term"):
        refuse_undefined(badge)


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_of_the_schema_has_its_context_and_there_is_one_status(
    kind: CertificateKind,
) -> None:
    badge = to_open_badge(LETTERS[kind])
    assert badge["credentialSchema"][0]["type"] == "1EdTechJsonSchemaValidator2019"
    assert "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json" in badge["@context"]
    assert isinstance(badge["credentialStatus"], dict)
    assert badge["credentialStatus"]["id"] != badge["credentialStatus"]["statusListCredential"]


def test_the_learner_record_has_its_contexts_in_the_order_of_the_specification() -> None:
    contexts = to_open_badge(LETTERS[CertificateKind.PORTFOLIO])["@context"]
    assert contexts[0].endswith("credentials/v2")
    assert "/clr/" in contexts[1]
    assert "/ob/" in contexts[2]


def _leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [deep for key, each in value.items() for deep in _leaves(each, (*path, key))]
    if isinstance(value, list):
        return [deep for n, each in enumerate(value) for deep in _leaves(each, (*path, n))]
    return [path]


@pytest.mark.parametrize("kind", KINDS)
def test_each_leaf_changed_says_something_else_or_nothing(kind: CertificateKind) -> None:
    said = LETTERS[kind]
    badge = to_open_badge(said)
    for path in _leaves(badge):
        changed = deepcopy(badge)
        *way, last = path
        old = _at(changed, tuple(way))[last]
        _at(changed, tuple(way))[last] = f"{old}x" if isinstance(old, str) else None
        try:
            other = statement_of(changed)
        except CannotSay:
            continue
        assert other != said, path


@settings(deadline=None, max_examples=40)
@given(statements(), st.data())
def test_removing_any_member_says_something_else_or_nothing(
    said: Statement, data: st.DataObject
) -> None:
    badge = to_open_badge(said)
    path = data.draw(st.sampled_from([place for place in _places(badge) if place]))
    *way, last = path
    del _at(badge, tuple(way))[last]
    try:
        other = statement_of(badge)
    except CannotSay:
        return
    assert other != said
