"""Shaping: every character stays, and what is stacked stays together."""

import pytest
import uharfbuzz as hb  # type: ignore[import-untyped]  # no stubs are published
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.document.shaping import (
    GRID,
    Cluster,
    cluster_table,
    misplaced_mark,
    shape,
)
from certificates.document.typeface import Weight, typeface

THAI = st.text("กขญฐณดฏนปผฝฟยรวำะาัิีึืุู็่้๊๋์เแโใไ ๆฯ0Aafiv", min_size=1, max_size=30)


@settings(deadline=None)
@given(THAI, st.sampled_from(Weight))
def test_the_clusters_of_a_line_hold_its_text_exactly(text: str, weight: Weight) -> None:
    assert "".join(cluster.text for cluster in shape(text, weight).clusters) == text


@settings(deadline=None)
@given(THAI, st.sampled_from(Weight))
def test_no_cluster_is_without_a_character_or_of_negative_width(text: str, weight: Weight) -> None:
    for cluster in shape(text, weight).clusters:
        assert cluster.text
        assert cluster.advance >= 0
    assert shape(text, weight).width(10.0) >= 0


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("stack", ["ที่", "นี้", "น้ำ", "ปั้", "ฟ้", "ญู", "ฐู", "กู้", "ป่", "ฝ้", "เ"])
def test_a_consonant_and_its_marks_are_one_cluster(stack: str, weight: Weight) -> None:
    assert [cluster.text for cluster in shape(stack, weight).clusters] == [stack]


@pytest.mark.parametrize("weight", Weight)
def test_a_tone_mark_over_a_vowel_stands_higher_than_without_the_vowel(weight: Weight) -> None:
    (stacked,), (plain,), (vowel,) = (shape(text, weight).clusters for text in ("ที่", "ท่", "ที"))
    assert stacked.top > plain.top
    assert stacked.top > vowel.top


@pytest.mark.parametrize("weight", Weight)
def test_yo_ying_loses_its_foot_to_the_vowel_under_it(weight: Weight) -> None:
    ((yo_ying,), (with_vowel,)) = (shape(text, weight).clusters for text in ("ญ", "ญู"))
    assert yo_ying.ids[0] != with_vowel.ids[0]


@pytest.mark.parametrize("weight", Weight)
def test_every_glyph_stands_for_the_characters_in_their_order(weight: Weight) -> None:
    glyphs = cluster_table(weight).plan.glyphs()
    for text, cluster in cluster_table(weight).clusters.items():
        assert "".join(glyphs[number].text for number in cluster.ids) == text


@settings(deadline=None)
@given(st.text("กนปญฏำิีัุู็่้๊์ํ", min_size=1, max_size=8), st.sampled_from(Weight))
def test_the_table_draws_what_the_shaper_draws(text: str, weight: Weight) -> None:
    """Every part of every glyph stands where HarfBuzz puts it, when all is added up and rounded."""
    for cluster in shape(text, weight).clusters:
        drawn, wanted = sorted(_inked(cluster, weight)), sorted(_shaped_now(cluster.text, weight))
        for (glyph, right, up), (same, across, above) in zip(drawn, wanted, strict=True):
            assert glyph == same
            assert max(abs(right - across), abs(up - above)) <= GRID / 2


def _inked(cluster: Cluster, weight: Weight) -> list[tuple[int, int, int]]:
    glyphs, pen, found = cluster_table(weight).plan.glyphs(), 0, []
    for number in cluster.ids:
        found += [(glyph, pen + right, up) for glyph, right, up in glyphs[number].parts]
        pen += glyphs[number].advance
    return found


def _shaped_now(text: str, weight: Weight) -> list[tuple[int, int, int]]:
    buffer, pen, found = hb.Buffer(), 0, []
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Thai", "th"
    hb.shape(typeface(weight).shaper, buffer, {"liga": False})
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        found.append((info.codepoint, pen + place.x_offset, place.y_offset))
        pen += place.x_advance
    return found


@pytest.mark.parametrize("weight", Weight)
def test_latin_pairs_are_kerned_as_the_shaper_kerns_them(weight: Weight) -> None:
    for text in ("AVATAR Vattana", "Te To Ty, P.", "Clean guest rooms"):
        width = sum(cluster.advance for cluster in shape(text, weight).clusters)
        assert width == _width_now(text, weight)


def _width_now(text: str, weight: Weight) -> int:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(typeface(weight).shaper, buffer, {"liga": False})
    return sum(place.x_advance for place in buffer.glyph_positions)


@pytest.mark.parametrize(
    ("text", "mark"), [("น่ิ", "ิ"), ("่ก", "่"), ("กำำ", "ำ"), ("e\u0301", "\u0301"), ("แ้", "้")]
)
def test_a_mark_that_no_letter_carries_is_found(text: str, mark: str) -> None:
    assert misplaced_mark(text) == mark
    assert misplaced_mark(text.replace(mark, "")) is None
