import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.case_exchange import read_case, unit_address, write_case
from standards.case_notes import NoteCode, note_sentence
from standards.case_outline import Licence
from standards.errors import FaultInFile, StandardsError
from standards.model import Alias, AliasKind, Edition, OwnerCode, UnitGroup
from standards.reading_json import with_digest
from standards.shipped import shipped_editions
from tests.case_schemas import needs_schemas, schema_faults
from tests.strategies import editions, plain_text

_BASE = "https://bank.example"
_FACTS, _ROOFTOP = shipped_editions()
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_licences = st.none() | st.builds(Licence, title=plain_text, text=plain_text)


def _package(edition: Edition = _ROOFTOP) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(write_case(edition, base=_BASE))
    return package


def _bytes(package: object) -> bytes:
    return json.dumps(package, ensure_ascii=False).encode()


def _identifiers(value: object) -> Iterator[tuple[str, str]]:
    """Every object of a package that is not a link: identifier and what it says."""
    if isinstance(value, dict):
        if "lastChangeDateTime" in value:
            yield value["identifier"], value["uri"]
        for inner in value.values():
            yield from _identifiers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _identifiers(inner)


@settings(deadline=None, max_examples=60)
@given(editions(), _licences)
def test_every_edition_reads_back_as_it_was_written_and_is_written_the_same_again(
    edition: Edition, licence: Licence | None
) -> None:
    data = write_case(edition, base=_BASE, licence=licence)
    reading = read_case(data, name="e.json")
    assert (reading.edition, reading.licence, reading.notes) == (edition, licence, ())
    assert write_case(reading.edition, base=_BASE, licence=reading.licence) == data


@needs_schemas
@settings(deadline=None, max_examples=40)
@given(editions(), _licences)
def test_every_package_passes_the_published_schema(
    edition: Edition, licence: Licence | None
) -> None:
    assert schema_faults("cfpackage", write_case(edition, base=_BASE, licence=licence)) == []


@needs_schemas
@pytest.mark.parametrize("edition", shipped_editions(), ids=lambda edition: str(edition.id))
def test_the_shipped_standards_pass_the_published_schema_and_come_back_whole(
    edition: Edition,
) -> None:
    data = write_case(edition, base=_BASE)
    assert schema_faults("cfpackage", data) == []
    assert read_case(data, name="e.json").edition == edition


@settings(deadline=None, max_examples=40)
@given(editions(), editions())
def test_identifiers_are_used_once_and_do_not_depend_on_the_address(
    one: Edition, other: Edition
) -> None:
    found = list(_identifiers(_package(one)))
    moved = list(_identifiers(json.loads(write_case(one, base="https://other.example/"))))
    ids = [identifier for identifier, _ in found]
    assert len(set(ids)) == len(ids)
    assert ids == [identifier for identifier, _ in moved]
    assert all(uri.startswith("https://other.example/ims/case/v1p1/") for _, uri in moved)
    if one.id != other.id:
        assert not set(ids) & {identifier for identifier, _ in _identifiers(_package(other))}


def test_a_corrected_title_changes_no_identifier() -> None:
    unit = replace(_ROOFTOP.units[0], title_th="ชื่อใหม่", code="TST-OTHR-001A")
    corrected = replace(_ROOFTOP, units=(unit, *_ROOFTOP.units[1:]))
    before = [identifier for identifier, _ in _identifiers(_package())]
    assert [identifier for identifier, _ in _identifiers(_package(corrected))] == before


def test_the_tree_leads_from_the_industry_down_to_the_criterion() -> None:
    package = _package()
    types = {item["identifier"]: item["CFItemType"] for item in package["CFItems"]}
    pairs = {
        (types[a["originNodeURI"]["identifier"]], types.get(a["destinationNodeURI"]["identifier"]))
        for a in package["CFAssociations"]
        if a["associationType"] == "isChildOf"
    }
    assert {
        ("Performance criterion", "Element of competency"),
        ("Element of competency", "Unit of competency"),
        ("Unit of competency", "Qualification"),
        ("Qualification", "Occupation"),
    } <= pairs
    assert ("Industry", None) in pairs, "the topmost items are children of the document"


