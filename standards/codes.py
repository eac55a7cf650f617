"""How TPQI writes the certificate codes of its units.

Patterns found in 107 published codes; what the last letter means is not published.
"""

import re
from enum import StrEnum

from standards.thai_text import digits, settled, tidy


class CodeFormat(StrEnum):
    """The way a certificate code is written."""

    CURRENT = "current"
    """Four letters that look random, number, one letter: ``HDS-NEFI-224B``."""
    LEGACY = "legacy"
    """Three letters, a level digit of uncertain scale, number, Z and a letter."""
    UNSUFFIXED = "unsuffixed"
    """As current, without the last letter: ``DG-WPJL-028``."""
    MALFORMED = "malformed"
    """Anything else, published codes such as ``--ZZZ-2-002ZB`` among it."""


_PATTERNS = {
    CodeFormat.CURRENT: re.compile(r"[A-Z]{2,4}-[A-Z]{4}-[0-9]{3,4}[A-Z]"),
    CodeFormat.LEGACY: re.compile(r"[A-Z]{2,4}-[A-Z]{3}-[0-9]-[0-9]{3,4}Z[A-Z]"),
    CodeFormat.UNSUFFIXED: re.compile(r"[A-Z]{2,4}-[A-Z]{4}-[0-9]{3,4}"),
}
_LOCAL = re.compile(
    r"STD[0-9]+:[A-Z0-9.]+|[A-Z]{1,3}[0-9]{4,6}|[0-9]{5,6}|[0-9]{1,2}\.[0-9]{2}\.[0-9]{3}"
)
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def format_of(code: str) -> CodeFormat:
    """Return how ``code`` is written; it is taken as it stands, see ``normalise_code``."""
    for name, pattern in _PATTERNS.items():
        if pattern.fullmatch(code):
            return name
    return CodeFormat.MALFORMED


def normalise_code(text: str) -> str:
    """Return a typed code as it would be printed: upper case, 0-9, hyphens, no blanks.

    Holds: normalising twice changes nothing more.
    """
    return settled(text, _normalise_once)


def _normalise_once(text: str) -> str:
    return tidy(_DASHES.sub("-", digits(text)).replace(" ", "").upper()).replace(" ", "")


def looks_like_code(text: str) -> bool:
    """Say whether ``text`` is written as a certificate code or as a local code of a standard."""
    code = normalise_code(text)
    return format_of(code) is not CodeFormat.MALFORMED or _LOCAL.fullmatch(code) is not None
