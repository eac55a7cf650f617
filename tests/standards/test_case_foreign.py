import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from standards.case_exchange import read_case, write_case
from standards.case_notes import CaseReading, NoteCode, note_sentence
from standards.case_outline import Kind, Licence
from standards.model import Alias, AliasKind, Level, LevelScale
from standards.qualifying import progress
from standards.reading_json import read_edition, write_edition
from tests.case_schemas import needs_schemas, schema_faults
from tests.foreign_case import DAY, DOCUMENT, association, item, link, package, uuid


def _read(value: dict[str, Any], **kinds: Kind) -> CaseReading:
    return read_case(json.dumps(value).encode(), name="board.json", kinds=kinds)


def _board() -> dict[str, Any]:
    """A small framework of a board that never heard of this project."""
    return {
        **package(
            items=[
                item(1, "Industry", "Agriculture"),
                item(2, "Occupation", "Gardener"),
                item(3, "Qualification", "Gardener, step 2", educationLevel=["8-level 2"]),
                item(4, "Unit of Competence", "Plant trees", humanCodingScheme="AGR-ABCD-101A"),
                item(5, "Unit of Competence", "Water plants", humanCodingScheme="W 7"),
                item(6, "Topic", "Before planting"),
                item(7, "Element", "Dig", humanCodingScheme="1"),
                item(8, "Performance Criterion", "The hole is deep enough", notes="30 cm"),
                item(9, "Element", "Plant"),
                item(10, "Unit of Competence", "ปลูกต้นไม้", language="th-TH"),
                item(11, "Unit of Competence", "Bäume pflanzen", language="de"),
                item(12, None, "A remark"),
                item(13, "Performance Criterion", "Hangs under a unit"),
            ],
            associations=[
                association(101, 1, DOCUMENT),
                association(102, 2, 1),
                association(103, 3, 2),
                association(104, 4, 3, sequenceNumber=2),
                association(105, 5, 3, sequenceNumber=1),
                association(106, 6, 4),
                association(107, 7, 6),
                association(108, 8, 7),
                association(109, 9, 4),
                association(110, 10, 4, tie="isTranslationOf"),
                association(111, 11, 4, tie="isTranslationOf"),
                association(112, 13, 5),
                association(113, 4, 99, tie="exactMatchOf"),
                association(114, 4, 5, tie="ext:helps"),
            ],
            adoptionStatus="Adopted",
            licenseURI=link(30, "CFLicenses"),
        ),
        "CFDefinitions": {
            "CFLicenses": [
                {
                    "identifier": uuid(30),
                    "uri": "https://board.example/CFLicenses/30",
                    "title": "Open",
                    "licenseText": "Use it.",
                    "lastChangeDateTime": DAY,
                }
            ]
        },
    }


@needs_schemas
def test_the_package_made_by_hand_passes_the_published_schema() -> None:
    assert schema_faults("cfpackage", json.dumps(_board()).encode()) == []


def test_the_edition_is_named_after_the_document_and_its_last_change() -> None:
    reading = _read(_board())
    edition = reading.edition
    assert edition.id == f"{uuid(DOCUMENT)}@{DAY}"
    assert (edition.owner, edition.released) == ("Example Board", date(2025, 3, 1))
    assert (edition.title_th, edition.title_en) == ("Gardening", "Gardening")
    assert not edition.made_up
    assert reading.licence == Licence("Open", "Use it.")


def test_units_are_read_with_their_places_and_the_thai_text_of_their_translation() -> None:
    plant, water = _read(_board()).edition.units
    assert (plant.key, plant.title_th, plant.title_en) == (uuid(4), "ปลูกต้นไม้", "Plant trees")
    assert (plant.industry, plant.sector, plant.occupation) == ("Agriculture", None, "Gardener")
    assert plant.code == "AGR-ABCD-101A"
    assert water.code is None, "not written as a certificate code"
    assert Alias(AliasKind.LOCAL_CODE, "W 7", uuid(DOCUMENT)) in water.aliases
    assert Alias(AliasKind.SOURCE_KEY, uuid(10), uuid(DOCUMENT)) in plant.aliases


