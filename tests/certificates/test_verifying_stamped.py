"""What must be true of documents with time stamps, years later and after keys have gone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.errors import NotChecked, Refused
from certificates.report import Verdict, examine
from certificates.sealing.byte_range import read_coverage
from certificates.sealing.certificate_chain import fingerprint
from certificates.sealing.cms_profile import assemble, take_apart
from certificates.sealing.development_pki import create_development_keys
from certificates.sealing.keys import KeyRing, Window, load_keys
from certificates.sealing.legal_class import ClassOfAuthority, LegalClass
from certificates.sealing.revoked_signers import Revocation, revocation_list
from certificates.sealing.trust_file import read_trust_list, write_trust_list
from certificates.sealing.trust_list import TrustList
from certificates.verifying.journal import Journal, Outcome, Step
from certificates.verifying.verification import Verified, verify
from tests.certificates.stamped import authority, stamped, stamped_certificate
from tests.certificates.statements import ISSUER, UNIT_LETTER
from tests.certificates.workshop import CHECKED, ISSUED, MADE, Office, office, ring, sealed, trust

DOCUMENT = stamped_certificate()
LATER = ISSUED + timedelta(days=800)


def check(data: bytes, listed: TrustList | None = None, at: datetime = CHECKED) -> Verified:
    return verify(data, trust=listed or trust(), at=at)


def outcomes(data: bytes, listed: TrustList | None = None) -> dict[Step, tuple[Outcome, str]]:
    report = examine(data, name="x", trust=listed or trust(), at=CHECKED)
    return {each.step: (each.outcome, each.code) for each in report.steps}


def with_cms(pdf: bytes, cms: bytes) -> bytes:
    """Put other bytes into the place of the seal."""
    start = pdf.index(b"/Contents <30") + len(b"/Contents <")
    end = pdf.index(b">", start)
    return pdf[:start] + cms.hex().encode().ljust(end - start, b"0") + pdf[end:]


def restamped(token: bytes) -> bytes:
    """Return the document with another stamp in its seal."""
    parts = take_apart(read_coverage(DOCUMENT).cms)
    return with_cms(DOCUMENT, assemble(replace(parts, time_stamp=token)))


def test_a_stamped_certificate_is_proved_with_the_moment_of_its_stamp() -> None:
    verified = check(DOCUMENT)
    assert verified.statement == UNIT_LETTER
    assert verified.signed_at == ISSUED
    assert outcomes(DOCUMENT)[Step.TIME_STAMP] == (Outcome.OK, "proved")


def test_pyhanko_finds_the_stamped_certificate_and_its_stamp_trusted() -> None:
    root = asn1_x509.Certificate.load(ring().document.chain[-1])
    (signature,) = PdfFileReader(BytesIO(DOCUMENT)).embedded_signatures
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[root], moment=CHECKED, allow_fetching=False)
    )
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp == ISSUED


@settings(deadline=None, max_examples=150)
@given(st.integers(0, len(DOCUMENT) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(at: int, pattern: int) -> None:
    changed = bytearray(DOCUMENT)
    changed[at] ^= pattern
    assert examine(bytes(changed), name="x", trust=trust(), at=CHECKED).verdict is Verdict.FORGED


def test_every_place_in_the_stamp_matters() -> None:
    token = take_apart(read_coverage(DOCUMENT).cms).time_stamp.hex().encode()
    start = DOCUMENT.index(token)
    for position in range(start, start + len(token), 19):
        changed = bytearray(DOCUMENT)
        changed[position] = ord("0") if changed[position] != ord("0") else ord("1")
        with pytest.raises(Refused):
            check(bytes(changed))


# Stamps that are not what they should be


def test_the_stamp_of_another_signature_is_forged() -> None:
    with pytest.raises(Refused, match="time-stamp-differs"):
        check(restamped(authority().stamp(b"something else")))


def test_a_stamp_of_the_trusted_name_with_another_key_is_forged() -> None:
    parts = take_apart(read_coverage(DOCUMENT).cms)
    with pytest.raises(Refused, match="time-stamp-forged"):
        check(restamped(authority(ring("fake")).stamp(parts.signature)))


def test_a_stamp_that_the_document_signer_made_is_refused() -> None:
    keys = ring()
    own = authority()
    wrong = replace(own.key, certificate=keys.document.chain[0], make=keys.document.make)
    parts = take_apart(read_coverage(DOCUMENT).cms)
    token = replace(own, key=wrong).stamp(parts.signature)
    listed = replace(trust().time_stampers[0], certificates=(keys.document.chain[1],))
    with pytest.raises(Refused, match="time-stamp-usage"):
        check(restamped(token), replace(trust(), time_stampers=(listed,)))


def test_a_stamp_made_when_its_authority_was_not_believed_is_refused() -> None:
    short = replace(trust().time_stampers[0], window=Window(MADE, MADE + timedelta(days=1)))
    with pytest.raises(Refused, match="time-stamp-window"):
        check(DOCUMENT, replace(trust(), time_stampers=(short,)))


def test_a_signature_that_claims_to_be_later_than_its_stamp_is_refused() -> None:
    with pytest.raises(Refused, match="time-stamp-early"):
        check(stamped(at=ISSUED - timedelta(minutes=6)))
    assert check(stamped(at=ISSUED - timedelta(minutes=4))).statement == UNIT_LETTER


def test_a_stamp_of_an_authority_that_is_not_listed_counts_for_nothing() -> None:
    unlisted = replace(trust(), time_stampers=())
    assert outcomes(DOCUMENT, unlisted)[Step.TIME_STAMP] == (
        Outcome.NOT_CHECKED,
        "time-stamp-unknown",
    )
    verified = check(DOCUMENT, unlisted)
    assert verified.statement == UNIT_LETTER


# Years later


def test_a_document_outlives_the_key_that_sealed_it_and_its_rotation() -> None:
    listed = replace(office(), listed_at=LATER).trust()
    assert check(DOCUMENT, listed, LATER).statement == UNIT_LETTER
    assert check(DOCUMENT, listed, LATER).signed_at == ISSUED


def test_a_stamp_outside_the_window_of_the_signer_is_refused_whatever_the_signer_claims() -> None:
    late = stamped(at=ISSUED + timedelta(days=366))
    with pytest.raises(Refused, match="signer-window"):
        check(late, at=LATER)


@cache
def house() -> tuple[KeyRing, dict[str, ec.EllipticCurvePrivateKey]]:
    """Return a bank's keys together with those of its authorities."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "keys"
        create_development_keys(folder, now=MADE, issuer=ISSUER)
        private = {}
        for name in ("issuing", "trust"):
            key = load_pem_private_key((folder / f"{name}.pem").read_bytes(), password=None)
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            private[name] = key
        return load_keys(folder), private


