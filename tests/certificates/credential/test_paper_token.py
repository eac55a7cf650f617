"""The statement on paper: what it says, how small it is, and that others can read it."""

from dataclasses import replace
from hashlib import sha256

import base45  # type: ignore[import-untyped]  # no stubs are published
import cwt
import pytest
import segno
from cwt import COSEKey
from hypothesis import given
from hypothesis import strategies as st

from certificates.credential.base45 import to_base45
from certificates.credential.open_badge import to_open_badge
from certificates.credential.paper_token import MOST_BYTES, PREFIX, paper_token, read_paper_token
from certificates.credential.snapshot import CertificateKind, Statement
from certificates.errors import CannotSay, Refused
from certificates.sealing.strict_json import from_base64url
from certificates.sealing.token import sign_credential
from tests.certificates.papers import LETTERS
from tests.certificates.statements import LONG_NAME, LONG_TITLE, UNIT, UNIT_LETTER
from tests.certificates.workshop import ring

DIGEST = sha256(sign_credential(to_open_badge(UNIT_LETTER), ring().credential).encode()).digest()


def token_of(statement: Statement) -> str:
    """Return the token of a statement, signed by the bank of most tests."""
    key = ring().credential
    return paper_token(statement, DIGEST, kid=key.kid, sign=key.sign)


@pytest.mark.parametrize("kind", CertificateKind)
def test_the_token_says_what_the_certificate_says(kind: CertificateKind) -> None:
    said = LETTERS[kind]
    read = read_paper_token(token_of(said))
    assert read.kid == ring().credential.kid
    shown = read.statement
    assert (shown.serial, shown.holder, shown.kind) == (said.serial, said.holder.name, kind)
    assert (shown.passed_on, shown.issued_at) == (said.passed_on, said.issued_at)
    assert (shown.status_list, shown.status_index) == (said.status.list_uri, said.status.index)
    assert shown.credential_sha256 == DIGEST
    assert shown.demonstration is said.demonstration


@pytest.mark.parametrize("kind", CertificateKind)
def test_a_token_is_small_enough_for_modules_that_a_photo_keeps(kind: CertificateKind) -> None:
    token = token_of(LETTERS[kind])
    assert len(base45.b45decode(token.removeprefix(PREFIX))) <= MOST_BYTES
    symbol = segno.make(token, error="m", boost_error=False, micro=False)
    assert symbol.mode == "alphanumeric"
    assert symbol.symbol_size(border=0)[0] * 0.6 <= 60, "millimetres"


def test_a_long_title_is_cut_and_says_so_and_a_long_name_never_is() -> None:
    unit = replace(UNIT, title_th=LONG_TITLE * 2)
    holder = replace(UNIT_LETTER.holder, name=LONG_NAME)
    read = read_paper_token(token_of(replace(UNIT_LETTER, unit=unit, holder=holder)))
    assert read.statement.holder == LONG_NAME
    assert read.statement.title.endswith("…")
    assert unit.title_th.startswith(read.statement.title[:-1])


@pytest.mark.parametrize(
    ("name", "code"),
    [("สมมุติ\u200bใจดี", "unseen-character"), ("1 2345 67890 12 3", "thirteen-digits")],
)
def test_what_no_certificate_may_say_no_token_says(name: str, code: str) -> None:
    for changed in (
        replace(UNIT_LETTER, holder=replace(UNIT_LETTER.holder, name=name)),
        replace(UNIT_LETTER, unit=replace(UNIT, title_th=name)),
        replace(UNIT_LETTER, serial=name),
    ):
        with pytest.raises(CannotSay, match=code):
            token_of(changed)


@given(st.binary(max_size=90))
def test_base45_is_written_as_another_library_writes_it(data: bytes) -> None:
    assert to_base45(data) == base45.b45encode(data).decode()


def test_every_two_bytes_are_written_as_another_library_writes_them() -> None:
    data = b"".join(number.to_bytes(2, "big") for number in range(1 << 16))
    assert to_base45(data) == base45.b45encode(data).decode()


def test_what_cannot_fit_is_refused() -> None:
    holder = replace(UNIT_LETTER.holder, name=LONG_NAME * 3)
    with pytest.raises(CannotSay, match="paper-token-long"):
        token_of(replace(UNIT_LETTER, holder=holder))


def test_an_independent_library_verifies_it_and_reads_the_same_claims() -> None:
    key = ring().credential
    x, y, kid = (from_base64url(text) for text in (key.jwk["x"], key.jwk["y"], key.kid))
    public = COSEKey.new({1: 2, 2: kid, 3: -7, -1: 1, -2: x, -3: y})
    data = base45.b45decode(token_of(UNIT_LETTER).removeprefix(PREFIX))
    claims = cwt.decode(data, public)
    assert isinstance(claims, dict)
    assert claims[5] == int(UNIT_LETTER.issued_at.timestamp())
    assert claims[7] == UNIT_LETTER.serial.encode()
    assert claims[-65537][0] == UNIT_LETTER.holder.name
    assert claims[-65537][3] == UNIT.title_th


@pytest.mark.parametrize("text", ["", "CB1:", "CB2:" + "0" * 60, "HC1:6BF", "CB1:00000 "])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_paper_token(text)
