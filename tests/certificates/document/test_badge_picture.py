"""The picture of a badge: the same drawing in both forms, with nothing a viewer must fetch."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from certificates.document.badge_picture import SIDE, badge_png, badge_svg
from certificates.errors import CannotSet
from tests.certificates.statements import COURSE_LETTER, LONG_TITLE, UNIT, UNIT_LETTER

LONG = replace(UNIT_LETTER, unit=replace(UNIT, title_th=LONG_TITLE))


def strokes(title: str, y: int) -> int:
    """Count the white strokes that a level line through a title crosses."""
    letter = replace(UNIT_LETTER, unit=replace(UNIT, title_th=title))
    picture = Image.open(BytesIO(badge_png(letter))).convert("L")
    row = [picture.getpixel((x, y)) > 150 for x in range(100, SIDE - 100)]  # type: ignore[operator]
    return sum(now and not before for before, now in pairwise([False, *row]))


@pytest.mark.parametrize(
    "letter", [UNIT_LETTER, COURSE_LETTER, LONG], ids=["unit", "course", "long"]
)
def test_a_badge_is_a_picture_on_a_transparent_ground(letter: object) -> None:
    picture = Image.open(BytesIO(badge_png(letter)))  # type: ignore[arg-type]

    assert picture.size == (SIDE, SIDE)
    assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert picture.getpixel((300, 110))[3] == 255  # type: ignore[index]


def test_a_picture_is_the_same_every_time() -> None:
    assert badge_png(UNIT_LETTER) == badge_png(UNIT_LETTER)
    assert badge_svg(UNIT_LETTER) == badge_svg(UNIT_LETTER)


def test_the_svg_holds_paths_and_a_title_and_nothing_else() -> None:
    root = ET.fromstring(badge_svg(replace(UNIT_LETTER, unit=replace(UNIT, title_th='<ก> & "ข"'))))  # noqa: S314 - drawn here
    names = {element.tag.rpartition("}")[2] for element in root.iter()}

    assert names == {"svg", "title", "path"}
    assert root[0].text == '<ก> & "ข"'
    assert "#094641" in {path.get("fill") for path in root}


def test_letters_have_their_holes_and_marks_their_ink() -> None:
    assert strokes("o", 338 - 12) == 2
    assert strokes("ooo", 338 - 12) == 6
    assert strokes("ก", 338 - 34) == 0 < strokes("กี", 338 - 34)


def test_a_title_that_cannot_be_set_is_refused() -> None:
    with pytest.raises(CannotSet, match="no-glyph"):
        badge_svg(replace(UNIT_LETTER, unit=replace(UNIT, title_th="漢字")))
