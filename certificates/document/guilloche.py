"""Fine woven lines, as points: the mathematics of the ornament, without any drawing.

A guilloche is a set of curves each shifted a little from its neighbour. Every curve repeats itself,
along a line or around a point, so one stretch of it is enough. Lengths are points.
"""

from collections.abc import Callable, Iterator
from math import cos, pi, sin
from typing import Final

Point = tuple[float, float]
_STEPS: Final = 6
"""Points of a curve from one repetition to the next."""


def lobe(*, radius: float, lobes: int, depth: float, turn: float) -> list[Point]:
    """Return one lobe of a closed curve around the origin, and one point before and after it.

    The curve swings ``lobes`` times between the radius and ``depth`` of it.
    """
    points = []
    for step in range(-1, _STEPS + 2):
        angle = 2 * pi * step / (_STEPS * lobes)
        reach = radius * (1 - depth / 2 + depth / 2 * cos(lobes * angle + turn))
        points.append((reach * cos(angle), reach * sin(angle)))
    return points


def rosette(*, centre: Point, radius: float, lobes: int, depth: float, turn: float) -> list[Point]:
    """Return a closed curve that swings ``lobes`` times between the radius and ``depth`` of it."""
    steps, points = lobes * _STEPS, []
    for step in range(steps + 1):
        angle = 2 * pi * step / steps
        reach = radius * (1 - depth / 2 + depth / 2 * cos(lobes * angle + turn))
        place = (centre[0] + reach * cos(angle), centre[1] + reach * sin(angle))
        points.append((round(place[0], 2), round(place[1], 2)))
    return points


def swing(*, length: float, height: float, phase: float) -> list[Point]:
    """Return one swing of a sine line to the right of the origin, and a point more at each end."""
    return [
        (length * step / _STEPS, height / 2 * sin(2 * pi * step / _STEPS + phase))
        for step in range(-1, _STEPS + 2)
    ]


def smooth(points: list[Point]) -> Iterator[tuple[Point, Point, Point]]:
    """Yield the Bezier curves through ``points``: two handles and the end of each.

    The handles are those of a Catmull-Rom spline, so neighbouring curves join without a corner; the
    first and the last point only say where the line comes from and goes to.
    """
    for first, start, end, last in zip(points, points[1:], points[2:], points[3:], strict=False):
        yield (
            (start[0] + (end[0] - first[0]) / 6, start[1] + (end[1] - first[1]) / 6),
            (end[0] - (last[0] - start[0]) / 6, end[1] - (last[1] - start[1]) / 6),
            end,
        )


def petal(*, centre: Point, length: float, width: float, angle: float) -> tuple[Point, ...]:
    """Return a petal from ``centre``: seven points of two Bezier curves that meet at its tip."""
    turned = _turning(centre, angle)
    half = width / 2
    return (
        turned(0, 0),
        turned(length * 0.30, half * 1.33),
        turned(length * 0.70, half * 1.00),
        turned(length, 0),
        turned(length * 0.70, -half * 1.00),
        turned(length * 0.30, -half * 1.33),
        turned(0, 0),
    )


def _turning(centre: Point, angle: float) -> Callable[[float, float], Point]:
    def turned(along: float, across: float) -> Point:
        return (
            centre[0] + along * cos(angle) - across * sin(angle),
            centre[1] + along * sin(angle) + across * cos(angle),
        )

    return turned
