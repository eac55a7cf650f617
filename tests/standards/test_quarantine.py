import random
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.errors import FaultInFile, RefusedDecision
from standards.model import Edition, EditionId, OwnerCode
from standards.parts import Field, Part
from standards.quarantine import (
    Decision,
    Doubt,
    Reading,
    Verdict,
    accept_all,
    as_edition,
    joined,
    reading_of,
    release,
    whole_reading,
)
from standards.shipped import shipped_editions
from tests.standards.readings import AT, decide
from tests.strategies import messy_text, plain_text

_TST = OwnerCode("TST")
_TEXTS = {
    Field.TITLE: st.just("รดน้ำ"),
    Field.CODE: st.sampled_from(["TST-AAAA-001A", "TST-AAAA-002A"]),
    Field.SECTOR: plain_text.map(lambda text: " ".join(text.split())),
    Field.LEVEL: st.sampled_from(["3 8-level", "2 7-level"]),
    Field.ELEMENT: st.sampled_from(["10101 ก\n- 1.1 ข", "10102 ค", "10103 ง\n- จ\n= ฉ"]),
    Field.ELEMENTS_READ: st.just("yes"),
}
_HEAD = Edition(
    id=EditionId("tst-read"),
    owner=_TST,
    title_th="มาตรฐานทดสอบ",
    title_en=None,
    released=date(2026, 11, 21),
    made_up=True,
    units=(),
    qualifications=(),
    digest="",
)


def _doubt(name: str) -> Doubt:
    return Doubt("text-left-over", place=name, raw=f"raw {name}", cleaned="cleaned")


@st.composite
def _readings(draw: st.DrawFn) -> Reading:
    """Draw a reading of two units; every part has up to two doubts, and there are remarks."""
    names = draw(st.lists(st.sampled_from("abcdef"), unique=True))
    doubts = [_doubt(name) for name in names]
    ids = [doubt.id for doubt in doubts]
    some_ids = st.lists(st.sampled_from(ids), unique=True, max_size=2) if ids else st.just([])
    parts = [
        Part(subject, field, draw(_TEXTS[field]), tuple(draw(some_ids)))
        for subject in ("u-1", "u-2")
        for field in draw(st.lists(st.sampled_from(list(_TEXTS)), max_size=6))
    ]
    return reading_of(parts, doubts, owner=_TST)


@st.composite
def _decided(draw: st.DrawFn) -> tuple[Reading, list[Decision]]:
    """Draw a reading with decisions that can be carried out on some of its doubts."""
    reading = draw(_readings())
    chosen = draw(st.lists(st.sampled_from(reading.doubts), unique=True)) if reading.doubts else []
    verdicts = st.sampled_from([Verdict.ACCEPT, Verdict.DROP])
    decisions = []
    for doubt in chosen:
        verdict = draw(verdicts)
        decisions.append(decide(doubt, verdict, None if verdict is Verdict.ACCEPT else "ซ้ำ"))
    return reading, decisions


def _texts_of(reading: Reading) -> set[str]:
    units = reading.units
    return {unit.title_th for unit in units} | {
        text for unit in units for text in (unit.code, unit.sector) if text is not None
    }


@settings(deadline=None)
@given(reading=_readings())
def test_without_decisions_nothing_doubtful_counts(reading: Reading) -> None:
    clear = replace(reading, parts=tuple(part for part in reading.parts if not part.doubts))
    for unit in reading.units:
        certain = {part.text for part in clear.parts if part.subject == unit.key}
        assert {unit.title_th, unit.code, unit.sector} - {None} <= certain
        held = [p for p in reading.parts if p.subject == unit.key and p.doubts]
        if any(part.field in {Field.ELEMENT, Field.ELEMENTS_READ} for part in held):
            assert unit.elements is None
    assert release(reading, ()) == reading


@settings(deadline=None)
@given(drawn=_decided(), seed=st.integers(), cut=st.integers(0, 6))
def test_the_order_in_which_decisions_come_makes_no_difference(
    drawn: tuple[Reading, list[Decision]], seed: int, cut: int
) -> None:
    reading, decisions = drawn
    shuffled = random.Random(seed).sample(decisions, len(decisions))
    at_once = release(reading, decisions)
    in_steps = release(release(reading, shuffled[:cut]), shuffled[cut:])
    assert in_steps == at_once
    assert release(at_once, shuffled) == at_once