def test_elements_are_found_through_items_of_unknown_type() -> None:
    plant, water = _read(_board()).edition.units
    assert plant.elements is not None
    assert [element.code for element in plant.elements] == ["1", uuid(9)]
    assert [c.text_th for c in plant.elements[0].criteria] == ["The hole is deep enough"]
    assert water.elements is None, "none were read, which is not the same as having none"


def test_a_qualification_asks_for_all_and_nobody_completes_it_until_a_person_says_how() -> None:
    (qualification,) = _read(_board()).edition.qualifications
    assert qualification.level == Level(2, LevelScale.EIGHT)
    assert [(g.units, g.minimum) for g in qualification.groups] == [((uuid(5), uuid(4)), 2)]
    assert not progress(qualification, qualification.units).complete


def test_what_has_no_place_is_kept_and_named() -> None:
    notes = _read(_board()).notes
    found = {(note.code, note.element) for note in notes}
    assert {
        (NoteCode.UNKNOWN_ITEM_TYPE, uuid(6)),
        (NoteCode.UNKNOWN_ITEM_TYPE, uuid(12)),
        (NoteCode.MISPLACED_ITEM, uuid(13)),
        (NoteCode.OTHER_TEXT, uuid(11)),
        (NoteCode.KEPT_MEMBER, uuid(8)),
        (NoteCode.KEPT_MEMBER, uuid(DOCUMENT)),
        (NoteCode.NO_CODE, uuid(9)),
        (NoteCode.NO_THAI_TEXT, uuid(5)),
        (NoteCode.COMPOSITION_UNKNOWN, uuid(3)),
        (NoteCode.KEPT_ASSOCIATION, uuid(106)),
        (NoteCode.KEPT_ASSOCIATION, uuid(113)),
        (NoteCode.KEPT_ASSOCIATION, uuid(114)),
    } <= found
    kept = next(n for n in notes if n.element == uuid(8) and n.code is NoteCode.KEPT_MEMBER)
    assert json.loads(kept.value) == {"notes": "30 cm"}
    assert (NoteCode.KEPT_ASSOCIATION, uuid(104)) not in found
    assert (NoteCode.NO_THAI_TEXT, uuid(4)) not in found


def test_every_kind_of_note_has_a_sentence_in_both_languages() -> None:
    notes = {note.code: note for note in _read(_board()).notes}
    for note in notes.values():
        message = note_sentence(note)
        assert message.en.startswith("board.json, $")
        assert message.th != message.en


def test_a_person_may_say_what_the_types_of_a_package_mean() -> None:
    value = package(
        items=[item(1, "Competency", "Plant trees"), item(2, "Skill", "Dig")],
        associations=[association(11, 2, 1)],
    )
    assert _read(value).edition.units == ()
    (unit,) = _read(value, competency=Kind.UNIT, SKILL=Kind.ELEMENT).edition.units
    assert unit.elements is not None
    assert [element.title_th for element in unit.elements] == ["Dig"]


def test_two_industries_are_not_chosen_between() -> None:
    value = package(
        items=[item(1, "Industry", "A"), item(2, "Industry", "B"), item(3, "Unit", "U")],
        associations=[association(11, 3, 1), association(12, 3, 2)],
    )
    reading = _read(value)
    assert reading.edition.units[0].industry is None
    note = next(n for n in reading.notes if n.code is NoteCode.SEVERAL_PLACES)
    assert json.loads(note.value) == ["A", "B"]


def test_the_second_text_of_an_industry_is_kept_for_the_model_has_one() -> None:
    value = package(
        items=[
            item(1, "Industry", "Farming"),
            item(2, None, "เกษตร", language="th"),
            item(3, "Unit", "U"),
        ],
        associations=[association(11, 3, 1), association(12, 2, 1, tie="isTranslationOf")],
    )
    reading = _read(value)
    assert reading.edition.units[0].industry == "เกษตร"
    assert (NoteCode.OTHER_TEXT, uuid(1)) in {(n.code, n.element) for n in reading.notes}


