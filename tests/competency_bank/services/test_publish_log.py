"""The published log is read by rules of its own here, and followed by a forgetless witness."""

import base64
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from certificates.errors import ProofFails
from certificates.sealing.cosignature import cosign, new_witness_key, read_witness_key
from certificates.sealing.log_proof import prove_inclusion
from certificates.sealing.trust_file import read_trust_list
from competency_bank.bank import Bank, open_bank
from competency_bank.cli.log_fetching import fetch_from
from competency_bank.domain.errors import BadInput, Conflict, NotFound, RecordDamaged
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind
from competency_bank.domain.tile_paths import read_tile_name
from competency_bank.services.follow_log import Followed, follow
from competency_bank.services.publish_log import accept_cosignatures, export_log, newest_size, tile
from competency_bank.services.publish_trust import log_origin
from competency_bank.storage.ledger_rows import append_entries, raw_entries
from competency_bank.storage.log_proof_rows import checkpoint_at, inclusion_proof
from tests.banks import NOON, empty_bank
from tests.tampering import tampering

Grow = Callable[[int], None]


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    made = empty_bank(tmp_path / "home")
    grow(made, 700)
    return made


def grow(bank: Bank, count: int, *, learner: str = "p") -> None:
    with bank.writing() as transaction:
        facts = [{"learner": f"{learner}{n}", "class": "c"} for n in range(count)]
        entries = [Entry(EntryKind.COURSE_WITHDRAWN, NOON, SYSTEM, dict(each)) for each in facts]
        append_entries(transaction, entries)


def export(bank: Bank, folder: Path) -> int:
    folder.mkdir(exist_ok=True)
    with bank.reading() as transaction:
        return export_log(transaction, folder).written


