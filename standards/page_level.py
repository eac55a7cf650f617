"""Section 7 of a unit page: which of the printed levels is ticked?

Ticks are images, letters of the font Wingdings (P, R, ü), or lost. A level counts only where a
tick's column is certain or where the level stands alone and the page says on which scale.
"""

import re

from standards.model import LevelScale
from standards.noting import Notes
from standards.page_fields import stated_scale, whole_answer
from standards.page_labels import NEW_LEVEL, NOTHING, OLD_LEVEL
from standards.page_sections import Section
from standards.parts import Field
from standards.thai_text import digits, tidy
from standards.word_html import CELL_BORDERS

_TICKS = frozenset({"P", "R", "\u00fc", "\u00dc", "\u2713", "\u2714", "\u2611", "\uf050", "\uf0fc"})
"""Wingdings and Wingdings 2 hold ticks under these letters."""
_SCALES = {8: LevelScale.EIGHT, 7: LevelScale.SEVEN, 3: LevelScale.THREE}
_NUMBER = re.compile(r"(?<![0-9])[1-8](?![0-9])")


def note_level(section: Section, notes: Notes, *, elsewhere: str) -> None:
    """Note the level; ``elsewhere`` is the text that may give the scale of a bare number.

    Doubts: ``level-marks-lost`` (the row of levels without a tick that can be trusted),
    ``level-scale-unknown`` (a number without a scale).
    """
    raw = whole_answer(section)
    if tidy(raw) in NOTHING:
        return
    row = [int(number) for number in _NUMBER.findall(digits(raw))]
    if len(row) > 1 and row == list(range(1, len(row) + 1)) and len(row) in _SCALES:
        column = _ticked_column(section, len(row))
        if column:
            notes.part(Field.LEVEL, f"{column} {_SCALES[len(row)].value}", line=section.line)
        else:
            held = notes.doubt("level-marks-lost", section.line, raw)
            notes.part(Field.LEVEL, "", held)
        return
    if len(row) != 1:
        held = notes.doubt("level-marks-lost", section.line, raw)
        notes.part(Field.LEVEL, "", held)
        return
    _note_bare(row[0], section, notes, elsewhere=f"{raw} {elsewhere}")


def _note_bare(level: int, section: Section, notes: Notes, *, elsewhere: str) -> None:
    raw = whole_answer(section)
    words = digits(tidy(raw)).replace(OLD_LEVEL, "").replace(NEW_LEVEL, "").split()
    scale = stated_scale(elsewhere, str(level)) if words == [str(level)] else None
    if scale is None or (scale is LevelScale.SEVEN and level not in range(1, 8)):
        held = notes.doubt("level-scale-unknown", section.line, raw, level=str(level))
        notes.part(Field.LEVEL, "", held)
        return
    notes.part(Field.LEVEL, f"{level} {scale.value}", line=section.line)


def _ticked_column(section: Section, columns: int) -> int | None:
    """Return the column of the one tick in the row below the numbers, or None.

    Word's export writes a line with one blank between two cells, so the borders after
    the last number and before the tick are the cells before it.
    """
    border = CELL_BORDERS[0]
    texts = [border if x.text in CELL_BORDERS else tidy(x.text) for x in section.lines]
    ends = [n for n, text in enumerate(texts) if text == str(columns)]
    ticks = [n for n, text in enumerate(texts) if text in _TICKS]
    if len(ends) != 1 or len(ticks) != 1 or ticks[0] < ends[0]:
        return None
    below = texts[ends[0] + 1 :]
    others = [text for text in below if text and text != border and text not in _TICKS]
    if others or below.count(border) != columns - 1:
        return None  # a cell was lost: nobody can say in which column the tick stands
    return texts[ends[0] : ticks[0]].count(border) + 1
