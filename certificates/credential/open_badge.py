"""A statement as a credential, and back: Open Badges 3.0, or CLR 2.0 for a portfolio.

Source: 1EdTech Open Badges 3.0 (data model appendix and its JSON Schema for
``AchievementCredential``), W3C Verifiable Credentials Data Model 2.0. Only terms that the named
contexts define are used (``linked_terms``), so that a JSON-LD signature covers all of them. What
is read is said again and must come out the same to the last character: a credential with one
property more, less or other than ours has no statement.
"""

from collections.abc import Mapping
from functools import lru_cache
from json import dumps
from typing import Any, Final

from orjson import loads

from certificates.credential import phrases
from certificates.credential.achievement import shown_of, units_of
from certificates.credential.achievement_form import PASSED as PASSED_LEVEL
from certificates.credential.achievement_form import achievement_of, element_id, result_id
from certificates.credential.achievement_reading import (
    ATTENDANCE_STATUS,
)
from certificates.credential.badge_reading import COMPLETED, read_badge
from certificates.credential.envelope import (
    OPEN_BADGES,
    OPEN_BADGES_TYPES,
    SCHEMA_TYPE,
    VERIFIABLE_CREDENTIALS,
    check_page_of,
    envelope_of,
    files_of,
    holder_of,
    moment_text,
    profile_of,
)
from certificates.credential.learner_record import is_learner_record, learner_record_of, read_record
from certificates.credential.linked_terms import refuse_undefined
from certificates.credential.own_facts import (
    BANGKOK_MIDNIGHT,
    in_common,
    is_alone,
    own_texts,
    with_own_facts,
)
from certificates.credential.plain_words import (
    refuse_national_number,
    refuse_national_number_in,
    refuse_unseen,
    refuse_unseen_in,
)
from certificates.credential.snapshot import (
    CertificateKind,
    Form,
    HonourShown,
    RecordShown,
    Shown,
    Statement,
    UnitShown,
)
from certificates.errors import CannotSay

CONTEXTS: Final = (VERIFIABLE_CREDENTIALS, OPEN_BADGES, OPEN_BADGES_TYPES)
SCHEMA: Final = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
    "ob_v3p0_achievementcredential_schema.json",
    "type": SCHEMA_TYPE,
}
LAST_COMMON_ERA_YEAR: Final = 2400
"""A later year is a Buddhist-era year that slipped in; the schema would let it pass."""

_FIRST_KINDS: Final = frozenset({CertificateKind.UNIT, CertificateKind.COURSE})


def to_open_badge(statement: Statement) -> dict[str, Any]:
    """Return the credential that says exactly what ``statement`` says; nothing null or empty.

    Raises ``CannotSay`` with a code and a field: ``kind`` (what is certified does not match the
    kind), ``form`` (the first form has no such thing), ``year`` (Buddhist era), ``moment`` (not UTC
    or not whole seconds), ``check-url`` (does not end with the paper code), ``owner`` (not one
    word), ``unseen-character``, ``thirteen-digits``, ``digest``, ``endorsement``,
    ``undefined-term``, ``portfolio``, ``not-read-back`` (the credential could not be read back as
    this very statement).
    """
    if is_alone(statement):
        return _said(statement)
    common: dict[str, Any] = loads(_said_in_common(in_common(statement)))
    refuse_unseen_in(own_texts(statement))
    refuse_national_number_in(own_texts(statement), code=statement.paper_code)
    _refuse_years(statement)
    _refuse_address(statement)
    until = None if statement.valid_until is None else moment_text(statement.valid_until)
    issued = moment_text(statement.issued_at)
    return with_own_facts(common, statement, issued=issued, until=until)


@lru_cache(maxsize=4_096)
def _said_in_common(common: Statement) -> str:
    """Return what is said in common as JSON: a text, so that nobody can change what is kept."""
    return dumps(_said(common), ensure_ascii=False)


def _said(statement: Statement) -> dict[str, Any]:
    """Say the whole of a statement."""
    _refuse(statement)
    portfolio = statement.kind is CertificateKind.PORTFOLIO
    credential = learner_record_of(statement) if portfolio else _badge(statement)
    refuse_undefined(credential)
    reader = read_record if portfolio else read_badge
    if reader(credential) != statement:
        raise CannotSay("not-read-back", id=statement.id)
    return credential


