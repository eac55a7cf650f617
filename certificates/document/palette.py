"""The two colours of the certificates, their gold accent, and the lengths of the page.

Colours are sRGB, 0 to 1; text colours keep a contrast of 4.5 to 1 on white (WCAG 2.2, 1.4.3).
Lengths are points (1/72 inch), the origin is the lower left corner.
"""

from typing import Final

Colour = tuple[float, float, float]

GREEN: Final[Colour] = (0.035, 0.275, 0.255)
INK: Final[Colour] = (0.10, 0.13, 0.16)
GREY: Final[Colour] = (0.38, 0.42, 0.45)
GOLD: Final[Colour] = (0.72, 0.55, 0.24)
DARK_GOLD: Final[Colour] = (0.50, 0.36, 0.10)
RED: Final[Colour] = (0.66, 0.17, 0.12)
PALE_GREEN: Final[Colour] = (0.52, 0.70, 0.62)
PALE_GOLD: Final[Colour] = (0.87, 0.79, 0.60)
WHITE: Final[Colour] = (1.0, 1.0, 1.0)
BLACK: Final[Colour] = (0.0, 0.0, 0.0)

PAGE_WIDTH: Final = 841.89
PAGE_HEIGHT: Final = 595.276
"""A4 landscape (ISO 216)."""
FRAME: Final = 20.0
"""From the edge of the paper to the frame: most office printers reach this far."""
BAND: Final = 15.0
"""Width of the woven band of the frame."""
SAFE: Final = FRAME + BAND + 9.0
"""No text comes nearer to the edge of the paper than this."""
