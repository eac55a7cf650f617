"""A picture in a file is the picture that was handed in, read back by others."""

from io import BytesIO

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # no stubs are published
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates.document.issuer_marks import Raster
from certificates.document.objects import deflated
from certificates.document.raster import raster_of, shows_nothing
from tests.certificates.drawn_marks import emblem, signature

POINTS = 4
"""A pixel is so many points wide: the smallest pages have three."""


def in_a_file(raster: Raster) -> bytes:
    """Return a PDF of one page with nothing but the picture, four points a pixel."""
    with pikepdf.new() as pdf:
        width, height = POINTS * raster.width, POINTS * raster.height
        page = pdf.add_blank_page(page_size=(width, height))
        picture = _stream(pdf, raster)
        if raster.mask is not None:
            picture.SMask = _stream(pdf, raster.mask)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        page.Contents = pdf.make_stream(f"{width} 0 0 {height} 0 0 cm /P Do".encode())
        written = BytesIO()
        pdf.save(written)
    return written.getvalue()


def _stream(pdf: pikepdf.Pdf, raster: Raster) -> pikepdf.Stream:
    size = f"/Width {raster.width}/Height {raster.height}/Type/XObject/Subtype/Image"
    one = deflated(1, raster.data, size + raster.entries)
    entries = pikepdf.Object.parse(one.content.encode())
    stream = pikepdf.Stream(pdf, b"")
    for name, value in entries.items():
        if name not in {"/Length", "/Filter", "/DecodeParms"}:
            stream[name] = value
    packing = entries.get("/DecodeParms")
    stream.write(
        raster.data,
        filter=pikepdf.Name.FlateDecode,
        decode_parms=packing if isinstance(packing, pikepdf.Dictionary) else None,
    )
    return pdf.make_indirect(stream)


def shown(picture: Image.Image) -> Image.Image:
    """Return what a picture looks like on a white page."""
    page = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    return Image.alpha_composite(page, picture).convert("RGB")


def drawn_by_pdfium(raster: Raster) -> Image.Image:
    page = pypdfium2.PdfDocument(in_a_file(raster))[0]
    drawn: Image.Image = page.render(scale=1 / POINTS).to_pil().convert("RGB")
    return drawn


def assert_alike(one: Image.Image, other: Image.Image) -> None:
    """Assert that no sample differs by more than rounding."""
    assert one.size == other.size
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 2


BYTE = st.integers(0, 255)
OPAQUE, ANY = st.just(255), BYTE
COLOURED, GREY = st.tuples(BYTE, BYTE, BYTE), BYTE.map(lambda value: (value,) * 3)


@st.composite
def pictures(draw: st.DrawFn) -> Image.Image:
    """Draw small pictures of few or many colours, grey or not, opaque or not."""
    width, height = draw(st.integers(1, 24)), draw(st.integers(1, 12))
    few = draw(st.lists(draw(st.sampled_from([COLOURED, GREY])), min_size=1, max_size=40))
    clear = draw(st.sampled_from([OPAQUE, ANY, st.sampled_from([0, 255])]))
    pixels = st.tuples(st.sampled_from(few), clear).map(lambda each: (*each[0], each[1]))
    row = draw(st.lists(pixels, min_size=width * height, max_size=width * height))
    picture = Image.new("RGBA", (width, height))
    picture.putdata(row)
    return picture


@settings(deadline=None, max_examples=60)
@given(pictures())
def test_another_program_draws_the_same_picture(picture: Image.Image) -> None:
    assert_alike(drawn_by_pdfium(raster_of(picture)), shown(picture))


@pytest.mark.parametrize("picture", [emblem(), signature(), shown(emblem()).convert("RGBA")])
def test_a_drawn_mark_comes_out_as_it_went_in(picture: Image.Image) -> None:
    raster = raster_of(picture)
    assert_alike(drawn_by_pdfium(raster), shown(picture))
    assert raster == raster_of(picture.copy())


def test_an_opaque_picture_has_no_mask_and_a_grey_one_no_colours() -> None:
    opaque = raster_of(shown(emblem()).convert("RGBA"))
    assert opaque.mask is None
    grey = raster_of(Image.linear_gradient("L").convert("RGBA"))
    assert "/DeviceGray" in grey.entries
    assert grey.mask is None


def test_a_signature_in_one_ink_costs_its_shape_and_hardly_its_colour() -> None:
    raster = raster_of(signature())
    assert raster.mask is not None
    assert raster.size - raster.mask.size < 400


@settings(deadline=None, max_examples=40)
@given(pictures())
def test_a_picture_shows_nothing_if_the_page_stays_white(picture: Image.Image) -> None:
    white = (255, 255, 255)
    assert shows_nothing(picture) == (
        {white} == {each for _, each in shown(picture).getcolors() or ()}
    )
    clear = picture.copy()
    clear.putalpha(0)
    assert shows_nothing(clear)
