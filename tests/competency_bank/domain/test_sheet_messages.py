import ast
import re
from pathlib import Path

import pytest

from competency_bank.domain import class_sheet
from competency_bank.domain.class_sheet import Refusal, SheetUnusable
from competency_bank.domain.recording import AMBIGUOUS, UNKNOWN
from competency_bank.domain.sheet_messages import (
    REFUSALS,
    UNUSABLE,
    refusal_message,
    unusable_message,
)

_FOLDER = Path(class_sheet.__file__).parent
_FILES = ("class_sheet.py", "learner_cells.py", "sheet_cells.py", "sheet_rows.py", "recording.py")
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def _words_passed_to(*makers: str) -> set[str]:
    """Every word in quotes that is handed to one of the makers and looks like a code."""
    found = set()
    for name in _FILES:
        for node in ast.walk(ast.parse((_FOLDER / name).read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in makers:
                values = [*node.args[:3], *(k.value for k in node.keywords if k.arg == "fault")]
                found |= {v.value for v in values if isinstance(v, ast.Constant)}
    return {word for word in found if isinstance(word, str) and _CODE.fullmatch(word)}


def test_every_code_of_a_refusal_has_a_sentence_and_no_sentence_is_idle() -> None:
    found = _words_passed_to("Refusal", "CellFault", "refusal", "date_of")

    assert found | {UNKNOWN, AMBIGUOUS} == set(REFUSALS)


def test_every_code_of_an_unusable_sheet_has_a_sentence_and_no_sentence_is_idle() -> None:
    assert _words_passed_to("SheetUnusable") == set(UNUSABLE)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_names_row_column_and_reason_in_both_languages(code: str) -> None:
    names = re.findall(r"{(\w+)}", REFUSALS[code].en)
    assert sorted(names) == sorted(re.findall(r"{(\w+)}", REFUSALS[code].th))
    said = refusal_message(Refusal(7, "C", code, {name: f"‹{name}›" for name in names}))
    assert said.th.startswith("แถว 7 คอลัมน์ C: ")
    assert said.en.startswith("Row 7, column C: ")
    assert all(f"‹{name}›" in text for name in names for text in (said.th, said.en))
    assert not re.search("[{}]", said.th + said.en)


def test_a_refusal_of_a_whole_row_names_no_column_and_a_suggestion_is_asked_about() -> None:
    said = refusal_message(Refusal(7, None, "no-learner"))
    assert said.en.startswith("Row 7: ")
    hinted = refusal_message(Refusal(7, "C", "unknown-outcome", {"value": "ผาน"}, "ผ่าน"))
    assert hinted.th.endswith("(หมายถึง “ผ่าน” หรือไม่)")
    assert hinted.en.endswith("(is “ผ่าน” meant?)")


@pytest.mark.parametrize("code", UNUSABLE)
def test_an_unusable_sheet_names_place_and_reason_in_both_languages(code: str) -> None:
    names = re.findall(r"{(\w+)}", UNUSABLE[code].en)
    assert sorted(names) == sorted(re.findall(r"{(\w+)}", UNUSABLE[code].th))
    said = unusable_message(SheetUnusable(code, **dict.fromkeys(names, "‹x›")))
    assert "‹x›" in said.th
    assert "‹x›" in said.en
