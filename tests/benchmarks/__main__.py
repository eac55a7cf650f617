"""Figures that need more than the program: ``python -m tests.benchmarks``, part of ``make bench``.

What making a certificate costs; search at the size of TPQI's whole collection, how often
suggestions hold the right units, what proofs cost, and what recording costs on PostgreSQL.
"""

from tests.benchmarks.certificate_figures import measure_certificates
from tests.benchmarks.proof_figures import measure_proofs
from tests.benchmarks.record_figures import measure_recording
from tests.benchmarks.seal_figures import show_seals
from tests.benchmarks.search_figures import measure_search
from tests.benchmarks.wallet_figures import measure_wallets
from tests.standards.suggestion_figures import measure_suggestions


def main() -> None:
    """Print every figure with its goal."""
    print("certificates, in a second of one CPU")
    for each in measure_certificates():
        print(f"  {each.name}: {each.ours:,.2f} {each.unit} (raw {each.limit:,.0f})")
        print(f"    goal {each.goal}: {'met' if each.met else 'NOT met'}")
        for name, rate in each.peers.items():
            print(f"    {each.ours / rate:,.0f} times {name} ({rate:,.1f})")
    found = measure_search()
    size = f"{found.units:,} units, {found.elements:,} elements, {found.questions:,} questions"
    print(f"search over {size}")
    print(f"  index built in {found.build_seconds:.2f} s")
    print(f"  answers p50 {found.p50_ms:.1f} ms, p95 {found.p95_ms:.1f} ms (goal: p95 < 10 ms)")
    print(f"  right unit in the first five: {found.found_of_all:.3f} (goal: >= 0.95)")
    for kind, share in sorted(found.found.items()):
        print(f"    {share:.2f}  {kind}")
    print("suggestions, recall at ten (goal: >= 0.9 on all)")
    for name, share in measure_suggestions().items():
        print(f"  {share:.3f}  {name}")
    wallets = measure_wallets()
    print("a letter into a wallet (OpenID4VCI), milliseconds of one core")
    print(f"  token, nonce and credential {wallets.exchange_ms:.1f} (goal: < 50)")
    print(f"  two bare signatures in the same run {wallets.raw_ms:.2f}")
    print(f"  checking it with every disclosure {wallets.verify_ms:.2f}")
    print("sealing and checking, processor time of one core (peers on the same files)")
    show_seals()
    _print_recording()
    _print_proofs()


def _print_recording() -> None:
    for figure in measure_recording():
        print(f"{figure.name}: {figure.ours:,.0f} {figure.unit}, raw limit {figure.limit:,.0f}")
        print(f"  goal {figure.goal}: {'met' if figure.met else 'missed'}")


def _print_proofs() -> None:
    print("proofs")
    for row in measure_proofs():
        peers = "".join(f", {name} {value:,.0f}" for name, value in row.peers.items())
        print(f"  {row.name}: {row.ours:,.2f} {row.unit} (raw {row.limit:,.2f}{peers})")
        print(f"    goal {row.goal}: {'met' if row.met else 'NOT met'}")


if __name__ == "__main__":
    main()
