"""Figures of whole papers beyond the plain unit letter: stamped, by a token's key, of many pages.

Certificates in a second, or milliseconds a page, of one CPU (``time.process_time``); by the wall
clock where a token in another library does the work. The raw limit is what must be signed anyhow.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import pypdfium2  # type: ignore[import-untyped]  # no stubs are published

from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import CertificateKind, Statement
from certificates.sealing.keys import DocumentKey, KeyRing
from competency_bank.cli.figures import Figure
from tests.benchmarks.certificate_figures import Case, benchmark_cases, benchmark_keys, make
from tests.benchmarks.seal_figures import MODULE, rate, softhsm_token
from tests.certificates.papers import LETTERS
from tests.certificates.stamped import stamping

MOST_MS_A_PAGE = 5.0


def measure_whole_papers() -> Iterator[Figure]:
    """Yield a row for stamped letters, for letters by a token's key, and for a portfolio."""
    keys, _ = benchmark_keys()
    cases = benchmark_cases()
    limit = rate(lambda: keys.document.sign(b"x")) / 2
    stamped = replace(keys, document=stamping(keys))
    ours = _letters(cases, stamped)
    name = "unit letter with a time stamp of our own"
    yield Figure(name, "1/s", ours, limit * 2 / 3, ">= 3,000/s", met=ours >= 3_000)
    if MODULE.exists():
        yield _by_token(keys, cases)
    yield _portfolio(keys, cases[0])


def _letters(cases: Sequence[Case], keys: KeyRing) -> float:
    turns = iter(range(10**9))
    return rate(lambda: make(cases[next(turns) % len(cases)], keys))


def _by_token(keys: KeyRing, cases: Sequence[Case]) -> Figure:
    """Measure with the key of the seal in the token."""
    _, sign = softhsm_token().key("document")
    own = keys.document
    held = DocumentKey(own.kid, own.chain, window=own.window, make=sign)
    limit = rate(lambda: sign(b"x"), clock=time.perf_counter)
    one = partial(make, cases[0], replace(keys, document=held))
    ours = rate(one, clock=time.perf_counter)
    name = "unit letter, seal by a key in SoftHSM2, wall"
    return Figure(name, "1/s", ours, limit, ">= 1,000/s", met=ours >= 1_000)


def _portfolio(keys: KeyRing, case: Case) -> Figure:
    statement: Statement = LETTERS[CertificateKind.PORTFOLIO]
    one = replace(case, statement=statement, credential=to_open_badge(statement))
    pages = len(pypdfium2.PdfDocument(make(one, keys)))
    ours = 1000 / rate(lambda: make(one, keys)) / pages
    limit = 2000 / rate(lambda: keys.document.sign(b"x")) / pages
    name = f"portfolio of {pages} pages with pathway bars"
    goal = f"<= {MOST_MS_A_PAGE:g} ms a page"
    return Figure(name, "ms a page", ours, limit, goal, met=ours <= MOST_MS_A_PAGE)
