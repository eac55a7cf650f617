"""What must be true of key folders."""

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from certificates.errors import KeyUnusable
from certificates.sealing.development_pki import create_development_keys
from certificates.sealing.keys import load_keys
from certificates.sealing.p256 import key_of_jwk, thumbprint, verify_raw
from tests.certificates.statements import ISSUER

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_development_keys(tmp_path / "keys", now=NOW, issuer=ISSUER)
    return tmp_path / "keys"


def test_every_key_signs_what_its_public_half_verifies(folder: Path) -> None:
    ring = load_keys(folder)
    for key in (ring.credential, ring.status, ring.trust):
        verify_raw(key_of_jwk(key.jwk), key.sign(b"text"), b"text")
        assert key.kid == thumbprint(key.jwk)
    assert len(ring.checkpoint.sign(b"text")) == 64


def test_no_two_purposes_share_a_key(folder: Path) -> None:
    ring = load_keys(folder)
    kids = [ring.document.kid, ring.credential.kid, ring.status.kid, ring.trust.kid]
    assert len({*kids, ring.checkpoint.kid}) == 5


def test_only_the_owner_can_read_the_keys(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_development_keys_say_so_in_every_certificate(folder: Path) -> None:
    ring = load_keys(folder)
    assert ring.development
    for der in ring.document.chain:
        assert "DEVELOPMENT" in x509.load_der_x509_certificate(der).subject.rfc4514_string()


def test_lives_are_ten_three_and_one_years(folder: Path) -> None:
    chain = [x509.load_der_x509_certificate(der) for der in load_keys(folder).document.chain]
    lives = [each.not_valid_after_utc - each.not_valid_before_utc for each in chain]
    assert [round(life / timedelta(days=365)) for life in lives] == [1, 3, 10]


def test_the_signer_is_meant_for_signatures_and_commitment_only(folder: Path) -> None:
    signer = x509.load_der_x509_certificate(load_keys(folder).document.chain[0])
    usage = signer.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not (usage.key_cert_sign)
    assert not (usage.crl_sign)
    assert not (usage.key_encipherment)


def test_nothing_shown_of_a_ring_holds_a_private_part(folder: Path) -> None:
    shown = repr(load_keys(folder))
    assert "PRIVATE" not in shown
    assert "make" not in shown


def test_existing_keys_are_never_written_over(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(KeyUnusable, match="keys-exist"):
        create_development_keys(folder, now=NOW, issuer=ISSUER)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_folder_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KeyUnusable, match="keys-unwritable"):
        create_development_keys(tmp_path / "file" / "keys", now=NOW, issuer=ISSUER)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def _edit(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    index = json.loads((folder / "keys.json").read_text("utf-8"))
    change(index)
    (folder / "keys.json").write_text(json.dumps(index), "utf-8")


DAMAGE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "group can read": ("key-exposed", lambda f: (f / "credential.pem").chmod(0o640)),
    "all can read": ("key-exposed", lambda f: (f / "checkpoint.pem").chmod(0o604)),
    "folder open": ("key-exposed", lambda f: f.chmod(0o750)),
    "file gone": ("key-missing", lambda f: (f / "status.pem").unlink()),
    "index gone": ("key-missing", lambda f: (f / "keys.json").unlink()),
    "certificates gone": ("key-missing", lambda f: (f / "certificates.pem").unlink()),
    "file empty": ("key-damaged", lambda f: (f / "document.pem").write_bytes(b"")),
    "no certificate": ("key-damaged", lambda f: (f / "certificates.pem").write_bytes(b"x")),
    "index no JSON": ("key-damaged", lambda f: (f / "keys.json").write_bytes(b"{")),
    "index of a later version": ("key-damaged", lambda f: _edit(f, lambda i: i.update(version=9))),
    "no issuer": ("key-damaged", lambda f: _edit(f, lambda i: i.pop("issuer"))),
    "keys exchanged": (
        "key-damaged",
        lambda f: (f / "status.pem").write_bytes((f / "credential.pem").read_bytes()),
    ),
    "signer without certificate": (
        "key-damaged",
        lambda f: (f / "document.pem").write_bytes((f / "credential.pem").read_bytes()),
    ),
    "link": (
        "key-missing",
        lambda f: (f / "status.pem").symlink_to((f / "status.pem").rename(f.parent / "moved.pem")),
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_keys_that_are_exposed_missing_or_damaged_are_not_used(folder: Path, name: str) -> None:
    code, damage = DAMAGE[name]
    damage(folder)
    with pytest.raises(KeyUnusable, match=code):
        load_keys(folder)


def test_a_folder_that_is_not_there_is_a_missing_key(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="key-missing"):
        load_keys(tmp_path / "nowhere")
