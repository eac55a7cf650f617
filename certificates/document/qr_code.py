"""QR symbols as figures of a page.

Error level M; a module is never smaller than 0.6 mm: this size was read at 72 dpi and when
blurred. The address should be in the QR alphanumeric alphabet (capitals), which keeps the symbol
of a check page at version 4 or below.
"""

from functools import lru_cache
from typing import Final

import segno

from certificates.document.page_items import Box, Figure
from certificates.document.palette import BLACK
from certificates.document.qr_shared import SharedBeginning
from certificates.document.qr_symbol import Symbol, symbol_of
from certificates.errors import CannotSet

POINTS_PER_MM: Final = 72 / 25.4
SMALLEST_MODULE_MM: Final = 0.6


def qr_figure(text: str, frame: Box, *, alt: str, field: str, shared: int = 0) -> Figure:
    """Return the symbol of ``text`` filling the square ``frame``.

    The quiet zone lies outside the frame and is the caller's to keep. ``shared`` characters at the
    beginning are the same in many texts of this length; the symbol is faster then. Raises
    ``CannotSet('qr-too-dense')`` where a module would be under 0.6 mm.
    """
    side = frame[2] - frame[0]
    symbol = _symbol(text, shared, field)
    if side / symbol.modules < SMALLEST_MODULE_MM * POINTS_PER_MM:
        raise CannotSet("qr-too-dense", field=field, width=symbol.modules)
    return Figure(_drawn(symbol, frame), BLACK, alt, frame)


def _symbol(text: str, shared: int, field: str) -> Symbol:
    try:
        if shared:
            return _beginning(text[:shared], len(text)).symbol(text)
        return symbol_of(text)
    except (KeyError, ValueError):
        return _of_other_characters(text, field)


@lru_cache(maxsize=4)
def _beginning(text: str, length: int) -> SharedBeginning:
    return SharedBeginning(text, length)


def _of_other_characters(text: str, field: str) -> Symbol:
    """Return the symbol of a text with characters that ``qr_symbol`` has no place for."""
    try:
        matrix = segno.make(text, error="m", boost_error=False, micro=False).matrix
    except segno.DataOverflowError:
        raise CannotSet("qr-too-dense", field=field) from None
    filler = "0" * (-len(matrix) % 8)
    columns = zip(*matrix, strict=True)
    bits = "".join("".join(str(module & 1) for module in column) + filler for column in columns)
    return Symbol(len(matrix), int(bits, 2))


def _drawn(symbol: Symbol, frame: Box) -> str:
    """Return an inline image mask (ISO 32000-1, 8.9.6.2 and 8.9.7).

    The rows of the image are the columns of the symbol, so it is mirrored along its diagonal. Its
    data are hexadecimal digits: in raw data a reader may take two bytes for the end.
    """
    left, _, right, top = frame
    side = right - left
    return (
        f"0 {-side:.3f} {-side:.3f} 0 {right:.3f} {top:.3f} cm\n"
        f"BI /W {symbol.modules} /H {symbol.modules} /IM true /D [1 0] /F /AHx ID\n"
        f"{symbol.bitmap().hex()}>\nEI"
    )
