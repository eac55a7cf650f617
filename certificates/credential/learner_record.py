"""A portfolio as a CLR 2.0 ClrCredential, and back.

Source: 1EdTech Comprehensive Learner Record 2.0 (its context must stand between that of the
Verifiable Credentials and that of Open Badges). Each certificate keeps its own signature: it is
carried as the VC-JWT that was issued (W3C VC Data Model 2.0, 4.13: enveloped credentials). The
CLR schema asks for issuer, date and subject beside it; these are read from the token itself.

``ClrSubject`` has no property for a serial, a school or a single pass: these stand as labelled
lines. A unit belongs to a qualification by ``isPartOf``, a course to a unit by ``isRelatedTo``.
"""

from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from datetime import date
from json import loads
from typing import Any, Final

from certificates.credential import phrases
from certificates.credential.achievement_form import (
    course_achievement,
    unit_achievement,
    unit_lines,
)
from certificates.credential.achievement_reading import course_in, unit_in
from certificates.credential.envelope import (
    OPEN_BADGES,
    OPEN_BADGES_TYPES,
    SCHEMA_TYPE,
    VERIFIABLE_CREDENTIALS,
    check_page_of,
    envelope_of,
    files_in,
    files_of,
    holder_of,
    moment_in,
    party_in,
    status_in,
)
from certificates.credential.labelled_lines import below_head, value_of, values_of, written
from certificates.credential.paper_code import CODE_LENGTH
from certificates.credential.snapshot import (
    Basis,
    CertificateKind,
    CourseShown,
    Form,
    HeldShown,
    Holder,
    PathwayShown,
    PortfolioShown,
    Statement,
)
from certificates.errors import CannotSay

CONTEXTS: Final = (
    VERIFIABLE_CREDENTIALS,
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    OPEN_BADGES,
    OPEN_BADGES_TYPES,
)
SCHEMA: Final = {
    "id": "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json",
    "type": SCHEMA_TYPE,
}
MOST_OF_MEMBERS: Final = 600_000
"""Characters of all tokens in a portfolio: encoded once more they stay below the longest token."""
ENVELOPE: Final = "data:application/vc+jwt,"
_PART: Final = "isPartOf"
_RELATED: Final = "isRelatedTo"


def is_learner_record(credential: Mapping[str, Any]) -> bool:
    """Tell whether a credential claims to be a CLR."""
    return "ClrCredential" in credential["type"]


def learner_record_of(statement: Statement) -> dict[str, Any]:
    """Return the ClrCredential of a portfolio.

    Raises ``CannotSay('portfolio')`` naming the field: nothing or too much is in it, a member is
    no token, or something is said that only a certificate of one achievement can say.
    """
    shown = statement.portfolio
    if shown is None:
        raise CannotSay("kind", field="kind", kind=statement.kind.value)
    _refuse(statement, shown)
    credential = {
        "@context": list(CONTEXTS),
        "type": ["VerifiableCredential", "ClrCredential"],
        **envelope_of(statement),
        "credentialSubject": _subject(statement, shown),
        "evidence": [check_page_of(statement), *files_of(statement)],
        "credentialSchema": [dict(SCHEMA)],
    }
    credential["description"] = written(
        credential["description"],
        (phrases.LABEL_SERIAL, statement.serial),
        (phrases.LABEL_PAGE, shown.uri),
        (phrases.LABEL_TITLE_EN, shown.title_en),
    )
    return credential | ({"partial": True} if shown.partial else {})


