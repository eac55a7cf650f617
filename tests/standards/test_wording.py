import ast
import re
from pathlib import Path

import pytest

from standards import errors
from standards.errors import StandardsError
from standards.wording import WORDING, sentence

_PACKAGE = Path(errors.__file__).parent
_LEAVES = {kind.__name__ for kind in StandardsError.__subclasses__()}


def _raised() -> list[tuple[str, frozenset[str]]]:
    """Every code in the package with the names of its values, wherever an error is made."""
    found = []
    for file in sorted(_PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in _LEAVES:
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{file.name}:{node.lineno}"
                names = frozenset(k.arg for k in node.keywords if k.arg is not None)
                found.append((str(code.value), names))
    return found


def test_every_code_that_is_raised_has_a_sentence_and_no_sentence_is_idle() -> None:
    assert {code for code, _ in _raised()} == set(WORDING)


def test_a_sentence_only_names_values_its_error_holds() -> None:
    for code, names in _raised():
        for text in (WORDING[code].th, WORDING[code].en):
            assert set(re.findall(r"{(\w+)}", text)) <= names, code


@pytest.mark.parametrize("code", WORDING)
def test_both_languages_are_there_and_name_the_same_values(code: str) -> None:
    message = WORDING[code]
    assert re.search("[\u0e00-\u0e7f]", message.th)
    assert not re.search("[\u0e00-\u0e7f]", message.en)
    named = [sorted(re.findall(r"{(\w+)}", text)) for text in (message.th, message.en)]
    assert named[0] == named[1]


def test_a_sentence_shows_place_and_reason() -> None:
    error = errors.FaultInFile("bad-level", file="e.json", place="$.units[0]", value=9)
    assert sentence(error).en == "e.json at $.units[0]: the scale has no level 9"
    assert sentence(error).th.startswith("e.json ที่ $.units[0]: ")


def test_file_and_place_are_set_in_front_where_the_sentence_has_no_room_for_them() -> None:
    hidden = {"character": "U+200B ZERO WIDTH SPACE", "position": 3}
    bare = sentence(errors.FaultInFile("hidden-character", **hidden)).en
    placed = sentence(errors.FaultInFile("hidden-character", file="e", place="$.a", **hidden)).en
    assert placed == f"e, $.a: {bare}"


def test_several_candidates_are_listed() -> None:
    error = errors.AmbiguousCode("ambiguous-unit", text="10302", candidates=("a", "b"))
    assert sentence(error).en == "Several units are known as “10302”: a; b"


def test_braces_in_a_value_stay_what_they_are() -> None:
    error = errors.UnknownCode("unknown-unit", text="{text}{0}")
    assert "{text}{0}" in sentence(error).en