@settings(deadline=None)
@given(drawn=_decided())
def test_every_doubt_is_either_open_or_settled_and_none_is_lost(
    drawn: tuple[Reading, list[Decision]],
) -> None:
    reading, decisions = drawn
    after = release(reading, decisions)
    assert {d.id for d in after.settled} == {d.doubt for d in decisions}
    assert {*after.settled, *after.doubts} == set(reading.doubts)
    assert after.parts == reading.parts


@settings(deadline=None)
@given(reading=_readings())
def test_when_all_is_accepted_every_text_of_the_source_counts(reading: Reading) -> None:
    after = release(reading, accept_all(reading, by="p-1", at=AT))
    assert after.doubts == ()
    for unit in after.units:
        for field, text in ((Field.SECTOR, unit.sector), (Field.TITLE, unit.title_th)):
            mine = [p.text for p in reading.parts if p.subject == unit.key and p.field is field]
            assert text == (mine[0] if mine else None)
    assert _texts_of(reading) <= _texts_of(after) | {
        p.text for p in reading.parts if p.field in {Field.SECTOR, Field.CODE}
    }


@settings(deadline=None)
@given(raw=messy_text, place=messy_text)
def test_a_doubt_has_one_name_for_its_place_and_text(raw: str, place: str) -> None:
    doubt = Doubt("text-left-over", place=place, raw=raw, cleaned=None)
    assert doubt.id == replace(doubt, cleaned="x", values=(("a", "b"),)).id
    assert doubt.id != replace(doubt, raw=f"{raw}x").id
    assert doubt.id != replace(doubt, place=f"{place}x").id


def _held(field: Field, text: str) -> tuple[Reading, Doubt]:
    doubt = _doubt("a")
    parts = [Part("u-1", Field.TITLE, "รดน้ำ"), Part("u-1", field, text, (doubt.id,))]
    return reading_of(parts, [doubt], owner=_TST), doubt


def test_a_replaced_part_reads_as_the_person_wrote_it() -> None:
    reading, doubt = _held(Field.SECTOR, "งานส่วน")
    after = release(reading, [decide(doubt, Verdict.REPLACE, "งานสวน")])
    assert reading.units[0].sector is None
    assert after.units[0].sector == "งานสวน"


def test_a_dropped_part_is_left_out_and_its_reason_kept() -> None:
    reading, doubt = _held(Field.SECTOR, "งานส่วน")
    after = release(reading, [decide(doubt, Verdict.DROP, "พิมพ์ผิดที่")])
    assert after.units[0].sector is None
    assert after.decisions[0].text == "พิมพ์ผิดที่"


