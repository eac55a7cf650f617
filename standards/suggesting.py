"""Units and elements that a part of a course may be about, with the reason; nothing is decided.

A suggestion is for a person who maps a course to read. It is not a ``CourseLink`` and nothing
turns it into one. All is computed here from the catalogue and a table of trade terms: words that
the part and a title share, and words that mean the same, each worth the more the fewer units have
it (inverse document frequency).
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from heapq import nsmallest
from math import fsum, log
from typing import NamedTuple

from standards.catalogue import Catalogue
from standards.letter_fold import as_printed, fold
from standards.model import Element, Unit
from standards.suggestion_entries import Entry, entries_of
from standards.suggestion_terms import TermTable, shipped_terms
from standards.trigrams import GRAM, GramIndex, grams

_SHORTEST, _WORD, _MOST = 4, 6, 4
"""Folded letters in a row that count as shared (three are shared by chance), those of a word that
is worth its rarity, and how many words a longer run is worth at most."""
_CANDIDATES, _BUDGET = 300, 20_000
"""Entries compared for shared words, and entries counted to find them."""
_FURTHER = 0.25
"""Worth of a second word of the same term: two names of one thing are not two things."""
_FROM_UNIT = 0.5
"""Share of its unit's score that an element starts with."""
_COURSE = 1.2
"""Worth of a word in the name of the course, which tells the trade: parts are often worded in
ways no table foresees, and a wrong trade is the worst suggestion."""
_OTHER_TRADE = 0.5
"""Worth of an entry that shares nothing with the course's name, where others do."""
_FEW, _WIDESPREAD = 100, 40
"""A meaning that more than one entry in forty has, and more than a hundred, tells none apart."""
_LONG = 60
"""Letters from which on a text is held to match by its length as well."""


class Kinship(StrEnum):
    """Why two words belong together."""

    SAME_WORDS = "same-words"
    SAME_MEANING = "same-meaning"
    """By the table of trade terms."""


