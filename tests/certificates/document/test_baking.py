"""The fonts of documents: whole, small, and the same for the same glyphs."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs are published
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.document.baking import baked, font_file
from certificates.document.shaping import is_everyday, shape
from certificates.document.typeface import Weight, font_bytes

TEXTS = st.text("กญฐนปฟ้ี่ำู Aafi", min_size=1, max_size=20)


@settings(deadline=None, max_examples=20)
@given(TEXTS)
def test_the_font_has_every_used_glyph_with_its_ink_and_width(text: str) -> None:
    clusters = shape(text, Weight.BOLD).clusters
    used = {number for cluster in clusters for number in cluster.ids}
    font = TTFont(BytesIO(font_file(Weight.BOLD, used)))
    names, glyphs = font.getGlyphOrder(), baked(Weight.BOLD).glyphs
    assert font["maxp"].numGlyphs == len(glyphs)
    for number in used:
        assert font["hmtx"][names[number]][0] == glyphs[number].advance
    for cluster in clusters:
        drawn = [font["glyf"][names[number]] for number in cluster.ids]
        for glyph in drawn:
            glyph.expand(font["glyf"])
        tops = [getattr(glyph, "yMax", 0) for glyph in drawn]
        bottoms = [getattr(glyph, "yMin", 0) for glyph in drawn]
        assert (max(0, *tops, 0), min(0, *bottoms, 0)) == (cluster.top, cluster.bottom)


@pytest.mark.parametrize("weight", Weight)
def test_the_bounds_written_for_each_glyph_are_those_of_its_ink(weight: Weight) -> None:
    everything = range(len(baked(weight).glyphs))
    font = TTFont(BytesIO(font_file(weight, everything)))
    table = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = table[name]
        if glyph.numberOfContours:
            written = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
            glyph.recalcBounds(table)
            assert written == (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
            assert font["hmtx"][name][1] == glyph.xMin


def test_glyphs_nobody_asked_for_are_empty_and_keep_their_numbers() -> None:
    (used,) = shape("ก", Weight.BOLD).clusters[0].ids
    font = TTFont(BytesIO(font_file(Weight.BOLD, {used})))
    names = font.getGlyphOrder()
    drawn = {
        number for number, name in enumerate(names) if font["glyf"][name].numberOfContours != 0
    }
    assert drawn == {0, used}


def test_the_font_carries_the_date_of_the_typeface_and_not_of_the_day() -> None:
    source = TTFont(BytesIO(font_bytes(Weight.BOLD)), recalcTimestamp=False)
    made = TTFont(BytesIO(font_file(Weight.BOLD, {1})), recalcTimestamp=False)
    assert made["head"].modified == source["head"].modified


def test_the_order_of_the_glyphs_does_not_change_the_font() -> None:
    assert font_file(Weight.REGULAR, [5, 9, 700]) == font_file(Weight.REGULAR, [700, 9, 5])


@settings(deadline=None)
@given(st.text(min_size=1, max_size=20) | TEXTS | st.text("กฃฅ\u0e3a\u0e4d\u0e4eéñA", max_size=9))
def test_an_everyday_text_needs_everyday_glyphs_only(text: str) -> None:
    for weight in Weight:
        used = {number for cluster in shape(text, weight).clusters for number in cluster.ids}
        assert not is_everyday(text) or used <= baked(weight).everyday


def test_thai_names_and_codes_are_everyday_texts() -> None:
    assert all(map(is_everyday, ["นางสาวณัฐวุฒิ ฟ้าอำไพ", "พันธุ์ทิพย์", "THR-HOH-1-194ZB", "“ก–ข”"]))
    assert not any(map(is_everyday, ["José", "ฃวด", "漢"]))
