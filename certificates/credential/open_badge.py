"""A statement as an Open Badges 3.0 AchievementCredential, and back.

Source: 1EdTech Open Badges 3.0 (data model appendix and its JSON Schema for
``AchievementCredential``), W3C Verifiable Credentials Data Model 2.0, W3C Bitstring Status List.
Only properties that the published schema defines are used, so that a JSON-LD signature covers all
of them. What is read is said again and must come out the same to the last character: a credential
with one property more, less or other than ours has no statement.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from certificates.credential import phrases
from certificates.credential.achievement import (
    achievement_of,
    course_in,
    remarks_of,
    shown_of,
    unit_in,
    units_of,
)
from certificates.credential.paper_code import CODE_LENGTH
from certificates.credential.plain_words import refuse_national_number, refuse_unseen
from certificates.credential.snapshot import (
    Basis,
    CertificateKind,
    Holder,
    Party,
    Statement,
    StatusRef,
)
from certificates.errors import CannotSay

_KIND_OF: Final = {"Competency": CertificateKind.UNIT, "Course": CertificateKind.COURSE}

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
SCHEMA: Final = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
    "ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
LAST_COMMON_ERA_YEAR: Final = 2400
"""A later year is a Buddhist-era year that slipped in; the schema would let it pass."""

BANGKOK_MIDNIGHT: Final = "T00:00:00+07:00"
"""Thailand has kept UTC+7 without summer time since 1920 (IANA time-zone data, Asia/Bangkok)."""


def to_open_badge(statement: Statement) -> dict[str, Any]:
    """Return the credential that says exactly what ``statement`` says; nothing null or empty.

    Raises ``CannotSay`` with a code and a field: ``kind`` (unit or course do not match the kind),
    ``year`` (Buddhist era), ``moment`` (not UTC or not whole seconds), ``check-url`` (does not end
    with the paper code), ``owner`` (not one word), ``unseen-character``, ``thirteen-digits``.
    """
    _refuse(statement)
    issued = _moment(statement.issued_at)
    validity = (
        {} if statement.valid_until is None else {"validUntil": _moment(statement.valid_until)}
    )
    return {
        "@context": list(CONTEXTS),
        "id": statement.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{phrases.KIND_NAME[statement.kind]}: {shown_of(statement).title_th}",
        "description": "\n".join(remarks_of(statement)),
        "issuer": _profile(statement.issuer),
        "validFrom": issued,
        **validity,
        "awardedDate": issued,
        "credentialSubject": _subject(statement),
        "evidence": [_evidence(statement)],
        "credentialStatus": {
            "id": f"{statement.status.list_uri}#{statement.status.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(statement.status.index),
            "statusListCredential": statement.status.list_uri,
        },
        "credentialSchema": [dict(SCHEMA)],
    }


def statement_of(credential: Mapping[str, Any]) -> Statement:
    """Return the one statement for which ``to_open_badge`` gives exactly ``credential``.

    Raises ``CannotSay('not-ours')`` for anything else, whatever is wrong with it. ``credential``
    is the JSON object without the registered JWT claims.
    """
    try:
        statement = _read(credential)
        again = to_open_badge(statement)
    except (CannotSay, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as bad:
        raise CannotSay("not-ours", reason=type(bad).__name__) from bad
    if again != credential or not _same_types(again, credential):
        raise CannotSay("not-ours", reason="difference")
    return statement


def _refuse(statement: Statement) -> None:
    refuse_unseen(statement)
    refuse_national_number(statement)
    years = {"passed_on": statement.passed_on.year, "issued_at": statement.issued_at.year}
    if statement.valid_until is not None:
        years["valid_until"] = statement.valid_until.year
    for field, year in years.items():
        if year > LAST_COMMON_ERA_YEAR:
            raise CannotSay("year", field=field, year=year)
    if not statement.check_url.endswith(statement.paper_code):
        raise CannotSay("check-url", field="check_url")
    for unit in units_of(statement):
        if not unit.owner or any(character.isspace() for character in unit.owner):
            raise CannotSay("owner", field="unit.owner", owner=unit.owner)


def _moment(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() or moment.microsecond:
        raise CannotSay("moment", moment=moment.isoformat())
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _profile(party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "type": ["Profile"],
        "name": party.name_th,
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": party.name_en, "identifierType": "name"}
        ],
    }


def _evidence(statement: Statement) -> dict[str, Any]:
    """Return where the certificate can be checked, and on what the pass rests."""
    return {
        "id": statement.check_url,
        "type": ["Evidence"],
        "name": phrases.CHECK_PAGE,
        "description": phrases.BASIS_SENTENCE[statement.basis],
        "genre": statement.basis.value,
    }


def _subject(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.holder.id,
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": statement.holder.name,
                "identityType": "name",
            }
        ],
        "licenseNumber": statement.serial,
        "activityEndDate": statement.passed_on.isoformat() + BANGKOK_MIDNIGHT,
        "source": _profile(statement.school),
        "achievement": achievement_of(statement),
    }


def _same_types(ours: object, theirs: object) -> bool:
    """Tell 1 from True and 1.0, which compare equal in Python but are not the same JSON."""
    if isinstance(ours, dict) and isinstance(theirs, Mapping):
        return all(_same_types(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return all(_same_types(one, other) for one, other in zip(ours, theirs, strict=True))
    return type(ours) is type(theirs)


def _read(credential: Mapping[str, Any]) -> Statement:
    subject = credential["credentialSubject"]
    achievement = subject["achievement"]
    (evidence,) = credential["evidence"]
    (identity,) = subject["identifier"]
    kind = _KIND_OF[achievement["achievementType"]]
    status = credential["credentialStatus"]
    until = credential.get("validUntil")
    return Statement(
        id=credential["id"],
        serial=subject["licenseNumber"],
        paper_code=evidence["id"][-CODE_LENGTH:],
        check_url=evidence["id"],
        kind=kind,
        issuer=_party_in(credential["issuer"]),
        holder=Holder(id=subject["id"], name=identity["identityHash"]),
        school=_party_in(subject["source"]),
        basis=Basis(evidence["genre"]),
        unit=unit_in(achievement["alignment"][0]) if kind is CertificateKind.UNIT else None,
        course=course_in(achievement) if kind is CertificateKind.COURSE else None,
        passed_on=date.fromisoformat(subject["activityEndDate"].removesuffix(BANGKOK_MIDNIGHT)),
        issued_at=_moment_in(credential["validFrom"]),
        valid_until=None if until is None else _moment_in(until),
        status=StatusRef(status["statusListCredential"], int(status["statusListIndex"])),
        demonstration=phrases.DEMONSTRATION in credential["description"].split("\n"),
    )


def _moment_in(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _party_in(profile: Mapping[str, Any]) -> Party:
    (english,) = profile["otherIdentifier"]
    return Party(id=profile["id"], name_th=profile["name"], name_en=english["identifier"])
