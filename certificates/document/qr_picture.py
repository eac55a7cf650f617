"""A QR symbol for a screen, as the path of an SVG."""

from dataclasses import dataclass
from typing import Final

QUIET_MODULES: Final = 4
"""Empty modules around a symbol (ISO/IEC 18004, 6.3.8)."""


@dataclass(frozen=True, slots=True)
class QrPicture:
    """One symbol with its quiet zone, one unit of length a module."""

    side: int
    path: str
    """For the ``d`` of an SVG path, filled dark on light."""


def qr_picture(text: str) -> QrPicture:
    """Return the symbol of ``text`` at error level L: a screen is clean and large modules help."""
    import segno  # noqa: PLC0415  (few pages show a symbol)

    symbol = segno.make(text, error="l", boost_error=False, micro=False)
    rows = [bytes(row) for row in symbol.matrix]
    marks = [
        f"M{start + QUIET_MODULES} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows, start=QUIET_MODULES)
        for start, length in _dark_runs(row)
    ]
    return QrPicture(len(rows) + 2 * QUIET_MODULES, "".join(marks))


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Return start and length of each run of dark modules: fewer marks and no seams."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs
