"""Days and numbers as people type them on the command line."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from competency_bank.domain.clock import BANGKOK
from competency_bank.domain.errors import BadInput
from standards.errors import StandardsError
from standards.reading_date import read_date


def typed_day(text: str) -> date:
    """Return the day, in any form that sheets may have; raises BadInput("bad-day")."""
    try:
        return read_date(text)
    except StandardsError as fault:
        raise BadInput("bad-day", value=text) from fault


def typed_number(text: str) -> Decimal:
    """Return the number; raises BadInput("bad-number")."""
    try:
        return Decimal(text)
    except InvalidOperation as fault:
        raise BadInput("bad-number", value=text) from fault


def typed_moment(text: str) -> datetime:
    """Return the moment; one without a time zone is Bangkok's; raises BadInput."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as fault:
        raise BadInput("moment-unreadable") from fault
    return (read if read.tzinfo else read.replace(tzinfo=BANGKOK)).astimezone(UTC)
