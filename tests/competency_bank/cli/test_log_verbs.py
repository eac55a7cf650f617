"""The log on the command line: a bank publishes, a witness far away follows and signs."""

import json
import re
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from certificates.sealing.log_proof import prove_inclusion, read_log_proof
from certificates.sealing.trust_file import read_trust_list
from competency_bank import bank as opened
from competency_bank.cli.program import program
from tests.banks import BARBER, HOUSEKEEPING, expect_clean, record, school_bank


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(program, ["--home", str(home), *words])


def answer(home: Path, *words: str) -> Any:  # noqa: ANN401  (whatever the verb answers)
    result = run(home, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_witness_follows_cosigns_and_is_published(tmp_path: Path) -> None:  # noqa: PLR0915  (one whole trip)
    home, far, www = tmp_path / "home", tmp_path / "far", tmp_path / "www"
    far.mkdir()
    bank = school_bank(home)
    own_log = answer(home, "log", "identity")["log"]
    key = str(far / "witness.key")
    witness = answer(far, "log", "new-witness", "witness.example", "--key", key)["witness"]
    assert (far / "witness.key").stat().st_mode & 0o077 == 0
    assert run(far, "log", "new-witness", "w", "--key", key).exit_code == 1
    assert answer(home, "log", "know-witness", witness) == {"witnesses": ["witness.example"]}
    answer(home, "log", "export", str(www))
    state = ("--state", str(far / "state"), "--log", own_log, "--key", key)
    first = answer(far, "log", "follow", str(www), *state)
    record(bank, BARBER)
    assert answer(home, "log", "export", str(www))["written"] > 0
    second = answer(far, "log", "follow", str(www), *state)
    assert second["grown_from"] == first["size"] < second["size"]
    (far / "line").write_text(second["cosignature"], encoding="utf-8")
    assert answer(home, "log", "cosign", str(far / "line"))["witnesses"] == ["witness.example"]
    shown = answer(home, "log", "checkpoint")
    assert shown["witnesses"] == ["witness.example"]
    assert shown["checkpoint"] == second["checkpoint"] + second["cosignature"]
    answer(home, "log", "export", str(www))
    assert (www / "checkpoint").read_text(encoding="utf-8") == shown["checkpoint"]

    out = home / "entry.tlog-proof"
    answer(home, "log", "prove", "3", "--out", str(out))
    trust = read_trust_list((home / "trust" / "trust.json").read_bytes())
    assert trust.log is not None
    proved = prove_inclusion(
        read_log_proof(out.read_bytes()),
        origin=trust.log.origin,
        public_key=trust.log.public_key,
        witnesses=trust.witnesses,
    )
    assert proved.witnesses == ("witness.example",)
    grown = answer(home, "log", "consistency", str(first["size"]), str(second["size"]))
    assert grown["hashes"]
    expect_clean(bank)


def test_verbs_show_the_same_to_people(tmp_path: Path) -> None:
    bank = school_bank(tmp_path)
    size = answer(tmp_path, "log", "export", str(tmp_path / "www"))["size"]
    for words in (
        ("checkpoint",),
        ("identity",),
        ("prove", "0"),
        ("consistency", str(size), str(size)),
        ("export", str(tmp_path / "www")),
        ("follow", str(tmp_path / "www"), "--state", str(tmp_path / "state")),
    ):
        shown = run(tmp_path, "log", *words)
        assert shown.exit_code == 0, shown.output
        assert shown.stdout.strip()
    bank.database.close()


def test_a_fork_ends_with_status_one_and_names_both_heads(tmp_path: Path) -> None:  # noqa: PLR0915  (one whole trip)
    bank = school_bank(tmp_path)
    bank.database.close()
    before = (tmp_path / "bank.sqlite").read_bytes()
    record(bank, BARBER)
    follow = ("log", "follow", str(tmp_path / "www"), "--state", str(tmp_path / "state"))
    answer(tmp_path, "log", "export", str(tmp_path / "www"))
    size = answer(tmp_path, *follow)["size"]
    bank.database.close()
    (tmp_path / "bank.sqlite").write_bytes(before)
    for rest in ("bank.sqlite-wal", "bank.sqlite-shm"):
        (tmp_path / rest).unlink(missing_ok=True)
    refused = run(tmp_path, "log", "export", str(tmp_path / "two"))
    assert refused.exit_code == 1
    assert "log-went-back" in refused.stderr
    (tmp_path / "log-head").unlink()
    answer(tmp_path, "withdraw", "BB-005", "--class", BARBER)
    other = opened.open_bank(bank.settings)
    answer(tmp_path, "log", "export", str(tmp_path / "two"))
    shorter = run(tmp_path, *follow[:2], str(tmp_path / "two"), *follow[3:])
    assert shorter.exit_code == 1
    assert str(size) in shorter.stderr
    record(other, HOUSEKEEPING)
    other.database.close()
    answer(tmp_path, "log", "export", str(tmp_path / "two"))
    kept = (tmp_path / "state").read_bytes()
    forked = run(tmp_path, *follow[:2], str(tmp_path / "two"), *follow[3:], "--json")

    assert forked.exit_code == 1
    assert json.loads(forked.stdout)["error"]["code"] == "followed-fork"
    assert re.search(rf"{size} entries \S+=.* entries \S+=", forked.stderr)
    assert (tmp_path / "state").read_bytes() == kept


@pytest.mark.enable_socket
def test_a_log_is_followed_over_http_and_silence_is_no_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school_bank(tmp_path)
    answer(tmp_path, "log", "export", str(tmp_path / "www"))

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.chdir(tmp_path / "www")
    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        state = ("--state", str(tmp_path / "state"))
        seen = answer(tmp_path, "log", "follow", address, *state)
        assert answer(tmp_path, "log", "follow", f"{address}/", *state)["size"] == seen["size"]
        assert run(tmp_path, "log", "follow", f"{address}/no", *state).exit_code == 1
        server.shutdown()
    silent = run(tmp_path, "log", "follow", address, *state)
    assert silent.exit_code == 3
