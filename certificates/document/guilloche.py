"""Fine woven lines, as points: the mathematics of the ornament, without any drawing.

A guilloche is a set of closed curves each shifted a little from its neighbour. Lengths are points.
"""

from collections.abc import Callable, Iterator
from math import cos, pi, sin

Point = tuple[float, float]


def rosette(*, centre: Point, radius: float, lobes: int, depth: float, turn: float) -> list[Point]:
    """Return a closed curve that swings ``lobes`` times between the radius and ``depth`` of it."""
    steps = lobes * 6
    points = []
    for step in range(steps + 1):
        angle = 2 * pi * step / steps
        reach = radius * (1 - depth / 2 + depth / 2 * cos(lobes * angle + turn))
        points.append(
            (round(centre[0] + reach * cos(angle), 2), round(centre[1] + reach * sin(angle), 2))
        )
    return points


def wave(start: Point, end: Point, *, height: float, swings: int, phase: float) -> list[Point]:
    """Return a sine line from ``start`` to ``end``, level with both, with whole swings."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = (along_x**2 + along_y**2) ** 0.5
    across_x, across_y = -along_y / length, along_x / length
    steps = swings * 6
    points = []
    for step in range(steps + 1):
        share = step / steps
        swing = height / 2 * sin(2 * pi * swings * share + phase)
        points.append(
            (
                round(start[0] + along_x * share + across_x * swing, 2),
                round(start[1] + along_y * share + across_y * swing, 2),
            )
        )
    return points


def smooth(points: list[Point]) -> Iterator[tuple[Point, Point, Point]]:
    """Yield the Bezier curves through ``points``: two handles and the end of each.

    The handles are those of a Catmull-Rom spline, so neighbouring curves join without a corner; a
    list that ends where it starts is closed.
    """
    closed = points[0] == points[-1]
    before = points[-2] if closed else points[0]
    after = points[1] if closed else points[-1]
    padded = [before, *points, after]
    for first, start, end, last in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        yield (
            _rounded(start[0] + (end[0] - first[0]) / 6, start[1] + (end[1] - first[1]) / 6),
            _rounded(end[0] - (last[0] - start[0]) / 6, end[1] - (last[1] - start[1]) / 6),
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


def _rounded(x: float, y: float) -> Point:
    """Round to a hundredth of a point: finer than any printer, and the file stays small."""
    return round(x, 2), round(y, 2)


def _turning(centre: Point, angle: float) -> Callable[[float, float], Point]:
    def turned(along: float, across: float) -> Point:
        return (
            centre[0] + along * cos(angle) - across * sin(angle),
            centre[1] + along * sin(angle) + across * cos(angle),
        )

    return turned
