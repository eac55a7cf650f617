"""How the codes of elements stand to each other and to their unit."""

import re

_PIECES = re.compile(r"[0-9]+|[A-Za-z]+")
_NOT_MATTER = re.compile(r"[^0-9A-Z]")


def out_of_order(before: str, after: str) -> bool:
    """Say whether ``after`` should stand before ``before``; codes built differently never do."""
    one, other = _key(before), _key(after)
    return len(one) == len(other) and other < one


def _key(code: str) -> tuple[tuple[int, str], ...]:
    pieces = _PIECES.findall(code)
    return tuple((int(each), "") if each.isdigit() else (-1, each) for each in pieces)


def extends(code: str, stem: str) -> bool:
    """Say whether ``code`` is ``stem`` and more; dots and hyphens do not matter."""
    long, short = (_NOT_MATTER.sub("", text.upper()) for text in (code, stem))
    return long.startswith(short) and long != short


def stem_of(code: str) -> str:
    """Return ``code`` without its last two letters or digits: what siblings share."""
    return _NOT_MATTER.sub("", code.upper())[:-2]


def marks_of(code: str) -> str:
    """Return the dots and hyphens of ``code``: siblings are written alike."""
    return "".join(_NOT_MATTER.findall(code.upper()))
