"""QR symbols: the ones that the standard asks for, and readable ones."""

import random
import string

import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates.credential.paper_code import ALPHABET as CODE_LETTERS
from certificates.credential.paper_code import CODE_LENGTH
from certificates.document.qr_code import qr_figure
from certificates.document.qr_shared import SharedBeginning
from certificates.document.qr_symbol import BLOCKS, MASK, Symbol, symbol_of, version_for
from certificates.document.qr_text import ALPHABET

BEGINNING = "HTTPS://BANK.EXAMPLE/V/"


def _rows(symbol: Symbol) -> list[list[int]]:
    """Return the modules row by row, from the columns of the bitmap."""
    bitmap, width, side = symbol.bitmap(), symbol.row_bytes, range(symbol.modules)
    return [
        [bitmap[column * width + row // 8] >> (7 - row % 8) & 1 for column in side] for row in side
    ]


def _read(rows: list[list[int]]) -> list[str]:
    """Return what an independent reader finds, with four modules of quiet zone."""
    image = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + 4, y + 4), 0)
    found = zxingcpp.read_barcodes(image.resize((image.width * 3, image.height * 3)))
    return [each.text for each in found]


def _ends_on_a_byte(text: str) -> bool:
    """Tell whether the bits end on a whole byte: the library then adds a byte of zeros too many."""
    version = version_for(len(text))
    bits = 4 + (9 if version < 10 else 11) + len(text) // 2 * 11 + len(text) % 2 * 6 + 4
    return bits % 8 == 0


@pytest.mark.parametrize("version", range(1, len(BLOCKS) + 1))
def test_every_version_is_drawn_as_an_independent_library_draws_it(version: int) -> None:
    chance = random.Random(version)
    lengths = [n for n in range(2, 971) if version_for(n) == version]
    checked = 0
    for length in {lengths[0], lengths[-1], *chance.sample(lengths, min(6, len(lengths)))}:
        text = "A" + "".join(chance.choice(ALPHABET) for _ in range(length - 1))
        rows = _rows(symbol_of(text))
        assert _read(rows) == [text]
        if not _ends_on_a_byte(text):
            made = segno.make(text, version=version, error="m", mask=MASK, boost_error=False)
            assert rows == [list(row) for row in made.matrix]
            checked += 1
    assert checked


@settings(deadline=None, max_examples=60)
@given(st.text(CODE_LETTERS, min_size=CODE_LENGTH, max_size=CODE_LENGTH), st.sampled_from([0, 1]))
def test_the_symbol_of_a_check_page_is_the_one_drawn_in_full(code: str, odd: int) -> None:
    beginning = BEGINNING + "X/" * odd + "Y" * odd
    symbol = SharedBeginning(beginning, len(beginning) + CODE_LENGTH).symbol(beginning + code)
    assert symbol == symbol_of(beginning + code)


def test_another_beginning_or_length_has_no_such_symbol() -> None:
    shared = SharedBeginning(BEGINNING, len(BEGINNING) + 4)
    for text in (BEGINNING + "ABC", "HTTP" + BEGINNING, BEGINNING + "abcd", BEGINNING + "ABCDE"):
        with pytest.raises(KeyError):
            shared.symbol(text)


@pytest.mark.parametrize("text", ["", "lower", "ก", "A\n", "A" * 1_000])
def test_what_has_no_place_in_the_mode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"alphanumeric|too long"):
        symbol_of(text)


def test_an_address_in_small_letters_is_drawn_too() -> None:
    figure = qr_figure("https://bank.example/v/abc", (0, 0, 80, 80), alt="", field="check_url")
    size = int(figure.operators.split("/W ")[1].split()[0])
    digits = figure.operators.split("ID\n")[1].split(">")[0]
    assert set(digits) <= set(string.hexdigits)
    rows = _rows(Symbol(size, int(digits, 16)))
    assert _read(rows) == ["https://bank.example/v/abc"]
