import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.errors import FaultInFile, StandardsError, UnreadableFile
from standards.model import Edition
from standards.reading_json import read_edition, with_digest, write_edition
from tests.strategies import editions

_UNIT: dict[str, Any] = {
    "key": "u-1",
    "owner": "TST",
    "code": "TST-DEMO-001A",
    "aliases": [{"kind": "local-code", "value": "10101", "scope": "std1"}],
    "title_th": "ล้างมือ",
    "title_en": None,
    "industry": None,
    "sector": None,
    "occupation": None,
    "levels": [{"value": 3, "scale": "8-level"}],
    "revision": {"number": 1, "year": None, "raw": "1 / -"},
    "isco": [],
    "target_groups": [],
    "elements": None,
    "source_url": None,
}
_QUALIFICATION: dict[str, Any] = {
    "key": "q-1",
    "owner": "TST",
    "aliases": [],
    "title_th": "ผู้ล้างมือ ระดับ 3",
    "title_en": None,
    "industry": None,
    "occupation": None,
    "level": {"value": 3, "scale": "8-level"},
    "groups": [{"name": None, "minimum": 1, "units": ["u-1"]}],
    "composition_known": True,
    "certifying_bodies": [],
    "published": "2026-11-21",
    "source_url": None,
}


def _content() -> dict[str, Any]:
    edition = {
        "format": "competency-bank/edition/v1",
        "id": "tst-1",
        "owner": "TST",
        "title_th": "มาตรฐานทดสอบ",
        "title_en": None,
        "released": "2026-11-21",
        "made_up": True,
        "units": [_UNIT],
        "qualifications": [_QUALIFICATION],
    }
    copy: dict[str, Any] = json.loads(json.dumps(edition))
    return copy


def _read(content: object) -> Edition:
    return read_edition(json.dumps(content).encode(), name="e.json")


@settings(deadline=None, max_examples=60)
@given(editions())
def test_every_edition_reads_back_as_it_was_written(edition: Edition) -> None:
    assert read_edition(write_edition(edition), name="e.json") == edition


@settings(deadline=None, max_examples=30)
@given(editions(), st.sampled_from([None, 1, "\t"]))
def test_layout_and_order_of_keys_do_not_touch_the_digest(
    edition: Edition, indent: int | str | None
) -> None:
    content = json.loads(write_edition(edition))
    turned = json.dumps(dict(reversed(content.items())), indent=indent).encode()
    assert read_edition(turned, name="e.json").digest == edition.digest


def test_the_file_is_canonical_json() -> None:
    data = write_edition(_read(_content()))
    content = json.loads(data)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert data == canonical.encode()


def test_a_digest_is_given_where_there_is_none_and_a_right_one_is_taken() -> None:
    edition = _read(_content())
    assert len(edition.digest) == 64
    assert _read({**_content(), "digest": edition.digest}) == edition == with_digest(edition)


def _set(path: str, value: object) -> Callable[[dict[str, Any]], object]:
    def change(content: dict[str, Any]) -> None:
        *way, last = path.split(".")
        place: Any = content
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        place[last] = value

    return change


_FAULTS: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "other format": (_set("format", "v9"), "unknown-format", "$.format"),
    "format is a number": (_set("format", 1), "wrong-type", "$.format"),
    "no id": (lambda c: c.pop("id"), "missing-field", "$"),
    "misspelt field": (_set("units.0.titel", "x"), "unknown-field", "$.units[0]"),
    "blank title": (_set("units.0.title_th", "  "), "blank-text", "$.units[0].title_th"),
    "units no list": (_set("units", {}), "wrong-type", "$.units"),
    "unit no object": (_set("units", [1]), "wrong-type", "$.units[0]"),
    "made_up a number": (_set("made_up", 1), "wrong-type", "$.made_up"),
    "level a truth": (
        _set("units.0.levels.0.value", value=True),
        "wrong-type",
        "$.units[0].levels[0].value",
    ),
    "level a fraction": (
        _set("units.0.levels.0.value", 3.0),
        "wrong-type",
        "$.units[0].levels[0].value",
    ),
    "level too high": (
        _set("units.0.levels.0.value", 9),
        "bad-level",
        "$.units[0].levels[0].value",
    ),
    "unknown scale": (
        _set("units.0.levels.0.scale", "9-level"),
        "unknown-value",
        "$.units[0].levels[0].scale",
    ),
    "unknown alias": (
        _set("units.0.aliases.0.kind", "x"),
        "unknown-value",
        "$.units[0].aliases[0].kind",
    ),
    "no date": (_set("released", "21/11/2026"), "bad-iso-date", "$.released"),
    "date of another ISO form": (_set("released", "20261121"), "bad-iso-date", "$.released"),
    "bidi in title": (
        _set("units.0.title_th", "ก\u202eข"),
        "hidden-character",
        "$.units[0].title_th",
    ),
    "lone surrogate": (_set("title_th", "ก\ud800"), "hidden-character", "$.title_th"),
    "unit twice": (_set("units", [_UNIT, _UNIT]), "duplicate-unit", "$.units[1].key"),
    "qualification twice": (
        _set("qualifications", [_QUALIFICATION, _QUALIFICATION]),
        "duplicate-qualification",
        "$.qualifications[1].key",
    ),
    "absent unit": (
        _set("qualifications.0.groups.0.units", ["u-9"]),
        "absent-unit",
        "$.qualifications[0]",
    ),
    "unit twice in a group": (
        _set("qualifications.0.groups.0.units", ["u-1", "u-1"]),
        "repeated-unit",
        "$.qualifications[0].groups[0].units",
    ),
    "minimum above size": (
        _set("qualifications.0.groups.0.minimum", 2),
        "bad-minimum",
        "$.qualifications[0].groups[0].minimum",
    ),
    "minimum below nought": (
        _set("qualifications.0.groups.0.minimum", -1),
        "bad-minimum",
        "$.qualifications[0].groups[0].minimum",
    ),
    "foreign unit": (_set("units.0.owner", "DSD"), "other-owner", "$.units[0].owner"),
    "foreign qualification": (
        _set("qualifications.0.owner", "DSD"),
        "other-owner",
        "$.qualifications[0].owner",
    ),
    "wrong digest": (_set("digest", "0" * 64), "bad-digest", "$.digest"),
}


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_fault_is_refused_with_file_and_place(fault: str) -> None:
    change, code, place = _FAULTS[fault]
    content = _content()
    change(content)
    with pytest.raises(FaultInFile) as caught:
        _read(content)
    values = caught.value.values
    assert (caught.value.code, values["file"], values["place"]) == (code, "e.json", place)


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(FaultInFile) as caught:
        read_edition(b'{"format": "a", "format": "b"}', name="e.json")
    assert caught.value.code == "duplicate-key"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"{", "not-json"),
        (b"\xff\xfe{", "not-json"),
        (b"[" * 200_000, "not-json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not-json"),
        (b" " * (50 * 1024 * 1024 + 1), "file-too-large"),
    ],
    ids=["empty", "cut", "utf-16", "too deep", "huge number", "too large"],
)
def test_bytes_that_are_no_json_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_edition(data, name="e.json")
    assert caught.value.code == code


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    st.sampled_from(sorted(_content())),
)
def test_any_json_in_any_field_is_read_or_refused(value: object, name: str) -> None:
    assert _owner_or_file({**_content(), name: value}) in {"TST", "e.json"}


def _owner_or_file(content: object) -> object:
    try:
        return _read(content).owner
    except StandardsError as error:
        return error.values["file"]
