"""The picture of a badge: one drawing, as SVG and as PNG.

Texts are set by the same shaping as the certificates and stand in the picture as outlines, so that
Thai marks sit right in every viewer, with whatever fonts it has. The whole statement is in the
credential baked into the picture; the picture itself proves nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO
from math import cos, pi, radians, sin
from typing import Any, Final

from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]  # no stubs are published
from PIL import Image, ImageDraw

from certificates.credential import phrases
from certificates.credential.achievement import shown_of
from certificates.credential.snapshot import Statement
from certificates.document.guilloche import Point, petal, rosette, smooth
from certificates.document.palette import GOLD, GREEN, PALE_GOLD, WHITE, Colour
from certificates.document.shaping import Line, parts_of, shape
from certificates.document.typeface import UNITS_PER_EM, Weight, typeface
from certificates.document.typesetting import (
    Room,
    Setting,
    broken_in_two,
    check_characters,
    set_shortened,
)

SIDE: Final = 600
"""Width and height of the picture; lengths are pixels, the origin is the upper left corner."""
CENTRE: Final[Point] = (SIDE / 2, SIDE / 2)
_FINER: Final = 3
"""The PNG is drawn so many times larger and then made smaller, for smooth edges."""
_ROUND: Final = 16
_SMOOTH: Final = 8
_TITLE: Final = Room(430, 44, 30, Weight.BOLD)
_LINE_HEIGHT: Final = 1.45
_STAGES: Final = ((1, 44.0, 30.0), (2, 38.0, 24.0), (4, 26.0, 15.0))
"""Lines of a title, the largest size they are set in, and the smallest."""
_QUADRATIC: Final = 4

Segment = tuple[float, ...]
"""Two numbers: a straight line to a point (the first of a contour: its start). Four: a quadratic
curve by its handle and its end."""
Contour = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Closed contours filled with one colour; those that turn the other way are holes."""

    colour: Colour
    contours: tuple[Contour, ...]


def badge_svg(statement: Statement) -> bytes:
    """Return the picture as SVG, without any text or link that a viewer would have to resolve.

    Raises ``CannotSet`` for a title that cannot be set.
    """
    paths = "".join(
        f'<path fill="{_hex(figure.colour)}" d="{_path(figure)}"/>'
        for figure in _figures(statement)
    )
    title = escape(shown_of(statement).title_th)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img" '
        f'xml:lang="th"><title>{title}</title>{paths}</svg>'
    ).encode()


def badge_png(statement: Statement) -> bytes:
    """Return the picture as PNG of 600 by 600 pixels, transparent around the badge.

    Raises ``CannotSet`` for a title that cannot be set.
    """
    size = SIDE * _FINER
    drawn = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    for figure in _figures(statement):
        tint = tuple(round(255 * part) for part in figure.colour)
        drawn.paste(tint, (0, 0), _mask(figure, size))
    written = BytesIO()
    drawn.resize((SIDE, SIDE), Image.Resampling.BOX).save(written, "PNG", optimize=True)
    return written.getvalue()


def _figures(statement: Statement) -> Iterator[Figure]:
    """Yield everything that is drawn, from the back to the front."""
    yield from _ornament()
    shown = shown_of(statement)
    setting = _set_title(shown.title_th)
    height = setting.size * _LINE_HEIGHT
    top = 338 - height * (len(setting.lines) - 1) / 2
    for number, line in enumerate(setting.lines):
        yield _text(line, setting, (CENTRE[0], top + number * height), WHITE)
    kind = set_shortened(phrases.KIND_NAME[statement.kind], Room(300, 22, 12), field="kind")
    yield _text(kind.lines[0], kind, (CENTRE[0], 242), PALE_GOLD)
    mark = getattr(shown, "code", statement.serial)  # an honour and a portfolio have no code
    code = set_shortened(mark, Room(330, 24, 12, Weight.BOLD), field="code")
    yield _text(code.lines[0], code, (CENTRE[0], 438), PALE_GOLD)
    issuer = set_shortened(statement.issuer.name_th, Room(300, 18, 11), field="issuer")
    yield _text(issuer.lines[0], issuer, (CENTRE[0], 480), WHITE)


@cache
def _ornament() -> tuple[Figure, ...]:
    knots = rosette(centre=CENTRE, radius=296, lobes=36, depth=0.05, turn=0)
    curves = zip(knots, smooth([knots[-2], *knots, knots[1]]), strict=False)
    edge = [
        _on_cubic((start, *curve), step / _SMOOTH)
        for start, curve in curves
        for step in range(_SMOOTH)
    ]
    root = (CENTRE[0], 196.0)
    leans = ((68, 66.0, PALE_GOLD), (-68, 66.0, PALE_GOLD), (36, 80.0, WHITE), (-36, 80.0, WHITE))
    petals = [
        Figure(colour, (_petal(root, length, lean),))
        for lean, length, colour in (*leans, (0, 92.0, PALE_GOLD))
    ]
    return (
        Figure(GOLD, (tuple(edge),)),
        Figure(PALE_GOLD, (_circle(272),)),
        Figure(GREEN, (_circle(267),)),
        Figure(GOLD, (_circle(252),)),
        Figure(GREEN, (_circle(250),)),
        *petals,
    )


def _set_title(text: str) -> Setting:
    """Set a title in one, two or four lines, or shortened: it stands in the credential whole."""
    check_characters(text, Weight.BOLD, field="title")
    for lines, largest, smallest in _STAGES:
        texts = [text]
        while len(texts) < lines:
            texts = [part for each in texts for part in broken_in_two(each, Weight.BOLD)]
            if len(texts) == 1:
                break
        shaped = tuple(shape(each, Weight.BOLD) for each in texts)
        width = max(line.width(1.0) for line in shaped)
        size = min(largest, _TITLE.width / width)
        if size >= smallest:
            return Setting(shaped, size, Weight.BOLD)
    return set_shortened(text, Room(_TITLE.width, 20, 15, Weight.BOLD), field="title")


