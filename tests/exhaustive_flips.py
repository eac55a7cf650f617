"""Flip every bit of a certificate, one at a time, and check each result.

Too long for every run of the suite: ``python -m tests.exhaustive_flips``. Exit status 1 if any
flipped file was called anything but forged, or made the verifier fail in a way not foreseen.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from certificates.report import Verdict, examine
from certificates.sealing.trust_list import TrustList
from certificates.verifying.journal import Outcome
from tests.certificates.workshop import CHECKED, certificate, token, trust

PATTERNS = (0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF)


def surviving_flips(
    document: bytes, listed: TrustList, *, at: datetime, patterns: Iterable[int] = PATTERNS
) -> tuple[Counter[str], list[tuple[int, int, str]]]:
    """Return how often each refusal was given, and (position, pattern, verdict) of the others."""
    refusals: Counter[str] = Counter()
    survivors: list[tuple[int, int, str]] = []
    chosen = tuple(patterns)
    for position in range(len(document)):
        for pattern in chosen:
            changed = bytearray(document)
            changed[position] ^= pattern
            report = examine(bytes(changed), name="flipped", trust=listed, at=at)
            stopped = [step for step in report.steps if step.outcome is Outcome.FAILED]
            refusals["/".join(f"{step.step}: {step.code}" for step in stopped)] += 1
            if report.verdict is not Verdict.FORGED:
                survivors.append((position, pattern, report.verdict.value))
    return refusals, survivors


def main() -> int:
    """Flip a document and a bare token."""
    worst = 0
    for name, data in (("document", certificate()), ("token", token().encode())):
        refusals, survivors = surviving_flips(data, trust(), at=CHECKED)
        print(name, len(data), "bytes", refusals.total(), "flips", dict(refusals))
        print("not called forged:", survivors)
        worst = max(worst, int(bool(survivors)))
    return worst


if __name__ == "__main__":
    sys.exit(main())
