"""The letters of a text that survive hurried typing, for finding and never for keeping.

Coarser than ``thai_text.forgiving_key``: tone marks, the vowel signs above a consonant and the
signs of silence go as well, for those are what people leave out or put twice on small keyboards.
A sara am becomes its sara aa, so whole and split ones are equal; two sara e become sara ae.
"""

import unicodedata

from standards.thai_text import tidy

_SARA_E, _SARA_AE, _SARA_AA, _SARA_AM = "\u0e40", "\u0e41", "\u0e32", "\u0e33"
_ABOVE = (0x0E31, *range(0x0E34, 0x0E38), 0x0E3A, *range(0x0E47, 0x0E4F))
_TEXT_LIMIT = 200
"""Most characters of a question that are read; the longest title printed so far has 163."""


class _Letters(dict[int, str]):
    """What becomes of a character; those of other scripts are worked out when they turn up."""

    def __missing__(self, point: int) -> str:
        return _without_signs(chr(point))


def _without_signs(character: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", character).casefold()
    letters = unicodedata.normalize("NFKD", taken_apart)
    return "".join(c for c in letters if unicodedata.category(c)[0] in "LN")


def _letters() -> _Letters:
    known = {point: _without_signs(chr(point)) for point in (*range(0x80), *range(0x0E01, 0x0E5C))}
    known |= {point: chr(point) for point in (0x0E38, 0x0E39)}  # vowel signs below stay
    known |= dict.fromkeys(_ABOVE, "")
    known |= {0x0E50 + n: str(n) for n in range(10)}
    known[ord(_SARA_AM)] = _SARA_AA
    return _Letters(known)


_LETTERS = _letters()
_LINES = _Letters({**_LETTERS, ord("\n"): "\n"})


def fold(text: str) -> str:
    """Return the letters and digits of ``text`` that a search compares: no blanks, no signs above.

    Holds: folding twice changes nothing more; lost tone marks and vowel signs above, split sara
    am, two sara e for sara ae, Thai digits, blanks, punctuation and case make no difference.
    """
    return text.translate(_LETTERS).replace(_SARA_E * 2, _SARA_AE)


def fold_lines(text: str) -> str:
    """Return ``text`` with each of its lines folded; many texts at the price of one."""
    return text.translate(_LINES).replace(_SARA_E * 2, _SARA_AE)


def fold_words(text: str) -> tuple[str, ...]:
    """Return the folded parts of a typed question between its blanks; empty ones are left out."""
    words = (fold(word) for word in tidy(text[:_TEXT_LIMIT]).split())
    return tuple(word for word in words if word)


def as_printed(text: str, folded: str) -> str:
    """Return the first part of ``text`` that folds to ``folded``, signs above included.

    ``folded`` itself where no part does.
    """
    tidied = tidy(text)
    letters = [(letter, place) for place, c in enumerate(tidied) for letter in fold(c)]
    begin = "".join(letter for letter, _ in letters).find(folded)
    if begin < 0 or not folded:
        return folded
    end = letters[begin + len(folded) - 1][1] + 1
    while end < len(tidied) and unicodedata.category(tidied[end]) == "Mn" and not fold(tidied[end]):
        end += 1
    return tidied[letters[begin][1] : end]
