"""What of units and elements a suggestion reads, and what a word found there is worth."""

from collections.abc import Iterator
from dataclasses import dataclass

from standards.letter_fold import fold
from standards.model import Element, Unit

_TITLE, _CRITERION, _OCCUPATION = 1.0, 0.6, 0.5
"""Worth of a word by the line it stands in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit or one of its elements, with its texts folded."""

    unit: Unit
    element: Element | None
    of_unit: int
    """Place of the unit's own entry; that of this entry where it is one."""
    lines: tuple[str, ...]
    worths: tuple[float, ...]
    """Worth of a word found in the line of the same number, above 0 and at most 1."""

    @property
    def text(self) -> str:
        """All lines, parted so that no word reaches over two."""
        return "\n".join(self.lines)

    def worth_of(self, word: str) -> float:
        """Return what finding the folded ``word`` here is worth: 0 where it is not found."""
        paired = zip(self.lines, self.worths, strict=True)
        return max((worth for line, worth in paired if word in line), default=0.0)


def entries_of(unit: Unit, *, place: int) -> Iterator[Entry]:
    """Yield the entry of the unit, which will stand at ``place``, then those of its elements."""
    lines = [(unit.title_th, _TITLE), (unit.title_en, _TITLE), (unit.occupation, _OCCUPATION)]
    lines += [(group, _OCCUPATION) for group in unit.target_groups]
    yield _entry(unit, None, place, lines)
    for element in unit.elements or ():
        lines = [(element.title_th, _TITLE), (element.title_en, _TITLE)]
        for criterion in element.criteria:
            lines += [(criterion.text_th, _CRITERION), (criterion.text_en, _CRITERION)]
        yield _entry(unit, element, place, lines)


def _entry(
    unit: Unit, element: Element | None, place: int, lines: list[tuple[str | None, float]]
) -> Entry:
    there = [(fold(text), worth) for text, worth in lines if text]
    return Entry(
        unit=unit,
        element=element,
        of_unit=place,
        lines=tuple(text for text, _ in there),
        worths=tuple(worth for _, worth in there),
    )