def revoking(at: datetime, *, compromised: bool, whom: int = 0) -> TrustList:
    """Return a trust list in which the signer (0) or the issuing authority (1) is revoked."""
    keys, private = house()
    above = x509.load_der_x509_certificate(keys.document.chain[whom + 1])
    revoked = x509.load_der_x509_certificate(keys.document.chain[whom])
    crl = revocation_list(
        above,
        private["trust" if whom else "issuing"],
        {revoked.serial_number: Revocation(at, compromised=compromised)},
        at=at,
        until=at + timedelta(days=30),
    )
    draft = Office(keys).draft()
    issuer = replace(draft.issuers[0], revocation_lists=(crl,))
    return read_trust_list(write_trust_list(replace(draft, issuers=(issuer,)), keys.trust))


BEFORE, AFTER = ISSUED - timedelta(hours=1), ISSUED + timedelta(hours=1)


@pytest.mark.parametrize("whom", [0, 1], ids=["signer", "authority"])
@pytest.mark.parametrize("make", [sealed, stamped], ids=["claimed", "stamped"])
def test_what_a_signer_signed_after_being_revoked_is_refused(
    make: Callable[..., bytes], whom: int
) -> None:
    for compromised in (False, True):
        listed = revoking(BEFORE, compromised=compromised, whom=whom)
        with pytest.raises(Refused, match="signer-revoked"):
            check(make(keys=house()[0]), listed)


def test_what_a_retired_signer_signed_before_stays_good() -> None:
    for make in (sealed, stamped):
        document = make(keys=house()[0])
        assert check(document, revoking(AFTER, compromised=False)).statement == UNIT_LETTER


def test_of_a_stolen_key_only_what_was_stamped_before_stays_good() -> None:
    listed = revoking(AFTER, compromised=True)
    assert check(stamped(keys=house()[0]), listed).statement == UNIT_LETTER
    with pytest.raises(NotChecked, match="signer-compromised"):
        check(sealed(keys=house()[0]), listed)
    with pytest.raises(NotChecked, match="signer-compromised"):
        check(stamped(keys=house()[0]), replace(listed, time_stampers=()))


def test_a_revocation_list_of_somebody_else_spoils_the_trust_list() -> None:
    draft = office().draft()
    foreign = house()[0].revocation_lists
    for lists in (foreign, (b"\x30\x00",)):
        issuer = replace(draft.issuers[0], revocation_lists=lists)
        with pytest.raises(Exception, match="trust-list"):
            write_trust_list(replace(draft, issuers=(issuer,)), ring().trust)


# What a signature is worth in law


@pytest.mark.parametrize("legal_class", list(LegalClass)[1:])
def test_the_legal_class_is_what_the_trust_list_says_of_the_authority(
    legal_class: LegalClass,
) -> None:
    said = ClassOfAuthority(fingerprint(ring().document.chain[1]), legal_class, ())
    issuer = replace(office().draft().issuers[0], legal_classes=(said,))
    draft = replace(office().draft(), issuers=(issuer,), demonstration=False)
    listed = read_trust_list(write_trust_list(draft, ring().trust))
    assert listed.issuers[0].legal_classes == (said,)
    assert outcomes(DOCUMENT, listed)[Step.LEGAL_CLASS] == (Outcome.OK, legal_class)


def test_without_a_word_in_the_trust_list_the_least_class_is_assumed() -> None:
    plain = replace(trust(), demonstration=False)
    assert outcomes(DOCUMENT, plain)[Step.LEGAL_CLASS][1] == "section-9"


def test_a_class_that_asks_for_a_policy_is_not_given_without_it() -> None:
    authority_of = fingerprint(ring().document.chain[1])
    said = ClassOfAuthority(authority_of, LegalClass.SECTION_26_28, ("2.16.764.1.1",))
    issuer = replace(trust().issuers[0], legal_classes=(said,))
    listed = replace(trust(), issuers=(issuer,), demonstration=False)
    assert outcomes(DOCUMENT, listed)[Step.LEGAL_CLASS][1] == "section-9"


def test_development_keys_never_have_an_effect() -> None:
    journal = Journal()
    verify(DOCUMENT, trust=trust(), at=CHECKED, journal=journal)
    (found,) = [each for each in journal.steps if each.step is Step.LEGAL_CLASS]
    assert found.code == "demonstration"


def test_a_class_said_of_somebody_elses_authority_spoils_the_trust_list() -> None:
    said = ClassOfAuthority("0" * 64, LegalClass.SECTION_26, ())
    issuer = replace(office().draft().issuers[0], legal_classes=(said,))
    with pytest.raises(Exception, match="trust-list"):
        write_trust_list(replace(office().draft(), issuers=(issuer,)), ring().trust)
