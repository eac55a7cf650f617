"""Papers on request from the command line."""

import json
from pathlib import Path

import pytest

from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from tests.banks import BARBER, expect_clean, record, school_bank, sheet_of
from tests.competency_bank.cli.test_program import answer, run


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("home")
    bank = school_bank(found)
    head = "เลขที่,10101,10104,10302,20101,20102,วันที่ผ่าน"
    rows = ("1,ผ่าน,ผ่าน,ผ่าน,ผ่าน,ผ่าน,28/10/2569", "2,ผ่าน,ผ่าน,ผ่าน,,,28/10/2569")
    record(bank, BARBER, sheet_of(head, *rows))
    issue(bank, Wanted())
    expect_clean(bank)
    return found


HONOUR = (
    "honour",
    "BB-001",
    "--title=ครูภูมิปัญญาการตัดผม",
    "--field=ตัดผมบุรุษ",
    "--reason=สอนช่างรุ่นใหม่มาสี่สิบปี",
    "--proposed-by=R-001",
)


def test_each_paper_is_made_and_verifies(home: Path, tmp_path: Path) -> None:
    pdf, clr, jwt = (str(tmp_path / f"portfolio.{end}") for end in ("pdf", "json", "jwt"))
    made = answer(home, "portfolio", "BB-001", "--out", pdf)
    assert answer(home, "portfolio", "BB-001", "--out", clr)["serial"] == made["serial"]
    assert answer(home, "portfolio", "BB-001", "--out", jwt)["serial"] == made["serial"]
    assert "ClrCredential" in json.loads(Path(clr).read_text(encoding="utf-8"))["type"]
    picked = answer(home, "portfolio", "BB-001", "--out", pdf, "--units", "10302")
    assert picked["serial"] != made["serial"]

    out = tmp_path / "out"
    qualified = answer(home, "issue", "--kind", "qualification", "--out", str(out))["issued"]
    kept = answer(
        home, "issue", "--kind=record", "--learner=BB-002", f"--class={BARBER}", "--out", str(out)
    )["issued"]
    assert [one["kind"] for one in qualified + kept] == ["qualification", "record"]

    honoured = answer(home, *HONOUR, "--agreed-by=V-001")
    files = [pdf, jwt, *map(str, out.iterdir()), f"{honoured['folder']}/{honoured['serial']}.pdf"]
    assert [one["verdict"] for one in answer(home, "verify", *files)] == ["valid"] * 5


def test_a_replacement_is_made_by_a_registrar(home: Path) -> None:
    (serial, *_) = sorted(path.stem for path in (home / "issued").glob("*.pdf"))
    refused = run(home, "replace", serial, "--by", "T-001", "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["error"]["code"] == "not-registrar"

    made = answer(home, "replace", serial, "--by", "R-001")
    assert made["replaces"] == serial
    (old,) = json.loads(run(home, "verify", f"{home}/issued/{serial}.pdf", "--json").stdout)
    assert old["verdict"] == "changed"
    answer(home, "audit")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*HONOUR, "--agreed-by=R-001"), "approver-is-author"),
        (("portfolio", "BB-001", "--out=x.docx"), "portfolio-form"),
        (("portfolio", "BB-003", "--out=x.pdf"), "no-certificates"),
        (("portfolio", "BB-001", "--out=x.pdf", "--units=NONE"), "unit-not-held"),
        (("issue", "--kind=record", "--learner=BB-001"), "kind-on-request"),
        (("replace", "NONE", "--by=R-001"), "unknown-certificate"),
        (("revoke", "NONE", "--reason=replaced", "--by=R-001"), "unknown-reason"),
    ],
)
def test_what_cannot_be_made_is_refused_by_its_code(
    home: Path, words: tuple[str, ...], code: str
) -> None:
    result = run(home, *words, "--json")
    assert result.exit_code == 1, result.output
    assert json.loads(result.stdout)["error"]["code"] == code
