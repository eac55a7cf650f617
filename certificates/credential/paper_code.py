"""The code on paper: 25 random characters and one check character, for people to read and type.

Alphabet: Crockford's base 32 (https://www.crockford.com/base32.html), which leaves out I, L, O and
U; what people read instead of a character that exists is forgiven on the way in.

Check character: one parity symbol of a shortened Reed-Solomon code over GF(32) (Reed and Solomon,
"Polynomial Codes over Certain Finite Fields", 1960; field polynomial x^5 + x^2 + 1). Counted from
the right, place ``i`` has weight alpha^i and the weighted sum of all 26 characters is zero. All
weights differ from zero, so every single wrong character shows; alpha has order 31 and there are
only 26 places, so all weights differ from each other and every swap of two characters shows,
neighbours or not. The check character comes from the same alphabet as the rest.
"""

from typing import Final

from certificates.errors import CannotSay, NotACode

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH: Final = 25
CODE_LENGTH: Final = RANDOM_LENGTH + 1
GROUP: Final = 5
RANDOM_BYTES: Final = 16
"""Bytes of randomness one code takes; 125 of the 128 bits are used."""

_BITS = 5
_FIELD_POLYNOMIAL = 0b100101
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


def new_paper_code(random_bytes: bytes) -> str:
    """Return the code that ``random_bytes`` (exactly 16, from a secure source) stand for.

    Raises ``CannotSay('paper-code-randomness')`` for another length: a code cut from fewer bits
    could be guessed.
    """
    if len(random_bytes) != RANDOM_BYTES:
        raise CannotSay("paper-code-randomness", bytes=len(random_bytes), needed=RANDOM_BYTES)
    number = int.from_bytes(random_bytes, "big") >> (8 * RANDOM_BYTES - _BITS * RANDOM_LENGTH)
    places = range(RANDOM_LENGTH - 1, -1, -1)
    characters = "".join(ALPHABET[(number >> (_BITS * place)) & 0b11111] for place in places)
    return characters + ALPHABET[_weighted_sum(characters + ALPHABET[0])]


def read_paper_code(text: str) -> str:
    """Return the code a person typed or a scanner read, in its one canonical form.

    Lower case, spaces and hyphens are forgiven, and O for 0, I and L for 1. Raises ``NotACode``
    with code ``paper-code-length``, ``paper-code-character`` or ``paper-code-check``.
    """
    stranger = next((character for character in text if not character.isascii()), None)
    code = text.upper().translate(_FORGIVEN)
    stranger = stranger or next((character for character in code if character not in _VALUES), None)
    if stranger is not None:
        raise NotACode("paper-code-character", character=stranger)
    if len(code) != CODE_LENGTH:
        raise NotACode("paper-code-length", length=len(code), needed=CODE_LENGTH)
    if _weighted_sum(code):
        raise NotACode("paper-code-check")
    return code


def in_groups(code: str) -> str:
    """Return ``code`` in groups of five, parted by spaces, as it is printed."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _weighted_sum(code: str) -> int:
    """Sum of alpha^place times character over GF(32), by Horner's rule from the left."""
    total = 0
    for character in code:
        total <<= 1
        if total >> _BITS:
            total ^= _FIELD_POLYNOMIAL
        total ^= _VALUES[character]
    return total
