"""The main job, end to end, through the command line, judged by programs that are not ours."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from typer.testing import CliRunner

from certificates.sealing.trust_file import read_trust_list
from competency_bank.cli.program import program

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Trip:
    home: Path
    answer: dict[str, Any]
    pdfs: list[Path]

    def run(self, *words: str) -> Any:  # noqa: ANN401  (whatever the verb answers)
        result = CliRunner().invoke(program, ["--home", str(self.home), *words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    @property
    def revoked(self) -> Path:
        (found,) = [path for path in self.pdfs if self.verdict(path) == "changed"]
        return found

    def verdict(self, path: Path) -> str:
        result = CliRunner().invoke(
            program, ["--home", str(self.home), "verify", str(path), "--json"]
        )
        return str(json.loads(result.stdout)[0]["verdict"])


@pytest.fixture(scope="module")
def trip(tmp_path_factory: pytest.TempPathFactory) -> Trip:
    home = tmp_path_factory.mktemp("home") / "bank"
    result = CliRunner().invoke(program, ["--home", str(home), "demo", "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    return Trip(home, answer, sorted(Path(answer["issued_dir"]).glob("*.pdf")))


def test_23_learners_and_68_units_are_recorded_and_one_row_is_refused(trip: Trip) -> None:
    housekeeping, barber = trip.answer["classes"]

    assert (housekeeping["learners_recorded"], housekeeping["units_recorded"]) == (23, 68)
    (refused,) = housekeeping["refused"]
    assert (refused["row"], refused["column"], refused["code"]) == (20, "F", "bad-date")
    assert "31/02/2566" in refused["message"]["th"]
    assert "31/02/2566" in refused["message"]["en"]
    assert (barber["learners_recorded"], barber["units_recorded"], barber["refused"]) == (8, 38, [])


def test_every_unit_has_a_letter_and_every_finished_course_a_certificate(trip: Trip) -> None:
    assert trip.answer["issued"] == {"unit": 106, "course": 29}
    assert len(trip.pdfs) == 135
    assert trip.answer["verdicts"] == {"valid": 134, "changed": 1}


def test_the_barber_who_left_has_three_letters_and_two_units_left(trip: Trip) -> None:
    leaver = trip.answer["leavers"][1]
    held = trip.run("holdings", leaver["learner"])["units"]
    (path,) = trip.run("path", leaver["learner"], "--goal", "7077")

    assert leaver["held"] == ["10101", "10104", "10302"]
    assert leaver["left"] == ["20101", "20102"] == [one["code"] for one in path["left"]]
    assert leaver["goal"] == "ช่างทำผมบุรุษ ระดับ 3"
    assert len({one["certificate"] for one in held} - {None}) == 3


def test_the_offline_verifier_needs_no_bank_and_no_network(trip: Trip, tmp_path: Path) -> None:
    trust = tmp_path / "trust.json"
    shutil.copyfile(trip.answer["trust"], trust)
    command = [sys.executable, "-m", "certificates", "verify", *map(str, trip.pdfs)]
    done = subprocess.run(
        [*command, "--trust", str(trust), "--json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    verdicts = [one["verdict"] for one in json.loads(done.stdout)]

    assert done.returncode == 4
    assert (verdicts.count("valid"), verdicts.count("changed")) == (134, 1)


def test_without_a_trust_list_nothing_is_said_to_be_true_or_false(trip: Trip) -> None:
    command = [sys.executable, "-m", "certificates", "verify", str(trip.pdfs[5]), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    (report,) = json.loads(done.stdout)

    assert done.returncode == 3
    assert report["verdict"] == "unknown"
    assert report["credential"] is None


def test_one_flipped_byte_makes_any_of_them_forged(trip: Trip, tmp_path: Path) -> None:
    chance = random.Random(2569)
    spoilt = []
    for path in trip.pdfs:
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        spoilt.append(tmp_path / path.name)
        spoilt[-1].write_bytes(data)
    words = ["--home", str(trip.home), "verify", *map(str, spoilt), "--json"]
    result = CliRunner().invoke(program, words)

    assert result.exit_code == 1
    assert {one["verdict"] for one in json.loads(result.stdout)} == {"forged"}


def test_pyhanko_finds_every_file_whole_certified_and_trusted(trip: Trip) -> None:
    trust = read_trust_list(Path(trip.answer["trust"]).read_bytes())
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(trust.root)], allow_fetching=False
    )
    for path in trip.pdfs:
        (signature,) = PdfFileReader(BytesIO(path.read_bytes())).embedded_signatures
        status = validate_pdf_signature(signature, context)
        assert status.bottom_line, path.name
        assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        assert status.docmdp_ok


def test_pdfsig_finds_every_signature_valid_and_the_whole_document_signed(trip: Trip) -> None:
    for path in trip.pdfs:
        said = subprocess.run(
            ["pdfsig", "-nocert", str(path)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        assert "Signature is Valid." in said, path.name
        assert "Total document signed" in said


def test_running_it_again_records_and_issues_nothing_twice(trip: Trip, tmp_path: Path) -> None:
    home = tmp_path / "again"
    shutil.copytree(trip.home, home)
    result = CliRunner().invoke(program, ["--home", str(home), "demo", "--json"])
    again = json.loads(result.stdout)

    assert [one["units_recorded"] for one in again["classes"]] == [0, 0]
    assert [one["already"] for one in again["classes"]] == [68, 38]
    assert again["issued"] == {"unit": 1, "course": 0}, "only the revoked letter is due anew"


def test_no_output_holds_a_13_digit_number(trip: Trip) -> None:
    number = "1234567890121"
    shown = json.dumps(trip.answer) + Path(trip.answer["trust"]).read_text(encoding="utf-8")
    learner = trip.run("holdings", "HK-001")

    assert number not in shown + json.dumps(learner)
    for path in trip.pdfs:
        text = subprocess.run(
            ["pdftotext", str(path), "-"],
            capture_output=True,
            check=True,
        ).stdout.decode()
        assert number not in text.replace("-", "").replace(" ", "")
        assert number.encode() not in path.read_bytes()
    for table in ("people", "records", "ledger_entries", "certificates"):
        rows = _rows(trip.home, f"SELECT * FROM {table}")
        assert number not in str(rows)


def test_the_audit_is_clean_and_names_any_edited_entry(trip: Trip, tmp_path: Path) -> None:
    assert trip.run("audit")["clean"]
    home = tmp_path / "edited"
    for index in (0, 30, 200, 400):
        shutil.copytree(trip.home, home)
        with sqlite3.connect(home / "bank.sqlite") as connection:
            connection.execute("DROP TRIGGER guard_ledger_entries_update")
            connection.execute(
                "UPDATE ledger_entries SET body = body || ' ' WHERE \"index\" = ?", (index,)
            )
        connection.close()
        result = CliRunner().invoke(program, ["--home", str(home), "audit", "--json"])
        shutil.rmtree(home)

        assert result.exit_code == 1
        assert json.loads(result.stdout)["findings"][0]["entry"] == index


def _rows(home: Path, query: str) -> list[Any]:
    connection = sqlite3.connect(home / "bank.sqlite")
    rows = connection.execute(query).fetchall()
    connection.close()
    return rows
