"""A text of several lines, broken where Thai and English words end."""

from typing import Final

from certificates.document.shaping import shape
from certificates.document.typeface import Weight
from certificates.document.typesetting import Setting, break_places, check_characters
from certificates.errors import CannotSet

_STEP: Final = 0.25


def set_paragraph(
    text: str, *, width: float, sizes: tuple[float, float], lines: int, field: str
) -> Setting:
    """Return ``text`` in at most ``lines`` lines of ``width`` points, as large as it fits.

    ``sizes`` are the largest and the smallest wanted. Raises ``CannotSet``: what a single text
    raises, and ``too-long`` where it does not fit at the smallest size.
    """
    check_characters(text, Weight.REGULAR, field=field)
    size, smallest = sizes
    while size >= smallest:
        found = _broken(text, width, size)
        if len(found) <= lines:
            shaped = tuple(shape(line, Weight.REGULAR) for line in found)
            if all(line.width(size) <= width for line in shaped):
                return Setting(shaped, size, Weight.REGULAR)
        size -= _STEP
    needed = round(shape(text, Weight.REGULAR).width(smallest))
    raise CannotSet("too-long", field=field, width=needed, room=round(width * lines))


def _broken(text: str, width: float, size: float) -> list[str]:
    """Fill line after line as far as it goes; a word too wide stands alone."""
    lines: list[str] = []
    start = end = 0
    for place in [*break_places(text), len(text)]:
        if end > start and shape(text[start:place].strip(), Weight.REGULAR).width(size) > width:
            lines.append(text[start:end].strip())
            start = end
        end = place
    return [*lines, text[start:].strip()]