def statement_of(credential: Mapping[str, Any]) -> Statement:
    """Return the one statement for which ``to_open_badge`` gives exactly ``credential``.

    Raises ``CannotSay('not-ours')`` for anything else, whatever is wrong with it. ``credential``
    is the JSON object without the registered JWT claims.
    """
    try:
        record = is_learner_record(credential)
        statement = read_record(credential) if record else read_badge(credential)
        same = _one_text(to_open_badge(statement)) == _one_text(credential)
    except (CannotSay, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as bad:
        raise CannotSay("not-ours", reason=type(bad).__name__) from bad
    if not same:
        raise CannotSay("not-ours", reason="difference")
    return statement


def _refuse(statement: Statement) -> None:
    refuse_unseen(statement)
    refuse_national_number(statement)
    _refuse_years(statement)
    _refuse_address(statement)
    for unit in units_of(statement):
        if not unit.owner or any(character.isspace() for character in unit.owner):
            raise CannotSay("owner", field="unit.owner", owner=unit.owner)
    if statement.form is Form.FIRST and statement.kind not in _FIRST_KINDS:
        raise CannotSay("form", field="form", kind=statement.kind.value)


def _refuse_address(statement: Statement) -> None:
    if not statement.check_url.endswith(statement.paper_code):
        raise CannotSay("check-url", field="check_url")


def _refuse_years(statement: Statement) -> None:
    days = {
        "started_on": statement.started_on,
        "passed_on": statement.passed_on,
        "issued_at": statement.issued_at,
        "valid_until": statement.valid_until,
    }
    for field, day in days.items():
        if day is not None and day.year > LAST_COMMON_ERA_YEAR:
            raise CannotSay("year", field=field, year=day.year)


def _badge(statement: Statement) -> dict[str, Any]:
    evidence = [check_page_of(statement), *_awards(statement), *files_of(statement)]
    return {
        "@context": list(CONTEXTS),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        **envelope_of(statement),
        "credentialSubject": _subject(statement),
        "evidence": evidence,
        "credentialSchema": [dict(SCHEMA)],
    }


def _awards(statement: Statement) -> list[dict[str, Any]]:
    """Return the two persons who award an honour."""
    persons = () if statement.honour is None else statement.honour.awarded_by
    return [
        {
            "type": ["Evidence"],
            "name": each.name,
            "description": each.position,
            "genre": phrases.AWARDED_BY,
        }
        for each in persons
    ]


def _subject(statement: Statement) -> dict[str, Any]:
    shown = shown_of(statement)
    subject: dict[str, Any] = {
        **holder_of(statement),
        "type": ["AchievementSubject"],
        "licenseNumber": statement.serial,
        "activityEndDate": statement.passed_on.isoformat() + BANGKOK_MIDNIGHT,
        "source": profile_of(statement.school),
        "achievement": achievement_of(statement),
    }
    if statement.started_on is not None:
        subject["activityStartDate"] = statement.started_on.isoformat() + BANGKOK_MIDNIGHT
    if statement.hours is not None:
        subject["creditsEarned"] = statement.hours
    if isinstance(shown, HonourShown):
        subject["narrative"] = shown.reason
    if statement.form is Form.SECOND:
        subject["result"] = _results(shown)
    return subject


def _results(shown: Shown) -> list[dict[str, Any]]:
    """Return what was reached: the whole; of a unit its elements; of a course its units."""
    status = COMPLETED
    if isinstance(shown, RecordShown):
        status = ATTENDANCE_STATUS[shown.attendance]
    results = [_result(result_id(shown.uri), status=status)]
    if isinstance(shown, UnitShown):
        for number, _ in enumerate(shown.elements, start=1):
            element = element_id(shown.uri, number)
            results.append(_result(element, achievedLevel=f"{element}-{PASSED_LEVEL}"))
    if isinstance(shown, RecordShown):
        results += [_result(result_id(unit.uri), status=COMPLETED) for unit in shown.units]
    return results


def _result(of: str, **reached: str) -> dict[str, Any]:
    return {"type": ["Result"], "resultDescription": of, **reached}


def _one_text(credential: Mapping[str, Any]) -> str:
    """Return the one text of a JSON object; it tells 1 from True and 1.0, which compare equal."""
    return dumps(credential, ensure_ascii=False, sort_keys=True)
