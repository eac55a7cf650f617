"""What must be true of reports: the shape others rely on, the words, and the last boundary."""

import ast
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import certificates
from certificates.check_sentences import DONE, FOUND, sentence
from certificates.errors import NotChecked
from certificates.report import EXIT_STATUS, WORDS, Report, Verdict, examine, exit_status, unread
from certificates.sealing.legal_class import LegalClass
from certificates.verifying import verification
from certificates.verifying.journal import PROVED, Step
from tests.certificates.statements import UNIT_LETTER
from tests.certificates.workshop import (
    CHECKED,
    by_stranger,
    certificate,
    office,
    sealed,
    token,
    trust,
)

PACKAGE = Path(certificates.__path__[0])
STOPS = {"Refused", "NoLongerValid", "NotChecked", "skip", "interrupt", "stopped", "ask"}


def report(data: bytes = certificate(), **changes: object) -> Report:
    listed = replace(office(), **changes).trust() if changes else trust()  # type: ignore[arg-type]  # fields by name
    return examine(data, name="certificate.pdf", trust=listed, at=CHECKED)


def test_a_report_has_exactly_the_published_shape() -> None:
    said = report().as_dict()
    assert list(said) == ["file", "verdict", "as_of", "steps", "credential"]
    assert said["file"] == "certificate.pdf"
    assert said["as_of"] == "2026-05-04T05:15:00Z"
    steps = said["steps"]
    assert isinstance(steps, list)
    assert [each["step"] for each in steps] == [step.value for step in Step]
    for each in steps:
        assert set(each) == {"step", "outcome", "code", "message"}
        assert each["outcome"] in {"ok", "failed", "not-checked"}
        assert set(each["message"]) == {"th", "en"}
    assert json.loads(json.dumps(said)) == said


def test_the_credential_of_a_good_document_is_shown_as_signed() -> None:
    said = report().as_dict()["credential"]
    assert isinstance(said, dict)
    assert said["id"] == UNIT_LETTER.id
    assert "iss" not in said


def test_a_revoked_document_is_changed_and_still_shown() -> None:
    found = report(revoked=(UNIT_LETTER.status.index,))
    assert found.verdict is Verdict.CHANGED
    assert found.credential is not None


@pytest.mark.parametrize(
    "data",
    [certificate() + b"\n", by_stranger(), b"", token()[:-3].encode()],
    ids=["forged", "stranger", "empty", "token"],
)
def test_nothing_of_an_unproved_document_is_shown(data: bytes) -> None:
    assert report(data).credential is None


def test_nothing_of_a_document_without_mandate_is_shown() -> None:
    found = report(owners=("DSD",))
    assert found.verdict is Verdict.FORGED
    assert found.credential is None


def test_a_genuine_document_whose_status_is_unknown_is_shown() -> None:
    late = CHECKED + timedelta(days=2)
    found = examine(certificate(), name="x", trust=trust(), at=late)
    assert found.verdict is Verdict.UNKNOWN
    assert found.credential is not None


def test_a_trust_list_that_cannot_be_used_is_named_at_the_step_that_needs_it() -> None:
    found = examine(certificate(), name="x", trust=NotChecked("trust-list-signature"), at=CHECKED)
    assert found.verdict is Verdict.UNKNOWN
    assert {step.step: step.code for step in found.steps}[Step.SIGNER] == "trust-list-signature"


VERDICTS = st.lists(st.sampled_from(Verdict), max_size=6)


@settings(deadline=None)
@given(VERDICTS)
def test_the_gravest_verdict_gives_the_exit_status(verdicts: list[Verdict]) -> None:
    reports = [Report("x", verdict, CHECKED, (), None) for verdict in verdicts]
    expected = 0
    if Verdict.FORGED in verdicts:
        expected = 1
    elif Verdict.CHANGED in verdicts:
        expected = 4
    elif Verdict.UNKNOWN in verdicts:
        expected = 3
    assert exit_status(reports) == expected
    assert set(EXIT_STATUS.values()) | {0} >= {expected}


def test_a_file_that_could_not_be_opened_is_unknown() -> None:
    found = unread("gone.pdf", CHECKED)
    assert found.verdict is Verdict.UNKNOWN
    assert found.steps[0].code == "file-unreadable"


def test_an_unforeseen_error_ends_here_and_says_nothing_of_the_document(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret text of the document")

    monkeypatch.setattr(verification, "verify", explode)
    with caplog.at_level(logging.WARNING):
        found = report()
    assert found.verdict is Verdict.UNKNOWN
    assert found.steps[0].code == "internal"
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text


def _codes() -> Iterator[str]:
    """Collect every code that a check can stop with or leave a step out for."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            if name in STOPS:
                for argument in node.args:
                    yield from _texts(argument)


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def test_every_code_of_a_check_has_a_sentence() -> None:
    codes = set(_codes()) | set(LegalClass)
    assert {"bytes-changed", "revoked", "status-stale", "no-page", "internal"} <= codes
    assert codes - set(FOUND) == set()


def test_every_sentence_belongs_to_a_code_or_a_step() -> None:
    assert set(FOUND) - set(_codes()) - set(LegalClass) == {"not-reached"}
    assert set(DONE) == {step.value for step in Step}


def test_sentences_are_short_thai_and_english_and_free_of_jargon() -> None:
    for said in (*DONE.values(), *FOUND.values(), *WORDS.values()):
        assert any("\u0e01" <= letter <= "\u0e5b" for letter in said.th)
        assert not any("\u0e01" <= letter <= "\u0e5b" for letter in said.en)
        assert len(said.en.split()) <= 15
        lowered = said.en.lower()
        assert not any(word in lowered for word in ("hash", "merkle", "jwt", "cms", "json"))


def test_a_proved_step_is_told_in_the_words_of_that_step() -> None:
    assert {sentence(step.value, PROVED) for step in Step} == set(DONE.values())


def test_the_four_verdicts_have_the_official_words() -> None:
    assert {verdict.value: said.en for verdict, said in WORDS.items()} == {
        "valid": "Genuine and valid",
        "changed": "Genuine but no longer valid",
        "forged": "Does not match the original",
        "unknown": "Could not be checked now",
    }


def test_a_document_sealed_twice_gives_the_same_report() -> None:
    assert report(sealed()).as_dict() == report(sealed()).as_dict()
