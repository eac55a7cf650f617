"""A credential in a picture comes out as it went in, here and in other people's programs."""

import json
import zlib
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.credential.baked_image import (
    KEYWORD,
    bake_png,
    bake_svg,
    is_picture,
    unbake,
)
from certificates.document.badge_picture import badge_png, badge_svg
from certificates.errors import CheckStopped, NotChecked, Refused
from tests.certificates.sealing.test_data_integrity import secured
from tests.certificates.statements import UNIT_LETTER
from tests.certificates.workshop import token

JSON = json.dumps(secured(), ensure_ascii=False)
CONTENTS = pytest.mark.parametrize("content", [token(), JSON], ids=["token", "json"])


@cache
def png() -> bytes:
    return badge_png(UNIT_LETTER)


@cache
def svg() -> bytes:
    return badge_svg(UNIT_LETTER)


def chunk(content: bytes, kind: bytes = b"iTXt") -> bytes:
    check = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + check


def with_chunk(content: bytes) -> bytes:
    return png()[:-12] + chunk(content) + png()[-12:]


@CONTENTS
def test_what_is_baked_comes_out_again(content: str) -> None:
    assert unbake(bake_png(png(), content)) == content
    assert unbake(bake_svg(svg(), content)) == content


@CONTENTS
def test_openbadgeslib_takes_out_what_we_bake(content: str) -> None:
    verifier = pytest.importorskip("openbadgeslib.ob3.verifier").OB3Verifier

    assert verifier.extract_token_from_png(bake_png(png(), content)) == content
    assert verifier.extract_token_from_svg(bake_svg(svg(), content)) == content


@CONTENTS
def test_we_take_out_what_openbadgeslib_bakes(content: str) -> None:
    baking = pytest.importorskip("openbadgeslib.baking")
    png_by_them = baking.bake_png(png(), content, keyword=baking.ITXT_KEYWORD_OB3)
    svg_by_them = baking.bake_svg(
        svg(),
        content,
        element=baking.SVG_ELEMENT_OB3,
        namespace=baking.SVG_NS_OB3,
        as_text=content.startswith("{"),
    )

    assert unbake(png_by_them) == content
    assert unbake(svg_by_them) == content


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "bare png": (png, "picture-empty"),
    "bare svg": (svg, "picture-empty"),
    "two in png": (lambda: bake_png(bake_png(png(), "a"), "b"), "picture-several"),
    "two in svg": (lambda: bake_svg(bake_svg(svg(), "a"), "b"), "picture-several"),
    "png longer": (lambda: bake_png(png(), "a") + b"x", "picture-damaged"),
    "no badge, cut": (lambda: png()[:-1], "picture-unreadable"),
    "png cut": (lambda: bake_png(png(), "a")[:-1], "picture-damaged"),
    "png changed": (
        lambda: bake_png(png(), "a").replace(KEYWORD, KEYWORD[:-1] + b"m"),
        "picture-unreadable",
    ),
    "svg cut": (lambda: bake_svg(svg(), "a")[:-1], "picture-damaged"),
    "png compressed": (
        lambda: with_chunk(KEYWORD + b"\0\1\0\0\0" + zlib.compress(b"a")),
        "picture-text",
    ),
    "png without text": (lambda: with_chunk(KEYWORD + b"\0\0\0\0"), "picture-text"),
    "png not utf-8": (lambda: with_chunk(KEYWORD + b"\0\0\0\0\0\xff"), "picture-text"),
    "png too long": (lambda: bake_png(png(), "a" * 300_000), "picture-text"),
    "svg too long": (lambda: bake_svg(svg(), "a" * 300_000), "picture-text"),
    "svg with entities": (
        lambda: b'<!DOCTYPE svg [<!ENTITY a "x">]><svg>&a;</svg>',
        "picture-unreadable",
    ),
    "svg too deep": (lambda: b"<svg>" + b"<g>" * 90, "picture-unreadable"),
    "png start wrong": (lambda: b"\x89PNG\r\n\x1a\x0b" + bytes(30), "picture-unreadable"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_picture_carries_one_readable_credential_or_none(name: str) -> None:
    picture, code = BAD[name]
    data = picture()
    assert is_picture(data)
    with pytest.raises((Refused, NotChecked)) as stop:
        unbake(data)
    assert stop.value.code == code


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=80).map(lambda data: b"<svg " + data))
def test_no_picture_makes_the_reader_fail_otherwise(data: bytes) -> None:
    for picture in (data, png()[:8] + data, bake_svg(svg(), "a")[: len(data) * 40] + data):
        try:
            assert isinstance(unbake(picture), str)
        except CheckStopped:
            continue
