import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.case_exchange import read_case
from standards.case_package import open_package
from standards.errors import FaultInFile, StandardsError, UnreadableFile
from standards.wording import sentence
from tests.foreign_case import DAY, association, item, link, package, uuid


def _bytes(value: object) -> bytes:
    return json.dumps(value).encode()


def _plain() -> dict[str, Any]:
    return package(
        items=[item(1, "Unit", "A"), item(2, "Element", "B"), item(3, "Criterion", "C")],
        associations=[association(11, 2, 1), association(12, 3, 2)],
    )


def _set(room: str, n: int, **members: object) -> Callable[[dict[str, Any]], None]:
    return lambda p: p[room][n].update(members)


def _drop(room: str, n: int, name: str) -> Callable[[dict[str, Any]], None]:
    return lambda p: p[room][n].pop(name)


def _add(room: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda p: p[room].append(value)


_DEEP: Any = {}
for _ in range(100):
    _DEEP = {"inner": [_DEEP]}

_FAULTS: dict[str, tuple[Callable[[dict[str, Any]], None], str, str]] = {
    "items called items": (lambda p: p.update(items=p.pop("CFItems")), "other-case-name", "$"),
    "document called document": (
        lambda p: p.update(document=p.pop("CFDocument")),
        "other-case-name",
        "$",
    ),
    "item with a sourcedId": (_set("CFItems", 1, sourcedId="x"), "other-case-name", "$.CFItems[1]"),
    "no document": (lambda p: p.pop("CFDocument"), "missing-field", "$"),
    "unknown member": (_set("CFItems", 0, colour="red"), "unknown-field", "$.CFItems[0]"),
    "address of a package inside a package": (
        lambda p: p["CFDocument"].update(CFPackageURI=link(9, "CFPackages")),
        "unknown-field",
        "$.CFDocument",
    ),
    "items no list": (lambda p: p.update(CFItems={}), "wrong-type", "$.CFItems"),
    "statement a number": (
        _set("CFItems", 0, fullStatement=7),
        "wrong-type",
        "$.CFItems[0].fullStatement",
    ),
    "no statement": (_drop("CFItems", 0, "fullStatement"), "missing-field", "$.CFItems[0]"),
    "blank statement": (
        _set("CFItems", 0, fullStatement=" "),
        "blank-text",
        "$.CFItems[0].fullStatement",
    ),
    "null language": (_set("CFItems", 0, language=None), "wrong-type", "$.CFItems[0].language"),
    "hidden character": (
        _set("CFItems", 0, fullStatement="a\u202eb"),
        "hidden-character",
        "$.CFItems[0].fullStatement",
    ),
    "identifier no UUID": (
        _set("CFItems", 0, identifier="unit-1"),
        "not-a-uuid",
        "$.CFItems[0].identifier",
    ),
    "UUID in capitals": (
        _set("CFItems", 0, identifier=uuid(171).upper()),
        "not-a-uuid",
        "$.CFItems[0].identifier",
    ),
    "day for a time": (
        _set("CFItems", 0, lastChangeDateTime="2026-01-01"),
        "bad-date-time",
        "$.CFItems[0].lastChangeDateTime",
    ),
    "month thirteen": (
        _set("CFItems", 0, lastChangeDateTime="2026-13-01T00:00:00Z"),
        "bad-date-time",
        "$.CFItems[0].lastChangeDateTime",
    ),
    "day of another form": (
        _set("CFItems", 0, statusStartDate="1/1/2026"),
        "bad-iso-date",
        "$.CFItems[0].statusStartDate",
    ),
    "CASE 2": (
        lambda p: p["CFDocument"].update(caseVersion="2.0"),
        "unknown-value",
        "$.CFDocument.caseVersion",
    ),
    "association of no known type": (
        _set("CFAssociations", 0, associationType="isFriendOf"),
        "unknown-value",
        "$.CFAssociations[0].associationType",
    ),
    "sequence a text": (
        _set("CFAssociations", 0, sequenceNumber="1"),
        "wrong-type",
        "$.CFAssociations[0].sequenceNumber",
    ),
    "link a text": (
        _set("CFAssociations", 0, originNodeURI="x"),
        "wrong-type",
        "$.CFAssociations[0].originNodeURI",
    ),
    "item twice": (
        _add("CFItems", item(1, "Unit", "A")),
        "duplicate-identifier",
        "$.CFItems[3].identifier",
    ),
    "association with the identifier of an item": (
        _set("CFAssociations", 1, identifier=uuid(1)),
        "duplicate-identifier",
        "$.CFAssociations[1].identifier",
    ),
    "child of nothing": (
        _add("CFAssociations", association(13, 3, 99)),
        "dangling-association",
        "$.CFAssociations[2]",
    ),
    "nothing as a child": (
        _add("CFAssociations", association(13, 99, 1)),
        "dangling-association",
        "$.CFAssociations[2]",
    ),
    "association between two strangers": (
        _add("CFAssociations", association(13, 98, 99, tie="exactMatchOf")),
        "dangling-association",
        "$.CFAssociations[2]",
    ),
    "circle of three": (
        _add("CFAssociations", association(13, 1, 3)),
        "cyclic-association",
        "$.CFAssociations[0]",
    ),
    "child of itself": (
        _add("CFAssociations", association(13, 3, 3)),
        "cyclic-association",
        "$.CFAssociations[2]",
    ),
    "circle of precedence": (
        lambda p: p["CFAssociations"].extend(
            [association(13, 1, 2, tie="precedes"), association(14, 2, 1, tie="precedes")]
        ),
        "cyclic-association",
        "$.CFAssociations[2]",
    ),
    "deep extensions": (
        _set("CFItems", 0, extensions=_DEEP),
        "too-deep",
        "$.CFItems[0].extensions",
    ),
    "half a character": (
        _set("CFItems", 0, extensions={"a": ["\ud800"]}),
        "hidden-character",
        "$.CFItems[0].extensions",
    ),
    "rubric without a time": (
        lambda p: p.update(CFRubrics=[{"identifier": uuid(40), "uri": "x"}]),
        "missing-field",
        "$.CFRubrics[0]",
    ),
    "weight a text": (
        lambda p: p.update(
            CFRubrics=[
                {
                    "identifier": uuid(40),
                    "uri": "x",
                    "lastChangeDateTime": DAY,
                    "CFRubricCriteria": [
                        {
                            "identifier": uuid(41),
                            "uri": "x",
                            "lastChangeDateTime": DAY,
                            "weight": "half",
                        }
                    ],
                }
            ]
        ),
        "wrong-type",
        "$.CFRubrics[0].CFRubricCriteria[0].weight",
    ),
    "concept without hierarchy": (
        lambda p: p.update(
            CFDefinitions={
                "CFConcepts": [
                    {
                        "identifier": uuid(40),
                        "uri": "x",
                        "title": "x",
                        "lastChangeDateTime": DAY,
                    }
                ]
            }
        ),
        "missing-field",
        "$.CFDefinitions.CFConcepts[0]",
    ),
}


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_fault_is_refused_with_file_place_and_a_sentence_in_both_languages(fault: str) -> None:
    change, code, place = _FAULTS[fault]
    value = _plain()
    change(value)
    with pytest.raises(FaultInFile) as caught:
        read_case(_bytes(value), name="p.json")
    values = caught.value.values
    assert (caught.value.code, values["file"], values["place"]) == (code, "p.json", place)
    message = sentence(caught.value)
    assert "p.json" in message.en
    assert place in message.en
    assert "p.json" in message.th


def test_a_sound_package_is_opened_with_everything_it_says() -> None:
    opened = open_package(_bytes(_plain()), name="p.json")
    assert list(opened.items) == [uuid(1), uuid(2), uuid(3)]
    assert [(a.origin, a.destination) for a in opened.associations] == [
        (uuid(2), uuid(1)),
        (uuid(3), uuid(2)),
    ]


def test_a_match_with_an_item_of_another_framework_is_no_fault() -> None:
    value = _plain()
    value["CFAssociations"].append(association(13, 1, 99, tie="exactMatchOf"))
    assert len(open_package(_bytes(value), name="p.json").associations) == 3


def test_a_long_chain_is_walked_through_without_overrunning_the_stack() -> None:
    items = [item(n, "Topic", "x") for n in range(1, 3000)]
    chain = [association(n + 5000, n + 1, n) for n in range(1, 2999)]
    assert len(read_case(_bytes(package(items=items, associations=chain)), name="p").notes) > 2998
    chain.append(association(9000, 1, 2999))
    with pytest.raises(FaultInFile, match="cyclic-association"):
        open_package(_bytes(package(items=items, associations=chain)), name="p")


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty-file"), (b"{", "not-json"), (b" " * (50 * 1024 * 1024 + 1), "file-too-large")],
    ids=["empty", "cut", "too large"],
)
def test_bytes_that_are_no_json_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_case(data, name="p.json")
    assert caught.value.code == code


_any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    st.sampled_from(["CFItems", "CFAssociations", "CFDocument", "CFDefinitions", "CFRubrics"]),
    st.sampled_from(["", "identifier", "extensions", "fullStatement", "originNodeURI", "language"]),
    _any_json,
)
def test_any_json_in_any_place_is_read_or_refused_by_an_error_of_this_package(
    room: str, member: str, value: object
) -> None:
    changed = _plain()
    if not member:
        changed[room] = value
    elif room == "CFDocument":
        changed[room][member] = value
    elif room in {"CFItems", "CFAssociations"}:
        changed[room][0][member] = value
    try:
        reading = read_case(_bytes(changed), name="p.json")
    except StandardsError as error:
        assert error.values["file"] == "p.json"
        assert sentence(error).en
    else:
        assert reading.edition.owner == "Example Board"


def test_a_package_cut_anywhere_is_refused() -> None:
    data = _bytes(_plain())
    for end in range(0, len(data) - 1, 37):
        with pytest.raises(UnreadableFile):
            read_case(data[:end], name="p.json")
