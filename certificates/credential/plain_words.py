"""Rules every text of a statement keeps, whatever shows it later: page, credential or web page.

A certificate is plain text. Characters that nobody sees but that reorder, hide or join what is
seen (bidirectional controls, zero-width characters, private-use characters, line breaks) would let
one signed name look like another; they are refused, never stripped, so that what is signed is what
was recorded. Mark-up characters are ordinary characters here and are shown as such.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Final

from certificates.credential.snapshot import Statement
from certificates.errors import CannotSay

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UUID: Final = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
)
_PLAIN: Final = re.compile("[ -~ก-ฺ฿-๛]*")
"""Everyday texts: printable ASCII and the Thai block, all of which is seen."""
_SIGNED_OR_DIGEST: Final = re.compile(r"\bsha256$|\bmembers\[|\bendorsements\[")
_THIRTEEN_DIGITS: Final = re.compile(r"(?<!\d)(?:\d[ \-.]?){12}\d(?!\d)")


def texts_of(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text inside a statement with its field, for example ``unit.title_th``."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield name, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from texts_of(item, f"{name}[{number}]")
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts_of(getattr(value, part.name), f"{name}.{part.name}".lstrip("."))


def named(character: str) -> str:
    """Return ``U+0E01 THAI CHARACTER KO KAI`` for a character, so that a message can show it."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '(no name)')}"


def unseen_character(text: str) -> str | None:
    """Return the first character of ``text`` that a reader cannot see, or None."""
    if _PLAIN.fullmatch(text):
        return None
    return next((each for each in text if unicodedata.category(each) in _UNSEEN), None)


def refuse_unseen(statement: Statement) -> None:
    """Raise ``CannotSay('unseen-character')`` for the first text with such a character."""
    refuse_unseen_in(texts_of(statement))


def refuse_unseen_in(texts: Iterable[tuple[str, str]]) -> None:
    """Raise as ``refuse_unseen``, for texts given with their fields."""
    for field, text in texts:
        character = unseen_character(text)
        if character is not None:
            raise CannotSay("unseen-character", field=field, character=named(character))


def refuse_national_number(statement: Statement) -> None:
    """Raise ``CannotSay('thirteen-digits')`` where a text holds 13 digits in a row.

    Thirteen digits are the form of the Thai national number, in Arabic or Thai digits, with or
    without its hyphens; it must not leave the bank (Personal Data Protection Act B.E. 2562, s.22).
    Random parts (UUIDs, the paper code, digests and what others signed) are left out of the
    search: they hold such a row by chance.
    """
    refuse_national_number_in(texts_of(statement), code=statement.paper_code)


def refuse_national_number_in(texts: Iterable[tuple[str, str]], *, code: str) -> None:
    """Raise as ``refuse_national_number``, for texts given with their fields."""
    for field, text in texts:
        if _SIGNED_OR_DIGEST.search(field):
            continue
        searched = _UUID.sub("", text).replace(code, "")
        if _THIRTEEN_DIGITS.search(searched):
            raise CannotSay("thirteen-digits", field=field)