def _refuse(statement: Statement, shown: PortfolioShown) -> None:
    wrong = {
        "held": not shown.held,
        "members": not shown.members or sum(map(len, shown.members)) > MOST_OF_MEMBERS,
        "school": statement.school != statement.issuer,
        "passed_on": not shown.held
        or statement.passed_on != max(each.passed_on for each in shown.held),
        "started_on": statement.started_on is not None,
        "hours": statement.hours is not None,
        "endorsements": bool(statement.endorsements),
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise CannotSay("portfolio", field=field)


def _subject(statement: Statement, shown: PortfolioShown) -> dict[str, Any]:
    achievements = [
        *(_held(each) for each in shown.held),
        *(_pathway(each) for each in shown.pathways),
        *(_course(each) for each in shown.courses),
    ]
    ties = [_tie(_PART, unit, way.uri) for way in shown.pathways for unit in way.held]
    ties += [
        _tie(_RELATED, course.uri, unit.uri) for course in shown.courses for unit in course.units
    ]
    return {
        **holder_of(statement),
        "type": ["ClrSubject"],
        "achievement": achievements,
        "verifiableCredential": [_member(token) for token in shown.members],
    } | ({"association": ties} if ties else {})


def _held(held: HeldShown) -> dict[str, Any]:
    lines = unit_lines(
        held.unit,
        (phrases.LABEL_BASIS, held.basis.value),
        (phrases.LABEL_PASSED, held.passed_on.isoformat()),
        (phrases.LABEL_SCHOOL, held.school),
        (phrases.COURSE + ": ", held.course),
        *((phrases.LABEL_SERIAL, serial) for serial in held.serials),
    )
    sentence = {"narrative": phrases.BASIS_SENTENCE[held.basis]}
    own = unit_achievement(held.unit, Form.SECOND)
    return own | {"description": lines, "criteria": sentence}


def _pathway(way: PathwayShown) -> dict[str, Any]:
    return {
        "id": way.uri,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "inLanguage": "th",
        "humanCode": way.code,
        "name": way.title_th,
        "description": written(
            f"{phrases.QUALIFICATION} {way.code}",
            (phrases.LABEL_TITLE_EN, way.title_en),
            (phrases.LABEL_LEVEL, way.level),
            (phrases.LABEL_MISSING, str(way.missing)),
        ),
        "criteria": {"narrative": phrases.PATHWAY_SENTENCE},
    }


def _course(course: CourseShown) -> dict[str, Any]:
    return course_achievement(course) | {"criteria": {"narrative": phrases.PORTFOLIO_SENTENCE}}


def _tie(kind: str, source: str, target: str) -> dict[str, str]:
    return {
        "type": "Association",
        "associationType": kind,
        "sourceId": source,
        "targetId": target,
    }


def _member(token: str) -> dict[str, Any]:
    """Return a certificate in its envelope."""
    try:
        payload = token.split(".")[1]
        claims = loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return {
            "@context": [VERIFIABLE_CREDENTIALS, OPEN_BADGES],
            "id": ENVELOPE + token,
            "type": ["VerifiableCredential", "EnvelopedVerifiableCredential"],
            "issuer": claims["issuer"],
            "validFrom": claims["validFrom"],
            "credentialSubject": {"id": claims["credentialSubject"]["id"]},
        }
    except (ValueError, LookupError, TypeError, AttributeError) as bad:
        raise CannotSay("portfolio", field="members") from bad


def read_record(credential: Mapping[str, Any]) -> Statement:
    """Return what a ClrCredential of ours says; only the comparison proves that it is one."""
    subject = credential["credentialSubject"]
    check, *files = credential["evidence"]
    (identity,) = subject["identifier"]
    remarks = credential["description"].split("\n")
    issuer = party_in(credential["issuer"])
    until = credential.get("validUntil")
    shown = _portfolio_in(credential, remarks)
    serial = value_of(remarks, phrases.LABEL_SERIAL)
    return Statement(
        id=credential["id"],
        serial="" if serial is None else serial,
        paper_code=check["id"][-CODE_LENGTH:],
        check_url=check["id"],
        kind=CertificateKind.PORTFOLIO,
        issuer=issuer,
        holder=Holder(id=subject["id"], name=identity["identityHash"]),
        school=issuer,
        basis=Basis(check["genre"]),
        unit=None,
        course=None,
        passed_on=max(each.passed_on for each in shown.held),
        issued_at=moment_in(credential["validFrom"]),
        valid_until=None if until is None else moment_in(until),
        status=status_in(credential),
        demonstration=phrases.DEMONSTRATION in remarks,
        portfolio=shown,
        evidence=files_in(files),
        replaces=value_of(remarks, phrases.LABEL_REPLACES),
    )


def _portfolio_in(credential: Mapping[str, Any], remarks: Sequence[str]) -> PortfolioShown:
    subject = credential["credentialSubject"]
    by_type: dict[str, list[Mapping[str, Any]]] = {}
    for each in subject["achievement"]:
        by_type.setdefault(each["achievementType"], []).append(each)
    ties = [tie for tie in subject.get("association", ()) if tie["associationType"] == _PART]
    uri = value_of(remarks, phrases.LABEL_PAGE)
    return PortfolioShown(
        uri="" if uri is None else uri,
        title_th=credential["name"].partition(": ")[2],
        title_en=value_of(remarks, phrases.LABEL_TITLE_EN),
        partial=credential.get("partial", False),
        held=tuple(map(_held_in, by_type["Competency"])),
        pathways=tuple(_pathway_in(each, ties) for each in by_type.get("Certification", ())),
        courses=tuple(map(course_in, by_type.get("Course", ()))),
        members=tuple(
            each["id"].removeprefix(ENVELOPE) for each in subject["verifiableCredential"]
        ),
    )


def _held_in(achievement: Mapping[str, Any]) -> HeldShown:
    (alignment,) = achievement["alignment"]
    lines = below_head(achievement["description"])
    passed_on, school = (
        value_of(lines, label) for label in (phrases.LABEL_PASSED, phrases.LABEL_SCHOOL)
    )
    return HeldShown(
        unit=unit_in(alignment),
        basis=Basis(value_of(lines, phrases.LABEL_BASIS) or ""),
        passed_on=date.fromisoformat(passed_on or ""),
        school=school or "",
        course=value_of(lines, phrases.COURSE + ": "),
        serials=values_of(lines, phrases.LABEL_SERIAL),
    )


def _pathway_in(achievement: Mapping[str, Any], ties: Sequence[Mapping[str, Any]]) -> PathwayShown:
    lines = below_head(achievement["description"])
    return PathwayShown(
        uri=achievement["id"],
        code=achievement["humanCode"],
        title_th=achievement["name"],
        title_en=value_of(lines, phrases.LABEL_TITLE_EN),
        level=value_of(lines, phrases.LABEL_LEVEL),
        held=tuple(tie["sourceId"] for tie in ties if tie["targetId"] == achievement["id"]),
        missing=int(value_of(lines, phrases.LABEL_MISSING) or ""),
    )
