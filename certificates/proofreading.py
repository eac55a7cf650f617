"""Reading a statement over before anything is signed: one small rule for each thing to be right.

A rule takes the statement and raises ``CannotSay`` with its code and the field; it repairs nothing.
Whether every text can be typeset is found by setting the page, in ``issuing``.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from certificates.credential.achievement import shown_of, units_of
from certificates.credential.open_badge import LAST_COMMON_ERA_YEAR
from certificates.credential.own_facts import in_common, is_alone, own_texts
from certificates.credential.paper_code import read_paper_code
from certificates.credential.plain_words import (
    refuse_national_number,
    refuse_national_number_in,
    refuse_unseen,
    refuse_unseen_in,
    texts_of,
)
from certificates.credential.snapshot import Statement
from certificates.document.thai_dates import day_in_bangkok
from certificates.errors import CannotSay, NotACode

LAST_STATUS_INDEX: Final = 131_071
"""A list has 131,072 places: the least that W3C Bitstring Status List, section 6.1, allows."""
FIRST_YEAR: Final = 1990
_URN_UUID: Final = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def proofread(statement: Statement) -> None:
    """Apply every rule; raises ``CannotSay`` for the first that is broken.

    What many certificates have in common is read over once; a test holds that nothing is missed.
    """
    if is_alone(statement):
        for rule in RULES:
            rule(statement)
        return
    texts = own_texts(statement)
    _refuse_blank(texts)
    refuse_unseen_in(texts)
    refuse_national_number_in(texts, code=statement.paper_code)
    for rule in OWN_RULES:
        rule(statement)
    _proofread_common(in_common(statement))


@lru_cache(maxsize=4_096)
def _proofread_common(common: Statement) -> None:
    for rule in RULES:
        rule(common)


def texts_are_there(statement: Statement) -> None:
    """Refuse a text with nothing to show or with space around it (``empty``, ``padded``)."""
    _refuse_blank(texts_of(statement))


def _refuse_blank(texts: Iterable[tuple[str, str]]) -> None:
    for field, text in texts:
        if not text.strip():
            raise CannotSay("empty", field=field)
        if text != text.strip():
            raise CannotSay("padded", field=field)


def one_thing_is_certified(statement: Statement) -> None:
    """Refuse unless there is exactly one of unit and course, that of the kind (``kind``)."""
    shown_of(statement)


def years_are_common_era(statement: Statement) -> None:
    """Refuse a Buddhist-era year, and one before there was anything to issue (``year``)."""
    dates = {
        "started_on": statement.started_on,
        "passed_on": statement.passed_on,
        "issued_at": statement.issued_at,
        "valid_until": statement.valid_until,
    }
    for field, day in dates.items():
        if day is not None and not FIRST_YEAR <= day.year <= LAST_COMMON_ERA_YEAR:
            raise CannotSay("year", field=field, year=day.year)


def moments_are_utc(statement: Statement) -> None:
    """Refuse moments that are not in UTC or not of whole seconds (``moment``)."""
    moments = {"issued_at": statement.issued_at, "valid_until": statement.valid_until}
    for field, moment in moments.items():
        if moment is None:
            continue
        offset = moment.utcoffset()
        if offset is None or offset.total_seconds() or moment.microsecond:
            raise CannotSay("moment", field=field)


def days_are_in_order(statement: Statement) -> None:
    """Refuse a pass after the issue or before its training, or validity that is over (``order``).

    The day of issue is that on Bangkok's calendar.
    """
    if statement.started_on is not None and statement.started_on > statement.passed_on:
        raise CannotSay("order", field="started_on")
    if statement.passed_on > day_in_bangkok(statement.issued_at):
        raise CannotSay("order", field="passed_on")
    if statement.valid_until is not None and statement.valid_until <= statement.issued_at:
        raise CannotSay("order", field="valid_until")


def code_can_be_typed(statement: Statement) -> None:
    """Refuse a paper code that is not canonical or whose check fails (``paper-code``)."""
    try:
        canonical = read_paper_code(statement.paper_code)
    except NotACode as bad:
        raise CannotSay("paper-code", field="paper_code", reason=bad.code) from bad
    if canonical != statement.paper_code:
        raise CannotSay("paper-code", field="paper_code", reason="paper-code-form")


def check_page_is_of_this_code(statement: Statement) -> None:
    """Refuse a check page whose address does not end with the whole code (``check-url``)."""
    before = statement.check_url.removesuffix(statement.paper_code)
    if before == statement.check_url or before[-1:].isalnum():
        raise CannotSay("check-url", field="check_url")


def status_has_a_place(statement: Statement) -> None:
    """Refuse a place that is not on the status list (``status-index``)."""
    if not 0 <= statement.status.index <= LAST_STATUS_INDEX:
        raise CannotSay("status-index", field="status.index", index=statement.status.index)


def ids_are_absolute(statement: Statement) -> None:
    """Refuse addresses that are no absolute URI (``uri``)."""
    uris = {
        "issuer.id": statement.issuer.id,
        "school.id": statement.school.id,
        "status.list_uri": statement.status.list_uri,
        "check_url": statement.check_url,
        f"{statement.kind.value}.uri": shown_of(statement).uri,
    }
    uris |= {f"units[{n}].uri": unit.uri for n, unit in enumerate(units_of(statement))}
    uris |= {
        f"units[{n}].case_uri": unit.case_uri
        for n, unit in enumerate(units_of(statement))
        if unit.case_uri is not None
    }
    for field, uri in uris.items():
        if not _is_absolute(uri):
            raise CannotSay("uri", field=field)


def names_are_opaque(statement: Statement) -> None:
    """Refuse ids that are no UUID (``uuid``)."""
    for field, opaque in {"id": statement.id, "holder.id": statement.holder.id}.items():
        if not _URN_UUID.fullmatch(opaque):
            raise CannotSay("uuid", field=field)


def _is_absolute(uri: str) -> bool:
    """Tell whether ``uri`` has a scheme and something after it, and no space (RFC 3986, 4.3)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    web = parts.scheme not in {"http", "https"} or bool(parts.hostname)
    return bool(parts.scheme and (parts.netloc or parts.path)) and web and " " not in uri


