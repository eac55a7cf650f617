"""What must be true of a check: what it proves, and what it concludes when it cannot."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.credential.snapshot import Statement, StatusRef
from certificates.errors import CheckStopped, NoLongerValid, NotChecked, Refused
from certificates.sealing.keys import Window
from certificates.sealing.status_list import FEWEST_BITS
from certificates.sealing.token import sign_credential
from certificates.sealing.trust_list import TrustList
from certificates.verifying.journal import Journal, Outcome, Step
from certificates.verifying.verification import Verified, verify
from tests.certificates.outsiders import signed_outside
from tests.certificates.statements import COURSE_LETTER, ISSUER, UNIT_LETTER
from tests.certificates.workshop import (
    CHECKED,
    ISSUED,
    STATUS_URI,
    STRANGER,
    Office,
    by_stranger,
    certificate,
    office,
    page,
    ring,
    sealed,
    token,
    trust,
)


def check(data: bytes, listed: TrustList | None = None, at: datetime = CHECKED) -> Verified:
    return verify(data, trust=listed or trust(), at=at)


@pytest.mark.parametrize("statement", [UNIT_LETTER, COURSE_LETTER], ids=["unit", "course"])
def test_a_certificate_of_ours_is_proved_whole(statement: Statement) -> None:
    verified = check(sealed(statement))
    assert verified.statement == statement
    assert verified.issuer == trust().issuers[0]
    assert verified.signed_at == ISSUED
    assert [each.step for each in verified.steps] == list(Step)
    unproved = [each.step for each in verified.steps if each.outcome is not Outcome.OK]
    assert unproved == [Step.TIME_STAMP, Step.LOG]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"], ids=["bare", "newline", "crlf"])
def test_a_bare_token_is_proved_without_a_page(end: str) -> None:
    verified = check((token() + end).encode())
    assert verified.statement == UNIT_LETTER
    assert verified.signed_at is None


def test_a_document_signed_later_than_planned_is_good() -> None:
    assert check(sealed(at=ISSUED + timedelta(hours=1))).statement == UNIT_LETTER


def test_a_document_outlives_the_key_that_sealed_it() -> None:
    later = ISSUED + timedelta(days=800)
    listed = replace(office(), listed_at=later).trust()
    assert check(certificate(), listed, later).statement == UNIT_LETTER


# What has changed since


def test_a_revoked_certificate_is_genuine_but_no_longer_valid() -> None:
    listed = replace(office(), revoked=(UNIT_LETTER.status.index,)).trust()
    with pytest.raises(NoLongerValid, match="revoked"):
        check(certificate(), listed)


def test_the_revocation_of_a_neighbour_changes_nothing() -> None:
    index = UNIT_LETTER.status.index
    listed = replace(office(), revoked=(index - 1, index + 1)).trust()
    assert check(certificate(), listed).statement == UNIT_LETTER


EXPIRING = replace(UNIT_LETTER, valid_until=ISSUED + timedelta(hours=3))


def test_an_expired_certificate_is_genuine_but_no_longer_valid() -> None:
    document = sealed(EXPIRING)
    assert check(document, at=ISSUED + timedelta(hours=3)).statement == EXPIRING
    with pytest.raises(NoLongerValid, match="expired"):
        check(document, at=ISSUED + timedelta(hours=3, seconds=1))


def test_an_expired_certificate_is_expired_also_when_its_status_is_not_known() -> None:
    with pytest.raises(NoLongerValid, match="expired"):
        check(sealed(EXPIRING), at=ISSUED + timedelta(days=30))


# What cannot be checked


def test_without_a_trust_list_nothing_is_concluded() -> None:
    with pytest.raises(NotChecked, match="trust-list-missing"):
        verify(certificate(), trust=None, at=CHECKED)
    with pytest.raises(NotChecked, match="trust-list-missing"):
        verify(token().encode(), trust=None, at=CHECKED)


def test_why_the_trust_list_cannot_be_used_is_told() -> None:
    with pytest.raises(NotChecked, match="trust-list-signature"):
        verify(certificate(), trust=NotChecked("trust-list-signature"), at=CHECKED)


def test_a_damaged_document_is_forged_even_without_a_trust_list() -> None:
    with pytest.raises(Refused, match="bytes-changed"):
        verify(certificate().replace(b"%PDF-1.", b"%PDF-2.", 1), trust=None, at=CHECKED)


def test_a_stale_status_list_never_passes() -> None:
    with pytest.raises(NotChecked, match="status-stale"):
        check(certificate(), at=CHECKED + timedelta(hours=24))


def test_a_missing_status_list_never_passes() -> None:
    with pytest.raises(NotChecked, match="status-missing"):
        check(certificate(), replace(trust(), status_tokens={}))


def test_an_index_outside_the_list_never_passes() -> None:
    beyond = replace(UNIT_LETTER, status=StatusRef(STATUS_URI, FEWEST_BITS))
    with pytest.raises(NotChecked, match="status-index-range"):
        check(sealed(beyond))


def test_a_status_list_of_another_address_never_passes() -> None:
    elsewhere = replace(UNIT_LETTER, status=StatusRef("https://evil.example/status", 1))
    with pytest.raises(NotChecked, match="status-missing"):
        check(sealed(elsewhere))


def test_a_certificate_is_not_judged_for_a_time_before_it() -> None:
    with pytest.raises(NotChecked, match="not-yet-valid"):
        check(certificate(), at=ISSUED - timedelta(minutes=6))
    assert check(certificate(), at=ISSUED - timedelta(minutes=4)).statement == UNIT_LETTER


def test_a_credential_in_a_form_we_do_not_know_is_not_judged() -> None:
    extra = {**check(certificate()).credential, "extra": 1}
    with pytest.raises(NotChecked, match="credential-form"):
        check(sign_credential(extra, ring().credential).encode())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PD", "format-unknown"),
        (b"plain text", "format-unknown"),
        (b"\x89PNG\r\n\x1a\n" + bytes(900), "picture-unreadable"),
        (b"%PDF-1.7" + bytes(50 * 1024 * 1024), "too-large"),
    ],
    ids=["empty", "three bytes", "text", "image", "50 MB"],
)
def test_what_is_no_document_of_ours_is_not_judged(data: bytes, code: str) -> None:
    with pytest.raises(NotChecked) as stop:
        check(data)
    assert stop.value.code == code


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_random_bytes_never_end_in_anything_but_a_stop(data: bytes) -> None:
    with pytest.raises(CheckStopped):
        check(data)


# Somebody else's documents


def test_a_seal_of_a_stranger_is_not_judged() -> None:
    with pytest.raises(NotChecked, match="signer-unknown"):
        check(by_stranger())


def test_a_token_of_a_stranger_is_not_judged() -> None:
    statement = replace(UNIT_LETTER, issuer=STRANGER)
    with pytest.raises(NotChecked, match="issuer-unknown"):
        check(token(statement, ring("stranger", STRANGER)).encode())


@pytest.mark.parametrize("kind", ["p256", "p384", "rsa"])
def test_an_intact_document_of_another_program_is_not_judged(kind: str) -> None:
    document = signed_outside(page(), "Somebody Else", kind=kind)
    with pytest.raises(NotChecked, match="signer-unknown"):
        check(document)
    with pytest.raises(NotChecked, match="trust-list-missing"):
        verify(document, trust=None, at=CHECKED)


@pytest.mark.parametrize("kind", ["p256", "p384", "rsa"])
def test_a_broken_document_of_another_program_is_forged(kind: str) -> None:
    document = signed_outside(page(text="AAAA"), "Somebody Else", kind=kind)
    with pytest.raises(Refused):
        check(document.replace(b"%PDF-1.", b"%PDF-2.", 1))


# Trusted names with other keys


def test_the_same_names_with_other_keys_are_forged() -> None:
    with pytest.raises(Refused, match="signer-forged"):
        check(sealed(keys=ring("fake")))
    with pytest.raises(Refused, match="issuer-forged"):
        check(token(keys=ring("fake")).encode())


@pytest.mark.parametrize("name", [ISSUER.name_th, ISSUER.name_en[:64]], ids=["th", "en"])
def test_a_trusted_organisation_in_a_strange_certificate_is_forged(name: str) -> None:
    with pytest.raises(Refused):
        check(signed_outside(page(), name))


def test_a_trusted_key_under_a_strange_issuer_is_forged() -> None:
    statement = replace(UNIT_LETTER, issuer=STRANGER)
    with pytest.raises(Refused, match="issuer-forged"):
        check(token(statement).encode())


def test_the_page_of_one_issuer_cannot_carry_the_credential_of_another() -> None:
    other = Office(ring("stranger", STRANGER)).draft().issuers[0]
    both = replace(trust(), issuers=(*trust().issuers, replace(other, status_lists=())))
    mixed = sealed(replace(UNIT_LETTER, issuer=STRANGER), ring())
    with pytest.raises(Refused, match="issuer-differs"):
        check(mixed, both)


# Keys and mandates in time


def test_a_seal_made_when_its_key_was_not_in_force_is_refused() -> None:
    ever = Window(ISSUED - timedelta(days=9000), ISSUED + timedelta(days=9000))
    keys = replace(ring(), document=replace(ring().document, window=ever))
    for days in (-10, 366):
        with pytest.raises(Refused, match="signer-window"):
            check(sealed(keys=keys, at=ISSUED + timedelta(days=days)))


def test_a_credential_issued_before_its_key_was_made_is_refused() -> None:
    early = replace(UNIT_LETTER, issued_at=ISSUED - timedelta(days=30))
    with pytest.raises(Refused, match="token-window"):
        check(token(early).encode())


def test_without_a_mandate_for_the_owner_a_certificate_is_refused() -> None:
    with pytest.raises(Refused, match="mandate"):
        check(certificate(), replace(office(), owners=("DSD",)).trust())


def test_a_mandate_that_began_after_the_issue_does_not_help() -> None:
    late = replace(office(), mandate_from=ISSUED + timedelta(seconds=1)).trust()
    with pytest.raises(Refused, match="mandate"):
        check(certificate(), late)


# The journal


def test_the_journal_says_how_far_a_check_came() -> None:
    journal = Journal()
    listed = replace(office(), revoked=(UNIT_LETTER.status.index,)).trust()
    with pytest.raises(NoLongerValid):
        verify(certificate(), trust=listed, at=CHECKED, journal=journal)
    outcomes = {each.step: (each.outcome, each.code) for each in journal.complete()}
    assert outcomes[Step.MANDATE] == (Outcome.OK, "proved")
    assert outcomes[Step.STATUS] == (Outcome.FAILED, "revoked")
    assert outcomes[Step.DATES] == (Outcome.NOT_CHECKED, "not-reached")
    assert journal.credential == check(certificate()).credential


def test_nothing_is_told_of_a_document_that_was_not_proved() -> None:
    journal = Journal()
    with pytest.raises(NotChecked):
        verify(by_stranger(), trust=trust(), at=CHECKED, journal=journal)
    assert journal.credential is None
