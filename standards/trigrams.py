"""Which texts share three letters in a row with a question: an inverted index in plain arrays."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

GRAM = 3
_NONE: Sequence[int] = ()


def grams(text: str) -> set[str]:
    """Return every run of three letters of ``text``; none for a text of fewer."""
    return {text[n : n + GRAM] for n in range(len(text) - GRAM + 1)}


class GramIndex:
    """The places of a sequence of folded texts, by their runs of three letters."""

    __slots__ = ("_places", "size")

    def __init__(self, texts: Iterable[str]) -> None:
        """Index ``texts``; a text is known by its place in them, counted from 0."""
        places: dict[str, array[int]] = {}
        size = 0
        for size, text in enumerate(texts, start=1):
            for gram in grams(text):
                known = places.get(gram)
                if known is None:
                    known = places[gram] = array("I")
                known.append(size - 1)
        self._places = places
        self.size = size

    def places(self, gram: str) -> Sequence[int]:
        """Return the places of the texts that hold ``gram``, rising."""
        return self._places.get(gram, _NONE)

    def shared(self, text: str, *, budget: int) -> Counter[int]:
        """Return how many runs of ``text`` each text holds, counting the rarest runs first.

        Counting stops after ``budget`` entries: what half of all texts hold tells none of them
        apart. The rarest run is counted however many hold it, so that something is found.
        """
        found: Counter[int] = Counter()
        for entries in sorted(filter(None, map(self.places, grams(text))), key=len):
            if found and len(entries) > budget:
                break
            budget -= len(entries)
            found.update(entries)
        return found
