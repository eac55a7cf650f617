"""The command line: one JSON on stdout, sentences on stderr, honest exit statuses."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from competency_bank.cli.program import program
from tests.banks import FILES, school_bank


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("home")
    school_bank(found)
    return found


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(program, ["--home", str(home), *words])


def answer(home: Path, *words: str) -> Any:  # noqa: ANN401  (whatever the verb answers)
    result = run(home, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_init_twice_changes_nothing(tmp_path: Path) -> None:
    first = answer(tmp_path, "init")
    keys = (tmp_path / "keys" / "keys.json").read_bytes()

    assert answer(tmp_path, "init") == first
    assert (tmp_path / "keys" / "keys.json").read_bytes() == keys
    assert first["development"]


def test_keys_and_their_folder_are_readable_by_the_owner_only(home: Path) -> None:
    folder = home / "keys"

    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_a_class_goes_from_files_to_holdings_and_certificates(tmp_path: Path) -> None:  # noqa: PLR0915  (one whole trip)
    """Do by single verbs what the demonstration does at once."""
    file = {path.name: str(path) for path in Path(str(FILES)).iterdir()}
    answer(tmp_path, "init")
    assert answer(tmp_path, "course", "import", file["courses.json"])["new"] == 2
    assert answer(tmp_path, "people", "import", file["people.csv"])["new"] == 38
    proposed = answer(tmp_path, "course", "propose", file["barber.map.json"], "--by", "C-001")
    assert proposed == {"course": "BMA-BARBER-M", "version": 1}
    assert run(tmp_path, "course", "approve", "BMA-BARBER-M", "--by", "C-001").exit_code == 1
    answer(tmp_path, "course", "approve", "BMA-BARBER-M", "--by", "C-002")
    answer(tmp_path, "course", "propose", file["housekeeping.map.json"], "--by", "C-001")
    answer(tmp_path, "course", "approve", "BMA-HK-2566", "--by", "C-002")
    assert answer(tmp_path, "class", "import", file["classes.csv"])["classes"] == 2
    sheet = ("record", file["barber.csv"], "--class", "BARBER-2569-1", "--by", "T-002")
    assert answer(tmp_path, *sheet, "--dry-run")["recorded"] == 38
    assert answer(tmp_path, *sheet)["recorded"] == 38
    assert answer(tmp_path, *sheet)["already"] == 38
    left = answer(tmp_path, "withdraw", "BB-005", "--class", "BARBER-2569-1")
    assert (left["state"], left["units_kept"]) == ("withdrawn", 3)
    out = tmp_path / "out"
    issued = answer(tmp_path, "issue", "--learner", "BB-005", "--out", str(out))["issued"]
    assert len(issued) == 3 == len(list(out.iterdir()))
    entry = answer(tmp_path, "holdings", "BB-001")["units"][0]["entry"]
    answer(tmp_path, "correct", str(entry), "--by", "T-002", "--reason", "slip", "--score", "90")
    answer(tmp_path, "correct", str(entry), "--by", "T-002", "--reason", "slip", "--void")
    assert len(answer(tmp_path, "holdings", "BB-001")["units"]) == 4
    assert len(answer(tmp_path, "holdings", "BB-001", "--as-of", "1/1/2560")["units"]) == 0
    serial = issued[0]["serial"]
    answer(tmp_path, "revoke", serial, "--reason", "issued-in-error", "--by", "R-001")
    pdf = str(out / f"{serial}.pdf")
    assert run(tmp_path, "verify", pdf).exit_code == 4
    assert answer(tmp_path, "audit")["clean"]


def test_every_verb_that_shows_something_shows_it_for_people_too(home: Path) -> None:
    for words in (
        ("init",),
        ("standard", "list"),
        ("standard", "show", "THR-HOH-1-200ZB"),
        ("course", "list"),
        ("course", "show", "BMA-HK-2566"),
        ("holdings", "HK-001"),
        ("path", "HK-001"),
        ("issue",),
        ("log", "checkpoint"),
        ("key", "export-trust"),
        ("audit",),
    ):
        result = run(home, *words)
        assert result.exit_code == 0, words
        assert result.stdout.strip() or words[0] == "path", words


def test_a_unit_is_found_by_any_of_its_names(home: Path) -> None:
    by_code = answer(home, "standard", "show", "THR-HOH-1-200ZB")
    by_key = answer(home, "standard", "show", by_code["key"])

    assert by_code == by_key
    assert answer(home, "standard", "show", "std1949:10302")["title_th"] == "สระผม"


PDF = b"%PDF-1.7 no sheet"
REFUSED: dict[str, tuple[tuple[str, ...], bytes]] = {
    "no such file": (("record", "none.csv", "--class", "HK-2566-1", "--by", "T-001"), b""),
    "no sheet": (("record", "FILE", "--class", "HK-2566-1", "--by", "T-001"), PDF),
    "empty sheet": (("record", "FILE", "--class", "HK-2566-1", "--by", "T-001"), b""),
    "no heading": (("record", "FILE", "--class", "HK-2566-1", "--by", "T-001"), b"a,b\n1,2\n"),
    "no such class": (("record", "FILE", "--class", "NONE", "--by", "T-001"), b"a,b\n1,2\n"),
    "no such teacher": (("record", "FILE", "--class", "HK-2566-1", "--by", "X"), b"a,b\n1,2\n"),
    "other teacher": (("record", "FILE", "--class", "HK-2566-1", "--by", "T-002"), b"a,b\n1,2\n"),
    "no such learner": (("holdings", "NOBODY"), b""),
    "no such goal": (("path", "HK-001", "--goal", "none"), b""),
    "no such unit": (("standard", "show", "NONE-1"), b""),
    "several units": (("standard", "show", "10302"), b""),
    "no such course": (("course", "show", "NONE"), b""),
    "no standard": (("standard", "import", "FILE"), b"{}"),
    "no json": (("course", "import", "FILE"), b"{"),
    "no people": (("people", "import", "FILE"), b"a,b\n"),
    "no classes": (("class", "import", "FILE"), b"\xff\xfe\x00"),
    "no day": (("holdings", "HK-001", "--as-of", "soon"), b""),
    "no entry": (("correct", "99999", "--by", "T-001", "--reason", "x", "--void"), b""),
    "no number": (("correct", "1", "--by", "T-001", "--reason", "x", "--score", "much"), b""),
    "no certificate": (("revoke", "X", "--reason", "issued-in-error", "--by", "R-001"), b""),
    "not enrolled": (("withdraw", "BB-001", "--class", "HK-2566-1"), b""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_in_both_languages_without_a_traceback(
    name: str, home: Path, tmp_path: Path
) -> None:
    words, content = REFUSED[name]
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    result = run(home, *(str(file) if word == "FILE" else word for word in words), "--json")

    assert result.exit_code == 1
    error = json.loads(result.stdout)["error"]
    assert re.search("[ก-๙]", error["message"]["th"])
    assert not re.search("[ก-๙]", re.sub("“.*?”|[(:].*", "", error["message"]["en"]))
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "words", [("no-such-verb",), ("record",), ("correct", "x"), ("bench", "x")]
)
def test_wrong_usage_ends_with_status_2(home: Path, words: tuple[str, ...]) -> None:
    assert run(home, *words).exit_code == 2


def test_a_home_without_a_bank_says_to_begin_with_init(tmp_path: Path) -> None:
    result = run(tmp_path, "audit", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == "no-bank"
    assert list(tmp_path.iterdir()) == []


def test_keys_that_others_can_read_are_not_used(tmp_path: Path) -> None:
    answer(tmp_path, "init")
    (tmp_path / "keys" / "document.pem").chmod(0o644)
    result = run(tmp_path, "audit", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == "key-exposed"


def test_files_that_cannot_be_checked_are_unknown_and_never_a_traceback(
    home: Path, tmp_path: Path
) -> None:
    for name, content in {"empty": b"", "text": b"hello", "cut": b"%PDF-1.7\n"}.items():
        (tmp_path / name).write_bytes(content)
    result = run(home, "verify", *(str(tmp_path / n) for n in ("empty", "text", "cut", "gone")))

    assert result.exit_code in {1, 3}
    assert "Traceback" not in result.output
