"""One question of a search, held against the fields of one candidate after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from standards.edit_distance import Pattern
from standards.letter_fold import fold
from standards.search_fields import Field, Searched
from standards.thai_text import forgiving_key
from standards.trigrams import GRAM, grams

LEAST = 0.6
"""Share of a question that must be found for an answer to be of use."""
_WHOLE = 0.04
"""What is added, at most, where the question is all of a field and not a part of it."""
_LETTER_FOR_LETTER = 0.01
"""What is added where tone marks and vowels agree as well."""
_PREFERRED = {Field.CODE: 0.05, Field.TITLE: 0.05, Field.TITLE_EN: 0.05, Field.ELEMENT: 0.02}
"""What is added for the field: a unit's own title goes before a part of another unit."""
MOST_ADDED = _LETTER_FOR_LETTER + max(_PREFERRED.values())
_WORDS_APART = 0.95
"""What words found in different fields are worth beside words found together."""
_MOST_WORDS = 12
"""Words looked for one by one; a longer question is a sentence and is taken as a whole."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Where a question, or one word of it, was found."""

    field: Field
    text: str
    """The field as printed."""
    slips: int
    """Letters that differ after folding; 0 where the question stands there as it was typed."""


class Bounded(NamedTuple):
    """The most that a candidate may score, but for what is added for the field."""

    most: float
    line: int
    """Number of its likeliest line, counted from 0 and negative, so that the first is greatest."""


class _Part:
    """The whole question or one word of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pattern = Pattern(text)
        self._grams = grams(text)

    def bound(self, line: str) -> float:
        """Return the most of the part that can be in the line; one slip spoils three runs."""
        if not self._grams:
            return 1.0 * (self.text in line)
        missing = len(self._grams) - sum(map(line.__contains__, self._grams))
        return 1 - -(-missing // GRAM) / len(self.text)

    def slips(self, line: str) -> int:
        """Return the letters of the part that are wrong or missing in the line."""
        return 0 if self.text in line else self._pattern.slips(line)


class Question:
    """What was typed, prepared for being held against many candidates."""

    def __init__(self, text: str, words: tuple[str, ...]) -> None:
        """Prepare ``text``, whose folded ``words`` are not empty."""
        self.whole = fold("".join(words))
        self._key = forgiving_key(text)
        self._all = _Part(self.whole)
        self._shortest = LEAST * len(self.whole)
        apart = 1 < len(words) <= _MOST_WORDS
        self._words = [_Part(word) for word in words] if apart else []

    def bound(self, lines: str) -> Bounded:
        """Return the most that ``measured`` can say of a candidate with these folded lines."""
        # Of lines that bound alike the first is taken: codes and titles stand before elements.
        together = max(
            (
                Bounded(self._all.bound(line) + self._wholeness(line), -n)
                for n, line in enumerate(lines.split("\n"))
                if len(line) >= self._shortest
            ),
            default=Bounded(0.0, 0),
        )
        if not self._words:
            return together
        found = sum(len(word.text) * word.bound(lines) for word in self._words)
        return Bounded(max(together.most, _WORDS_APART * found / len(self.whole)), together.line)

    def _wholeness(self, line: str) -> float:
        return _WHOLE * min(1.0, len(self.whole) / max(len(line), 1))

    def measured(
        self, fields: Sequence[Searched], lines: Sequence[str], bound: Bounded
    ) -> tuple[float, tuple[Reason, ...]]:
        """Return the score of a candidate and why; ``lines`` are its fields, folded."""
        score, reason = self._in_line(fields[-bound.line], lines[-bound.line])
        if self._words and score < 1:
            apart, reasons = self._apart(fields, lines)
            if apart > score:
                return apart, reasons
        return score, (reason,)

    def _in_line(self, field: Searched, line: str) -> tuple[float, Reason]:
        slips = self._all.slips(line)
        score = 1 - slips / len(self.whole) + _PREFERRED.get(field.field, 0)
        score += self._wholeness(line)
        if not slips and self._key in forgiving_key(field.text):
            score += _LETTER_FOR_LETTER
        return score, Reason(field.field, field.text, slips)

    def _apart(
        self, fields: Sequence[Searched], lines: Sequence[str]
    ) -> tuple[float, tuple[Reason, ...]]:
        found = 0
        reasons: dict[int, Reason] = {}
        for word in self._words:
            most, place = max(Bounded(word.bound(line), -n) for n, line in enumerate(lines))
            if most < LEAST:
                continue
            slips = word.slips(lines[-place])
            found += len(word.text) - slips
            reasons.setdefault(place, Reason(fields[-place].field, fields[-place].text, slips))
        return _WORDS_APART * found / len(self.whole), tuple(reasons.values())
