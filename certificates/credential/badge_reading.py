"""What a credential says, read from an AchievementCredential that ``open_badge`` wrote.

Nothing is checked here: ``open_badge.statement_of`` says again what was read and compares.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from json import dumps, loads
from typing import Any, Final

from certificates.credential import phrases
from certificates.credential.achievement_reading import (
    course_in,
    honour_in,
    qualification_in,
    record_in,
    unit_certified,
)
from certificates.credential.endorsements import endorsement_texts
from certificates.credential.envelope import files_in, moment_in, party_in, status_in
from certificates.credential.own_facts import BANGKOK_MIDNIGHT
from certificates.credential.paper_code import CODE_LENGTH
from certificates.credential.snapshot import (
    Basis,
    CertificateKind,
    Form,
    Holder,
    Shown,
    Statement,
)
from certificates.errors import CannotSay

COMPLETED: Final = "Completed"
"""Status of a result that was reached (Open Badges 3.0, ResultStatusType)."""


def read_badge(credential: Mapping[str, Any]) -> Statement:
    """Return what an AchievementCredential of ours says; only the comparison proves it is one."""
    subject = credential["credentialSubject"]
    check, *further = credential["evidence"]
    (identity,) = subject["identifier"]
    remarks = credential["description"].split("\n")
    until = credential.get("validUntil")
    started = subject.get("activityStartDate")
    awards = [each for each in further if each["genre"] == phrases.AWARDED_BY]
    said = [subject["achievement"], subject.get("result", []), subject.get("narrative"), awards]
    kind, shown = _certified(dumps(said, ensure_ascii=False))
    parts: dict[str, Any] = {"unit": None, "course": None} | {kind.value: shown}
    return Statement(
        id=credential["id"],
        serial=subject["licenseNumber"],
        paper_code=check["id"][-CODE_LENGTH:],
        check_url=check["id"],
        kind=kind,
        issuer=party_in(credential["issuer"]),
        holder=Holder(id=subject["id"], name=identity["identityHash"]),
        school=party_in(subject["source"]),
        basis=Basis(check["genre"]),
        passed_on=_day_in(subject["activityEndDate"]),
        issued_at=moment_in(credential["validFrom"]),
        valid_until=None if until is None else moment_in(until),
        status=status_in(credential),
        demonstration=phrases.DEMONSTRATION in remarks,
        started_on=None if started is None else _day_in(started),
        hours=subject.get("creditsEarned"),
        evidence=files_in([each for each in further if each["genre"] == phrases.FILE]),
        endorsements=endorsement_texts(subject["achievement"]),
        replaces=_replaced(remarks),
        form=Form.SECOND if "result" in subject else Form.FIRST,
        **parts,
    )


@lru_cache(maxsize=4_096)
def _certified(said: str) -> tuple[CertificateKind, Shown]:
    """Return what is certified; the same texts are read once."""
    achievement, results, reason, awards = loads(said)
    finished = not results or results[0]["status"] == COMPLETED
    match achievement["achievementType"]:
        case "Competency":
            return CertificateKind.UNIT, unit_certified(achievement)
        case "Certification":
            return CertificateKind.QUALIFICATION, qualification_in(achievement)
        case "Award":
            return CertificateKind.HONOUR, honour_in(achievement, reason, awards)
        case "Course" if finished:
            return CertificateKind.COURSE, course_in(achievement)
        case "Course":
            return CertificateKind.RECORD, record_in(achievement, results)
    raise CannotSay("not-ours", reason="achievementType")


def _replaced(remarks: list[str]) -> str | None:
    label = phrases.LABEL_REPLACES
    return next((each.removeprefix(label) for each in remarks if each.startswith(label)), None)


def _day_in(text: str) -> date:
    return date.fromisoformat(text.removesuffix(BANGKOK_MIDNIGHT))
