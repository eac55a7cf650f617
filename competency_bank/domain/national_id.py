"""The 13-digit number of the Thai civil registration (เลขประจำตัวประชาชน).

First digit 1-8: kind of person. Last digit: check, (11 - sum of (14 - i) * d_i mod 11) mod 10 for
i = 1..12. A learner may have none; the number is never shown whole.
"""

import re

from standards.thai_text import digits, tidy

LENGTH = 13
_PUNCTUATION = re.compile(r"[\s.\-\u2010-\u2015]")
_KINDS_OF_PERSON = frozenset("12345678")
_LONG_NUMBER = re.compile(r"[0-9](?:[\s.\-\u2010-\u2015]?[0-9]){9,}")
_LAST_SHOWN = 3


def plain(number: str) -> str:
    """Return the number without blanks, dots and dashes, in the digits 0-9."""
    return _PUNCTUATION.sub("", digits(tidy(number)))


def valid(number: str) -> bool:
    """Say whether ``number``, dashed or not, has 13 digits, a known kind and the right check."""
    if len(number) < LENGTH:  # taking signs out never makes a number longer
        return False
    text = plain(number)
    if re.fullmatch(f"[0-9]{{{LENGTH}}}", text) is None or text[0] not in _KINDS_OF_PERSON:
        return False
    weighted = sum((LENGTH - i) * int(digit) for i, digit in enumerate(text[:-1]))
    return (11 - weighted % 11) % 10 == int(text[-1])


def masked(number: str) -> str:
    """Return the number with its middle hidden: ``1-XXXX-XXXXX-12-1``.

    Of a number of another length only the last three digits stay, of a very short one nothing.
    """
    found = "".join(re.findall("[0-9]", plain(number)))
    if len(found) == LENGTH:
        return f"{found[0]}-XXXX-XXXXX-{found[10:12]}-{found[12]}"
    seen = found[-_LAST_SHOWN:] if len(found) > 2 * _LAST_SHOWN else ""
    return "X" * (len(found) - len(seen)) + seen


def without_numbers(text: str) -> str:
    """Return ``text`` with every run of ten or more digits masked, for people to read.

    A number typed into the wrong cell, or one digit short, is as private as the right one.
    """
    return _LONG_NUMBER.sub(lambda match: masked(match[0]), digits(text))