def an_honour_is_awarded_by_two(statement: Statement) -> None:
    """Refuse an honour whose two persons are one (``one-person``)."""
    honour = statement.honour
    if honour is not None and honour.awarded_by[0].name == honour.awarded_by[1].name:
        raise CannotSay("one-person", field="honour.awarded_by")


def nothing_replaces_itself(statement: Statement) -> None:
    """Refuse a certificate in place of itself (``replaces``)."""
    if statement.replaces == statement.serial:
        raise CannotSay("replaces", field="replaces")


def numbers_can_be(statement: Statement) -> None:
    """Refuse hours and counts below what can be (``number``)."""
    numbers = {"hours": statement.hours}
    if statement.portfolio is not None:
        ways = statement.portfolio.pathways
        numbers |= {f"pathways[{n}].missing": way.missing + 1 for n, way in enumerate(ways)}
    for field, number in numbers.items():
        if number is not None and number < 1:
            raise CannotSay("number", field=field)


OWN_RULES: Final[tuple[Callable[[Statement], None], ...]] = (
    years_are_common_era,
    moments_are_utc,
    days_are_in_order,
    code_can_be_typed,
    check_page_is_of_this_code,
    status_has_a_place,
    names_are_opaque,
)
"""Rules about what is a certificate's own."""

RULES: Final[tuple[Callable[[Statement], None], ...]] = (
    one_thing_is_certified,
    texts_are_there,
    refuse_unseen,
    refuse_national_number,
    years_are_common_era,
    moments_are_utc,
    days_are_in_order,
    code_can_be_typed,
    check_page_is_of_this_code,
    status_has_a_place,
    ids_are_absolute,
    names_are_opaque,
    an_honour_is_awarded_by_two,
    nothing_replaces_itself,
    numbers_can_be,
)
