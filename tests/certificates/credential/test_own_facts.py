"""Saying what is in common once changes nothing of what is said, nor of what is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import proofreading
from certificates.credential import open_badge
from certificates.credential.open_badge import to_open_badge
from certificates.credential.own_facts import in_common
from certificates.credential.snapshot import CertificateKind, Holder, Statement
from certificates.errors import CannotSay
from certificates.proofreading import RULES, proofread
from tests.certificates.papers import LETTERS
from tests.certificates.statements import UNIT_LETTER, statements


def _fault(check: Any, statement: Statement) -> str | None:  # noqa: ANN401 - any rule
    try:
        check(statement)
    except CannotSay as fault:
        return f"{fault.code} {fault.values.get('field')}"
    return None


def _every_rule(statement: Statement) -> None:
    for rule in RULES:
        rule(statement)


@settings(deadline=None)
@given(statements())
def test_a_credential_said_in_two_steps_is_the_one_said_at_once(statement: Statement) -> None:
    assert to_open_badge(statement) == open_badge._said(statement)  # noqa: SLF001 - the whole of it


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(list(LETTERS.values())),
    st.sampled_from(["id", "serial", "paper_code", "check_url", "name", "holder", "index"]),
    st.text("กข1290- \u200d\u0e33A\u202e", max_size=18),
    st.integers(-2, 140_000),
)
def test_reading_over_in_two_steps_refuses_what_all_rules_refuse(
    statement: Statement, field: str, text: str, number: int
) -> None:
    holder = statement.holder
    changes: dict[str, dict[str, Any]] = {
        "name": {"holder": Holder(holder.id, text)},
        "holder": {"holder": Holder(text, holder.name)},
        "index": {"status": replace(statement.status, index=number)},
    }
    changed = replace(statement, **changes.get(field, {field: text}))
    assert (_fault(proofread, changed) is None) is (_fault(_every_rule, changed) is None)


@pytest.mark.parametrize("kind", CertificateKind)
def test_what_is_in_common_passes_every_rule_and_names_nobody(kind: CertificateKind) -> None:
    letter = LETTERS[kind]
    common = in_common(letter)
    if kind not in {CertificateKind.PORTFOLIO, CertificateKind.HONOUR}:
        proofread(common)
    for own in (letter.holder.name, letter.holder.id, letter.serial, letter.paper_code):
        assert own not in (common.holder.name, common.holder.id, common.serial, common.check_url)


def test_changing_what_was_given_out_changes_nothing_that_is_kept() -> None:
    first = to_open_badge(UNIT_LETTER)
    whole = json.dumps(first)
    first["credentialSubject"]["achievement"]["name"] = "x"
    first["issuer"]["name"] = "x"
    assert json.dumps(to_open_badge(UNIT_LETTER)) == whole


def test_every_rule_about_own_facts_is_a_rule() -> None:
    assert set(proofreading.OWN_RULES) <= set(RULES)
