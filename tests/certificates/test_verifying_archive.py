"""What must be true of archived documents: our own revisions pass, and nothing else does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pyhanko.pdf_utils.generic
import pytest
from asn1crypto import x509 as asn1_x509
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from certificates.errors import CannotSay, CheckStopped, NotChecked, Refused
from certificates.report import Verdict, examine
from certificates.sealing.archiving import archive_pdf
from certificates.verifying.verification import verify
from tests.certificates.outsiders import signed_outside, with_annotation
from tests.certificates.stamped import (
    archive,
    archived_certificate,
    authority,
    evidence,
    stamped_certificate,
)
from tests.certificates.statements import UNIT_LETTER
from tests.certificates.workshop import (
    CHECKED,
    ISSUED,
    certificate,
    office,
    page,
    ring,
    trust,
)

DOCUMENT = archived_certificate()
FIRST = len(stamped_certificate())
generic: Any = pyhanko.pdf_utils.generic
Library = Any
"""A class of the library, which has no types."""


def test_an_archived_certificate_is_proved_whole() -> None:
    verified = verify(DOCUMENT, trust=trust(), at=CHECKED)
    assert verified.statement == UNIT_LETTER
    assert verified.signed_at == ISSUED


def test_what_was_issued_stands_unchanged_at_its_beginning() -> None:
    assert DOCUMENT.startswith(stamped_certificate())


def test_an_archive_can_be_prolonged_and_a_seal_without_stamp_archived() -> None:
    again = archive(DOCUMENT, at=CHECKED)
    late = archive(again, at=CHECKED + timedelta(minutes=1))
    for document in (again, late, archive(certificate(), at=CHECKED)):
        assert verify(document, trust=trust(), at=CHECKED).statement == UNIT_LETTER


def test_pyhanko_judges_the_archive_the_same() -> None:
    root = asn1_x509.Certificate.load(ring().document.chain[-1])
    reader = PdfFileReader(BytesIO(DOCUMENT))
    signature, stamp = reader.embedded_signatures

    def context() -> Library:
        return ValidationContext(trust_roots=[root], moment=CHECKED, allow_fetching=False)

    assert validate_pdf_signature(signature, context()).bottom_line
    stamped = validate_pdf_timestamp(stamp, context())
    assert stamped.intact
    assert stamped.trusted
    assert stamped.timestamp == ISSUED
    assert reader.root["/DSS"]["/Certs"]
    assert len(reader.root["/DSS"]["/CRLs"]) == 2


def test_an_archive_of_an_authority_we_do_not_know_is_not_judged() -> None:
    with pytest.raises(NotChecked, match="time-stamp-unknown"):
        verify(DOCUMENT, trust=replace(trust(), time_stampers=()), at=CHECKED)
    with pytest.raises(NotChecked, match="trust-list-missing"):
        verify(DOCUMENT, trust=None, at=CHECKED)


def test_an_archive_stamped_by_the_trusted_name_with_another_key_is_forged() -> None:
    fake = authority(ring("fake"))
    changed = archive_pdf(
        stamped_certificate(), evidence(), stamp_digest=fake.stamp_digest, longest=fake.longest
    )
    with pytest.raises(Refused, match="time-stamp-forged"):
        verify(changed, trust=trust(), at=CHECKED)


def stamp_over(pdf: bytes) -> bytes:
    """Stamp a changed document as anybody could who can send it to the authority."""
    return archive(pdf, at=ISSUED)


def revised(change: Callable[[Any], object], pdf: bytes = stamped_certificate()) -> bytes:
    """Return ``pdf`` with one more revision."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def other_page(writer: Library) -> None:
    reference, _ = writer.find_page_for_modification(0)
    content = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 600 Td (forged) Tj ET")
    reference.get_object()["/Contents"] = writer.add_object(content)
    writer.mark_update(reference)


def other_metadata(writer: Library) -> None:
    metadata = writer.root["/Metadata"]
    stream = generic.StreamObject(stream_data=metadata.data.replace(b"BMA-2569", b"BMA-9999"))
    writer.root["/Metadata"] = writer.add_object(stream)
    writer.update_root()


def other_attachment(writer: Library) -> None:
    name = generic.pdf_name
    writer.root["/Names"] = generic.DictionaryObject({name("/EmbeddedFiles"): generic.NullObject()})
    writer.update_root()