def mth(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word by word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def place(index: int) -> str:
    digits = f"{index:03d}" if index < 1000 else f"x{index // 1000:03d}/{index % 1000:03d}"
    assert index < 1_000_000
    return digits


def read_published(folder: Path) -> list[bytes]:
    """Read a published log as its specification says; return its entries, all checked."""
    lines = (folder / "checkpoint").read_text(encoding="utf-8").split("\n")
    size, root = int(lines[1]), base64.b64decode(lines[2])
    entries: list[bytes] = []
    for first in range(0, size, 256):
        width = min(256, size - first)
        partial = "" if width == 256 else f".p/{width}"
        data = (folder / f"tile/entries/{place(first // 256)}{partial}").read_bytes()
        while data:
            length = int.from_bytes(data[:2], "big")
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
        assert len(entries) == first + width
    level, hashes = 0, [sha256(b"\x00" + entry).digest() for entry in entries]
    assert mth(hashes) == root
    while hashes:
        for first in range(0, len(hashes), 256):
            part = hashes[first : first + 256]
            partial = "" if len(part) == 256 else f".p/{len(part)}"
            path = folder / f"tile/{level}/{place(first // 256)}{partial}"
            assert path.read_bytes() == b"".join(part)
        whole = range(0, len(hashes) // 256 * 256, 256)
        level, hashes = level + 1, [mth(hashes[first : first + 256]) for first in whole]
    return entries


def test_what_is_published_is_the_whole_log_at_every_level(bank: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "www"
    for count in (0, 3, 250, 512):
        if count:
            grow(bank, count)
        export(bank, folder)
        with bank.reading() as transaction:
            stored = [body for *_, body in raw_entries(transaction)]
        assert read_published(folder) == stored
    assert export(bank, folder) == 0


def test_a_tile_that_was_published_otherwise_is_noticed(bank: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "www"
    export(bank, folder)
    (folder / "tile/0/001").write_bytes(bytes(8192))
    with pytest.raises(RecordDamaged, match="log-disagrees") as caught:
        export(bank, folder)
    assert caught.value.values["entry"] == 256


def test_a_damaged_log_is_not_published(bank: Bank, tmp_path: Path) -> None:
    with tampering(bank) as connection:
        connection.exec_driver_sql("UPDATE ledger_entries SET body = 'x' WHERE \"index\" = 5")
    bank.database.close()
    fresh = open_bank(bank.settings)
    with pytest.raises(RecordDamaged, match="log-stopped"):
        export(fresh, tmp_path / "www")
    assert not (tmp_path / "www/checkpoint").exists()


@pytest.mark.parametrize("path", ["tile/0/009", "tile/0/002.p/255", "tile/entries/009.p/1"])
def test_what_the_log_does_not_reach_is_not_there(bank: Bank, path: str) -> None:
    with bank.reading() as transaction, pytest.raises(NotFound, match="unknown-tile"):
        tile(transaction, read_tile_name(path))


def test_a_partial_tile_can_be_had_after_it_has_grown(bank: Bank) -> None:
    with bank.reading() as transaction:
        grown = tile(transaction, read_tile_name("tile/0/001"))
        assert tile(transaction, read_tile_name("tile/0/001.p/7")) == grown[: 7 * 32]


def visit(bank: Bank, folder: Path, last: str | None) -> Followed:
    return follow(
        fetch_from(str(folder)),
        origin=log_origin(bank.keys),
        public_key=bank.keys.checkpoint.public_bytes,
        last=last,
    )


def test_a_witness_accepts_a_log_that_only_grows(bank: Bank, tmp_path: Path) -> None:
    folder, last = tmp_path / "www", None
    sizes: list[int] = []
    for count in (0, 1, 0, 300, 70_000):
        if count:
            grow(bank, count)
        export(bank, folder)
        seen = visit(bank, folder, last)
        assert seen.grown_from == (sizes[-1] if sizes else None)
        last = seen.note
        sizes.append(seen.checkpoint.size)

    assert sizes == sorted(sizes)


def test_a_witness_follows_from_full_tiles_when_partial_ones_are_gone(
    bank: Bank, tmp_path: Path
) -> None:
    folder = tmp_path / "www"
    export(bank, folder)
    first = visit(bank, folder, None)
    older = (folder / "checkpoint").read_bytes()
    grow(bank, 2000)
    export(bank, folder)
    for partial in folder.rglob("*.p"):
        for file in partial.iterdir():
            if not file.name.startswith("."):
                width = int(file.name)
                full = partial.with_suffix("")
                if full.exists() and width < 256:
                    file.unlink()
    assert visit(bank, folder, first.note).grown_from == first.checkpoint.size
    (folder / "checkpoint").write_bytes(older)
    with pytest.raises(Conflict, match="followed-back"):
        visit(bank, folder, visit_newest(bank))


def visit_newest(bank: Bank) -> str:
    with bank.reading() as transaction:
        return checkpoint_at(transaction, None)


@pytest.mark.parametrize("more", [10, 300])
def test_a_witness_refuses_a_fork_and_names_both_heads(
    bank: Bank, tmp_path: Path, more: int
) -> None:
    """The operator rewrites the log with the right key, longer or just as long as before."""
    copy = tmp_path / "copy.sqlite"
    bank.database.close()
    copy.write_bytes((bank.settings.home / "bank.sqlite").read_bytes())
    grow(bank, 10, learner="a")
    export(bank, tmp_path / "one")
    seen = visit(bank, tmp_path / "one", None)
    bank.database.close()
    (bank.settings.home / "bank.sqlite").write_bytes(copy.read_bytes())
    bank.settings.log_head.unlink()
    other = open_bank(bank.settings)
    grow(other, more, learner="b")
    export(other, tmp_path / "two")

    with pytest.raises(Conflict, match="followed-fork") as caught:
        visit(bank, tmp_path / "two", seen.note)
    values = caught.value.values
    assert values["old_size"] == seen.checkpoint.size
    assert values["old_root"] == base64.b64encode(seen.checkpoint.root).decode()
    assert values["old_root"] != values["new_root"]


def test_a_log_that_cannot_be_read_is_no_fork(bank: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "www"
    export(bank, folder)
    seen = visit(bank, folder, None)
    grow(bank, 900)
    export(bank, folder)
    for file in (folder / "tile/1").rglob("*"):
        if file.is_file():
            file.unlink()
    for file in (folder / "tile/0").rglob("*"):
        if file.is_file():
            file.unlink()
    with pytest.raises(NotFound, match="unknown-tile"):
        visit(bank, folder, seen.note)
    (folder / "checkpoint").write_bytes(b"\xff")
    with pytest.raises(ProofFails, match="checkpoint-malformed"):
        visit(bank, folder, seen.note)


def test_cosignatures_stand_on_the_checkpoint_the_proofs_and_the_trust_list(bank: Bank) -> None:
    key = read_witness_key(new_witness_key("witness.example"))
    stranger = read_witness_key(new_witness_key("stranger.example"))
    with bank.reading() as transaction:
        note, size = checkpoint_at(transaction, None), newest_size(transaction)
    lines = [cosign(note, one, at=NOON) for one in (stranger, key)]
    for _ in range(2):
        with bank.writing() as transaction:
            kept = accept_cosignatures(transaction, size, lines, witnesses=[key.public])
            assert kept == ["witness.example"]
    with bank.writing() as transaction, pytest.raises(BadInput, match="cosignature-stranger"):
        accept_cosignatures(transaction, size, lines[:1], witnesses=[key.public])

    with bank.reading() as transaction:
        assert checkpoint_at(transaction, None) == note + lines[1]
        proof = inclusion_proof(transaction, 3)
        trust = read_trust_list(bank.trust_list(transaction))
    proved = prove_inclusion(
        proof,
        origin=log_origin(bank.keys),
        public_key=bank.keys.checkpoint.public_bytes,
        witnesses=[stranger.public, key.public],
    )
    assert proved.witnesses == ("witness.example",)
    assert trust.checkpoint == note + lines[1]
