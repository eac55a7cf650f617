"""Days and numbers as people type them on the command line."""

from datetime import date
from decimal import Decimal, InvalidOperation

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
