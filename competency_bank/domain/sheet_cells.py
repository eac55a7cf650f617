"""What one cell of a class sheet says; each reader answers or raises ``CellFault``."""

import re
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum

from competency_bank.domain import national_id
from competency_bank.domain.sheet_words import (
    FAIL_WORDS,
    NO_WORDS,
    PASS_WORDS,
    SUGGESTED_OUTCOMES,
    outcome_key,
)
from standards.errors import FaultInFile
from standards.reading_date import read_date
from standards.reading_sheet import Cell
from standards.thai_text import digits, find_forbidden, tidy

_SHOWN = 60
_SCORE = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")
_PLAIN_CODE = re.compile(f"[0-9A-Za-z][-./0-9A-Za-z]{{0,{national_id.LENGTH - 2}}}")
"""Text that is a learner's code as it stands, too short for a national ID."""
_MARKUP = re.compile("[<>]")


class Outcome(Enum):
    """What a cell under a unit says."""

    PASS = "pass"  # noqa: S105 - the word on the sheet, no password
    FAIL = "fail"
    OPEN = "open"
    """Nothing: blank or a dash."""


class CellFault(Exception):
    """A cell that cannot be taken; never leaves ``class_sheet``."""

    def __init__(self, code: str, suggestion: str | None = None, **values: str) -> None:
        """Keep the refusal's ``code``, its values and what may have been meant."""
        super().__init__(code)
        self.code = code
        self.suggestion = suggestion
        self.values = values


def shown(cell: Cell) -> str:
    """Return the cell as a message may show it: short, long numbers masked, hidden signs named."""
    text = cell.isoformat() if isinstance(cell, date) else cell or ""
    named = {found.position: found.code_point for found in find_forbidden(text)}
    visible = "".join(
        f"[{named[n]}]" if n in named else character for n, character in enumerate(text, start=1)
    )
    masked = national_id.without_numbers(visible)
    return masked if len(masked) <= _SHOWN else f"{masked[:_SHOWN]}…"


def text_of(cell: Cell) -> str | None:
    """Return the tidy text of a cell, None for a blank one.

    Raises:
        CellFault: ``hidden-character`` or ``markup`` with the ``character``: a name with either
            would look like another name, or be obeyed where it is printed.

    """
    if cell is None:
        return None
    text = cell.isoformat() if isinstance(cell, date) else cell
    for found in find_forbidden(text):
        raise CellFault("hidden-character", character=f"{found.code_point} {found.name}")
    if match := _MARKUP.search(text):
        raise CellFault("markup", character=match[0])
    return tidy(text) or None


def name_of(cell: Cell) -> str | None:
    """Return the name in a cell; faults: as ``text_of``, and ``number-in-name``.

    A name goes on paper, and with it any national ID that was typed beside it.
    """
    text = text_of(cell)
    if text is not None and (hidden := national_id.without_numbers(text)) != digits(text):
        raise CellFault("number-in-name", value=shown(hidden))
    return text


def note_of(cell: Cell) -> str | None:
    """Return the note in a cell, long numbers masked; faults: as ``text_of``."""
    text = text_of(cell)
    if text is None or (masked := national_id.without_numbers(text)) == digits(text):
        return text
    return masked


def learner_code_of(cell: Cell) -> str | None:
    """Return the learner's code in a cell, None for a blank one or a dash.

    Raises:
        CellFault: as ``text_of``, and ``national-id-check`` for 13 digits that are no national ID.

    """
    if isinstance(cell, str) and _PLAIN_CODE.fullmatch(cell):
        return cell
    text = digits(text_of(cell) or "")
    if outcome_key(text) in NO_WORDS:
        return None
    number = national_id.plain(text)
    if len(number) == national_id.LENGTH and number.isdigit() and not national_id.valid(number):
        raise CellFault("national-id-check", value=national_id.masked(number))
    return text


def plain_number(cell: Cell) -> str | None:
    """Return the cell if it is a number on a class list as it stands, the most frequent kind.

    ``learner_code_of`` would answer the same: digits 0-9, too few for a national ID.
    """
    if isinstance(cell, str) and len(cell) < national_id.LENGTH and cell.isdigit():
        return cell if cell.isascii() else None
    return None


def outcome_of(cell: Cell) -> Outcome:
    """Return what the whole cell says; fault: ``unknown-outcome``."""
    key = outcome_key(cell) if isinstance(cell, str) else "" if cell is None else None
    if key in PASS_WORDS:
        return Outcome.PASS
    if key in FAIL_WORDS:
        return Outcome.FAIL
    if key in NO_WORDS:
        return Outcome.OPEN
    close = get_close_matches(key or "", SUGGESTED_OUTCOMES, n=1)
    raise CellFault("unknown-outcome", close[0] if close else None, value=shown(cell))


def holds_result(cell: Cell, *, is_footer: bool) -> bool:
    """Say whether a cell holds a result, right or misspelt, and not the total of its column.

    In a line that begins as totals do, a number counts; elsewhere 0 and 1 are results.
    """
    try:
        outcome = outcome_of(cell)
    except CellFault as fault:
        return not is_footer and not fault.values["value"].isdigit()
    is_total = is_footer and isinstance(cell, str) and digits(cell).isdigit()
    return outcome is not Outcome.OPEN and not is_total


def date_of(cell: Cell, *, fault: str) -> date | None:
    """Return the date in a cell, None for a blank one or a dash; ``fault`` is the code raised."""
    if cell is None or (isinstance(cell, str) and outcome_key(cell) in NO_WORDS):
        return None
    try:
        return read_date(cell)
    except FaultInFile:
        raise CellFault(fault, value=shown(cell)) from None


def passed_on_of(cell: Cell) -> date | None:
    """Return the day of passing; as ``date_of`` with the fault ``bad-date``."""
    return date_of(cell, fault="bad-date")


def birth_date_of(cell: Cell) -> date | None:
    """Return the birth date; as ``date_of`` with the fault ``bad-birth-date``."""
    return date_of(cell, fault="bad-birth-date")


def national_id_of(cell: Cell) -> str | None:
    """Return the 13 digits in a cell, None for a blank one or a dash.

    Raises:
        CellFault: ``national-id-length`` or ``national-id-check`` with the number masked.

    """
    text = text_of(cell)
    if text is None or outcome_key(text) in NO_WORDS:
        return None
    number = national_id.plain(text)
    if len(number) != national_id.LENGTH or not number.isdigit():
        raise CellFault("national-id-length", value=national_id.masked(text))
    if not national_id.valid(number):
        raise CellFault("national-id-check", value=national_id.masked(text))
    return number


def score_of(cell: Cell) -> Decimal | None:
    """Return the score, None for a blank cell or a dash; fault: ``bad-score``."""
    text = digits(text_of(cell) or "")
    if text in NO_WORDS:
        return None
    if _SCORE.fullmatch(text) is None:
        raise CellFault("bad-score", value=shown(cell))
    return Decimal(text)