def test_a_unit_of_several_qualifications_has_several_parents() -> None:
    shared = next(
        unit.key
        for unit in _FACTS.units
        if sum(unit.key in q.units for q in _FACTS.qualifications) > 1
    )
    package = _package(_FACTS)
    item = next(
        item["identifier"]
        for item in package["CFItems"]
        if item.get("extensions", {}).get("competencyBank", {}).get("key") == shared
    )
    parents = {
        a["destinationNodeURI"]["identifier"]
        for a in package["CFAssociations"]
        if a["associationType"] == "isChildOf" and a["originNodeURI"]["identifier"] == item
    }
    assert len(parents) == sum(shared in q.units for q in _FACTS.qualifications)


def test_a_text_in_english_is_an_item_tied_to_the_thai_one() -> None:
    package = _package()
    items = {item["identifier"]: item for item in package["CFItems"]}
    unit = next(unit for unit in _ROOFTOP.units if unit.title_en is not None)
    english = next(i for i in items.values() if i["fullStatement"] == unit.title_en)
    tie = next(
        a
        for a in package["CFAssociations"]
        if a["originNodeURI"]["identifier"] == english["identifier"]
    )
    thai = items[tie["destinationNodeURI"]["identifier"]]
    assert tie["associationType"] == "isTranslationOf"
    assert (english["language"], thai["language"]) == ("en", "th")
    assert (thai["fullStatement"], thai["humanCodingScheme"]) == (unit.title_th, unit.code)


def test_times_are_the_day_of_release() -> None:
    package = _package()
    stamps = {item["lastChangeDateTime"] for item in package["CFItems"]}
    assert stamps == {f"{_ROOFTOP.released}T00:00:00Z"}


def test_a_code_with_a_line_end_keeps_it_beside_the_normal_form() -> None:
    unit = replace(_ROOFTOP.units[0], code="TST\n1")
    edition = read_case(
        write_case(replace(_ROOFTOP, units=(unit, *_ROOFTOP.units[1:])), base=_BASE), name="e"
    ).edition
    assert edition.units[0].code == "TST\n1"
    assert "TST 1" in {item.get("humanCodingScheme") for item in _package(edition)["CFItems"]}


@settings(deadline=None, max_examples=40)
@given(editions(), st.data())
def test_a_changed_text_is_refused_because_the_edition_is_no_longer_what_was_sealed(
    edition: Edition, data: st.DataObject
) -> None:
    package = _package(edition)
    main = [item for item in package["CFItems"] if "extensions" in item]
    if main:
        data.draw(st.sampled_from(main))["fullStatement"] += "x"
        with pytest.raises(FaultInFile) as caught:
            read_case(_bytes(package), name="e.json")
        assert (caught.value.code, caught.value.values["file"]) == ("bad-digest", "e.json")


def test_what_somebody_added_to_our_package_is_named() -> None:
    package = _package()
    package["CFItems"][3]["notes"] = "see page 7"
    notes = read_case(_bytes(package), name="e.json").notes
    assert [note.code for note in notes] == [NoteCode.DIFFERS]
    assert package["CFItems"][3]["identifier"] in notes[0].place
    assert notes[0].value == '"see page 7"'
    assert note_sentence(notes[0]).en.startswith("The file is not what would be written")


def test_our_package_published_at_another_address_has_no_differences() -> None:
    data = write_case(_ROOFTOP, base="https://elsewhere.example")
    assert read_case(data, name="e.json").notes == ()


def _unit(package: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        item
        for item in package["CFItems"]
        if item["CFItemType"] == "Unit of competency" and item["language"] == "th"
    )
    return found


