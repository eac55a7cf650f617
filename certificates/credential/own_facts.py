"""What is one certificate's own, and what it has in common with thousands of others.

A class of learners gets the same certificate but for name, numbers and days. Everything in common
is said, read over and read back once; after that only a certificate's own facts are looked at.
``with_own_facts`` after ``in_common`` is the same as saying the whole (a test holds that).
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from certificates.credential.snapshot import CertificateKind, Holder, Statement

BANGKOK_MIDNIGHT: Final = "T00:00:00+07:00"
"""Thailand has kept UTC+7 without summer time since 1920 (IANA time-zone data, Asia/Bangkok)."""

_NO_UUID: Final = "urn:uuid:00000000-0000-4000-8000-000000000000"
_CODE: Final = "0" * 26
_PASSED: Final = date(2399, 1, 1)
"""After everything that is in common; a day that reading over lets pass."""
_ISSUED: Final = datetime(2399, 1, 2, tzinfo=UTC)
_UNTIL: Final = datetime(2399, 12, 31, tzinfo=UTC)
_HOLDER: Final = Holder(_NO_UUID, "ก")
_ALONE: Final = frozenset({CertificateKind.PORTFOLIO, CertificateKind.HONOUR})


def is_alone(statement: Statement) -> bool:
    """Tell whether a statement has nothing worth keeping in common with any other."""
    own = statement.evidence or statement.endorsements or statement.replaces is not None
    return statement.kind in _ALONE or bool(own)


def in_common(statement: Statement) -> Statement:
    """Return what all certificates of the same kind, subject, issuer and school say."""
    address = statement.check_url.removesuffix(statement.paper_code)
    return replace(
        statement,
        id=_NO_UUID,
        serial="-",
        paper_code=_CODE,
        check_url=address + _CODE,
        holder=_HOLDER,
        passed_on=_PASSED,
        issued_at=_ISSUED,
        valid_until=None if statement.valid_until is None else _UNTIL,
        status=replace(statement.status, index=0),
    )


def own_texts(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Return the texts that are the certificate's own, each with its field."""
    return (
        ("id", statement.id),
        ("serial", statement.serial),
        ("paper_code", statement.paper_code),
        ("check_url", statement.check_url),
        ("holder.id", statement.holder.id),
        ("holder.name", statement.holder.name),
    )


def with_own_facts(
    credential: dict[str, Any], statement: Statement, *, issued: str, until: str | None
) -> dict[str, Any]:
    """Return ``credential``, said of what is in common, with the own facts put in."""
    status, subject = credential["credentialStatus"], credential["credentialSubject"]
    credential["id"] = statement.id
    credential["validFrom"] = credential["awardedDate"] = issued
    if until is not None:
        credential["validUntil"] = until
    status["id"] = f"{statement.status.list_uri}#{statement.status.index}"
    status["statusListIndex"] = str(statement.status.index)
    subject["id"] = statement.holder.id
    subject["identifier"][0]["identityHash"] = statement.holder.name
    subject["licenseNumber"] = statement.serial
    subject["activityEndDate"] = statement.passed_on.isoformat() + BANGKOK_MIDNIGHT
    credential["evidence"][0]["id"] = statement.check_url
    return credential
