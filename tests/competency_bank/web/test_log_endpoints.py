"""The log over HTTP, as readers of C2SP tlog-tiles ask for it."""

from sqlalchemy import text
from starlette.testclient import TestClient

from certificates.sealing.checkpoint import open_checkpoint
from certificates.sealing.log_proof import prove_inclusion, read_log_proof
from competency_bank import bank as opened
from competency_bank.bank import Bank
from competency_bank.services.follow_log import follow
from competency_bank.services.publish_trust import log_origin
from competency_bank.web.app import create_app
from tests.competency_bank.web.conftest import Visit
from tests.tampering import tampering


def test_a_witness_follows_the_pages_themselves(bank: Bank, visit: Visit) -> None:
    browser = visit()

    def fetch(path: str) -> bytes:
        answer = browser.get(f"/log/{path}")
        assert answer.status_code == 200, path
        return answer.content

    origin, key = log_origin(bank.keys), bank.keys.checkpoint.public_bytes
    seen = follow(fetch, origin=origin, public_key=key, last=None)
    assert follow(fetch, origin=origin, public_key=key, last=seen.note).checkpoint.size > 0
    proof = read_log_proof(fetch("proof/0"))
    assert prove_inclusion(proof, origin=origin, public_key=key).index == 0


def test_only_what_never_changes_is_kept_for_long(bank: Bank, visit: Visit) -> None:
    browser = visit()
    note = browser.get("/log/checkpoint")
    size = open_checkpoint(
        note.text, origin=log_origin(bank.keys), public_key=bank.keys.checkpoint.public_bytes
    ).size
    assert note.headers["content-type"] == "text/plain; charset=utf-8"
    assert "max-age=5" in note.headers["cache-control"]
    tile = browser.get(f"/log/tile/0/000.p/{min(size, 255)}")
    assert tile.headers["content-type"] == "application/octet-stream"
    assert len(tile.content) == 32 * min(size, 255)
    assert "immutable" in tile.headers["cache-control"]
    for path in ("tile/0/999", "tile/0/0", "tile/entries/../0/000", "proof/999999", "tile/9/000"):
        missing = browser.get(f"/log/{path}")
        assert missing.status_code == 404, path
        assert "immutable" not in missing.headers["cache-control"]


def test_a_bank_that_must_not_sign_says_so_and_goes_on_reading(bank: Bank) -> None:
    with tampering(bank) as connection:
        connection.execute(text("UPDATE ledger_entries SET body = 'x' WHERE \"index\" = 7"))
    fresh = opened.open_bank(bank.settings)
    browser = TestClient(create_app(fresh, opened.now))
    for _ in range(2):
        answer = browser.get("/readyz")
        assert answer.status_code == 503
        assert "from entry 7 on (entry-changed)" in answer.text
    assert browser.get("/livez").status_code == 200
    assert browser.get("/trust").status_code == 200
    assert browser.get("/log/checkpoint").status_code == 200
    fresh.database.close()