def _text(line: Line, setting: Setting, middle: Point, colour: Colour) -> Figure:
    """Return a line of text as a figure, centred on a point of its baseline."""
    scale = setting.size / UNITS_PER_EM
    pen_x = middle[0] - line.width(setting.size) / 2
    contours: list[Contour] = []
    for cluster in line.clusters:
        for glyph, right, up in parts_of(cluster, setting.weight):
            at = (pen_x + right * scale, middle[1] - up * scale)
            contours += (
                tuple(_placed(segment, at, scale) for segment in contour)
                for contour in _outline(glyph, setting.weight)
            )
        pen_x += cluster.advance * scale
    return Figure(colour, tuple(contours))


def _placed(segment: Segment, at: Point, scale: float) -> Segment:
    """Return a segment of a glyph where it stands in the picture, whose y runs down."""
    pairs = zip(segment[::2], segment[1::2], strict=True)
    return tuple(
        number
        for x, y in pairs
        for number in (round(at[0] + x * scale, 2), round(at[1] - y * scale, 2))
    )


@cache
def _outline(glyph: int, weight: Weight) -> tuple[Contour, ...]:
    face = typeface(weight).outlines
    glyphs = face.getGlyphSet()
    pen = _ContourPen(glyphs)
    glyphs[face.getGlyphName(glyph)].draw(pen)
    return tuple(tuple(contour) for contour in pen.contours)


class _ContourPen(BasePen):  # type: ignore[misc]  # no stubs are published
    """Collects a glyph's contours."""

    def __init__(self, glyphs: Any) -> None:  # noqa: ANN401 - no stubs are published
        super().__init__(glyphs)
        self.contours: list[list[Segment]] = []

    def _moveTo(self, point: Point) -> None:  # noqa: N802 - named by fontTools
        self.contours.append([point])

    def _lineTo(self, point: Point) -> None:  # noqa: N802 - named by fontTools
        self.contours[-1].append(point)

    def _qCurveToOne(self, handle: Point, point: Point) -> None:  # noqa: N802 - named by fontTools
        self.contours[-1].append((*handle, *point))


def _circle(radius: float) -> Contour:
    """Return a circle of sixteen quadratic curves: true to a tenth of a pixel."""
    reach = radius / cos(pi / _ROUND)
    step = 2 * pi / _ROUND
    curves = [
        (*_around(reach, (number + 0.5) * step), *_around(radius, (number + 1) * step))
        for number in range(_ROUND)
    ]
    return (_around(radius, 0.0), *curves)


def _around(radius: float, angle: float) -> Point:
    return round(CENTRE[0] + radius * cos(angle), 2), round(CENTRE[1] + radius * sin(angle), 2)


def _petal(root: Point, length: float, lean: float) -> Contour:
    points = petal(centre=root, length=length, width=length * 0.40, angle=radians(lean - 90))
    halves = (points[0:4], points[3:7])
    steps = [each / _SMOOTH / 2 for each in range(_SMOOTH * 2 + 1)]
    return tuple(_on_cubic(half, share) for half in halves for share in steps)


def _on_cubic(points: tuple[Point, ...], share: float) -> Point:
    weights = (
        (1 - share) ** 3,
        3 * share * (1 - share) ** 2,
        3 * share**2 * (1 - share),
        share**3,
    )
    x, y = (
        sum(w * point[axis] for w, point in zip(weights, points, strict=True)) for axis in (0, 1)
    )
    return round(x, 2), round(y, 2)


def _path(figure: Figure) -> str:
    return "".join(_contour_path(contour) for contour in figure.contours)


def _contour_path(contour: Contour) -> str:
    words = []
    for number, segment in enumerate(contour):
        letter = "Q" if len(segment) == _QUADRATIC else "L" if number else "M"
        words.append(letter + " ".join(f"{part:g}" for part in segment))
    return "".join(words) + "Z"


def _mask(figure: Figure, size: int) -> Image.Image:
    """Return where a figure's ink is: what turns with its first contour is ink, the rest holes."""
    mask = Image.new("1", (size, size))
    draw = ImageDraw.Draw(mask)
    polygons = [_flattened(contour) for contour in figure.contours]
    areas = [_area(polygon) for polygon in polygons]
    outward = max(areas, key=abs, default=0.0) > 0
    for ink in (True, False):
        for polygon, area in zip(polygons, areas, strict=True):
            if (area > 0) is (outward is ink):
                draw.polygon([(x * _FINER, y * _FINER) for x, y in polygon], fill=int(ink))
    return mask


def _flattened(contour: Contour) -> list[Point]:
    points: list[Point] = []
    for segment in contour:
        if len(segment) == _QUADRATIC:
            points += _on_quadratic(points[-1], segment)
        else:
            points.append((segment[0], segment[1]))
    return points


def _on_quadratic(start: Point, segment: Segment) -> list[Point]:
    hx, hy, ex, ey = segment
    shares = [step / _SMOOTH for step in range(1, _SMOOTH + 1)]
    return [
        (
            (1 - s) ** 2 * start[0] + 2 * s * (1 - s) * hx + s * s * ex,
            (1 - s) ** 2 * start[1] + 2 * s * (1 - s) * hy + s * s * ey,
        )
        for s in shares
    ]


def _area(polygon: list[Point]) -> float:
    """Return twice the signed area: its sign tells which way a contour turns."""
    following = [*polygon[1:], polygon[0]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, following, strict=True))


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)
