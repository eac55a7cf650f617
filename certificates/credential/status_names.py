"""The two names of one status list: as W3C bitstring list and as IETF token list.

Both hold the same bits at the same index, so a reader of ours needs only one of them.
"""

from typing import Final

_BITSTRING: Final = "/status/"
_TOKEN: Final = "/token-status/"  # noqa: S105 - part of an address


def token_status_uri(bitstring: str) -> str:
    """Return the name of the token list that says the same as a bitstring list."""
    head, found, number = bitstring.rpartition(_BITSTRING)
    return f"{head}{_TOKEN}{number}" if found else bitstring


def bitstring_uri(token: str) -> str:
    """Return the name of the bitstring list that says the same as a token list."""
    head, found, number = token.rpartition(_TOKEN)
    return f"{head}{_BITSTRING}{number}" if found else token