_FAULTS: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "unknown version": (
        lambda p: p["CFDocument"]["extensions"]["competencyBank"].update(format="x/v9"),
        "unknown-format",
        "$.CFDocument.extensions.competencyBank.format",
    ),
    "unit without key": (
        lambda p: _unit(p)["extensions"]["competencyBank"].pop("key"),
        "missing-field",
        ".extensions.competencyBank",
    ),
    "unit without extensions": (
        lambda p: _unit(p).pop("extensions"),
        "missing-field",
        "$.CFItems[",
    ),
    "unknown alias": (
        lambda p: _unit(p)["extensions"]["competencyBank"].update(
            aliases=[{"kind": "x", "value": "1", "scope": None}]
        ),
        "unknown-value",
        "(units[0].aliases[0].kind)",
    ),
    "level of no ladder": (
        lambda p: _unit(p).update(educationLevel=["three"]),
        "bad-level",
        ".educationLevel[0]",
    ),
    "unknown type": (
        lambda p: _unit(p).update(CFItemType="Module"),
        "unknown-value",
        ".CFItemType",
    ),
}


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_fault_in_our_package_is_refused_with_file_and_place(fault: str) -> None:
    change, code, place = _FAULTS[fault]
    package = _package()
    change(package)
    with pytest.raises(FaultInFile) as caught:
        read_case(_bytes(package), name="e.json")
    values = caught.value.values
    assert (caught.value.code, values["file"]) == (code, "e.json")
    assert place in str(values["place"])
    assert str(values["place"]).startswith("$.CF")


def test_a_shared_alias_leaves_two_units_two() -> None:
    alias = Alias(AliasKind.LOCAL_CODE, "10302", "std1949")
    units = tuple(replace(unit, aliases=(alias,), code="X") for unit in _ROOFTOP.units)
    edition = replace(_ROOFTOP, units=units)
    read = read_case(write_case(edition, base=_BASE), name="e.json").edition
    assert [unit.key for unit in read.units] == [unit.key for unit in _ROOFTOP.units]


def test_the_address_of_a_unit_is_that_of_its_item() -> None:
    for unit in _ROOFTOP.units:
        address = unit_address(_ROOFTOP.id, unit.key, base=_BASE)
        (item,) = [item for item in _package()["CFItems"] if item["uri"] == address]
        assert item["fullStatement"] == unit.title_th


def test_a_unit_of_another_owner_is_refused_rather_than_given_to_the_edition() -> None:
    stranger = replace(_ROOFTOP.units[0], owner=OwnerCode("DSD"))
    edition = replace(_ROOFTOP, units=(stranger, *_ROOFTOP.units[1:]))
    with pytest.raises(FaultInFile, match="other-owner"):
        write_case(edition, base=_BASE)


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict | list):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for name, inner in members:
            yield (*path, name)
            yield from _places(inner, (*path, name))


_SMALL = with_digest(
    replace(
        _ROOFTOP,
        units=_ROOFTOP.units[:1],
        qualifications=(
            replace(
                _ROOFTOP.qualifications[0],
                groups=(UnitGroup(None, 1, (_ROOFTOP.units[0].key,)),),
            ),
        ),
    )
)
_EVERYWHERE = tuple(_places(_package(_SMALL)))


@settings(deadline=None)
@given(
    st.sampled_from(_EVERYWHERE),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.just([]) | st.just({}) | st.just([[]]) | st.just({"a": [1.5]}),
)  # fmt: skip
def test_any_value_in_any_place_of_our_package_is_read_with_a_note_or_refused(
    path: tuple[str | int, ...], value: object
) -> None:
    package = _package(_SMALL)
    holder: Any = package
    for name in path[:-1]:
        holder = holder[name]
    same = holder[path[-1]] == value or path[-1] == "uri"
    holder[path[-1]] = value
    try:
        reading = read_case(_bytes(package), name="e.json")
    except StandardsError as error:
        assert error.values["file"] == "e.json"
    else:
        assert reading.notes or same
