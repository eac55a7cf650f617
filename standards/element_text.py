"""An element of competency as plain lines, so that a person can read and mend it.

The first line is the code and the title; then a line for each criterion, ``- text`` or
``- [code] text``; then a line for each way of assessment, ``= text``.
"""

import re

from standards.errors import FaultInFile
from standards.model import Criterion, Element
from standards.printed_text import printed
from standards.thai_text import refuse_hidden

_HEAD = re.compile(r"(\S+)(?: (.+))?")
_CRITERION = re.compile(r"- (?:\[([^\]\s]+)\] )?(.+)")
_METHOD = re.compile(r"= (.+)")


def write_element(element: Element) -> str:
    """Return ``element`` as lines; English texts have no place there.

    Holds: ``read_element(write_element(e)) == e`` for an element of printed Thai texts, unless a
    criterion without a code begins with a word in square brackets.
    """
    lines = [f"{element.code} {element.title_th}"]
    lines += [f"- {_coded(each)}" for each in element.criteria]
    lines += [f"= {method}" for method in element.assessment_methods]
    return "\n".join(lines)


def _coded(criterion: Criterion) -> str:
    return f"[{criterion.code}] {criterion.text_th}" if criterion.code else criterion.text_th


def read_element(text: str) -> Element:
    """Return the element that the lines of ``text`` say.

    Raises:
        FaultInFile: ``bad-element-text`` with the line, ``hidden-character``.

    """
    lines = [printed(refuse_hidden(line)) for line in text.split("\n") if line.strip()]
    head = _HEAD.fullmatch(lines[0]) if lines else None
    if head is None or head[2] is None:
        raise FaultInFile("bad-element-text", place="1", value=lines[0] if lines else "")
    criteria, methods = [], []
    for number, line in enumerate(lines[1:], start=2):
        if match := _CRITERION.fullmatch(line):
            criteria.append(Criterion(code=match[1], text_th=match[2]))
        elif match := _METHOD.fullmatch(line):
            methods.append(match[1])
        else:
            raise FaultInFile("bad-element-text", place=str(number), value=line)
    return Element(
        code=head[1],
        title_th=head[2],
        title_en=None,
        criteria=tuple(criteria),
        assessment_methods=tuple(dict.fromkeys(methods)),
    )
