"""Find units and qualifications by what people type, in Thai or English, slips included.

An index is built once over a catalogue and never changes. A question is answered in three steps:
texts that share runs of three letters with it are counted, the best of them are bounded field by
field, and where the bound is good enough the slips are counted exactly.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappush, heappushpop

from standards.catalogue import Catalogue
from standards.letter_fold import fold, fold_lines, fold_words
from standards.model import OwnerCode, Qualification, Unit
from standards.search_fields import Field, fields_of
from standards.search_question import LEAST, MOST_ADDED, Bounded, Question, Reason
from standards.trigrams import GRAM, GramIndex

Item = Unit | Qualification

_BUDGET = 20_000
"""Entries counted for one question; measured: more costs time and finds no more."""
_COUNTED, _MEASURED = 60, 24
"""Candidates whose fields are looked at, and of these how many are measured letter by letter."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer."""

    item: Item
    score: float
    """From 0.6 to 1.1; comparable within one search only."""
    reasons: tuple[Reason, ...]
    """Never empty: one for the whole question, or one for each field that has words of it."""


class SearchIndex:
    """An index over units and qualifications that is built once and never changes."""

    __slots__ = ("_grams", "_items", "_named", "_texts")

    def __init__(self, source: Catalogue | Iterable[Item]) -> None:
        """Index every unit and qualification of a catalogue, or those given."""
        if isinstance(source, Catalogue):
            source = (*source.units, *source.qualifications)
        self._items = tuple(source)
        self._texts = tuple(
            fold_lines("\n".join(each.text for each in fields_of(item))) for item in self._items
        )
        self._grams = GramIndex(self._texts)
        self._named: dict[str, list[int]] = {}
        for place, item in enumerate(self._items):
            for each in fields_of(item):
                if each.field is not Field.CODE:
                    break
                self._named.setdefault(fold(each.text), []).append(place)

    def __len__(self) -> int:
        """Return how many units and qualifications are indexed."""
        return len(self._items)

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        owner: OwnerCode | None = None,
        level: int | None = None,
        occupation: str | None = None,
    ) -> tuple[Hit, ...]:
        """Return at most ``limit`` answers, best first; of equal ones the earlier indexed.

        ``level`` is the number on whichever scale the standard uses; ``occupation`` is a part of
        the occupation's name and is read as forgivingly as the question. A question without
        letters and digits has no answers; of one over 200 characters the rest is not read.
        """
        words = fold_words(text)
        if not words or limit < 1:
            return ()
        wanted = _filter(owner, level, occupation)
        question = Question(text, words)
        hits: list[Hit] = []
        best: list[float] = []
        for bound, place in self._likely(question, wanted, limit):
            if len(best) == limit and bound.most + MOST_ADDED < best[0]:
                break
            hit = self._measured(place, question, bound)
            if hit is not None:
                hits.append(hit)
                (heappush if len(best) < limit else heappushpop)(best, hit.score)
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])

    def _likely(
        self, question: Question, wanted: Callable[[Item], bool], limit: int
    ) -> list[tuple[Bounded, int]]:
        """Return the candidates with the most that each may score, best first."""
        whole = question.whole
        if len(whole) < GRAM:
            found = Counter({n: 1 for n, text in enumerate(self._texts) if whole in text})
        else:
            found = self._grams.shared(whole, budget=_BUDGET)
        most_shared = (n for n, _ in found.most_common() if wanted(self._items[n]))
        likely = {n for n, _ in zip(most_shared, range(_COUNTED), strict=False)}
        likely.update(n for n in self._named.get(whole, ()) if wanted(self._items[n]))
        bounds = ((question.bound(self._texts[n]), -n) for n in likely)
        useful = sorted((each for each in bounds if each[0].most >= LEAST), reverse=True)
        return [(bound, -place) for bound, place in useful[: max(limit, _MEASURED)]]

    def _measured(self, place: int, question: Question, bound: Bounded) -> Hit | None:
        item = self._items[place]
        lines = self._texts[place].split("\n")
        score, reasons = question.measured(fields_of(item), lines, bound)
        return Hit(item, round(score, 4), reasons) if score >= LEAST else None


def _filter(
    owner: OwnerCode | None, level: int | None, occupation: str | None
) -> Callable[[Item], bool]:
    part = None if occupation is None else fold(occupation)

    def wanted(item: Item) -> bool:
        if owner is not None and item.owner != owner:
            return False
        if part is not None and part not in fold(item.occupation or ""):
            return False
        return level is None or level in _levels(item)

    return wanted


def _levels(item: Item) -> Iterator[int]:
    if isinstance(item, Unit):
        return (level.value for level in item.levels)
    return iter(() if item.level is None else (item.level.value,))