def test_a_unit_without_a_certain_title_waits_as_a_whole() -> None:
    doubt = _doubt("a")
    parts = [Part("u-1", Field.CODE, "TST-AAAA-001A"), Part("u-1", Field.TITLE, "ก", (doubt.id,))]
    reading = reading_of(parts, [doubt], owner=_TST)
    assert reading.units == ()
    assert release(reading, [decide(doubt, Verdict.ACCEPT)]).units[0].code == "TST-AAAA-001A"


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (decide("0" * 16, Verdict.ACCEPT), "unknown-doubt"),
        (decide(_doubt("a"), Verdict.REPLACE, " "), "text-missing"),
        (decide(_doubt("a"), Verdict.DROP), "text-missing"),
        (replace(decide(_doubt("a"), Verdict.ACCEPT), by=""), "person-missing"),
        (
            replace(decide(_doubt("a"), Verdict.ACCEPT), at=datetime(2026, 1, 1)),  # noqa: DTZ001  (the fault)
            "time-zone-missing",
        ),
        (decide(_doubt("a"), Verdict.ACCEPT), "nothing-to-accept"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused(decision: Decision, code: str) -> None:
    reading, _ = _held(Field.LEVEL, "")
    with pytest.raises(RefusedDecision) as caught:
        release(reading, [decision])
    assert caught.value.code == code
    assert caught.value.values["doubt"] == decision.doubt


def test_a_second_decision_on_a_doubt_is_refused_in_either_order() -> None:
    reading, doubt = _held(Field.SECTOR, "งานส่วน")
    one, other = decide(doubt, Verdict.ACCEPT), decide(doubt, Verdict.REPLACE, "งานสวน")
    for first, second in ((one, other), (other, one)):
        with pytest.raises(RefusedDecision, match="decided-otherwise"):
            release(release(reading, [first]), [second])


def test_two_texts_for_one_part_are_refused() -> None:
    doubts = [_doubt("a"), _doubt("b")]
    part = Part("u-1", Field.SECTOR, "ก", tuple(doubt.id for doubt in doubts))
    reading = reading_of([part], doubts, owner=_TST)
    with pytest.raises(RefusedDecision, match="decided-otherwise"):
        release(
            reading,
            [decide(doubts[0], Verdict.REPLACE, "ข"), decide(doubts[1], Verdict.REPLACE, "ค")],
        )


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        (Field.LEVEL, "9 8-level", "bad-level-text"),
        (Field.LEVEL, "8 7-level", "bad-level-text"),
        (Field.LEVEL, "3", "bad-level-text"),
        (Field.PUBLISHED, "21/11/2569", "bad-date"),
        (Field.ELEMENT, "10101", "bad-element-text"),
        (Field.SECTOR, "งาน\u202eสวน", "hidden-character"),
    ],
)
def test_a_new_text_must_have_the_form_of_its_part(field: Field, text: str, code: str) -> None:
    reading, doubt = _held(field, "")
    with pytest.raises(FaultInFile) as caught:
        release(reading, [decide(doubt, Verdict.REPLACE, text)])
    assert caught.value.code == code


def test_an_edition_holds_what_counts_and_nothing_else() -> None:
    reading, doubt = _held(Field.SECTOR, "งานสวน")
    before = as_edition(reading, _HEAD)
    after = as_edition(release(reading, [decide(doubt, Verdict.ACCEPT)]), _HEAD)
    assert (before.units[0].sector, after.units[0].sector) == (None, "งานสวน")
    assert before.digest != after.digest


def test_no_edition_is_made_of_a_qualification_whose_unit_waits() -> None:
    doubt = _doubt("a")
    parts = [
        Part("q-1", Field.TITLE, "คนสวน"),
        Part("q-1", Field.MEMBER, "u-1"),
        Part("q-1", Field.COMPLETE, "yes"),
        Part("u-1", Field.TITLE, "ก", (doubt.id,)),
    ]
    reading = reading_of(parts, [doubt], owner=_TST)
    with pytest.raises(FaultInFile, match="absent-unit"):
        as_edition(reading, _HEAD)
    assert as_edition(release(reading, [decide(doubt, Verdict.ACCEPT)]), _HEAD).qualifications


def test_the_composition_is_not_known_while_a_unit_of_the_list_waits() -> None:
    doubt = _doubt("a")
    parts = [
        Part("q-1", Field.TITLE, "คนสวน"),
        Part("q-1", Field.COMPLETE, "yes"),
        Part("q-1", Field.MEMBER, "u-1"),
        Part("q-1", Field.MEMBER, "u-2", (doubt.id,)),
    ]
    reading = reading_of(parts, [doubt], owner=_TST)
    assert not reading.qualifications[0].composition_known
    after = release(reading, [decide(doubt, Verdict.ACCEPT)]).qualifications[0]
    assert after.composition_known
    assert after.groups[0].minimum == 2


def test_pages_that_are_joined_keep_all_their_parts_and_doubts() -> None:
    one, first = _held(Field.SECTOR, "ก")
    second = _doubt("b")
    other = reading_of([Part("u-2", Field.TITLE, "ข", (second.id,))], [second], owner=_TST)
    both = joined([one, other], owner=_TST)
    assert both.parts == one.parts + other.parts
    assert both.doubts == (first, second)


def test_an_edition_that_was_read_whole_has_no_doubts() -> None:
    edition = shipped_editions()[0]
    reading = whole_reading(edition)
    assert (reading.edition, reading.units, reading.doubts) == (edition, edition.units, ())
    assert release(reading, ()) == reading
