"""Fitting a text into the room a page has for it: smaller, then two lines, then refused.

Texts are plain: a name with ``<b>`` or ``&amp;`` in it is shown with these very characters. Where
a Thai line may break is decided by ICU's dictionary, never inside a word it knows.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from icu4py.breakers import LineBreaker

from certificates.credential.plain_words import named, unseen_character
from certificates.document.shaping import Line, is_everyday, misplaced_mark, shape
from certificates.document.typeface import UNITS_PER_EM, Weight, missing_character
from certificates.errors import CannotSet

ELLIPSIS: Final = "…"
_STEP: Final = 0.25
"""Sizes are multiples of this many points, so that equal pages look equal."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room for one text on the page; lengths in points."""

    width: float
    size: float
    smallest: float
    """The text is never set smaller than this."""
    weight: Weight = Weight.REGULAR
    lines: int = 1
    """Lines it may take, 1 or 2; the second only when one line would be smaller than wanted."""
    second_size: float = 0.0
    """Largest size once there are two lines; 0 means ``size``."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as it will stand: its lines and their one size in points."""

    lines: tuple[Line, ...]
    size: float
    weight: Weight

    @property
    def width(self) -> float:
        """Width of the longest line, in points."""
        return max([line.advance for line in self.lines]) * self.size / UNITS_PER_EM


def set_line(text: str, room: Room, *, field: str) -> tuple[Line, float]:
    """Return ``text`` on one line with its size in points; raises ``CannotSet`` as ``set_text``."""
    check_characters(text, room.weight, field=field)
    line = shape(text, room.weight)
    size = _largest(line.advance, room, room.size)
    if size < room.smallest:
        raise _too_long(line, room, field)
    return line, size


def set_text(text: str, room: Room, *, field: str) -> Setting:
    """Return ``text`` fitted into ``room``.

    Raises ``CannotSet``: ``empty``, ``unseen-character`` (controls, bidirectional and zero-width
    characters, private use), ``no-glyph`` or ``too-long``; each names ``field``, and the character
    or the width in points that would be needed at the smallest size.
    """
    check_characters(text, room.weight, field=field)
    one_line = _fit((text,), room, room.size)
    if one_line is not None:
        return one_line
    if room.lines > 1:
        two_lines = _fit(broken_in_two(text, room.weight), room, room.second_size or room.size)
        if two_lines is not None:
            return two_lines
    raise _too_long(shape(text, room.weight), room, field)


def set_shortened(text: str, room: Room, *, field: str) -> Setting:
    """Return ``text`` on one line, cut at a word and ended by an ellipsis if it must be.

    Only for lists on a page whose complete entries stand in the credential beside a code.
    """
    check_characters(text, room.weight, field=field)
    whole = _fit((text,), room, room.size)
    places = break_places(text)
    while whole is None and places:
        whole = _fit((text[: places.pop()].rstrip() + ELLIPSIS,), room, room.smallest)
    if whole is None:
        raise CannotSet("too-long", field=field, room=round(room.width))
    return whole


def check_characters(text: str, weight: Weight, *, field: str) -> None:
    """Raise ``CannotSet`` for a text that is empty or has a character that cannot be shown."""
    if not text.strip():
        raise CannotSet("empty", field=field)
    if is_everyday(text):
        return
    unseen = unseen_character(text)
    if unseen is not None:
        raise CannotSet("unseen-character", field=field, character=named(unseen))
    missing = missing_character(text, weight)
    if missing is not None:
        raise CannotSet("no-glyph", field=field, character=named(missing))
    misplaced = misplaced_mark(text)
    if misplaced is not None:
        raise CannotSet("misplaced-mark", field=field, character=named(misplaced))


def broken_in_two(text: str, weight: Weight) -> tuple[str, ...]:
    """Return the two lines of ``text`` whose longer one is shortest; one line if none can break."""
    halves = [(text[:at].rstrip(), text[at:].lstrip()) for at in break_places(text)]
    if not halves:
        return (text,)
    return min(halves, key=lambda half: max(shape(line, weight).advance for line in half if line))


def _fit(texts: tuple[str, ...], room: Room, largest: float) -> Setting | None:
    """Set the lines at the largest size that fits, or return None below the smallest."""
    lines = tuple([shape(text, room.weight) for text in texts])
    size = _largest(max([line.advance for line in lines]), room, largest)
    return Setting(lines, size, room.weight) if size >= room.smallest else None


def _largest(advance: int, room: Room, wanted: float) -> float:
    """Return the size at which a line of this width fits, ``wanted`` at most."""
    if advance * wanted <= room.width * UNITS_PER_EM:
        return wanted
    return room.width * UNITS_PER_EM / advance // _STEP * _STEP


def _too_long(line: Line, room: Room, field: str) -> CannotSet:
    needed = round(line.width(room.smallest))
    return CannotSet("too-long", field=field, width=needed, room=round(room.width))


@lru_cache(maxsize=5_000)
def _places(text: str) -> tuple[int, ...]:
    """Return where ICU allows a line break: inside the text, counted in characters."""
    return tuple(end for _, end in LineBreaker(text, "th").segments() if end < len(text))


def break_places(text: str) -> list[int]:
    """Return where a line may end: before these characters, with text on both sides."""
    return [at for at in _places(text) if text[:at].strip() and text[at:].strip()]
