"""What must be true of ``python -m certificates``: files in, verdicts out, nothing else."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from certificates.__main__ import app
from certificates.sealing.certificate_chain import fingerprint
from tests.certificates.statements import UNIT_LETTER
from tests.certificates.workshop import (
    CHECKED,
    ISSUED,
    by_stranger,
    certificate,
    office,
    ring,
    sealed,
    token,
)

ROOT = Path(__file__).parents[2]
AT = CHECKED.isoformat()
DIGITS = fingerprint(ring().document.chain[-1])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Lay out one file of each verdict, and the trust file."""
    expired = sealed(replace(UNIT_LETTER, valid_until=ISSUED + timedelta(hours=1)))
    files = {
        "good.pdf": certificate(),
        "good.jwt": token().encode() + b"\n",
        "changed.pdf": expired,
        "forged.pdf": certificate() + b"\n",
        "unknown.pdf": by_stranger(),
        "trust.json": office().file(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def run(desk: Path, *arguments: str, trust: str | None = "trust.json") -> Result:
    words = [str(desk / word) if "." in word and "-" not in word else word for word in arguments]
    listed = [] if trust is None else ["--trust", str(desk / trust)]
    result = CliRunner().invoke(app, ["verify", *words, *listed, f"--at={AT}"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def verdicts(result: Result) -> list[str]:
    said: list[dict[str, Any]] = json.loads(result.stdout)
    return [each["verdict"] for each in said]


@pytest.mark.parametrize(
    ("names", "expected", "status"),
    [
        (["good.pdf"], ["valid"], 0),
        (["good.pdf", "good.jwt"], ["valid", "valid"], 0),
        (["changed.pdf"], ["changed"], 4),
        (["forged.pdf"], ["forged"], 1),
        (["unknown.pdf"], ["unknown"], 3),
        (["unknown.pdf", "changed.pdf", "good.pdf"], ["unknown", "changed", "valid"], 4),
        (["unknown.pdf", "changed.pdf", "forged.pdf"], ["unknown", "changed", "forged"], 1),
        (["good.pdf", "nowhere.pdf"], ["valid", "unknown"], 3),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else str(value),
)
def test_the_exit_status_and_the_json_give_the_verdicts(
    desk: Path, names: list[str], expected: list[str], status: int
) -> None:
    result = run(desk, *names, "--json")
    assert (verdicts(result), result.exit_code) == (expected, status)


def test_people_read_the_verdict_in_thai_and_english(desk: Path) -> None:
    said = run(desk, "good.pdf", "forged.pdf").stdout
    assert "ถูกต้องและยังใช้ได้ / Genuine and valid" in said
    assert "ไม่ตรงกับต้นฉบับ / Does not match the original" in said
    assert UNIT_LETTER.holder.name in said


def test_no_word_of_a_forged_document_is_shown(desk: Path) -> None:
    said = run(desk, "forged.pdf").stdout + run(desk, "forged.pdf", "--json").stdout
    assert UNIT_LETTER.holder.name not in said
    assert UNIT_LETTER.serial not in said


def test_without_a_trust_file_nothing_is_concluded(desk: Path) -> None:
    assert verdicts(run(desk, "good.pdf", "--json", trust=None)) == ["unknown"]


BAD_TRUST: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(),
    "folder": lambda path: path.rename(path.with_suffix(".away")).with_suffix(".json").mkdir(),
    "empty": lambda path: path.write_bytes(b""),
    "no JSON": lambda path: path.write_bytes(b"\xff{"),
    "changed": lambda path: path.write_bytes(path.read_bytes().replace(b"TPQI", b"TPQJ")),
}


@pytest.mark.parametrize("name", BAD_TRUST)
def test_a_bad_trust_file_is_never_used_and_said_to_be_bad(desk: Path, name: str) -> None:
    BAD_TRUST[name](desk / "trust.json")
    result = run(desk, "good.pdf", "--json")
    assert (verdicts(result), result.exit_code) == (["unknown"], 3)
    assert '"trust-list-' in result.stdout


def test_the_root_can_be_pinned(desk: Path) -> None:
    assert run(desk, "good.pdf", f"--root={DIGITS}").exit_code == 0
    assert run(desk, "good.pdf", f"--root={'0' * 64}").exit_code == 3


@pytest.mark.parametrize(
    "arguments",
    [[], ["good.pdf", "--root=abc"], ["good.pdf", "--unknown-option"]],
    ids=["no file", "root", "option"],
)
def test_wrong_usage_ends_with_2(desk: Path, arguments: list[str]) -> None:
    assert run(desk, *arguments).exit_code == 2


@pytest.mark.parametrize("at", ["yesterday", "2026-02-30", "4/5/2569", "9999-99-99", ""])
def test_what_is_no_date_is_wrong_usage(desk: Path, at: str) -> None:
    result = CliRunner().invoke(app, ["verify", str(desk / "good.pdf"), f"--at={at}"])
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-05-04", 0),
        ("2026-05-04T12:30", 0),
        ("2026-05-04T05:30:00Z", 0),
        ("2026-05-03", 3),
        ("2026-05-06", 3),
        ("0001-01-01T00:00:00+14:00", 2),
    ],
)
def test_a_date_is_that_day_in_bangkok_to_its_end(desk: Path, at: str, status: int) -> None:
    words = ["verify", str(desk / "good.pdf"), "--trust", str(desk / "trust.json"), f"--at={at}"]
    assert CliRunner().invoke(app, words).exit_code == status


@pytest.mark.parametrize("kind", ["folder", "missing", "too long", "odd bytes"])
def test_what_cannot_be_opened_is_unknown_and_no_traceback(desk: Path, kind: str) -> None:
    path = {
        "folder": str(desk),
        "missing": str(desk / "x.pdf"),
        "too long": "x" * 5000,
        "odd bytes": "\udcff.pdf",
    }[kind]
    result = CliRunner().invoke(app, ["verify", path, "--json", f"--at={AT}"])
    assert (verdicts(result), result.exit_code) == (["unknown"], 3)
    assert "file-unreadable" in result.stdout


def _python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": "", **environment},
        capture_output=True,
        check=False,
    )


def test_the_program_runs_by_itself_also_where_thai_cannot_be_shown(desk: Path) -> None:
    words = ["-m", "certificates", "verify", str(desk / "good.pdf"), f"--at={AT}", "--json"]
    result = _python(*words, "--trust", str(desk / "trust.json"), PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (0, b"")
    assert [each["verdict"] for each in json.loads(result.stdout)] == ["valid"]


def test_the_verifier_needs_no_printing_press_no_bank_and_no_network() -> None:
    script = (
        "import sys, certificates.__main__\n"
        "banned = ('reportlab', 'fastapi', 'sqlmodel', 'sqlalchemy', 'pyhanko', 'fontTools',\n"
        "  'uharfbuzz', 'PIL', 'standards', 'competency_bank', 'certificates.document',\n"
        "  'certificates.issuing', 'requests', 'httpx', 'urllib3', 'aiohttp')\n"
        "print([name for name in banned if name in sys.modules])"
    )
    result = _python("-c", script)
    assert (result.stdout.decode().strip(), result.stderr) == ("[]", b"")
