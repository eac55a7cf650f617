"""Figures that need more than the program: ``python -m tests.benchmarks``, part of ``make bench``.

What making, sealing and checking a certificate costs, what proofs and wallets cost, recording on
PostgreSQL, search at the size of TPQI's whole collection, and how often suggestions hold the
right units. Names of parts may follow (``certificates``, ``search`` ...); all of them otherwise.
"""

import sys
from collections.abc import Callable, Iterable
from typing import Protocol

from tests.benchmarks.certificate_figures import measure_certificates
from tests.benchmarks.proof_figures import measure_proofs
from tests.benchmarks.record_figures import measure_recording
from tests.benchmarks.seal_figures import measure_checks, measure_seals
from tests.benchmarks.search_figures import measure_search
from tests.benchmarks.wallet_figures import measure_wallets
from tests.benchmarks.whole_figures import measure_whole_papers
from tests.standards.suggestion_figures import measure_suggestions


class Row(Protocol):
    """What was measured, beside the raw limit and the peers of the same run."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def ours(self) -> float: ...
    @property
    def limit(self) -> float: ...
    @property
    def goal(self) -> str: ...
    @property
    def met(self) -> bool: ...
    @property
    def peers(self) -> dict[str, float]: ...


def main() -> None:
    """Print every figure with its goal."""
    for name in sys.argv[1:] or PARTS:
        print(name)
        PARTS[name]()


def _show(rows: Iterable[Row]) -> None:
    for row in rows:
        print(f"  {row.name}: {row.ours:,.3f} {row.unit} (raw {row.limit:,.3f})")
        print(f"    goal {row.goal}: {'met' if row.met else 'NOT met'}")
        for name, value in row.peers.items():
            quotient = max(row.ours, value) / min(row.ours, value)
            print(f"    {name}: {value:,.3f}, {quotient:,.1f} times apart")


def _search() -> None:
    found = measure_search()
    size = f"{found.units:,} units, {found.elements:,} elements, {found.questions:,} questions"
    print(f"  search over {size}")
    print(f"  index built in {found.build_seconds:.2f} s")
    print(f"  answers p50 {found.p50_ms:.1f} ms, p95 {found.p95_ms:.1f} ms (goal: p95 < 10 ms)")
    print(f"  right unit in the first five: {found.found_of_all:.3f} (goal: >= 0.95)")
    for kind, share in sorted(found.found.items()):
        print(f"    {share:.2f}  {kind}")


def _suggestions() -> None:
    print("  recall at ten (goal: >= 0.9 on all)")
    for name, share in measure_suggestions().items():
        print(f"  {share:.3f}  {name}")


def _wallets() -> None:
    wallets = measure_wallets()
    print("  a letter into a wallet (OpenID4VCI), milliseconds of one core")
    print(f"  token, nonce and credential {wallets.exchange_ms:.1f} (goal: < 50)")
    print(f"  two bare signatures in the same run {wallets.raw_ms:.2f}")
    print(f"  checking it with every disclosure {wallets.verify_ms:.2f}")


PARTS: dict[str, Callable[[], None]] = {
    "certificates": lambda: _show(measure_certificates()),
    "papers": lambda: _show(measure_whole_papers()),
    "seals": lambda: _show(measure_seals()),
    "checks": lambda: _show(measure_checks()),
    "proofs": lambda: _show(measure_proofs()),
    "wallets": _wallets,
    "recording": lambda: _show(measure_recording()),
    "search": _search,
    "suggestions": _suggestions,
}


if __name__ == "__main__":
    main()
