from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.catalogue import Catalogue
from standards.model import OwnerCode, Qualification, Unit
from standards.search import SearchIndex
from standards.search_fields import Field
from standards.shipped import shipped_editions
from tests.standards.damaged_queries import OF_TITLES, damaged_queries, is_found
from tests.standards.generated_standard import generated_edition, generated_units
from tests.strategies import messy_text

_CATALOGUE = Catalogue(shipped_editions())
_INDEX = SearchIndex(_CATALOGUE)
_SMALL = generated_units(1_500, seed=11)


def _first(text: str, **filters: object) -> Unit | Qualification:
    return _INDEX.search(text, **filters)[0].item  # type: ignore[arg-type]  # any of the filters


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("สร้างโฟมนม", "THR-PUOZ-838A"),
        ("สรางโฟมนม", "THR-PUOZ-838A"),
        ("ส ร้าง โฟม นม", "THR-PUOZ-838A"),
        ("โฟมมน สำหรับปรุง", "THR-PUOZ-838A"),
        ("เเต่งหน้าเจ้าสาว", "HDS-FMOM-256B"),
        ("thr-puoz-838a", "THR-PUOZ-838A"),
        ("THRPUOZ838", "THR-PUOZ-838A"),
        ("THR-PUZO-838A", "THR-PUOZ-838A"),
        ("--ZZZ-2-002ZB", "MLD-LQCX-001B"),
        ("std1949:10302", "std1949:10302"),
        ("อโรมาเธอราปี", "WNS-SPA-3-032ZA"),
        ("Solar Inverter", "GPW-EBLN-568A"),
        ("โฟมนม บาริสต้า", "THR-PUOZ-838A"),
        ("ช่างพัสตราภรณ์ ปักลาย", "CRA-KPXO-410B"),
        ("๕.๐๑.๐๑๒", "std1953:5.01.012"),
    ],
)
def test_what_people_type_finds_the_unit_they_mean(typed: str, code: str) -> None:
    assert _first(typed) == _CATALOGUE.one_unit(code)


def test_a_qualification_is_found_by_title_page_id_and_in_english() -> None:
    wanted = _CATALOGUE.one_qualification("7134")
    assert _first("ผู้ให้บริการนวดไทยเพื่อผอนคลาย ระดับ ๔") == wanted
    assert _first("7134") == wanted
    assert _first("rooftop garden keeper level 3").title_en == "Rooftop-garden keeper, level 3"


def test_every_unit_is_found_by_each_of_its_codes_and_by_its_title() -> None:
    for unit in _CATALOGUE.units:
        titles = {hit.item.title_th for hit in _INDEX.search(unit.title_th, limit=3)}
        assert unit.title_th in titles
        assert unit in {hit.item for hit in _INDEX.search(unit.shown_code, limit=5)}


def test_filters_keep_to_owner_level_and_occupation() -> None:
    assert all(h.item.owner == "TST" for h in _INDEX.search("ความปลอดภัย", owner=OwnerCode("TST")))
    massage = _INDEX.search("นวดไทย", occupation="สปาเทอราปิส")
    assert massage[0].item.title_th.startswith("ให้บริการนวดไทย (Traditional")
    third = _INDEX.search("นวดไทย", level=3)
    assert third
    for hit in third:
        item = hit.item
        levels = item.levels if isinstance(item, Unit) else (item.level,)
        assert 3 in {level.value for level in levels if level is not None}


def test_an_answer_says_where_the_question_was_found_and_with_how_many_slips() -> None:
    exact = _INDEX.search("เกล้าผม")[0].reasons[0]
    assert (exact.field, exact.text, exact.slips) == (Field.TITLE, "เกล้าผม", 0)
    assert _INDEX.search("HDS-RMQO-202C")[0].reasons[0].slips == 1
    fields = {reason.field for reason in _INDEX.search("โฟมนม บาริสต้า")[0].reasons}
    assert fields == {Field.TITLE, Field.OCCUPATION}


def test_what_is_typed_with_its_tone_marks_goes_before_what_only_folds_alike() -> None:
    [wood, fish] = [generated_units(1, seed=n)[0] for n in (1, 2)]
    index = SearchIndex([_titled(wood, "เผาปา"), _titled(fish, "เผาป่า")])
    assert [hit.item.title_th for hit in index.search("เผาป่า")] == ["เผาป่า", "เผาปา"]
    assert [hit.item.title_th for hit in index.search("เผาปา")] == ["เผาปา", "เผาป่า"]


def _titled(unit: Unit, title: str) -> Unit:
    return replace(unit, title_th=title, elements=None)


@settings(deadline=None)
@given(messy_text | st.text(max_size=400), st.integers(-1, 12))
def test_whatever_is_typed_is_answered_best_first_within_the_limit(text: str, limit: int) -> None:
    hits = _INDEX.search(text, limit=limit)
    scores = [hit.score for hit in hits]
    assert len(hits) <= max(limit, 0)
    assert scores == sorted(scores, reverse=True)
    assert all(hit.reasons for hit in hits)
    assert _INDEX.search(text, limit=limit) == hits


@settings(deadline=None)
@given(st.sampled_from(_CATALOGUE.units), st.sampled_from(sorted(OF_TITLES)), st.randoms())
def test_fewer_answers_are_the_first_of_more(unit: Unit, kind: str, rng: object) -> None:
    text = OF_TITLES[kind](rng, unit.title_th)  # type: ignore[arg-type]  # Hypothesis's own Random
    more = _INDEX.search(text, limit=6)
    assert _INDEX.search(text, limit=3) == more[:3]


@pytest.mark.parametrize("text", ["", "  ", "-", "๏", "\u200b", "่้"])
def test_a_question_without_letters_has_no_answers(text: str) -> None:
    assert _INDEX.search(text) == ()


def test_nonsense_is_not_answered_with_something() -> None:
    assert _INDEX.search("zxqvwkjh") == ()


def test_an_empty_catalogue_answers_nothing() -> None:
    assert SearchIndex([]).search("นวดไทย") == ()
    assert len(SearchIndex([])) == 0


def test_damaged_questions_find_the_right_unit_among_the_first_five() -> None:
    """95 in 100 of every kind of damage; ``tests.benchmarks`` asks the same at full size."""
    index = SearchIndex(_SMALL)
    asked, found = Counter[str](), Counter[str]()
    for question in damaged_queries(_SMALL, each=40, seed=5):
        asked[question.kind] += 1
        found[question.kind] += is_found(index, question, within=5)
    assert {kind: found[kind] / n for kind, n in asked.items() if found[kind] < 0.95 * n} == {}


def test_the_generated_standard_has_the_promised_size_and_is_the_same_each_time() -> None:
    assert generated_units(300, seed=4) == generated_units(300, seed=4)
    assert generated_units(300, seed=4) != generated_units(300, seed=5)
    edition = generated_edition(300, seed=4, qualifications=20)
    assert len(Catalogue([edition]).units) == 300
    assert sum(len(unit.elements or ()) for unit in edition.units) == 900
    assert len(Catalogue([edition]).qualifications) == 20
