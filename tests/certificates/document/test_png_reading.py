"""Pictures of an issuer: each kind is read as it is meant, everything else is refused by name."""

import zlib
from struct import pack

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from certificates.document.png_reading import MOST_BYTES, MOST_SIDE, read_png
from certificates.errors import MarkUnusable
from certificates.issuing_sentences import MARKS, sentence_for
from tests.certificates.drawn_marks import emblem, png
from tests.certificates.png_files import (
    CHANNELS,
    COLOUR,
    COLOUR_ALPHA,
    GREY,
    GREY_ALPHA,
    PALETTE,
    Kind,
    chunk,
    file,
    png_of,
    rows,
)

SMALL = Kind(3, 2)
WHOLE = zlib.compress(rows(SMALL, lambda x, y: (x, y, 7, 255)))
HEAD, DATA, END = chunk(b"IHDR", SMALL.header()), chunk(b"IDAT", WHOLE), chunk(b"IEND")
COLOURS = bytes([250, 0, 0, 0, 250, 0])
NUMBERED = Kind(3, 2, PALETTE, 1)
NUMBERS = chunk(b"IDAT", zlib.compress(rows(NUMBERED, lambda x, _: (x % 2,))))
NUMBERED_HEAD = chunk(b"IHDR", NUMBERED.header())


def header(*values: int) -> bytes:
    return chunk(b"IHDR", pack(">IIBBBBB", *values))


def refused(data: bytes) -> MarkUnusable:
    with pytest.raises(MarkUnusable) as caught:
        read_png(data, file="emblem.png")
    assert caught.value.values["file"] == "emblem.png"
    said = sentence_for(caught.value)
    assert "emblem.png" in said.th
    assert "emblem.png" in said.en
    assert caught.value.code in MARKS
    return caught.value


