"""The constant art of a page, drawn once and kept: frame, corners, emblem.

The emblem (a lotus opening over three rising steps) is made up for this bank and stands for no
body; no seal or state emblem is imitated. No line of the art comes inside the text area except the
emblem itself, which stands in the room that the sheet leaves for it.
"""

from functools import cache
from io import BytesIO
from math import pi, radians
from typing import Final
from zlib import compress

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from certificates.document.guilloche import Point, petal, rosette, smooth, wave
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
_HAIRLINE: Final = 0.35
_STRANDS: Final = 6
_EVERY_THIRD: Final = 3
_TEXT_OPERATORS: Final = frozenset({"BT", "ET", "Tf", "TL"})


@cache
def artwork() -> bytes:
    """Return the art as a one-page PDF of nothing but paths; the same bytes always."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=True, pageCompression=1)
    _frame(canvas, GREEN, GOLD)
    _emblem(canvas, EMBLEM_CENTRE, EMBLEM_RADIUS)
    canvas.showPage()
    canvas.save()
    return _paths_only(written.getvalue())


def _paths_only(drawn: bytes) -> bytes:
    """Return the drawing as one artifact, without the Helvetica that ReportLab puts on every page.

    A font that is named but not embedded makes a file fail PDF/A (ISO 19005-3, 6.2.11.4).
    """
    with pikepdf.open(BytesIO(drawn)) as pdf:
        page = pdf.pages[0]
        operators = pikepdf.parse_content_stream(page)
        paths = [each for each in operators if str(each.operator) not in _TEXT_OPERATORS]
        content = b"/Artifact BMC q\n" + pikepdf.unparse_content_stream(paths) + b"\nQ EMC"
        packed = compress(content, 9)
        page.obj.Contents = pdf.make_stream(packed, Filter=pikepdf.Name.FlateDecode)
        page.obj.Resources = pikepdf.Dictionary()
        del page.obj.Trans
        written = BytesIO()
        pdf.save(written, deterministic_id=True, compress_streams=True)
    return written.getvalue()


def _frame(canvas: Canvas, main: Colour, accent: Colour) -> None:
    """Draw a band woven of sine lines between two rules, with a rosette over each corner."""
    middle = FRAME + BAND / 2
    right, top = PAGE_WIDTH - middle, PAGE_HEIGHT - middle
    corners = [(middle, middle), (right, middle), (right, top), (middle, top)]
    for number, start in enumerate(corners):
        end = corners[(number + 1) % 4]
        swings = 27 if number % 2 == 0 else 18
        for strand in range(_STRANDS):
            phase = 2 * pi * strand / _STRANDS
            tint = PALE_GOLD if strand % _EVERY_THIRD == 0 else PALE_GREEN
            _stroke(canvas, wave(start, end, height=BAND - 4, swings=swings, phase=phase), tint)
    _rectangle(canvas, FRAME, main, 1.4)
    _rectangle(canvas, FRAME + BAND, main, 0.7)
    _rectangle(canvas, FRAME + BAND + 3, accent, 0.5)
    for corner in corners:
        _corner(canvas, corner, main, accent)


def _corner(canvas: Canvas, centre: Point, main: Colour, accent: Colour) -> None:
    canvas.setFillColorRGB(*WHITE)
    canvas.setStrokeColorRGB(*main)
    canvas.setLineWidth(1.0)
    canvas.circle(*centre, BAND * 0.86, stroke=1, fill=1)
    for strand in range(5):
        curve = rosette(
            centre=centre, radius=BAND * 0.74, lobes=12, depth=0.62, turn=2 * pi * strand / 5
        )
        _stroke(canvas, curve, accent if strand % 2 else main)
    canvas.setFillColorRGB(*accent)
    canvas.circle(*centre, BAND * 0.13, stroke=0, fill=1)


def _emblem(canvas: Canvas, centre: Point, radius: float) -> None:
    """Draw a woven ring around a green field: a lotus of five petals over three rising steps."""
    for strand in range(6):
        curve = rosette(
            centre=centre, radius=radius, lobes=30, depth=0.20, turn=2 * pi * strand / 6
        )
        _stroke(canvas, curve, GOLD)
    canvas.setFillColorRGB(*GREEN)
    canvas.circle(*centre, radius * 0.79, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*PALE_GOLD)
    canvas.setLineWidth(0.6)
    canvas.circle(*centre, radius * 0.72, stroke=1, fill=0)
    _lotus(canvas, (centre[0], centre[1] - radius * 0.14), radius * 0.62)
    _steps(canvas, (centre[0], centre[1] - radius * 0.24), radius)


def _lotus(canvas: Canvas, root: Point, length: float) -> None:
    petals = ((68, 0.72, PALE_GOLD), (-68, 0.72, PALE_GOLD), (36, 0.88, WHITE), (-36, 0.88, WHITE))
    for lean, share, colour in (*petals, (0, 1.0, PALE_GOLD)):
        shape = petal(
            centre=root, length=length * share, width=length * 0.40, angle=radians(90 + lean)
        )
        path = canvas.beginPath()
        path.moveTo(*shape[0])
        path.curveTo(*shape[1], *shape[2], *shape[3])
        path.curveTo(*shape[4], *shape[5], *shape[6])
        path.close()
        canvas.setFillColorRGB(*colour)
        canvas.setStrokeColorRGB(*GREEN)
        canvas.setLineWidth(0.9)
        canvas.drawPath(path, stroke=1, fill=1)


def _steps(canvas: Canvas, top: Point, radius: float) -> None:
    canvas.setFillColorRGB(*WHITE)
    for number, share in enumerate((0.46, 0.70, 0.94)):
        width, height = radius * share, radius * 0.075
        y = top[1] - number * radius * 0.125 - height
        canvas.rect(top[0] - width / 2, y, width, height, stroke=0, fill=1)


def _rectangle(canvas: Canvas, inset: float, colour: Colour, width: float) -> None:
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(width)
    canvas.rect(inset, inset, PAGE_WIDTH - 2 * inset, PAGE_HEIGHT - 2 * inset, stroke=1, fill=0)


def _stroke(canvas: Canvas, points: list[Point], colour: Colour) -> None:
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(_HAIRLINE)
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for handle, other_handle, end in smooth(points):
        path.curveTo(*handle, *other_handle, *end)
    canvas.drawPath(path, stroke=1, fill=0)
