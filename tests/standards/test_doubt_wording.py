import ast
import re
from pathlib import Path

import pytest

from standards import doubt_wording
from standards.doubt_wording import DOUBT_WORDING, doubt_sentence
from standards.quarantine import Doubt

_PACKAGE = Path(doubt_wording.__file__).parent
_MAKERS = {"doubt", "remark", "Doubt", "LabelFault"}
_ITSELF = {"doubt_wording.py", "finding_wording.py", "findings.py"}


def _mentioned() -> set[str]:
    """Return every string of the package that has the form of a code."""
    return {
        node.value
        for file in sorted(_PACKAGE.glob("*.py"))
        if file.name not in _ITSELF and not file.name.startswith("finding")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _raised() -> set[str]:
    """Return the codes that stand first in a call that makes a doubt."""
    codes = set()
    for file in sorted(_PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", None))
                if name in _MAKERS:
                    codes.add(str(node.args[0].value))
    return codes


def test_every_doubt_that_is_raised_has_a_sentence_and_no_sentence_is_idle() -> None:
    assert _raised() <= set(DOUBT_WORDING) <= _mentioned()


@pytest.mark.parametrize("code", DOUBT_WORDING)
def test_both_languages_are_there_and_name_the_same_values(code: str) -> None:
    message = DOUBT_WORDING[code]
    assert re.search("[\u0e00-\u0e7f]", message.th)
    assert not re.search("[\u0e00-\u0e7f]", message.en)
    named = [sorted(re.findall(r"{(\w+)}", text)) for text in (message.th, message.en)]
    assert set(named[0]) == set(named[1]) or "cleaned" in named[0] + named[1]


def test_a_sentence_shows_place_and_reason_and_no_more_than_80_letters_of_a_text() -> None:
    doubt = Doubt("revision-unclear", place="§3:13", raw="ก\n" * 90, cleaned=None)
    assert doubt_sentence(doubt).en == f"§3:13: The revision “{'ก ' * 40}…” is unclear"
    assert doubt_sentence(doubt).th.startswith("§3:13: ")
