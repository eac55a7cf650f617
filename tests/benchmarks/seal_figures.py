"""Figures of sealing and checking: ours, the raw limit, and pyHanko on the same files.

Seconds are of the processor and of one core; all figures of a row come from one run.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.bounded_checks import BoundedChecks
from certificates.sealing.byte_range import read_coverage
from certificates.sealing.cms_profile import take_apart
from certificates.sealing.keys import DocumentKey
from certificates.sealing.seal_making import make_seal
from certificates.sealing.token_keys import Token, TokenPlace
from certificates.verifying.signer import SigningMoment, prove_seal, prove_signer
from certificates.verifying.stamped_time import prove_time_stamp
from certificates.verifying.verification import verify
from tests.certificates.stamped import stamped_certificate, stamping
from tests.certificates.workshop import CHECKED, certificate, ring, trust

MODULE: Final = Path("/usr/lib/softhsm/libsofthsm2.so")
ROUNDS: Final = 400


@dataclass(frozen=True)
class SealFigure:
    """One row."""

    name: str
    unit: str
    ours: float
    limit: float
    """The bare operation (one signature made or verified), in the same unit."""
    goal: str
    met: bool
    peers: dict[str, float] = field(default_factory=dict)


def measure_seals() -> Iterator[SealFigure]:
    """Seals a second: with a key in memory, stamped, and with a key in a token."""
    key = ring().document
    limit = rate(lambda: key.sign(b"x"))
    for name, used, goal in (
        ("seal B-B, key in memory", key, 4_000),
        ("seal B-T, own time stamps", stamping(), 3_000),
    ):
        ours = rate(partial(make_seal, used, bytes(32)))
        yield SealFigure(name, "seals/s", ours, limit, f">= {goal:,}", met=ours >= goal)
    if MODULE.exists():
        _, make = softhsm_token().key("document")
        held = DocumentKey(key.kid, key.chain, window=key.window, make=make)
        wall = rate(lambda: make_seal(held, bytes(32)), clock=time.perf_counter)
        bare = rate(lambda: make(b"x"), clock=time.perf_counter)
        goal = 1_000
        yield SealFigure(
            "seal B-B, key in SoftHSM2, wall", "seals/s", wall, bare, ">= 1,000", met=wall >= goal
        )


def measure_checks() -> Iterator[SealFigure]:
    """Milliseconds a check: the seal alone as pyHanko judges it, and everything."""
    for name, pdf in (("B-B", certificate()), ("B-T", stamped_certificate())):
        ours, limit = _milliseconds(partial(_seal_only, pdf)), _milliseconds(_one_signature)
        pyhanko = _milliseconds(partial(_by_pyhanko, pdf), rounds=ROUNDS // 10)
        whole = _milliseconds(partial(verify, pdf, trust=trust(), at=CHECKED))
        met = ours <= 0.25 and pyhanko >= 30 * ours
        yield SealFigure(
            f"check the seal, {name} (steps 2 to 4)",
            "ms",
            ours,
            limit,
            "<= 0.25 ms and >= 30 times pyHanko",
            met=met,
            peers={"pyHanko": pyhanko, "ours, all ten steps": whole},
        )
    checks = BoundedChecks()
    try:
        checks.examine(certificate(), name="x", trust=trust(), at=CHECKED)
        outside = _milliseconds(
            lambda: checks.examine(certificate(), name="x", trust=trust(), at=CHECKED),
            clock=time.perf_counter,
        )
    finally:
        checks.close()
    yield SealFigure("check in a worker with limits, wall", "ms", outside, 0, "none", met=True)


def _seal_only(pdf: bytes) -> None:
    coverage = read_coverage(pdf)
    parts = take_apart(coverage.cms)
    prove_seal(parts, coverage.digest)
    moment = SigningMoment(coverage.signed_at, proved=False)
    if parts.time_stamp:
        stamped = prove_time_stamp(parts.time_stamp, parts.signature, trust())
        moment = SigningMoment(stamped, proved=True)
    prove_signer(parts, trust(), moment=moment)


def _one_signature() -> None:
    coverage = read_coverage(certificate())
    prove_seal(take_apart(coverage.cms), coverage.digest)


def _by_pyhanko(pdf: bytes) -> None:
    root: Any = asn1_x509.Certificate.load(ring().document.chain[-1])
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    context = ValidationContext(trust_roots=[root], moment=CHECKED, allow_fetching=False)
    assert validate_pdf_signature(signature, context).bottom_line


def _milliseconds(
    action: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> float:
    return 1000 / rate(action, rounds=rounds, clock=clock)


def rate(
    action: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """Return how often a second, the best of three: what disturbs only makes it slower."""
    action()
    best = 0.0
    for _ in range(3):
        start = clock()
        for _ in range(rounds):
            action()
        best = max(best, rounds / (clock() - start))
    return best


@cache
def softhsm_token() -> Token:
    """Return a new token of SoftHSM2 with one key, ``document``, in a folder of its own.

    The library reads its configuration once, so a process has one token till its end.
    """
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    conf = Path(folder) / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    command = "softhsm2-util --init-token --free --label bench --pin 1234 --so-pin 5678"
    subprocess.run(command.split(), check=True, capture_output=True)
    token = Token(TokenPlace(MODULE, "bench", "1234"))
    token.create("document")
    return token
