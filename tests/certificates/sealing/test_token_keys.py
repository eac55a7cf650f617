"""What must be true of keys in a token, by a token in software (SoftHSM2)."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from certificates.errors import KeyUnusable
from certificates.issuing_sentences import KEYS, sentence_for
from certificates.sealing.development_pki import create_development_keys
from certificates.sealing.keys import load_keys
from certificates.sealing.p256 import verify_raw
from certificates.sealing.token_keys import Token, TokenPlace, pin_in
from certificates.verifying.verification import verify
from tests.benchmarks.revision_seal import seal_revision
from tests.certificates.statements import ISSUER, UNIT_LETTER
from tests.certificates.workshop import CHECKED, ISSUED, MADE, Office, archived, token

MODULES = (Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib64/softhsm/libsofthsm2.so"))
MODULE = next((path for path in MODULES if path.exists()), MODULES[0])
pkcs11 = pytest.importorskip("pkcs11", reason="the extra pkcs11 is not installed")
pytestmark = pytest.mark.skipif(
    not MODULE.exists() or shutil.which("softhsm2-util") is None, reason="SoftHSM2 is missing"
)
PIN = "4711"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[TokenPlace]:
    """Return an empty token; the library is told of its folder and forgets it afterwards."""
    (tmp_path / "tokens").mkdir()
    conf = tmp_path / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    command = ["softhsm2-util", "--init-token", "--free", "--label", "bank"]
    subprocess.run([*command, "--pin", PIN, "--so-pin", "9999"], check=True, capture_output=True)
    pkcs11.lib(str(MODULE)).reinitialize()
    yield TokenPlace(MODULE, "bank", PIN)
    pkcs11.lib(str(MODULE)).reinitialize()
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture
def opened(place: TokenPlace) -> Iterator[Token]:
    """Return the token with a session."""
    token = Token(place)
    yield token
    token.close()


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(KeyUnusable) as unusable:
        action()
    said = sentence_for(unusable.value)
    assert unusable.value.code in KEYS
    assert PIN not in f"{said.th}{said.en}{unusable.value!r}"
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in said.th)
    return unusable.value.code


def test_a_key_of_the_token_signs_what_its_public_half_verifies(opened: Token) -> None:
    public = opened.create("document")
    again, make = opened.key("document")
    assert again == public
    for data in (b"", b"text", bytes(100_000)):
        verify_raw(public, make(data), data)


def test_the_private_value_is_never_readable(opened: Token) -> None:
    opened.create("document")
    kind = pkcs11.ObjectClass.PRIVATE_KEY
    private = opened.session.get_key(object_class=kind, label="document")
    with pytest.raises(pkcs11.AttributeSensitive):
        private[pkcs11.Attribute.VALUE]
    assert private[pkcs11.Attribute.EXTRACTABLE] is False
    assert private[pkcs11.Attribute.SENSITIVE] is True


def test_a_bank_whose_sealing_key_lies_in_a_token_seals_what_everybody_can_verify(
    opened: Token, tmp_path: Path
) -> None:
    folder = tmp_path / "keys"
    create_development_keys(folder, now=MADE, issuer=ISSUER, token=opened)
    assert not (folder / "document.pem").exists()
    keys = load_keys(folder, token=opened)
    document = seal_revision(
        archived(UNIT_LETTER, token(UNIT_LETTER, keys).encode()), keys.document, at=ISSUED
    )
    verified = verify(document, trust=Office(keys).trust(), at=CHECKED)
    assert verified.statement == UNIT_LETTER
    assert code_of(lambda: load_keys(folder)) == "token-not-configured"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pin": "0000"}, "token-pin"),
        ({"label": "other"}, "token-absent"),
        ({"module": MODULE.with_name("gone.so")}, "token-module"),
        ({"module": Path("libsofthsm2.so")}, "token-module"),
        ({"module": Path(__file__)}, "token-failed"),
    ],
    ids=["pin", "label", "no module", "no full path", "no library"],
)
def test_why_a_token_cannot_be_opened_is_named(
    place: TokenPlace, change: dict[str, Any], code: str
) -> None:
    assert code_of(lambda: Token(replace(place, **change))) == code


def test_a_key_that_is_not_there_or_there_twice_is_missing(opened: Token) -> None:
    assert code_of(lambda: opened.key("document")) == "token-key-missing"
    opened.create("document")
    assert code_of(lambda: opened.create("document")) == "token-key-missing"


def test_a_token_removed_in_mid_batch_leaves_nothing_half_done(
    opened: Token, tmp_path: Path
) -> None:
    folder = tmp_path / "keys"
    create_development_keys(folder, now=MADE, issuer=ISSUER, token=opened)
    keys = load_keys(folder, token=opened)
    page = archived(UNIT_LETTER, token(UNIT_LETTER, keys).encode())
    sealed = []

    def batch() -> None:
        for number in range(4):
            if number == 2:
                for stored in (tmp_path / "tokens").iterdir():
                    shutil.rmtree(stored)
            sealed.append(seal_revision(page, keys.document, at=ISSUED))

    assert code_of(batch) == "token-removed"
    assert len(sealed) == 2
    for document in sealed:
        verify(document, trust=Office(keys).trust(), at=CHECKED)


def test_a_pin_file_must_be_its_owners_alone(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRWXU)
    file = tmp_path / "pin"
    file.write_text(f"{PIN}\n")
    file.chmod(0o600)
    assert pin_in(file) == PIN
    file.chmod(0o644)
    assert code_of(lambda: pin_in(file)) == "key-exposed"
    assert code_of(lambda: pin_in(tmp_path / "gone")) == "key-missing"


def test_nothing_shown_of_a_token_holds_its_pin(place: TokenPlace) -> None:
    assert PIN not in repr(place)
