"""The constant art of a page: frame, corners, emblem, as operators of a content stream.

The emblem (a lotus opening over three rising steps) is made up for this bank and stands for no
body; no seal or state emblem is imitated. No line of the art comes inside the text area except the
emblem itself, which stands in the room that the sheet leaves for it. What repeats (a swing of the
band, a lobe of a rosette, a corner) is written once and placed many times.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import cos, pi, radians, sin
from typing import Final

from certificates.document.guilloche import Point, lobe, petal, smooth, swing
from certificates.document.page_content import fill
from certificates.document.palette import (
    BAND,
    FRAME,
    GOLD,
    GREEN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PALE_GOLD,
    PALE_GREEN,
    WHITE,
    Colour,
)

EMBLEM_CENTRE: Final[Point] = (PAGE_WIDTH / 2, PAGE_HEIGHT - 78)
EMBLEM_RADIUS: Final = 30.0
SMALL_EMBLEM: Final[tuple[Point, float]] = ((PAGE_WIDTH / 2, PAGE_HEIGHT - 72), 17.0)
_HAIRLINE: Final = "0.35 w"
_STRANDS: Final = 6
_EVERY_THIRD: Final = 3
_ARC: Final = 0.5523
"""Length of the handles of a quarter circle of radius 1, as a Bezier curve."""
_LOBES: Final = {"Ring": 30, "Rose": 12}
_SWINGS: Final = (27, 18)
"""Of the band, along and across."""


class ArtStyle(StrEnum):
    """What stands on a page before anything is said."""

    CERTIFICATE = "certificate"
    """Frame and emblem."""
    SHEET = "sheet"
    """Frame and a small emblem: a page that explains."""
    FRAME = "frame"
    """Frame only: the emblem is the issuer's own, and stands on the page itself."""


@dataclass(frozen=True, slots=True)
class Art:
    """A drawing, and the smaller drawings it places by name."""

    operators: str
    box: tuple[float, float, float, float]
    parts: tuple[tuple[str, "Art"], ...] = ()


@cache
def artwork(style: ArtStyle = ArtStyle.CERTIFICATE) -> Art:
    """Return the art of a page; the same operators always."""
    drawn = _frame()
    parts: tuple[tuple[str, Art], ...] = (("Swing", _swing()), ("Corner", _corner()))
    if style is not ArtStyle.FRAME:
        centre, radius = SMALL_EMBLEM
        if style is ArtStyle.CERTIFICATE:
            centre, radius = EMBLEM_CENTRE, EMBLEM_RADIUS
        drawn.append(f"q {_at(centre, scale=radius / EMBLEM_RADIUS)} /Emblem Do Q")
        parts = (*parts, ("Emblem", _emblem()))
    return Art("\n".join(drawn), (0, 0, PAGE_WIDTH, PAGE_HEIGHT), parts)


def _frame() -> list[str]:
    """Place a band woven of sine lines between two rules, with a rosette over each corner."""
    middle = FRAME + BAND / 2
    right, top = PAGE_WIDTH - middle, PAGE_HEIGHT - middle
    drawn: list[str] = []
    for swings, length, ends in (
        (_SWINGS[0], right - middle, ((middle, middle, 0), (right, top, 180))),
        (_SWINGS[1], top - middle, ((right, middle, 90), (middle, top, 270))),
    ):
        stretched = length / swings / _swing_length()
        for x, y, angle in ends:
            along = (cos(radians(angle)), sin(radians(angle)))
            for number in range(swings):
                done = number * length / swings
                place = (x + along[0] * done, y + along[1] * done)
                drawn.append(f"q {_at(place, angle=angle, stretched=stretched)} /Swing Do Q")
    drawn += [
        _rectangle(FRAME, GREEN, 1.4),
        _rectangle(FRAME + BAND, GREEN, 0.7),
        _rectangle(FRAME + BAND + 3, GOLD, 0.5),
    ]
    corners = [(middle, middle), (right, middle), (right, top), (middle, top)]
    return drawn + [f"q {_at(corner)} /Corner Do Q" for corner in corners]


def _swing_length() -> float:
    return (PAGE_WIDTH - 2 * FRAME - BAND) / _SWINGS[0]


def _swing() -> Art:
    """Draw one swing of each line of the band, to the right of the origin."""
    length, height = _swing_length(), BAND - 4
    drawn = [_HAIRLINE]
    for strand in range(_STRANDS):
        tint = PALE_GOLD if strand % _EVERY_THIRD == 0 else PALE_GREEN
        curve = swing(length=length, height=height, phase=2 * pi * strand / _STRANDS)
        drawn.append(f"{fill(tint)} {_open_curve(curve)} S")
    return Art("\n".join(drawn), (-1.0, -BAND / 2, length + 1.0, BAND / 2))


