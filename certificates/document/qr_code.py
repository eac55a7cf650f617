"""The QR symbol of the check page, as one filled path.

Error level M at 25 mm or more: this size was read at 72 dpi and when blurred; a module is never
smaller than 0.6 mm. The address should be in the QR alphanumeric alphabet (capitals), which keeps
the symbol at version 4.
"""

from typing import Final

import segno

from certificates.errors import CannotSet

POINTS_PER_MM: Final = 72 / 25.4
QUIET_MODULES: Final = 4
"""Empty modules around the symbol (ISO/IEC 18004, 6.3.8)."""
SMALLEST_MODULE_MM: Final = 0.6


def qr_path(text: str, *, side: float, left: float, bottom: float) -> str:
    """Return PDF path operators for the symbol of ``text``, in a square of ``side`` points.

    The quiet zone lies outside the square and is the caller's to keep. Raises
    ``CannotSet('qr-too-dense')`` where a module would be under 0.6 mm.
    """
    symbol = segno.make(text, error="m", boost_error=False, micro=False)
    rows = [bytes(row) for row in symbol.matrix]
    module = side / len(rows)
    if module < SMALLEST_MODULE_MM * POINTS_PER_MM:
        raise CannotSet("qr-too-dense", field="check_url", width=len(rows))
    marks = []
    for number, row in enumerate(rows):
        y = bottom + side - (number + 1) * module
        for start, length in dark_runs(row):
            x = left + start * module
            marks.append(f"{x:.3f} {y:.3f} {length * module:.3f} {module:.3f} re")
    return "\n".join([*marks, "f"])


def dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Return start and length of each run of dark modules: fewer rectangles and no seams."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs
