"""A key folder is whole before, during and after a key is made anew, wherever that is cut off."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from certificates.errors import KeyUnusable
from certificates.sealing.development_pki import create_development_keys
from certificates.sealing.ed25519 import verify_ed25519
from certificates.sealing.key_files import renewed_file
from certificates.sealing.key_renewal import RENEWABLE, load_proof_key, renew_key
from certificates.sealing.keys import load_keys
from certificates.sealing.p256 import key_of_jwk, verify_raw
from tests.certificates.statements import ISSUER

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
EACH = pytest.mark.parametrize("name", RENEWABLE)


class KilledError(BaseException):
    """The program ends here; nothing that would tidy up runs."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_development_keys(tmp_path / "keys", now=NOW, issuer=ISSUER)
    renew_key(tmp_path / "keys", "proof", now=NOW)
    return tmp_path / "keys"


def kid_of(folder: Path, name: str) -> str:
    """Return the id of the key that the folder gives, after it signed something."""
    if name == "proof":
        key = load_proof_key(folder)
        verify_ed25519(key.public_bytes, key.sign(b"text"), b"text")
        return key.kid
    ring = load_keys(folder)
    chosen = {"credential": ring.credential, "status": ring.status}[name]
    verify_raw(key_of_jwk(chosen.jwk), chosen.sign(b"text"), b"text")
    return chosen.kid


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@contextmanager
def killed(patch: pytest.MonkeyPatch, *, after: int, openings: bool = False) -> Iterator[None]:
    """Kill the program at the renaming after so many; with ``openings`` those of files count too.

    Where it ends before, it was not killed.
    """
    left = after

    def counted(act: Callable[..., object]) -> Callable[..., object]:
        def once(*given: object) -> object:
            nonlocal left
            if not left:
                raise KilledError
            left -= 1
            return act(*given)

        return once

    with patch.context() as patched:
        patched.setattr(Path, "replace", counted(Path.replace))
        if openings:
            patched.setattr(os, "open", counted(os.open))
        with suppress(KilledError):
            yield
            assert openings, "it was to be killed"


@EACH
def test_a_renewed_key_takes_the_place_of_the_old_one(folder: Path, name: str) -> None:
    before, there = kid_of(folder, name), files(folder)
    old = (folder / f"{name}.pem").read_bytes()
    new = renew_key(folder, name, now=LATER)

    assert kid_of(folder, name) == new != before
    assert files(folder) == there
    assert all(old not in path.read_bytes() for path in folder.iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@EACH
def test_killed_after_the_first_renaming_the_new_key_counts(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, there = kid_of(folder, name), files(folder)
    old = (folder / f"{name}.pem").read_bytes()
    with killed(monkeypatch, after=1):
        renew_key(folder, name, now=LATER)

    assert files(folder) != there, "the new key waits"
    assert kid_of(folder, name) != before
    assert files(folder) == there
    assert all(old not in path.read_bytes() for path in folder.iterdir())


@EACH
def test_killed_before_the_first_renaming_the_old_key_counts(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, there = kid_of(folder, name), files(folder)
    with killed(monkeypatch, after=0):
        renew_key(folder, name, now=LATER)

    assert kid_of(folder, name) == before
    assert renew_key(folder, name, now=LATER) == kid_of(folder, name) != before
    assert files(folder) == there, "what the killed one left is gone"


@pytest.mark.parametrize("step", range(12))
def test_wherever_it_is_killed_the_folder_gives_a_key_and_can_be_renewed(
    folder: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = files(folder)
    with killed(monkeypatch, after=step, openings=True):
        renew_key(folder, "credential", now=LATER)
        assert step > 4, "there were steps to be killed at"
    first = kid_of(folder, "credential")
    with killed(monkeypatch, after=1):
        renew_key(folder, "credential", now=LATER)
    again = renew_key(folder, "credential", now=LATER)

    assert kid_of(folder, "credential") == again != first
    assert files(folder) == there


def test_two_readers_may_finish_the_same_renewal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed(monkeypatch, after=1):
        renew_key(folder, "status", now=LATER)
    rename = Path.replace

    def beaten(path: Path, target: Path) -> Path:
        rename(path, target)
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", beaten)
        first = kid_of(folder, "status")
    assert kid_of(folder, "status") == first


def test_a_disk_that_takes_no_writing_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kid_of(folder, "status")

    def full(_path: Path, _target: Path) -> Path:
        raise OSError(30, "read-only")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(KeyUnusable, match="keys-unwritable"):
            renew_key(folder, "status", now=LATER)
    assert kid_of(folder, "status") == before
    renewed_file(folder, "status", before).write_bytes(b"")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(KeyUnusable, match="keys-unwritable"):
            load_keys(folder)
