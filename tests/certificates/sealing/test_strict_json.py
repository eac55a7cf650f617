"""What must be true of the strict readers of JSON and base64."""

import json
from datetime import UTC, date, datetime
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.sealing.strict_json import (
    canonical,
    from_base64,
    from_base64url,
    parse_object,
    quickly,
    to_base64url,
)

LIMIT = 2**53 - 1
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LIMIT, LIMIT)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)
objects = st.dictionaries(st.text(st.characters(codec="utf-8")), values, max_size=5)
quick = settings(deadline=None, max_examples=100)


@quick
@given(objects)
def test_what_is_written_canonically_reads_back_the_same(value: dict[str, object]) -> None:
    assert parse_object(canonical(value)) == value
    assert canonical(parse_object(canonical(value))) == canonical(value)


def _twins_refused(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len(dict(pairs)) == len(pairs), "twins"
    return dict(pairs)


def _refused(name: str) -> NoReturn:
    raise AssertionError(name)


def _in_range(digits: str) -> int:
    assert abs(int(digits)) <= LIMIT, "range"
    return int(digits)


@settings(deadline=None, max_examples=400)
@given(
    objects,
    st.sampled_from([",", ", ", ":", "{", "[", '"', "\\", "1", "-", ".5", "e9", "0", "\\u0041"]),
    st.data(),
)
def test_what_is_read_is_what_a_plain_reader_without_shortcuts_reads(
    value: dict[str, object], letters: str, data: st.DataObject
) -> None:
    text = canonical(value).decode()
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(len(text), at + 3)))
    changed = text[:at] + letters + text[end:]
    try:
        ours = parse_object(changed.encode())
    except ValueError:
        return
    theirs = json.loads(
        changed,
        object_pairs_hook=_twins_refused,
        parse_constant=_refused,
        parse_int=_in_range,
    )
    assert repr(ours) == repr(theirs)


@quick
@given(objects)
def test_what_is_written_quickly_says_the_same(value: dict[str, object]) -> None:
    assert repr(parse_object(quickly(value))) == repr(json.loads(quickly(value)))
    assert parse_object(quickly(value)) == value


@pytest.mark.parametrize(
    "odd",
    [float("nan"), float("inf"), {1, 2}, b"x", date(2026, 5, 4), datetime(2026, 5, 4, tzinfo=UTC)],
    ids=str,
)
def test_what_json_has_no_form_for_is_not_written(odd: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        quickly({"a": [odd]})


@pytest.mark.parametrize("depth", [31, 32, 33, 34])
@pytest.mark.parametrize("brackets", ["[]", ('{"a":', "}")])
def test_thirty_two_levels_are_read_and_no_more(depth: int, brackets: tuple[str, str]) -> None:
    opening, closing = brackets
    text = '{"a":' + opening * (depth - 1) + "1" + closing * (depth - 1) + "}"
    if depth <= 32:
        assert quickly(parse_object(text.encode())) == text.encode()
        return
    with pytest.raises(ValueError, match="deep"):
        parse_object(text.encode())


@quick
@given(st.binary(max_size=80))
def test_bytes_have_exactly_one_base64url_text(data: bytes) -> None:
    assert from_base64url(to_base64url(data)) == data


@quick
@given(st.text("ABCDwxyz0129-_", max_size=12))
def test_a_text_is_refused_or_is_the_one_text_of_its_bytes(text: str) -> None:
    try:
        data = from_base64url(text)
    except ValueError:
        return
    assert to_base64url(data) == text


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a":{"b":1,"b":2}}',
        '{"a":NaN}',
        '{"a":Infinity}',
        '{"a":-Infinity}',
        '{"a":1e999}',
        '{"a":9007199254740992}',
        '{"a":-9007199254740992}',
        '{"a":18446744073709551616}',
        '{"a":1,"b":2,"a":3}',
        '{"a":1, "a":1}',
        '{"a":1,"\\u0061":1}',
        '{"a":%s}' % ("9" * 5000),
        '{"a":"\\ud800"}',
        '{"\\udfff":1}',
        '{"a":1}x',
        '{"a":1',
        "[]",
        '"a"',
        "1",
        "null",
        "",
        '{"a":' * 40 + "1" + "}" * 40,
        '{"a":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' + "[" * 960 + '"\\u0041"' + "]" * 960 + "}",
        "\ufeff{}",
    ],
    ids=lambda text: f"{len(text)}-{text[:16]}",
)
def test_json_that_has_more_than_one_reading_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reading fault
        parse_object(text.encode("utf-8"))


def test_bytes_that_are_not_utf_8_are_refused() -> None:
    with pytest.raises(ValueError, match="utf-8"):
        parse_object(b'{"a":"\xff"}')


@pytest.mark.parametrize("text", ["A", "AA=", "AA==", "AB", "A A", "A+", "A/", "AAAA\n", "ก"])
def test_other_base64url_than_the_canonical_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reading fault
        from_base64url(text)


@pytest.mark.parametrize("text", ["A", "AA", "AB==", "A===", "AAAA\n", "A-==", "ก"])
def test_other_base64_than_the_canonical_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reading fault
        from_base64(text)
