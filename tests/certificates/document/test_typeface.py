"""The typeface: what it can set, and its subset for the web."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs are published

from certificates.document.typeface import WEB_SIGNS, Weight, missing_character, web_font


@pytest.mark.parametrize("weight", Weight)
def test_all_of_thai_and_basic_latin_can_be_set(weight: Weight) -> None:
    thai = "".join(map(chr, [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]))
    latin = "".join(map(chr, range(0x20, 0x7F)))
    assert missing_character(thai + latin + WEB_SIGNS, weight) is None


@pytest.mark.parametrize("character", ["😀", "漢", "ক", "✓", "\u0410"])
def test_a_character_of_another_script_is_named(character: str) -> None:
    assert missing_character(f"กข{character}", Weight.REGULAR) == character


@pytest.mark.parametrize("weight", Weight)
def test_the_web_font_is_a_small_woff2_that_keeps_mark_positioning(weight: Weight) -> None:
    data = web_font(weight)
    font = TTFont(BytesIO(data))
    features = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert data[:4] == b"wOF2"
    assert len(data) < 30_000
    assert {"mark", "mkmk"} <= features
    assert {0x0E01, 0x0E33, ord("A"), ord("–")} <= set(font.getBestCmap())
