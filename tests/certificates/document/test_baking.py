"""The font of one document: small, whole, and the same for the same text."""

from io import BytesIO

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs are published
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.document.baking import bake
from certificates.document.shaping import shape
from certificates.document.typeface import Weight, font_bytes

TEXTS = st.text("กญฐนปฟ้ี่ำู Aafi", min_size=1, max_size=20)


@settings(deadline=None, max_examples=30)
@given(TEXTS)
def test_the_font_has_one_glyph_of_the_right_width_for_each_cluster(text: str) -> None:
    baked = bake(frozenset(shape(text, Weight.BOLD)), Weight.BOLD)
    font = TTFont(BytesIO(baked.file))
    names = font.getGlyphOrder()
    assert font["maxp"].numGlyphs == len(baked.ids) + 1
    for cluster, number in baked.ids.items():
        glyph = font["glyf"][names[number]]
        assert font["hmtx"][names[number]][0] == cluster.advance
        assert not glyph.isComposite()
        if cluster.text.strip():
            assert (max(0, glyph.yMax), min(0, glyph.yMin)) == (cluster.top, cluster.bottom)


def test_the_font_carries_the_date_of_the_typeface_and_not_of_the_day() -> None:
    baked = bake(frozenset(shape("ก", Weight.BOLD)), Weight.BOLD)
    source = TTFont(BytesIO(font_bytes(Weight.BOLD)), recalcTimestamp=False)
    made = TTFont(BytesIO(baked.file), recalcTimestamp=False)
    assert made["head"].modified == source["head"].modified


def test_the_order_of_the_text_does_not_change_the_font() -> None:
    one, other = (
        bake(frozenset(shape(text, Weight.REGULAR)), Weight.REGULAR) for text in ("กขค", "คขก")
    )
    assert one.file == other.file
