"""Emblems and signatures made up for tests, as PNG files; they stand for no body and nobody."""

from io import BytesIO
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw

from certificates.document.issuer_folder import read_issuer_folder
from certificates.document.issuer_marks import IssuerMarks

TEAL, AMBER, CLEAR = (18, 84, 104, 255), (214, 158, 46, 255), (255, 255, 255, 0)
INK = (24, 34, 92, 255)
FINER = 4
PEOPLE = (
    (
        "นางสาวสมมุติ ตัวอย่างดี",
        "Ms Sommut Tuayangdee",
        "ผู้อำนวยการสำนักสมมุติ",
        "Director, Imaginary Office",
    ),
    (
        "นายทดลอง ระบบงาน",
        "Mr Thotlong Rabopngan",
        "หัวหน้ากลุ่มงานรับรองสมรรถนะ",
        "Head of Competency Certification",
    ),
)
"""Name and office of two invented persons: Thai name, English name, Thai and English office."""


def png(picture: Image.Image) -> bytes:
    """Return a picture as PNG file."""
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def emblem(width: int = 180, height: int = 180) -> Image.Image:
    """Draw a ring with a kite over waves, transparent around it, with few colours."""
    drawn = Image.new("RGBA", (width * FINER, height * FINER), CLEAR)
    pen = ImageDraw.Draw(drawn)
    w, h = drawn.size
    pen.ellipse((0, 0, w - 1, h - 1), fill=TEAL)
    pen.ellipse((w * 0.06, h * 0.06, w * 0.94, h * 0.94), fill=AMBER)
    pen.ellipse((w * 0.09, h * 0.09, w * 0.91, h * 0.91), fill=TEAL)
    kite = [(0.5, 0.16), (0.72, 0.42), (0.5, 0.74), (0.28, 0.42)]
    pen.polygon([(w * x, h * y) for x, y in kite], fill=(255, 255, 255, 255))
    pen.line([(w * 0.5, h * 0.16), (w * 0.5, h * 0.74)], fill=AMBER, width=w // 40)
    pen.line([(w * 0.28, h * 0.42), (w * 0.72, h * 0.42)], fill=AMBER, width=w // 40)
    for row in (0.76, 0.82):
        wave = [(w * (0.26 + 0.48 * n / 40), h * (row + 0.02 * sin(n / 2))) for n in range(41)]
        pen.line(wave, fill=(255, 255, 255, 255), width=w // 50)
    return _fewer(drawn.resize((width, height), Image.Resampling.BOX))


def signature(width: int = 280, height: int = 74, turn: float = 0.0) -> Image.Image:
    """Draw strokes of a pen in one ink, transparent around them."""
    opaque = Image.new("L", (width * FINER, height * FINER), 0)
    pen = ImageDraw.Draw(opaque)
    w, h = opaque.size
    points = []
    for step in range(241):
        share = step / 240
        swing = sin(share * 23 + turn) * (0.36 - 0.22 * share) + 0.08 * cos(share * 41 + turn)
        x = w * (0.16 + 0.66 * share) + h * 0.5 * cos(share * 23 + turn)
        points.append((x, h * (0.5 - swing)))
    pen.line(points, fill=255, width=max(3, h // 26), joint="curve")
    pen.line(
        [
            (w * 0.12, h * 0.92),
            (w * 0.5, h * 0.84 + h * 0.03 * sin(pi * turn)),
            (w * 0.95, h * 0.7),
        ],
        fill=255,
        width=max(2, h // 40),
    )
    small = opaque.resize((width, height), Image.Resampling.BOX)
    drawn = Image.new("RGBA", small.size, INK[:3])
    drawn.putalpha(small.point([round(value / 17) * 17 for value in range(256)]))
    return drawn


def signatories(count: int) -> str:
    """Return the list of the first ``count`` invented persons."""
    names = ("name_th", "name_en", "office_th", "office_en")
    tables = (
        "[[signatory]]\n"
        + "".join(f'{name} = "{text}"\n' for name, text in zip(names, person, strict=True))
        for person in PEOPLE[:count]
    )
    return "\n".join(tables)


def write_marks(folder: Path, *, people: int = 2, signed: bool = True) -> Path:
    """Write an issuer's folder with emblem, list and signatures."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "emblem.png").write_bytes(png(emblem()))
    if people:
        (folder / "signatories.toml").write_text(signatories(people), encoding="utf-8")
    for number in range(1, people + 1) if signed else ():
        drawn = png(signature(turn=1.7 * number))
        (folder / f"signature-{number}.png").write_bytes(drawn)
    return folder


def marks_in(folder: Path, *, people: int = 2, signed: bool = True) -> IssuerMarks:
    """Return the marks of a folder written for a test."""
    return read_issuer_folder(write_marks(folder, people=people, signed=signed))


def _fewer(picture: Image.Image) -> Image.Image:
    """Return a picture with 24 colours and as many shades of clearness."""
    opaque = picture.getchannel("A").point([round(value / 17) * 17 for value in range(256)])
    fewer = picture.convert("RGB").quantize(24, dither=Image.Dither.NONE).convert("RGBA")
    fewer.putalpha(opaque)
    return fewer
