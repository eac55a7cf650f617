"""National numbers that people put where none belongs: into searches, codes and file names."""

import re

from competency_bank.domain.national_id import masked
from standards.thai_text import settled

_THIRTEEN = re.compile(r"(?<!\d)\d(?:[\s.\-\u2010-\u2015]?\d){12}(?!\d)")
"""Thirteen digits, Thai ones too, however they are parted; serials and dates are shorter."""


def unnumbered(text: str) -> str:
    """Return ``text`` with the middle of every national number masked, and no other change.

    Repeated until nothing changes: the last digits of one masked number and those that follow it
    can look like another.
    """
    return settled(text, _masked_once)


def _masked_once(text: str) -> str:
    return _THIRTEEN.sub(lambda found: masked(found[0]), text)