def _corner() -> Art:
    reach = BAND * 0.86
    drawn = [
        f"{fill(GREEN)} {fill(WHITE).split(' rg ')[0]} rg 1 w {_circle(reach)} B",
        _turned("Rose"),
        f"{fill(GOLD)} {_circle(BAND * 0.13)} f",
    ]
    lobes = _lobes("Rose", radius=BAND * 0.74, depth=0.62, tints=(GREEN, GOLD, GREEN, GOLD, GREEN))
    return Art("\n".join(drawn), _around(reach + 1), (("Rose", lobes),))


def _emblem() -> Art:
    """Draw a woven ring around a green field: a lotus of five petals over three rising steps."""
    radius = EMBLEM_RADIUS
    drawn = [
        _turned("Ring"),
        f"{fill(GREEN)} {_circle(radius * 0.79)} f",
        f"{fill(PALE_GOLD)} 0.6 w {_circle(radius * 0.72)} S",
        *_lotus((0.0, -radius * 0.14), radius * 0.62),
        *_steps(-radius * 0.24, radius),
    ]
    lobes = _lobes("Ring", radius=radius, depth=0.20, tints=(GOLD,) * 6)
    return Art("\n".join(drawn), _around(radius + 1), (("Ring", lobes),))


def _lobes(name: str, *, radius: float, depth: float, tints: Sequence[Colour]) -> Art:
    """Draw one lobe of each curve of a rosette."""
    drawn = [_HAIRLINE]
    for strand, tint in enumerate(tints):
        turn = 2 * pi * strand / len(tints)
        curve = lobe(radius=radius, lobes=_LOBES[name], depth=depth, turn=turn)
        drawn.append(f"{fill(tint)} {_open_curve(curve)} S")
    return Art("\n".join(drawn), _around(radius + 1))


def _turned(name: str) -> str:
    """Place a lobe all around the origin."""
    lobes = _LOBES[name]
    return "\n".join(
        f"q {_at((0, 0), angle=360 * number / lobes)} /{name} Do Q" for number in range(lobes)
    )


def _lotus(root: Point, length: float) -> list[str]:
    petals = ((68, 0.72, PALE_GOLD), (-68, 0.72, PALE_GOLD), (36, 0.88, WHITE), (-36, 0.88, WHITE))
    drawn = [f"{fill(GREEN)} 0.9 w"]
    for lean, share, colour in (*petals, (0, 1.0, PALE_GOLD)):
        first, *others = petal(
            centre=root, length=length * share, width=length * 0.40, angle=radians(90 + lean)
        )
        shape = f"{_pair(first)} m {_curves([others[0:3], others[3:6]])} h"
        drawn.append(f"{' '.join(f'{value:g}' for value in colour)} rg {shape} B")
    return drawn


def _steps(top: float, radius: float) -> list[str]:
    drawn = [f"{fill(WHITE)}"]
    for number, share in enumerate((0.46, 0.70, 0.94)):
        width, height = radius * share, radius * 0.075
        y = top - number * radius * 0.125 - height
        drawn.append(f"{-width / 2:.2f} {y:.2f} {width:.2f} {height:.2f} re f")
    return drawn


def _rectangle(inset: float, colour: Colour, width: float) -> str:
    sides = f"{PAGE_WIDTH - 2 * inset:.2f} {PAGE_HEIGHT - 2 * inset:.2f}"
    return f"{fill(colour)} {width:g} w {inset:.2f} {inset:.2f} {sides} re S"


def _circle(radius: float) -> str:
    r, k = radius, radius * _ARC
    quarters = [
        [(r, k), (k, r), (0, r)],
        [(-k, r), (-r, k), (-r, 0)],
        [(-r, -k), (-k, -r), (0, -r)],
        [(k, -r), (r, -k), (r, 0)],
    ]
    return f"{_pair((r, 0))} m {_curves(quarters)} h"


def _open_curve(points: list[Point]) -> str:
    """Return the path through all points but the first and the last, which only lead in and out."""
    return f"{_pair(points[1])} m {_curves(smooth(points))}"


def _curves(curves: Iterable[Sequence[Point]]) -> str:
    return " ".join(f"{' '.join(map(_pair, curve))} c" for curve in curves)


def _pair(point: Point) -> str:
    return f"{round(point[0], 3):g} {round(point[1], 3):g}"


def _around(reach: float) -> tuple[float, float, float, float]:
    return -reach, -reach, reach, reach


def _at(place: Point, *, angle: float = 0.0, scale: float = 1.0, stretched: float = 1.0) -> str:
    """Return the operator that moves, turns and scales what is drawn next."""
    turn = radians(angle)
    along, across = scale * stretched, scale
    matrix = (along * cos(turn), along * sin(turn), -across * sin(turn), across * cos(turn))
    sides = " ".join(f"{round(each, 5) + 0.0:g}" for each in matrix)
    return f"{sides} {place[0]:.3f} {place[1]:.3f} cm"