def open_action(writer: Library) -> None:
    name, text = generic.pdf_name, generic.pdf_string
    action = {name("/S"): name("/URI"), name("/URI"): text("https://evil.example")}
    writer.root["/OpenAction"] = generic.DictionaryObject(action)
    writer.update_root()


def info_only(writer: Library) -> None:
    writer.set_info(generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("x")}))


def orphan(writer: Library) -> None:
    writer.add_object(generic.StreamObject(stream_data=b"hidden"))


def _hole() -> tuple[int, int]:
    start = DOCUMENT.index(b"<30", FIRST + 1)
    while not DOCUMENT[start + 1 : start + 600].isalnum():
        start = DOCUMENT.index(b"<30", start + 1)
    return start + 1, DOCUMENT.index(b">", start)


def _without_stamp() -> bytes:
    start, end = _hole()
    return DOCUMENT[:start] + b"0" * (end - start) + DOCUMENT[end:]


def _capital() -> bytes:
    start, end = _hole()
    return DOCUMENT[:start] + DOCUMENT[start:end].replace(b"a", b"A", 1) + DOCUMENT[end:]


SABOTAGE: dict[str, Callable[[], bytes]] = {
    "page changed, then stamped": lambda: stamp_over(revised(other_page)),
    "metadata changed, then stamped": lambda: stamp_over(revised(other_metadata)),
    "attachments removed, then stamped": lambda: stamp_over(revised(other_attachment)),
    "action added, then stamped": lambda: stamp_over(revised(open_action)),
    "information changed, then stamped": lambda: stamp_over(revised(info_only)),
    "object hidden, then stamped": lambda: stamp_over(revised(orphan)),
    "annotation, then stamped": lambda: stamp_over(with_annotation(stamped_certificate())),
    "signed by a stranger": lambda: signed_outside(stamped_certificate(), "Somebody Else"),
    "archived, then a page changed": lambda: revised(other_page, DOCUMENT),
    "archived, a page changed, then stamped": lambda: stamp_over(revised(other_page, DOCUMENT)),
    "archived, then signed by a stranger": lambda: signed_outside(DOCUMENT, "Somebody Else"),
    "bytes behind the archive": lambda: DOCUMENT + b"\n",
    "more behind the archive": lambda: DOCUMENT + b"%%EOF\n1 0 obj<<>>endobj\n%%EOF",
    "last byte missing": lambda: DOCUMENT[:-1],
    "bytes between": lambda: DOCUMENT[:FIRST] + b"\n" + DOCUMENT[FIRST:],
    "archive without the document": lambda: DOCUMENT[FIRST:],
    "evidence only, without a stamp": lambda: DOCUMENT[: DOCUMENT.index(b"/DocTimeStamp") - 40],
    "stamp removed": _without_stamp,
    "capital digit in the stamp": _capital,
}


@pytest.mark.parametrize("name", SABOTAGE)
def test_anything_else_that_was_added_is_forged(name: str) -> None:
    changed = SABOTAGE[name]()
    assert changed != DOCUMENT
    report = examine(changed, name="x", trust=trust(), at=CHECKED)
    assert report.verdict is Verdict.FORGED
    assert "internal" not in {step.code for step in report.steps}


@settings(deadline=None, max_examples=120)
@given(st.integers(0, len(DOCUMENT) - 1), st.integers(1, 255))
def test_no_changed_byte_of_an_archive_goes_unnoticed(at: int, pattern: int) -> None:
    changed = bytearray(DOCUMENT)
    changed[at] ^= pattern
    with pytest.raises(CheckStopped):
        verify(bytes(changed), trust=trust(), at=CHECKED)


def test_an_archive_says_nothing_of_a_revocation() -> None:
    listed = replace(office(), revoked=(UNIT_LETTER.status.index,)).trust()
    assert examine(DOCUMENT, name="x", trust=listed, at=CHECKED).verdict is Verdict.CHANGED


@pytest.mark.parametrize("pdf", [page(), b"", b"/ByteRange"], ids=["unsigned", "empty", "no pdf"])
def test_what_was_not_sealed_is_not_archived(pdf: bytes) -> None:
    with pytest.raises(CannotSay, match="archive-un"):
        archive(pdf, at=ISSUED)
