"""Base45 (RFC 9285): bytes in the alphanumeric characters of a QR symbol, one form only."""

from typing import Final

from certificates.errors import Refused

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
_BASE: Final = 45


def to_base45(data: bytes) -> str:
    """Return two bytes as three characters, a last single byte as two."""
    written: list[str] = []
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, value = divmod(number, _BASE)
            written.append(ALPHABET[value])
    return "".join(written)


def from_base45(text: str) -> bytes:
    """Return the bytes that ``text`` stands for.

    Raises:
        Refused: ``paper-token-text``: another character, a length or a value that no bytes have.

    """
    if len(text) % 3 == 1:
        raise Refused("paper-token-text", reason="length")
    found = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        if any(character not in _VALUES for character in group):
            raise Refused("paper-token-text", reason="character")
        number = sum(_VALUES[character] * _BASE**place for place, character in enumerate(group))
        width = len(group) - 1
        if number >= 1 << (8 * width):
            raise Refused("paper-token-text", reason="value")
        found += number.to_bytes(width, "big")
    return bytes(found)
