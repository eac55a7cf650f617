"""Words that courses use for what the standards call otherwise, from ``data/trade-terms.json``.

The table is this project's own. It names what a word may be about; it decides nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from standards.errors import FaultInFile
from standards.json_cursor import Cursor, open_json, shown
from standards.letter_fold import fold
from standards.thai_text import forgiving_key

FORMAT = "competency-bank/trade-terms/v1"
_WORDS = re.compile("[a-z0-9]+")
_EXACT = 3
"""English words of so few letters must be equal; longer ones may go on (clean, cleaning)."""


@dataclass(frozen=True, slots=True)
class Term:
    """Some words of courses and the words of the standards that they may be about."""

    said: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One word found in a text and what it may be about."""

    said: str
    means: tuple[str, ...]
    """As the table has them."""


@dataclass(frozen=True, slots=True)
class TermTable:
    """All terms, and the words that tell nothing."""

    ignored: tuple[str, ...]
    terms: tuple[Term, ...]

    def meanings(self, text: str) -> tuple[Meaning, ...]:
        """Return what the words of ``text`` may be about, one for each term, in table order.

        Thai words are found anywhere in the text, for Thai is written without blanks; English
        ones where a word begins.
        """
        key = forgiving_key(text)
        words = tuple(_WORDS.findall(text.casefold()))
        found = ((_said(term, key, words), term.means) for term in self.terms)
        return tuple(Meaning(said, means) for said, means in found if said is not None)

    def telling(self, text: str) -> str:
        """Return ``text`` with blanks in place of the words that tell nothing."""
        for word in self.ignored:
            if word.isascii():
                text = re.sub(rf"\b{re.escape(word)}\b", " ", text, flags=re.IGNORECASE)
            else:
                text = text.replace(word, " ")
        return text


def _said(term: Term, key: str, words: tuple[str, ...]) -> str | None:
    """Return the longest of the term's words that the text has; it explains most."""
    said = [each for each in term.said if _is_in(each, key, words)]
    return max(said, key=len, default=None)


def _is_in(said: str, key: str, words: tuple[str, ...]) -> bool:
    if not said.isascii():
        return forgiving_key(said) in key
    wanted = _WORDS.findall(said.casefold())
    runs = (words[n : n + len(wanted)] for n in range(len(words) - len(wanted) + 1))
    return any(all(map(_begins, run, wanted)) for run in runs)


def _begins(word: str, wanted: str) -> bool:
    if len(wanted) <= _EXACT:
        return word in (wanted, f"{wanted}s")
    return word.startswith(wanted)


def read_terms(data: bytes, *, name: str) -> TermTable:
    """Return the table of a file; ``name`` only names the file in errors.

    Raises:
        UnreadableFile: codes of ``json_cursor.open_json``.
        FaultInFile: codes of ``json_cursor``; ``unknown-format``; ``empty-term``: a term without
            words on one of its sides, or with one that has neither letter nor digit.

    """
    top = open_json(data, name=name).only({"format", "about", "ignored", "terms"})
    if (found := top.field("format").text()) != FORMAT:
        raise FaultInFile("unknown-format", file=name, place="$.format", value=shown(found))
    return TermTable(
        ignored=tuple(sorted(top.field("ignored").each(Cursor.name), key=_longest_first)),
        terms=top.field("terms").each(_term),
    )


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _term(at: Cursor) -> Term:
    at.only({"said", "means"})
    term = Term(at.field("said").each(Cursor.name), at.field("means").each(Cursor.name))
    if not all(_sides(term)):
        raise FaultInFile("empty-term", file=at.file, place=at.place, value=shown(at.value))
    return term


def _sides(term: Term) -> Iterator[object]:
    yield term.said
    yield term.means
    yield from map(fold, (*term.said, *term.means))


@cache
def shipped_terms() -> TermTable:
    """Return the table that comes with this package."""
    name = "trade-terms.json"
    return read_terms((files("standards") / "data" / name).read_bytes(), name=name)
