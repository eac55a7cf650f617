import ast
import re
from pathlib import Path

import pytest

from standards import finding_wording
from standards.finding_model import Finding, Severity
from standards.finding_wording import FINDING_WORDING, SEVERITIES, finding_sentence

_PACKAGE = Path(finding_wording.__file__).parent


def _made() -> dict[str, set[str]]:
    """Return the codes of all findings that rules make, each with the names of its values."""
    made: dict[str, set[str]] = {}
    for file in sorted(_PACKAGE.glob("finding_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "finding":
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    made[str(code.value)] = {k.arg for k in node.keywords if k.arg is not None}
    return made


def test_every_finding_has_a_sentence() -> None:
    shared = {"code-on-several-units", "alias-on-several-units"}
    assert set(_made()) | shared == set(FINDING_WORDING)


@pytest.mark.parametrize("code", FINDING_WORDING)
def test_both_languages_name_the_same_values_and_only_those_of_the_finding(code: str) -> None:
    message = FINDING_WORDING[code]
    named = [sorted(re.findall(r"{(\w+)}", text)) for text in (message.th, message.en)]
    assert re.search("[\u0e00-\u0e7f]", message.th)
    assert not re.search("[\u0e00-\u0e7f]", message.en)
    assert named[0] == named[1]
    assert set(named[0]) <= _made().get(code, {"value", "others"})


def test_a_sentence_shows_severity_place_and_reason() -> None:
    values = (("before", "10404.3"), ("element", "10404.1"))
    found = Finding("element-order", Severity.NOTE, "$.units[0].elements[1]", None, values)
    said = finding_sentence(found)
    assert said.en == "note, $.units[0].elements[1]: The element 10404.1 stands after 10404.3"
    assert said.th.startswith(f"{SEVERITIES[Severity.NOTE].th}, $.units[0].elements[1]: ")
