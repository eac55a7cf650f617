"""Attachments of files from anyone: read within limits, or said to be unreadable."""

import subprocess
import sys
from io import BytesIO
from zlib import compress

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.credential.embedded import MOST_BYTES, MOST_FILES, attachments_of
from certificates.errors import NotChecked


def _pdf(files: dict[str, bytes], *, packed: bool = False) -> bytes:
    with pikepdf.new() as pdf:
        names = []
        for name, content in sorted(files.items()):
            stream = pdf.make_stream(content, Type=pikepdf.Name.EmbeddedFile)
            if packed:
                stream.Filter = pikepdf.Name.FlateDecode
            entry = pikepdf.Dictionary(F=name, UF=name, EF=pikepdf.Dictionary(F=stream))
            names += [pikepdf.String(name), pdf.make_indirect(entry)]
        tree = pikepdf.Dictionary(Names=pikepdf.Array(names))
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree)
        written = BytesIO()
        pdf.save(written, compress_streams=False)
    return written.getvalue()


def test_a_file_without_attachments_has_none() -> None:
    written = BytesIO()
    pikepdf.new().save(written)
    assert attachments_of(written.getvalue()) == {}


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(st.text("abc.", min_size=1, max_size=6), st.binary(max_size=50), max_size=4))
def test_what_was_embedded_is_read(files: dict[str, bytes]) -> None:
    assert attachments_of(_pdf(files)) == files


def test_an_attachment_that_swells_is_not_unpacked() -> None:
    bomb = _pdf({"bomb": compress(bytes(50 * MOST_BYTES))}, packed=True)
    with pytest.raises(NotChecked) as caught:
        attachments_of(bomb)
    assert caught.value.code == "attachment-too-large"


def test_too_many_attachments_are_not_read() -> None:
    with pytest.raises(NotChecked) as caught:
        attachments_of(_pdf({f"{number}": b"" for number in range(MOST_FILES + 1)}))
    assert caught.value.code == "attachments-too-many"


def test_a_damaged_attachment_is_unreadable() -> None:
    with pytest.raises(NotChecked) as caught:
        attachments_of(_pdf({"x": b"not deflated"}, packed=True))
    assert caught.value.code == "attachment-unreadable"


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=200))
def test_what_is_no_pdf_is_unreadable_and_never_a_raw_error(data: bytes) -> None:
    with pytest.raises(NotChecked) as caught:
        attachments_of(data)
    assert caught.value.code == "pdf-unreadable"


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_scribbled_pdf_is_read_or_unreadable(place: int, scribble: bytes) -> None:
    whole = _pdf({"credential.jwt": b"a.b.c"})
    at = place % len(whole)
    try:
        files = attachments_of(whole[:at] + scribble + whole[at + len(scribble) :])
    except NotChecked:
        return
    assert all(isinstance(content, bytes) for content in files.values())


def test_the_reader_reaches_no_printing_press() -> None:
    code = (
        "import sys, certificates.credential.embedded, certificates.credential.open_badge; "
        "sys.exit(bool({'reportlab', 'uharfbuzz', 'fontTools'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
