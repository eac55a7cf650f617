"""How many slips of the finger lie between what was typed and a place in a text.

The bit-parallel method of G. Myers (Journal of the ACM 46(3), 1999), in the form of H. Hyyrö
(2003): one column of the table of distances is two whole numbers, so that a letter of the text
costs a dozen operations whatever the length of the pattern.
"""


class Pattern:
    """A pattern prepared once and held against many texts."""

    __slots__ = ("_last", "_masks", "_ones", "length")

    def __init__(self, text: str) -> None:
        """Prepare ``text``; an empty pattern is found everywhere without a slip."""
        self.length = len(text)
        self._ones = (1 << self.length) - 1
        self._last = 1 << max(self.length - 1, 0)
        self._masks: dict[str, int] = {}
        for place, letter in enumerate(text):
            self._masks[letter] = self._masks.get(letter, 0) | 1 << place

    def slips(self, text: str) -> int:
        """Return the fewest insertions, deletions and replacements that make the pattern a part.

        Two letters that changed places count as two. Holds: 0 iff the pattern is in ``text``;
        never more than the pattern has letters.
        """
        if not self.length:
            return 0
        masks, ones, last = self._masks, self._ones, self._last
        rising, falling, distance = ones, 0, self.length
        best = distance
        for letter in text:
            equal = masks.get(letter, 0)
            diagonal = (((equal & rising) + rising) ^ rising) | equal | falling
            up = falling | (ones & ~(diagonal | rising))
            down = rising & diagonal
            if up & last:
                distance += 1
            elif down & last:
                distance -= 1
                best = min(best, distance)
            # A match may begin anywhere in the text: the row above the first letter stays at 0.
            up = up << 1 & ones
            down = down << 1 & ones
            rising = down | (ones & ~(diagonal | up))
            falling = up & diagonal
        return best
