"""Shaping: every character stays, and what is stacked stays together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.document.shaping import shape, width_of
from certificates.document.typeface import Weight

THAI = st.text("กขญฐณดฏนปผฝฟยรวำะาัิีึืุู็่้๊๋์เแโใไ ๆฯ0Aafiv", min_size=1, max_size=30)


@settings(deadline=None)
@given(THAI, st.sampled_from(Weight))
def test_the_clusters_of_a_line_hold_its_text_exactly(text: str, weight: Weight) -> None:
    assert "".join(cluster.text for cluster in shape(text, weight)) == text


@settings(deadline=None)
@given(THAI, st.sampled_from(Weight))
def test_no_cluster_is_without_a_character_or_of_negative_width(text: str, weight: Weight) -> None:
    for cluster in shape(text, weight):
        assert cluster.text
        assert cluster.advance >= 0
    assert width_of(shape(text, weight), 10.0) >= 0


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("stack", ["ที่", "นี้", "น้ำ", "ปั้", "ฟ้", "ญู", "ฐู", "กู้", "ป่", "ฝ้", "เ"])
def test_a_consonant_and_its_marks_are_one_cluster(stack: str, weight: Weight) -> None:
    assert [cluster.text for cluster in shape(stack, weight)] == [stack]


@pytest.mark.parametrize("weight", Weight)
def test_a_tone_mark_over_a_vowel_stands_higher_than_without_the_vowel(weight: Weight) -> None:
    (stacked,), (plain,), (vowel,) = (shape(text, weight) for text in ("ที่", "ท่", "ที"))
    assert stacked.top > plain.top
    assert stacked.top > vowel.top


@pytest.mark.parametrize("weight", Weight)
def test_yo_ying_loses_its_foot_to_the_vowel_under_it(weight: Weight) -> None:
    ((yo_ying,), (with_vowel,)) = (shape(text, weight) for text in ("ญ", "ญู"))
    assert yo_ying.parts[0][0] != with_vowel.parts[0][0]
