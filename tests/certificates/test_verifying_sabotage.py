"""Every way to tamper with a certificate ends in "forged": one sabotage, one test."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import NotChecked, Refused
from certificates.report import Verdict, examine
from certificates.sealing.byte_range import read_coverage
from certificates.sealing.cms_profile import assemble, take_apart
from certificates.sealing.p256 import ORDER, raw_of_der
from certificates.verifying.verification import verify
from tests.benchmarks.revision_seal import seal_revision
from tests.certificates.outsiders import signed_outside, with_annotation
from tests.certificates.statements import COURSE_LETTER, UNIT_LETTER
from tests.certificates.workshop import (
    CHECKED,
    ISSUED,
    archived,
    attach,
    certificate,
    page,
    ring,
    sealed,
    token,
    trust,
)
from tests.exhaustive_flips import surviving_flips

DOCUMENT = certificate()
OTHER = sealed(replace(UNIT_LETTER, serial="BMA-2569-000999"))
START = DOCUMENT.index(b"/Contents <30") + len(b"/Contents ")
END = DOCUMENT.index(b">", START) + 1
HOLE = DOCUMENT[START:END]


def hole_of(pdf: bytes) -> bytes:
    start = pdf.index(b"/Contents <30") + len(b"/Contents ")
    return pdf[start : pdf.index(b">", start) + 1]


def with_hole(hole: bytes) -> bytes:
    """Put something else into the place of the signature, of the same length."""
    assert len(hole) == len(HOLE)
    return DOCUMENT[:START] + hole + DOCUMENT[END:]


def with_range(*numbers: int) -> bytes:
    """Write another byte range into the same space."""
    found = re.search(rb"/ByteRange \[[0-9 ]+\] *", DOCUMENT)
    assert found is not None
    text = b"/ByteRange [%d %d %d %d]" % numbers
    return DOCUMENT.replace(found[0], text.ljust(len(found[0])))


def resaved() -> bytes:
    with pikepdf.open(BytesIO(DOCUMENT)) as document:
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def with_other_attachment() -> bytes:
    with pikepdf.open(BytesIO(DOCUMENT)) as document:
        del document.attachments["credential.jwt"]
        attach(document, "credential.jwt", b"x.y.z")
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def with_twin_signature() -> bytes:
    """Replace s by n - s: the same key, the same document, other bytes."""
    parts = take_apart(read_coverage(DOCUMENT).cms)
    raw = raw_of_der(parts.signature)
    s = int.from_bytes(raw[32:], "big")
    high = encode_dss_signature(int.from_bytes(raw[:32], "big"), ORDER - s)
    cms = assemble(replace(parts, signature=high)).hex().encode()
    return with_hole(b"<" + cms.ljust(len(HOLE) - 2, b"0")[: len(HOLE) - 2] + b">")


SABOTAGE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "line end behind the end": ("coverage", lambda: DOCUMENT + b"\n"),
    "bytes behind the end": ("coverage", lambda: DOCUMENT + b"%%EOF\nmore"),
    "last byte missing": ("coverage", lambda: DOCUMENT[:-1]),
    "byte before the start": ("coverage", lambda: b"\n" + DOCUMENT),
    "annotation in one more revision": ("coverage", lambda: with_annotation(DOCUMENT)),
    "second signature by a stranger": (
        "several-signatures",
        lambda: signed_outside(DOCUMENT, "Somebody Else"),
    ),
    "saved again": ("", resaved),
    "attachment exchanged": ("", with_other_attachment),
    "signature of another certificate": (
        "",
        lambda: with_hole(hole_of(OTHER)[: len(HOLE) - 1].ljust(len(HOLE) - 1, b"0") + b">"),
    ),
    "twin of the signature": ("signature-wrong", with_twin_signature),
    "signature removed": ("seal-form", lambda: with_hole(b"<" + b"0" * (len(HOLE) - 2) + b">")),
    "capital digits": ("gap", lambda: with_hole(HOLE.upper())),
    "one capital digit": ("gap", lambda: with_hole(HOLE.replace(b"a", b"A", 1))),
    "space among the digits": ("gap", lambda: with_hole(HOLE[:9] + b" " + HOLE[10:])),
    "no hexadecimal": ("gap", lambda: with_hole(b"<" + b"zz" * ((len(HOLE) - 2) // 2) + b">")),
    "literal string": ("gap", lambda: with_hole(b"(" + HOLE[1:-1] + b")")),
    "null": ("gap", lambda: with_hole(b"null".ljust(len(HOLE)))),
    "dictionary in the gap": (
        "gap",
        lambda: with_hole((b"<" + HOLE[1:-30] + b">/Reason (x)").ljust(len(HOLE))),
    ),
    "padding not zero": ("seal-form", lambda: with_hole(HOLE[:-2] + b"1>")),
    "indefinite length": ("seal-form", lambda: with_hole(b"<3080" + HOLE[5:])),
    "two byte ranges": (
        "several-signatures",
        lambda: DOCUMENT.replace(b"%%EOF", b"%/ByteRange [0 1 2 3]\n%%EOF", 1),
    ),
    "byte range renamed": ("unsigned", lambda: DOCUMENT.replace(b"/ByteRange", b"/ByteRanje")),
    "range of four zeros": ("coverage", lambda: with_range(0, 0, 0, 0)),
    "range not from the start": (
        "coverage",
        lambda: with_range(1, START - 1, END, len(DOCUMENT) - END),
    ),
    "range short of the end": ("coverage", lambda: with_range(0, START, END, 9)),
    "range with a wider gap": ("gap", lambda: with_range(0, START - 1, END, len(DOCUMENT) - END)),
    "range with a later gap": (
        "gap",
        lambda: with_range(0, START, END + 1, len(DOCUMENT) - END - 1),
    ),
    "range backwards": ("coverage", lambda: with_range(0, END, START, len(DOCUMENT) - START)),
    "no signature at all": ("unsigned", lambda: page(("credential.jwt", token().encode()))),
    "sealed without a credential": (
        "attachments",
        lambda: seal_revision(page(), ring().document, at=ISSUED),
    ),
    "sealed with a second file": (
        "attachments",
        lambda: seal_revision(
            page(("credential.jwt", token().encode()), ("more.txt", b"")),
            ring().document,
            at=ISSUED,
        ),
    ),
    "sealed with a credential of other keys": (
        "issuer-forged",
        lambda: seal_revision(
            page(("credential.jwt", token(keys=ring("fake")).encode())),
            ring().document,
            at=ISSUED,
        ),
    ),
    "sealed with a credential that is no text": (
        "token-encoding",
        lambda: seal_revision(page(("credential.jwt", b"\xff")), ring().document, at=ISSUED),
    ),
    "sealed around the credential of another certificate": (
        "page-differs",
        lambda: seal_revision(
            archived(UNIT_LETTER, token(COURSE_LETTER).encode()), ring().document, at=ISSUED
        ),
    ),
    "sealed without saying whose page it is": (
        "page-differs",
        lambda: seal_revision(
            page(("credential.jwt", token().encode())), ring().document, at=ISSUED
        ),
    ),
    "resealed with other keys of the same names": (
        "signer-forged",
        lambda: sealed(keys=ring("fake")),
    ),
    "signed by a key in another certificate": (
        "signature-wrong",
        lambda: sealed(
            keys=replace(ring(), document=replace(ring().document, make=ring("fake").document.make))
        ),
    ),
}


@pytest.mark.parametrize("name", SABOTAGE)
def test_a_tampered_certificate_is_refused(name: str) -> None:
    code, sabotage = SABOTAGE[name]
    changed = sabotage()
    assert changed != DOCUMENT
    with pytest.raises(Refused) as refusal:
        verify(changed, trust=trust(), at=CHECKED)
    assert code in {"", refusal.value.code}


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(DOCUMENT) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(at: int, pattern: int) -> None:
    changed = bytearray(DOCUMENT)
    changed[at] ^= pattern
    report = examine(bytes(changed), name="changed", trust=trust(), at=CHECKED)
    assert report.verdict is Verdict.FORGED
    assert "internal" not in {step.code for step in report.steps}


def test_every_place_around_and_in_the_signature_matters() -> None:
    for position in (
        *range(START - 12, START + 4),
        *range(START, END, 7),
        *range(END - 3, END + 90),
    ):
        changed = bytearray(DOCUMENT)
        changed[position] ^= 1
        with pytest.raises(Refused):
            verify(bytes(changed), trust=trust(), at=CHECKED)


def test_the_exhaustive_run_finds_what_survives() -> None:
    refusals, survivors = surviving_flips(DOCUMENT[:40], trust(), at=CHECKED, patterns=(1,))
    assert refusals.total() == 40
    assert {verdict for *_, verdict in survivors} == {"unknown"}  # 40 bytes are no certificate


@settings(deadline=None, max_examples=80)
@given(st.integers(5, len(DOCUMENT) - 1))
def test_a_certificate_cut_short_is_refused(length: int) -> None:
    with pytest.raises(Refused):
        verify(DOCUMENT[:length], trust=trust(), at=CHECKED)


@pytest.mark.parametrize("length", range(1, 5))
def test_a_few_bytes_of_a_certificate_are_not_judged(length: int) -> None:
    with pytest.raises(NotChecked, match="format-unknown"):
        verify(DOCUMENT[:length], trust=trust(), at=CHECKED)


@settings(deadline=None, max_examples=80)
@given(st.integers(0, len(DOCUMENT)), st.binary(min_size=1, max_size=20))
def test_inserted_bytes_are_noticed(at: int, extra: bytes) -> None:
    with pytest.raises(Refused):
        verify(DOCUMENT[:at] + extra + DOCUMENT[at:], trust=trust(), at=CHECKED)


@settings(deadline=None, max_examples=80)
@given(st.integers(0, len(DOCUMENT) - 1), st.integers(1, 200))
def test_removed_bytes_are_noticed(at: int, count: int) -> None:
    changed = DOCUMENT[:at] + DOCUMENT[at + count :]
    with pytest.raises(Refused):
        verify(changed, trust=trust(), at=CHECKED)


TOKEN = token().encode()


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_bare_token_goes_unnoticed(at: int, pattern: int) -> None:
    changed = bytearray(TOKEN)
    changed[at] ^= pattern
    with pytest.raises(Refused):
        verify(bytes(changed), trust=trust(), at=CHECKED)
