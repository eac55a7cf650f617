from hypothesis import given, settings
from hypothesis import strategies as st

from standards.trigrams import GramIndex, grams

_texts = st.lists(st.text(alphabet="abก", max_size=8), max_size=8)


@settings(deadline=None)
@given(_texts)
def test_every_run_leads_to_exactly_the_texts_that_hold_it(texts: list[str]) -> None:
    index = GramIndex(texts)

    assert index.size == len(texts)
    for gram in set().union(*map(grams, texts)):
        assert list(index.places(gram)) == [n for n, text in enumerate(texts) if gram in text]


@settings(deadline=None)
@given(_texts, st.text(alphabet="abก", max_size=8))
def test_with_room_enough_all_shared_runs_are_counted(texts: list[str], asked: str) -> None:
    shared = GramIndex(texts).shared(asked, budget=10_000)

    expected = {n: len(grams(text) & grams(asked)) for n, text in enumerate(texts)}
    assert shared == {n: count for n, count in expected.items() if count}


@settings(deadline=None)
@given(_texts, st.text(alphabet="abก", max_size=8), st.integers(0, 20))
def test_with_little_room_something_is_found_all_the_same(
    texts: list[str], asked: str, budget: int
) -> None:
    index = GramIndex(texts)

    assert bool(index.shared(asked, budget=budget)) == bool(index.shared(asked, budget=10_000))


def test_a_run_nobody_has_leads_nowhere() -> None:
    assert list(GramIndex(["abc"]).places("xyz")) == []
