"""Whatever the bank raises can be said in both languages."""

import ast
import re
from pathlib import Path

from competency_bank.domain.errors import BankError, NotFound
from competency_bank.domain.mandates import REFUSALS
from competency_bank.domain.messages import SENTENCES, filled, sentence_of
from competency_bank.web.words import DOOR_SENTENCES

ROOT = Path(__file__).parents[3] / "competency_bank"
LEAVES = {"NotFound", "NotAllowed", "Conflict", "BadInput", "RecordDamaged", "Finding"}


def raised_codes() -> set[str]:
    codes = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in LEAVES and isinstance(first, ast.Constant):
                    codes.add(str(first.value))
    return codes


def test_every_code_that_is_raised_has_a_sentence() -> None:
    codes = raised_codes() | set(REFUSALS.values())

    assert len(codes) > 40
    assert codes - set(SENTENCES) - set(DOOR_SENTENCES) == set()


def test_every_sentence_is_thai_in_thai_and_english_in_english() -> None:
    for code, sentence in SENTENCES.items():
        assert re.search("[ก-๙]", sentence.th), code
        assert not re.search("[ก-๙]", sentence.en), code


def test_a_sentence_names_the_values() -> None:
    said = sentence_of(NotFound("unknown-class", name="HK-1"))

    assert "HK-1" in said.th
    assert "HK-1" in said.en


def test_a_value_that_is_absent_never_breaks_the_sentence() -> None:
    assert "-" in sentence_of(BankError("unknown-class")).en
    assert filled("no-such-code", {}).th == "no-such-code"
