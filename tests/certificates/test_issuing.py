"""Issuing: what was checked is what is sealed, and it is sealed once."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from certificates.credential.embedded import attachments_of
from certificates.credential.open_badge import statement_of, to_open_badge
from certificates.credential.snapshot import Holder, Statement
from certificates.document.attachments import Attachment, Relationship
from certificates.document.draft import Draft
from certificates.errors import AlreadySealed, CannotSay, CannotSet, CertificateError
from certificates.issuing import ATTACHMENT_NAME, Sealed, Ticket, prepare
from certificates.sealing.strict_json import quickly
from tests.certificates.statements import COURSE_LETTER, UNIT_LETTER

SEAL = b"1 0 obj\n(sealed)\nendobj\n"


def _jwt(claims: dict[str, Any]) -> str:
    return _token(json.dumps(claims).encode())


def _followed_by(credential: dict[str, Any], rest: bytes) -> str:
    """Return a token of the credential as the bank writes it, but for its end."""
    return _token(quickly(credential)[:-1] + rest)


def _token(payload: bytes) -> str:
    parts = (b'{"alg":"ES256"}', payload, bytes(64))
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def _seal(draft: Draft) -> bytes:
    return draft.beginning + SEAL + draft.ending(len(draft.beginning) + len(SEAL))


def _sealed(ticket: Ticket) -> Sealed:
    return ticket.seal(sign_credential=_jwt, seal_pdf=_seal)


@pytest.mark.parametrize("statement", [UNIT_LETTER, COURSE_LETTER])
def test_the_sealed_file_carries_the_signed_credential_of_the_statement(
    statement: Statement,
) -> None:
    ticket = prepare(statement)
    sealed = _sealed(ticket)
    assert statement_of(ticket.credential) == statement
    assert sealed.credential_jwt == _jwt(to_open_badge(statement))
    assert attachments_of(sealed.pdf) == {ATTACHMENT_NAME: sealed.credential_jwt.encode()}
    assert SEAL in sealed.pdf
    assert sealed.pdf_sha256 == sha256(sealed.pdf).hexdigest()


def test_more_files_follow_the_credential() -> None:
    more = (
        Attachment("log-proof.txt", "text/plain", Relationship.SUPPLEMENT, "หลักฐาน".encode() * 60),
        Attachment("status.jwt", "application/statuslist+jwt", Relationship.SUPPLEMENT, b"x.y.z"),
    )
    ticket = prepare(UNIT_LETTER)
    sealed = ticket.seal(sign_credential=_jwt, seal_pdf=_seal, attachments=more)
    assert attachments_of(sealed.pdf) == {
        ATTACHMENT_NAME: sealed.credential_jwt.encode(),
        "log-proof.txt": more[0].content,
        "status.jwt": b"x.y.z",
    }


def test_a_compact_file_says_the_same_in_fewer_bytes() -> None:
    whole, compact = (_sealed(prepare(UNIT_LETTER, compact=each)) for each in (False, True))
    assert len(compact.pdf) < 45_000 < len(whole.pdf) < 75_000
    assert compact.credential_jwt == whole.credential_jwt


def test_preparing_twice_gives_the_same_page_credential_and_file() -> None:
    one, other = prepare(UNIT_LETTER), prepare(UNIT_LETTER)
    assert one.page_sha256 == other.page_sha256
    assert one.credential == other.credential
    assert _sealed(one) == _sealed(other)


def test_a_ticket_seals_once() -> None:
    ticket = prepare(UNIT_LETTER)
    _sealed(ticket)
    with pytest.raises(AlreadySealed):
        _sealed(ticket)


def test_of_many_threads_one_seals() -> None:
    ticket = prepare(UNIT_LETTER)

    def attempt(_: int) -> bool:
        try:
            _sealed(ticket)
        except AlreadySealed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 1


class _SignerBrokeError(Exception):
    """The fault of a signer in these tests."""


def _broken(_: object) -> Any:  # noqa: ANN401 - stands for either signer
    raise _SignerBrokeError


@pytest.mark.parametrize(("sign", "seal"), [(_broken, _seal), (_jwt, _broken)], ids=["jwt", "pdf"])
def test_a_ticket_whose_sealing_failed_is_spent_and_preparing_again_helps(
    sign: Callable[[dict[str, Any]], str], seal: Callable[[Draft], bytes]
) -> None:
    ticket = prepare(UNIT_LETTER)
    with pytest.raises(_SignerBrokeError):
        ticket.seal(sign_credential=sign, seal_pdf=seal)
    with pytest.raises(AlreadySealed):
        _sealed(ticket)
    assert SEAL in _sealed(prepare(UNIT_LETTER)).pdf


@pytest.mark.parametrize(
    "sign",
    [
        lambda credential: _jwt(credential | {"iss": "https://a.example", "nbf": 1_777_864_500}),
        lambda credential: _jwt({"iss": "https://a.example"} | credential),
        lambda credential: _followed_by(credential, b',"iss":"https://a.example","nbf":1}'),
        lambda credential: _followed_by(credential, b"}"),
    ],
    ids=["after", "before", "as the bank does", "none"],
)
def test_registered_claims_may_be_added_to_what_is_signed(
    sign: Callable[[dict[str, Any]], str],
) -> None:
    assert prepare(UNIT_LETTER).seal(sign_credential=sign, seal_pdf=_seal).pdf


@pytest.mark.parametrize(
    "sign",
    [
        lambda credential: _jwt(credential | {"name": "อื่น"}),
        lambda credential: _jwt({"vc": credential}),
        lambda credential: _jwt({key: credential[key] for key in credential if key != "evidence"}),
        lambda _: "no.jwt",
        lambda _: "a.%%%.c",
        lambda _: _jwt([]),  # type: ignore[arg-type]  # a signer that misbehaves
        lambda credential: _followed_by(credential, b',"name":"other"}'),
        lambda credential: _followed_by(credential, b',"iss":"a","name":"other"}'),
        lambda credential: _followed_by(credential, b',"iss":"a"}}'),
        lambda credential: _followed_by(credential, b",}"),
        lambda credential: _followed_by(credential, b"," + '{"iss":1}'.encode("utf-16-le")[1:]),
    ],
    ids=[
        "changed",
        "wrapped",
        "shortened",
        "two parts",
        "not base64",
        "a list",
        "said twice",
        "a claim and said twice",
        "a brace too many",
        "a comma too many",
        "two encodings",
    ],
)
def test_a_signer_that_signed_something_else_is_found_out(
    sign: Callable[[dict[str, Any]], str],
) -> None:
    with pytest.raises(CannotSay) as caught:
        prepare(UNIT_LETTER).seal(sign_credential=sign, seal_pdf=_seal)
    assert caught.value.code == "signed-other"


@pytest.mark.parametrize(
    "seal",
    [
        lambda draft: _seal(draft)[1:],
        lambda draft: _seal(draft)[:-1],
        lambda draft: _seal(draft) + b"\n",
        lambda draft: _seal(draft).replace(b"/Subtype/XML", b"/Subtype/LMX"),
        lambda draft: draft.beginning + SEAL,
        lambda _: b"",
    ],
    ids=["first byte", "last byte", "one more", "changed", "no end", "nothing"],
)
def test_a_signer_that_changed_the_file_is_found_out(seal: Callable[[Draft], bytes]) -> None:
    with pytest.raises(CannotSay) as caught:
        prepare(UNIT_LETTER).seal(sign_credential=_jwt, seal_pdf=seal)
    assert caught.value.code == "sealed-other"


def test_a_signer_that_changes_the_credential_it_is_handed_changes_nothing_else() -> None:
    ticket = prepare(UNIT_LETTER)

    def sign(credential: dict[str, Any]) -> str:
        jwt = _jwt(credential)
        credential["credentialSubject"].clear()
        return jwt

    sealed = ticket.seal(sign_credential=sign, seal_pdf=_seal)
    assert sealed.credential_jwt == _jwt(to_open_badge(UNIT_LETTER))
    assert ticket.credential == to_open_badge(UNIT_LETTER)


@pytest.mark.parametrize(
    ("name", "error"),
    [("ก" * 200, CannotSet), ("สมชาย 😀", CannotSet), ("ก\u202eข", CannotSay), ("", CannotSay)],
)
def test_what_cannot_be_said_or_set_gets_no_ticket(
    name: str, error: type[CertificateError]
) -> None:
    with pytest.raises(error):
        prepare(replace(UNIT_LETTER, holder=Holder(UNIT_LETTER.holder.id, name)))
