"""Error correction of QR symbols (ISO/IEC 18004, 7.5.2) as tables."""

from typing import Final

_FIELD: Final = 0x11D
"""Polynomial of the field of 256 elements."""


def remainder_tables(size: int, correction: int) -> tuple[list[list[int]], list[list[int]]]:
    """Return, for each place of a block up to its end, what each value leaves behind.

    ``size`` is the most data codewords of a block, ``correction`` its correction codewords; what
    is left is these as one number. Once for the high half of a byte and once for the low one:
    tables for whole bytes are so large that no processor keeps them at hand.
    """
    generator, root = [1], 1
    for _ in range(correction):
        pairs = zip([*generator, 0], [0, *generator], strict=True)
        generator = [high ^ _times(low, root) for high, low in pairs]
        root = _times(root, 2)
    step = [
        int.from_bytes(bytes(_times(value, each) for each in generator[1:]), "big")
        for value in range(256)
    ]
    top = 8 * (correction - 1)
    rest, tables = (1 << top) - 1, [step]
    for _ in range(size - 1):
        tables.append([((left & rest) << 8) ^ step[left >> top] for left in tables[-1]])
    tables.reverse()
    return [table[::16] for table in tables], [table[:16] for table in tables]


def _times(one: int, other: int) -> int:
    """Multiply in the field of 256 elements."""
    found = 0
    while other:
        if other & 1:
            found ^= one
        one, other = one << 1, other >> 1
        if one > 0xFF:  # noqa: PLR2004 - a byte
            one ^= _FIELD
    return found
