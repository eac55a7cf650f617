"""What of a statement is one holder's own, and what many certificates have in common.

A page is laid out for what is common and kept; so nothing of one holder may be in it. That is made
sure of by taking the facts away before, not by being careful afterwards.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from certificates.credential.paper_code import CODE_LENGTH
from certificates.credential.snapshot import Holder, Statement, StatusRef
from certificates.document.page_items import stand_in_for
from certificates.document.typeface import Weight

_NO_DAY: Final = date(2000, 1, 1)
_NO_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NO_CODE: Final = "0" * CODE_LENGTH
_NO_STATUS: Final = StatusRef("", 0)


def in_common(statement: Statement) -> Statement:
    """Return ``statement`` without what is its holder's own.

    It still says whether there is an end of validity, of what site the check page is, and how much
    room above and below the line the name takes, by another text in its place.
    """
    site = statement.check_url.removesuffix(statement.paper_code)
    return replace(
        statement,
        id="",
        serial="",
        paper_code=_NO_CODE,
        check_url=site + _NO_CODE,
        holder=Holder(id="", name=stand_in_for(statement.holder.name, Weight.BOLD)),
        passed_on=_NO_DAY,
        issued_at=_NO_MOMENT,
        valid_until=None if statement.valid_until is None else _NO_MOMENT,
        status=_NO_STATUS,
        started_on=None,
        hours=None,
        # A portfolio is laid out for itself alone, and says how much evidence it lists.
        evidence=() if statement.portfolio is None else statement.evidence,
        endorsements=(),
        replaces=None,
    )