class Match(NamedTuple):
    """One word of the part, or of the course's name, and what it met."""

    kinship: Kinship
    said: str
    """The word of the course; of a term, as the table has it."""
    found: str
    """The word of the standard, as the table has it; of shared words, those of the course."""
    worth: float
    of_course: bool = False
    """True where the word stands in the course's name and not in the part."""

    @property
    def code(self) -> str:
        """Name the sentence in ``wording.REASONS`` that says this."""
        return f"{self.kinship.value}-of-course" if self.of_course else self.kinship.value


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit, or one element of it, that a part of a course may be about."""

    unit: Unit
    element: Element | None
    """None where the whole unit is suggested."""
    score: float
    """Above 0; comparable within one answer only."""
    reasons: tuple[Match, ...]
    """Worthiest first, never empty."""


class SuggestionIndex:
    """An index over units and their elements that is built once and never changes."""

    def __init__(self, source: Catalogue | Iterable[Unit], terms: TermTable | None = None) -> None:
        """Index every unit of a catalogue, or those given, with the shipped terms or others."""
        entries: list[Entry] = []
        for unit in source.units if isinstance(source, Catalogue) else source:
            entries.extend(entries_of(unit, place=len(entries)))
        self._entries = tuple(entries)
        self._lengths = tuple(len(entry.text) for entry in entries)
        self._widespread = max(_FEW, len(entries) // _WIDESPREAD)
        self._terms = shipped_terms() if terms is None else terms
        self._grams = GramIndex(entry.text for entry in entries)
        # Terms are few and asked for again and again; what is remembered is not state but speed.
        self._places = lru_cache(maxsize=4096)(self._look_up)

    def suggest(
        self, text: str, *, limit: int = 10, course: str | None = None
    ) -> tuple[Suggestion, ...]:
        """Return at most ``limit`` units or elements for a part's text, best first.

        ``course`` is the name of the whole course: it says which trade is meant, and its words
        count for less. Equal questions have equal answers.
        """
        found = self._matches(text)
        for place, matches in self._matches(course or "").items():
            of_course = [m._replace(worth=_COURSE * m.worth, of_course=True) for m in matches]
            found.setdefault(place, []).extend(of_course)
        own = self._worths(found)
        scores = {place: self._score(place, own) for place in own}
        best = nsmallest(max(limit, 0), scores, key=lambda place: (-scores[place], place))
        return tuple(self._suggestion(place, scores[place], found[place]) for place in best)

    def _suggestion(self, place: int, score: float, matches: list[Match]) -> Suggestion:
        entry = self._entries[place]
        reasons = tuple(sorted(matches, key=lambda match: (-match.worth, match.found)))
        return Suggestion(entry.unit, entry.element, round(score, 4), reasons)

    def _worths(self, found: Mapping[int, list[Match]]) -> dict[int, float]:
        own = {place: self._worth(place, matches) for place, matches in found.items()}
        of_trade = {p for p, matches in found.items() if any(m.of_course for m in matches)}
        if of_trade:
            for place in own.keys() - of_trade:
                own[place] *= _OTHER_TRADE
        return own

    def _worth(self, place: int, matches: list[Match]) -> float:
        length = self._lengths[place]
        return fsum(match.worth for match in matches) / (1 + log(max(1, length / _LONG)) / 4)

    def _score(self, place: int, own: Mapping[int, float]) -> float:
        of_unit = self._entries[place].of_unit
        return own[place] + (_FROM_UNIT * own.get(of_unit, 0) if of_unit != place else 0)

    def _matches(self, text: str) -> dict[int, list[Match]]:
        found: dict[int, list[Match]] = {}
        for match_of in (self._same_meaning(text), self._same_words(text)):
            for place, match in match_of:
                found.setdefault(place, []).append(match)
        return found

    def _same_meaning(self, text: str) -> Iterator[tuple[int, Match]]:
        for meaning in self._terms.meanings(text):
            by_place: dict[int, list[Match]] = {}
            for word in meaning.means:
                places, worths = self._places(fold(word))
                if len(places) > self._widespread:
                    continue
                rarity = self._rarity(len(places))
                for place, worth in zip(places, worths, strict=True):
                    match = Match(Kinship.SAME_MEANING, meaning.said, word, rarity * worth)
                    by_place.setdefault(place, []).append(match)
            for place, matches in by_place.items():
                matches.sort(key=lambda match: -match.worth)
                yield place, matches[0]
                for match in matches[1:]:
                    yield place, match._replace(worth=_FURTHER * match.worth)

    def _same_words(self, text: str) -> Iterator[tuple[int, Match]]:
        parts = [part for part in map(fold, self._terms.telling(text).split()) if part]
        printed: dict[str, str] = {}
        shared = self._grams.shared("\n".join(parts), budget=_BUDGET)
        for place, _ in shared.most_common(_CANDIDATES):
            entry = self._entries[place]
            for run in _shared_runs(parts, entry.text):
                rarity = self._rarity(min(len(self._grams.places(gram)) for gram in grams(run)))
                worth = rarity * entry.worth_of(run) * min(_MOST, len(run) / _WORD)
                said = printed.get(run) or printed.setdefault(run, as_printed(text, run))
                yield place, Match(Kinship.SAME_WORDS, said, said, worth)

    def _rarity(self, holders: int) -> float:
        return log(1 + len(self._entries) / max(holders, 1))

    def _look_up(self, word: str) -> tuple[Sequence[int], Sequence[float]]:
        """Return the places of the entries that have the folded ``word``, and its worth there."""
        rarest = min(map(self._grams.places, grams(word)), key=len, default=None)
        places, worths = array("I"), array("d")
        for place in range(len(self._entries)) if rarest is None else rarest:
            if worth := self._entries[place].worth_of(word):
                places.append(place)
                worths.append(worth)
        return places, worths


def _shared_runs(parts: list[str], text: str) -> list[str]:
    """Return the longest runs of the parts that stand in ``text``, each once, in their order."""
    runs: dict[str, None] = {}
    for part in parts:
        begin = 0
        while begin + _SHORTEST <= len(part):
            end = begin
            while end < len(part) and part[begin : end + 1] in text:
                end += 1
            if end - begin >= _SHORTEST:
                runs[part[begin:end]] = None
                begin = end - GRAM + 1
            else:
                begin += 1
    return list(runs)
