"""Criteria that were printed without a line end between them: ``...ได้2.2 ...``."""

import re

from standards.thai_text import digits

_NUMBER = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})(?![0-9.])")
_GLUED_SECOND = re.compile(r"(?<=[\u0e01-\u0e4e])([0-9]{1,2})\.2(?= ?[\u0e01-\u0e4e])")
_PRINTED_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?\s*(?=\D)")


def split_criteria(text: str) -> list[str]:
    """Return the criteria in ``text``: one, unless the number after its own stands inside it.

    Where the text has lost its own number, a second number ``n.2`` glued to a Thai letter tells.
    Holds: the pieces without blanks are the text without blanks.
    """
    plain = digits(text)
    own = _NUMBER.match(plain)
    second = None if own else _GLUED_SECOND.search(plain)
    if own is None and second is None:
        return [text]
    major, minor = (int(own[1]), int(own[2])) if own else (int(second[1] if second else 0), 1)
    cuts = [0]
    for match in _NUMBER.finditer(plain, own.end() if own else 0):
        if (int(match[1]), int(match[2])) == (major, minor + 1):
            cuts.append(match.start())
            minor += 1
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def without_number(text: str) -> str:
    """Return a criterion without the number printed before it; a bare number stays."""
    match = _PRINTED_NUMBER.match(digits(text))
    return text[match.end() :] if match else text