def test_a_level_without_its_ladder_stays_in_a_note() -> None:
    value = package(items=[item(1, "Unit", "U", educationLevel=["3"])], associations=[])
    reading = _read(value)
    assert reading.edition.units[0].levels == ()
    assert '{"educationLevel": ["3"]}' in {note.value for note in reading.notes}


def test_groupings_of_units_become_groups() -> None:
    grouped: dict[str, Any] = {
        "CFAssociationGroupingURI": link(50, "CFAssociationGroupings", "Electives")
    }
    value = package(
        items=[item(1, "Qualification", "Q"), item(2, "Unit", "A"), item(3, "Unit", "B")],
        associations=[association(11, 2, 1), association(12, 3, 1, **grouped)],
    )
    value["CFDefinitions"] = {
        "CFAssociationGroupings": [
            {
                **link(50, "CFAssociationGroupings", "Electives"),
                "lastChangeDateTime": DAY,
            }
        ]
    }
    groups = _read(value).edition.qualifications[0].groups
    assert [(g.name, g.units) for g in groups] == [(None, (uuid(2),)), ("Electives", (uuid(3),))]


def test_a_title_in_a_third_language_is_not_called_english() -> None:
    edition = _read(package(items=[], associations=[], language="de")).edition
    assert (edition.title_th, edition.title_en) == ("Gardening", None)
    thai = _read(package(items=[], associations=[], language="th-TH"))
    assert (thai.edition.title_en, thai.notes) == (None, ())


def test_units_with_one_code_and_one_title_stay_two() -> None:
    same = {"humanCodingScheme": "AGR-ABCD-101A"}
    value = package(
        items=[item(1, "Unit", "Plant", **same), item(2, "Unit", "Plant", **same)],
        associations=[association(11, 1, 2, tie="exactMatchOf")],
    )
    assert [unit.key for unit in _read(value).edition.units] == [uuid(1), uuid(2)]


_TYPES = [
    "Industry", "Sector", "Occupation", "Qualification", "Unit", "Element", "Criterion", "Topic",
    None,
]  # fmt: skip
_TIES = ["isChildOf", "isChildOf", "isPartOf", "isTranslationOf", "ext:x", "precedes"]


@st.composite
def _packages(draw: st.DrawFn) -> dict[str, Any]:
    """Any sound package: associations lead from later items to earlier ones."""
    count = draw(st.integers(0, 9))
    languages = st.sampled_from([{}, {"language": "th"}, {"language": "en"}, {"language": "de"}])
    codes = st.sampled_from([{}, {"humanCodingScheme": "1"}, {"humanCodingScheme": ""}])
    items = [
        item(n, draw(st.sampled_from(_TYPES)), f"T{n}", **draw(languages), **draw(codes))
        for n in range(1, count + 1)
    ]
    ties = [
        association(100 + n, origin, draw(st.integers(0, origin - 1)), tie=tie)
        for n, (origin, tie) in enumerate(
            draw(
                st.lists(
                    st.tuples(st.integers(1, count), st.sampled_from(_TIES)),
                    max_size=14,
                )
            )
            if count
            else []
        )
    ]
    return package(items=items, associations=ties)


@settings(deadline=None)
@given(_packages())
def test_every_item_is_in_the_edition_or_in_a_note(value: dict[str, Any]) -> None:
    reading = _read(value)
    told = {note.element for note in reading.notes}
    text = write_edition(reading.edition).decode()
    for each in value["CFItems"]:
        assert each["identifier"] in told or f'"{each["fullStatement"]}"' in text


@settings(deadline=None)
@given(_packages())
def test_every_association_that_the_model_cannot_say_is_in_a_note(value: dict[str, Any]) -> None:
    told = {note.element for note in _read(value).notes}
    for each in value["CFAssociations"]:
        if each["associationType"] not in {"isChildOf", "isTranslationOf"}:
            assert each["identifier"] in told


@settings(deadline=None)
@given(_packages())
def test_what_was_read_is_a_sound_edition_that_is_exported_and_read_again(
    value: dict[str, Any],
) -> None:
    edition = _read(value).edition
    assert read_edition(write_edition(edition), name="e.json") == edition
    assert read_case(write_case(edition, base="https://b.example"), name="e").edition == edition
    assert _read(value).edition == edition