KINDS = [
    *(Kind(13, 9, GREY, depth) for depth in (1, 2, 4, 8)),
    *(Kind(13, 9, PALETTE, depth) for depth in (1, 2, 4, 8)),
    *(Kind(13, 9, colour) for colour in (COLOUR, GREY_ALPHA, COLOUR_ALPHA)),
    Kind(1, 1),
    Kind(MOST_SIDE, 1),
]


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_pixel_of_every_kind_is_read_as_it_was_written(
    kind: Kind, *, interlaced: bool
) -> None:
    kind = Kind(kind.width, kind.height, kind.colour, kind.depth, interlaced)
    top = (1 << kind.depth) - 1
    listed = [(9 * n % 256, 5 * n % 256, 255 - n) for n in range(top + 1)]
    clear = [255 if n % 3 else 40 for n in range((top + 1) // 2)]

    def sample(x: int, y: int) -> tuple[int, ...]:
        values = ((x * 7 + y * 3) & top, (x * y) & top, (x + 11 * y) & top, (255 - x) & top)
        return values[: CHANNELS[kind.colour]]

    def meant(x: int, y: int) -> tuple[int, ...]:
        values = sample(x, y)
        if kind.colour == PALETTE:
            number = values[0]
            return (*listed[number], clear[number] if number < len(clear) else 255)
        grey = values[0] * 255 // top
        shown = {
            GREY: (grey, grey, grey, 255),
            GREY_ALPHA: (grey, grey, grey, values[-1]),
            COLOUR: (*values, 255),
        }
        return shown.get(kind.colour, values)

    before = b""
    if kind.colour == PALETTE:
        before = chunk(b"PLTE", bytes(part for each in listed for part in each))
        before += chunk(b"tRNS", bytes(clear))
    picture = read_png(png_of(kind, sample, before=before), file="-")
    assert (picture.mode, picture.size) == ("RGBA", (kind.width, kind.height))
    for y in range(kind.height):
        for x in range(kind.width):
            assert picture.getpixel((x, y)) == meant(x, y), (x, y)


def test_what_a_picture_says_besides_is_left_behind() -> None:
    plain = read_png(file(HEAD, DATA, END), file="-")
    talking = file(
        HEAD,
        chunk(b"tEXt", b"Comment\0made up"),
        chunk(b"iCCP", b"no profile at all"),
        chunk(b"zTXt", b"bomb\0\0" + zlib.compress(bytes(3_000_000))),
        chunk(b"IDAT", WHOLE[:5]),
        chunk(b"IDAT", WHOLE[5:]),
        chunk(b"eXIf", b"nothing"),
        END,
    )
    assert read_png(talking, file="-").tobytes() == plain.tobytes()


DAMAGED = {
    "cut after the signature": file(),
    "cut in a head": file(HEAD)[:-15],
    "cut in the data": file(HEAD, DATA)[:-6],
    "no end": file(HEAD, DATA),
    "bytes after the end": file(HEAD, DATA, END) + b"\n",
    "an end with content": file(HEAD, DATA, chunk(b"IEND", b"x")),
    "wrong check sum": file(HEAD, DATA[:-1] + bytes([DATA[-1] ^ 1]), END),
    "length beyond the file": file(HEAD, b"\xff\xff\xff\xff" + DATA[4:], END),
    "a kind that is no word": file(HEAD, chunk(b"ID T"), DATA, END),
    "an unknown kind that matters": file(HEAD, chunk(b"CgBI", b"1234"), DATA, END),
    "no header": file(DATA, END),
    "two headers": file(HEAD, HEAD, DATA, END),
    "header not first": file(chunk(b"tEXt"), HEAD, DATA, END),
    "a short header": file(chunk(b"IHDR", SMALL.header()[:-1]), DATA, END),
    "no picture": file(HEAD, END),
    "a torn picture": file(HEAD, chunk(b"IDAT", WHOLE[:5]), chunk(b"tEXt"), DATA, END),
    "width 0": file(header(0, 2, 8, 6, 0, 0, 0), DATA, END),
    "height 0": file(header(3, 0, 8, 6, 0, 0, 0), DATA, END),
    "an unknown colour": file(header(3, 2, 8, 5, 0, 0, 0), DATA, END),
    "a depth it cannot have": file(header(3, 2, 4, 6, 0, 0, 0), DATA, END),
    "depth 0": file(header(3, 2, 0, 0, 0, 0, 0), DATA, END),
    "an unknown packing": file(header(3, 2, 8, 6, 1, 0, 0), DATA, END),
    "an unknown filtering": file(header(3, 2, 8, 6, 0, 1, 0), DATA, END),
    "an unknown interlacing": file(header(3, 2, 8, 6, 0, 0, 2), DATA, END),
    "data that are not deflated": file(HEAD, chunk(b"IDAT", b"rows"), END),
    "a wrong sum of the data": file(HEAD, chunk(b"IDAT", WHOLE[:-1] + b"\0"), END),
    "data that do not end": file(HEAD, chunk(b"IDAT", WHOLE[:-4]), END),
    "data after the end of the data": file(HEAD, chunk(b"IDAT", WHOLE + b"\0"), END),
    "a row too few": file(HEAD, chunk(b"IDAT", zlib.compress(bytes(13))), END),
    "a byte too many": file(HEAD, chunk(b"IDAT", zlib.compress(bytes(27))), END),
    "a bomb": file(HEAD, chunk(b"IDAT", zlib.compress(bytes(50_000_000))), END),
    "an unknown filter": file(HEAD, chunk(b"IDAT", zlib.compress(b"\5" + bytes(25))), END),
    "numbers without colours": file(NUMBERED_HEAD, NUMBERS, END),
    "no colours": file(NUMBERED_HEAD, chunk(b"PLTE"), NUMBERS, END),
    "half a colour": file(NUMBERED_HEAD, chunk(b"PLTE", COLOURS[:-1]), NUMBERS, END),
    "more colours than numbers": file(NUMBERED_HEAD, chunk(b"PLTE", COLOURS * 2), NUMBERS, END),
    "a number without a colour": file(NUMBERED_HEAD, chunk(b"PLTE", COLOURS[:3]), NUMBERS, END),
    "two palettes": file(NUMBERED_HEAD, *[chunk(b"PLTE", COLOURS)] * 2, NUMBERS, END),
    "colours after the picture": file(NUMBERED_HEAD, NUMBERS, chunk(b"PLTE", COLOURS), END),
    "clearness of more than there is": file(
        NUMBERED_HEAD, chunk(b"PLTE", COLOURS), chunk(b"tRNS", b"123"), NUMBERS, END
    ),
    "clearness before the colours": file(
        NUMBERED_HEAD, chunk(b"tRNS", b"1"), chunk(b"PLTE", COLOURS), NUMBERS, END
    ),
    "colours of a grey picture": png_of(
        Kind(3, 2, GREY), lambda x, y: (x + y,), before=chunk(b"PLTE", COLOURS)
    ),
}


@pytest.mark.parametrize("fault", DAMAGED)
def test_what_is_damaged_is_refused(fault: str) -> None:
    assert refused(DAMAGED[fault]).code == "picture-damaged"


def test_the_files_without_a_fault_are_taken() -> None:
    assert read_png(file(HEAD, DATA, END), file="-").size == (3, 2)
    named = file(NUMBERED_HEAD, chunk(b"PLTE", COLOURS), chunk(b"tRNS", b"1"), NUMBERS, END)
    assert read_png(named, file="-").size == (3, 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture-not-png"),
        (b"\xff\xd8\xff\xe0 a photo", "picture-not-png"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "picture-not-png"),
        (file(HEAD, DATA, END)[1:], "picture-not-png"),
        (file(HEAD, chunk(b"tEXt", bytes(MOST_BYTES)), DATA, END), "picture-large"),
        (file(header(MOST_SIDE + 1, 2, 8, 6, 0, 0, 0), DATA, END), "picture-size"),
        (file(header(2, 2**31, 8, 6, 0, 0, 0), DATA, END), "picture-size"),
        (file(header(3, 2, 16, 6, 0, 0, 0), DATA, END), "picture-depth"),
        (
            png_of(Kind(3, 2, COLOUR), lambda x, y: (x, y, 0), before=chunk(b"tRNS", bytes(6))),
            "picture-colour-key",
        ),
        (
            png_of(Kind(3, 2, GREY), lambda x, y: (x + y,), before=chunk(b"tRNS", bytes(2))),
            "picture-colour-key",
        ),
    ],
)
def test_what_is_not_taken_is_refused_with_its_own_reason(data: bytes, code: str) -> None:
    assert refused(data).code == code


DRAWN = png(emblem(24, 24))
PIXELS = read_png(DRAWN, file="-").tobytes()


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(DRAWN) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    changed = bytearray(DRAWN)
    changed[place] ^= change

    assert refused(bytes(changed)).code.startswith("picture-")


KINDS_OF_CHUNK = st.sampled_from([b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"tEXt", b"acTL"])
HEADERS = st.builds(
    lambda *values: pack(">IIBBBBB", *values),
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from([1, 2, 4, 8, 16]),
    st.integers(0, 7),
    st.just(0),
    st.just(0),
    st.integers(0, 2),
)
CHUNKS = st.builds(
    chunk,
    KINDS_OF_CHUNK,
    HEADERS | st.binary(max_size=40) | st.binary(max_size=300).map(zlib.compress),
)


@settings(deadline=None, max_examples=400)
@given(HEADERS, st.lists(CHUNKS, max_size=4), st.binary(max_size=300))
@example(SMALL.header(), [chunk(b"tEXt", b"x")], rows(SMALL, lambda x, y: (x, y, 7, 255)))
def test_whatever_the_chunks_are_it_is_a_picture_or_a_refusal(
    head: bytes, between: list[bytes], raw: bytes
) -> None:
    whole = file(chunk(b"IHDR", head), *between, chunk(b"IDAT", zlib.compress(raw)), END)
    try:
        picture = read_png(whole, file="emblem.png")
    except MarkUnusable:
        refused(whole)
    else:
        assert picture.mode == "RGBA"
        assert picture.size == (int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big"))
