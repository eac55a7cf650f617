"""What of a statement is one holder's own, and what many certificates have in common.

A page is laid out for what is common and kept; so nothing of one holder may be in it. That is made
sure of by taking the facts away before, not by being careful afterwards.
"""

from dataclasses import fields
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, Final, NamedTuple

from certificates.credential.paper_code import CODE_LENGTH
from certificates.credential.snapshot import EvidenceShown, Holder, Statement, StatusRef
from certificates.document.page_items import stand_in_for
from certificates.document.typeface import Weight

_NO_DAY: Final = date(2000, 1, 1)
_NO_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NO_CODE: Final = "0" * CODE_LENGTH
_NO_STATUS: Final = StatusRef("", 0)

_OWN: Final = frozenset(
    {
        "id",
        "serial",
        "paper_code",
        "check_url",
        "holder",
        "passed_on",
        "issued_at",
        "valid_until",
        "status",
        "started_on",
        "hours",
        "evidence",
        "endorsements",
        "replaces",
    }
)
_SHARED: Final = tuple(each.name for each in fields(Statement) if each.name not in _OWN)
"""Every other field, whatever may be added."""
_values_of: Final = attrgetter(*_SHARED)


class Common(NamedTuple):
    """What a page is laid out for: equal for all statements that have it in common."""

    shared: tuple[Any, ...]
    """Values of the fields that are no holder's own."""
    site: str
    """Address of check pages, without a code."""
    like: str
    """A text that takes as much room above and below the line as the holder's name."""
    ends: bool
    """Whether there is an end of validity."""
    evidence: tuple[EvidenceShown, ...]
    """Of a portfolio, which is laid out for itself alone and says how much evidence it lists."""


def in_common(statement: Statement) -> Statement:
    """Return ``statement`` without what is its holder's own."""
    return without_holder(common_of(statement))


def common_of(statement: Statement) -> Common:
    """Return what ``statement`` has in common with others."""
    return Common(
        shared=_values_of(statement),
        site=statement.check_url.removesuffix(statement.paper_code),
        like=stand_in_for(statement.holder.name, Weight.BOLD),
        ends=statement.valid_until is not None,
        evidence=() if statement.portfolio is None else statement.evidence,
    )


def without_holder(common: Common) -> Statement:
    """Return a statement of what is in common; nobody's own facts are in it."""
    return Statement(
        **dict(zip(_SHARED, common.shared, strict=True)),
        id="",
        serial="",
        paper_code=_NO_CODE,
        check_url=common.site + _NO_CODE,
        holder=Holder(id="", name=common.like),
        passed_on=_NO_DAY,
        issued_at=_NO_MOMENT,
        valid_until=_NO_MOMENT if common.ends else None,
        status=_NO_STATUS,
        evidence=common.evidence,
    )
