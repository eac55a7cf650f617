"""Figures of the log at a size that takes minutes: ``make bench-log``."""

import sys

from competency_bank.cli.log_measuring import measure_log

TEN_MILLION = 10_000_000


def main(size: int) -> None:
    """Print every figure with its limit and goal."""
    for one in measure_log(size):
        met = "met" if one.met else "MISSED"
        print(f"{one.name}: {one.ours:,.3f} {one.unit}, limit {one.limit:,.3f}, {one.goal}, {met}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TEN_MILLION)
