"""What must be true of checks within limits: same answers, and no file harms the next one."""

import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from certificates.bounded_checks import BoundedChecks, Limits, report_in
from certificates.errors import NotChecked
from certificates.report import Report, Verdict, examine
from tests.certificates.outsiders import signed_outside
from tests.certificates.stamped import archived_certificate, stamped_certificate
from tests.certificates.workshop import CHECKED, certificate, page, token, trust

SECONDS = 2
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture(scope="module")
def checks() -> Iterator[BoundedChecks]:
    """Return checks whose files have two seconds."""
    found = BoundedChecks(Limits(seconds=SECONDS))
    yield found
    found.close()


def check(checks: BoundedChecks, data: bytes) -> Report:
    return checks.examine(data, name="x", trust=trust(), at=CHECKED)


@pytest.mark.parametrize(
    "data",
    [
        certificate(),
        stamped_certificate(),
        archived_certificate(),
        token().encode(),
        certificate()[:-1],
        signed_outside(page(), "Somebody Else"),
        b"",
        b"text",
    ],
    ids=["sealed", "stamped", "archived", "token", "cut", "foreign", "empty", "text"],
)
def test_the_answer_is_the_same_as_without_limits(checks: BoundedChecks, data: bytes) -> None:
    assert check(checks, data) == examine(data, name="x", trust=trust(), at=CHECKED)


def test_why_there_is_no_trust_list_is_told_the_same(checks: BoundedChecks) -> None:
    for source in (None, NotChecked("trust-list-signature")):
        found = checks.examine(certificate(), name="x", trust=source, at=CHECKED)
        assert found == examine(certificate(), name="x", trust=source, at=CHECKED)


def test_genuine_files_share_a_worker_and_others_end_it(checks: BoundedChecks) -> None:
    checks.close()  # whatever other tests left waiting
    check(checks, certificate())
    (worker,) = checks.idle
    check(checks, certificate())
    assert checks.idle == [worker]
    check(checks, certificate()[:-1])
    assert checks.idle == []


SLOW = (
    b"%PDF-1.7\n" + b"1 0 obj<</ByteRange [0 9 9 9]/Contents <" + b"30" * 4_700_000 + b">>>\n%%EOF"
)
DEEP = b"%PDF-1.7\n1 0 obj\n" + b"[" * 4_000_000 + b"\nendobj\n%%EOF"
DEEP_TOKEN = b"eyJ" + b"W" * 200_000 + b".e30.e30"


@pytest.mark.parametrize("bomb", [SLOW, DEEP, DEEP_TOKEN], ids=["slow", "deep", "token"])
def test_a_bomb_ends_in_bounded_time_and_the_next_file_is_checked(
    checks: BoundedChecks, bomb: bytes
) -> None:
    start = time.monotonic()
    found = check(checks, bomb)
    assert time.monotonic() - start < SECONDS + 4
    assert found.verdict in {Verdict.UNKNOWN, Verdict.FORGED}
    assert found.credential is None
    assert check(checks, certificate()).verdict is Verdict.VALID


def test_who_takes_too_long_is_told_so() -> None:
    impatient = BoundedChecks(Limits(seconds=1))
    try:
        found = check(impatient, SLOW)
    finally:
        impatient.close()
    assert {found.steps[0].code} <= {"check-limits", "proved"}
    assert found.verdict is not Verdict.VALID


def test_who_takes_too_much_memory_is_told_so() -> None:
    small = BoundedChecks(Limits(memory=96 * 1024 * 1024))
    try:
        found = check(small, b"%PDF-1.7\n" + bytes(9 * 1024 * 1024) + b"/ByteRange" * 100_000)
        assert found.verdict in {Verdict.UNKNOWN, Verdict.FORGED}
        assert check(small, certificate()).verdict is Verdict.VALID
    finally:
        small.close()


def test_many_at_once_all_have_their_answer(checks: BoundedChecks) -> None:
    files = [certificate(), certificate()[:-1], b"text", stamped_certificate()] * 6
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda data: check(checks, data).verdict, files))
    expected = [Verdict.VALID, Verdict.FORGED, Verdict.UNKNOWN, Verdict.VALID] * 6
    assert found == expected


def test_who_comes_when_all_are_busy_is_asked_to_come_again() -> None:
    nobody = BoundedChecks(Limits(at_once=1, patience=0.05))
    assert nobody.turns.take(0)
    assert check(nobody, certificate()).steps[0].code == "check-busy"


def test_a_process_that_was_killed_is_started_again(checks: BoundedChecks) -> None:
    check(checks, certificate())
    assert checks.process is not None
    checks.process.kill()
    checks.process.wait()
    for _ in range(2):
        check(checks, b"%PDF-1.7")
    assert check(checks, certificate()).verdict is Verdict.VALID


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        json.dumps({"verdict": "valid", "steps": [], "credential": None}).encode(),
        json.dumps(
            {"verdict": "valid", "steps": [["format", "ok", "<b>"]], "credential": 1}
        ).encode(),
    ],
    ids=["nothing", "list", "empty", "no steps", "another code"],
)
def test_what_comes_back_is_read_as_data_and_judged(answer: bytes) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        report_in(answer, "x", CHECKED)
