"""Words that lost their tone marks.

Some pages lost mai ek and mai tho on the way (ผูปฏิบัติงานที่เกี่ยวของ). Only words that are no
word without their marks can show it.
"""

import re

from standards.page_labels import COMMON_WORDS

_MARKS = re.compile("[\u0e48-\u0e4c]")
_LOST = {_MARKS.sub("", word): word for word in COMMON_WORDS}
_FEWEST_LETTERS = 4


def without_marks(text: str) -> str:
    """Return ``text`` without tone marks and cancellation marks."""
    return _MARKS.sub("", text)


_LOST_WORD = re.compile(
    "|".join(
        re.escape(bare)
        for bare, word in sorted(_LOST.items(), key=lambda pair: -len(pair[0]))
        if len(bare) >= _FEWEST_LETTERS and bare != word
    )
)


def lost_tone_marks(text: str) -> str:
    """Return the first common word in ``text`` that stands there without its marks, or nothing."""
    match = _LOST_WORD.search(text)
    return match[0] if match else ""
