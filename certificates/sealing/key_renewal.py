"""Making a key anew in a key folder, and the key of Data Integrity proofs.

Renewing replaces the private half for good: what the old key signed is proved by its public half,
which the bank keeps and publishes. Writing the index is the moment of change: before it the old key
counts, after it the new one, whose file takes its place then or, if the program was killed in
between, when the key is read next.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from certificates.errors import KeyUnusable
from certificates.sealing.development_pki import ISSUING_LIFE
from certificates.sealing.key_files import (
    finish_renewal,
    read_private_key,
    renewed_file,
    sync_folder,
)
from certificates.sealing.keys import (
    INDEX_FILE,
    CheckpointKey,
    Window,
    index_bytes,
    kid_of_ed25519,
)
from certificates.sealing.p256 import jwk_of, thumbprint
from certificates.sealing.strict_json import parse_object

PROOF_NAME: Final = "proof"
RENEWABLE: Final = ("credential", "status", PROOF_NAME)
"""Keys that need no certificate: the others are renewed where certificates are made."""
OWNER_ONLY: Final = 0o600


def renew_key(folder: Path, name: str, *, now: datetime) -> str:
    """Make a key anew, good from now for three years; return its id.

    Raises:
        KeyUnusable: ``key-not-renewable`` (another name), ``key-missing``, ``key-damaged`` or
            ``keys-unwritable``.

    """
    if name not in RENEWABLE:
        raise KeyUnusable("key-not-renewable", key=name)
    index = _index(folder)
    private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
    if name == PROOF_NAME:
        private = ed25519.Ed25519PrivateKey.generate()
        kid = kid_of_ed25519(private.public_key().public_bytes_raw())
    else:
        private = ec.generate_private_key(ec.SECP256R1())
        kid = thumbprint(jwk_of(private.public_key()))
    end = now + ISSUING_LIFE
    entry = {"kid": kid, "start": now.isoformat(), "end": end.isoformat()}
    keys = index.get("keys")
    if not isinstance(keys, dict):
        raise KeyUnusable("key-damaged", file=INDEX_FILE)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        _finish(folder, name, keys.get(name))
        _replace(folder, name, kid, pem=pem, index={**index, "keys": {**keys, name: entry}})
    except OSError as error:
        raise KeyUnusable("keys-unwritable", folder=folder.name) from error
    return kid


def has_proof_key(folder: Path) -> bool:
    """Tell whether the folder has a key for proofs; older folders have none."""
    return (folder / f"{PROOF_NAME}.pem").is_file()


def load_proof_key(folder: Path) -> CheckpointKey:
    """Return the Ed25519 key that signs Data Integrity proofs.

    Raises:
        KeyUnusable: ``key-missing``, ``key-exposed`` or ``key-damaged``.

    """
    file = f"{PROOF_NAME}.pem"
    try:
        keys = _index(folder)["keys"]
        entry = keys[PROOF_NAME] if isinstance(keys, dict) else {}
        window = Window(*(datetime.fromisoformat(entry[name]) for name in ("start", "end")))
        _finish(folder, PROOF_NAME, entry)
    except (ValueError, TypeError, LookupError):
        raise KeyUnusable("key-damaged", file=file) from None
    private = read_private_key(folder, PROOF_NAME)
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise KeyUnusable("key-damaged", file=file)
    public = private.public_key().public_bytes_raw()
    if entry["kid"] != kid_of_ed25519(public):
        raise KeyUnusable("key-damaged", file=file)
    return CheckpointKey(kid_of_ed25519(public), public, window=window, make=private.sign)


def _finish(folder: Path, name: str, entry: object) -> None:
    """Finish what a renewal before left undone, if the index names the key."""
    if isinstance(entry, dict) and isinstance(entry.get("kid"), str):
        finish_renewal(folder, name, entry["kid"])


def _index(folder: Path) -> dict[str, object]:
    try:
        return parse_object((folder / INDEX_FILE).read_bytes())
    except OSError:
        raise KeyUnusable("key-missing", file=INDEX_FILE) from None
    except ValueError:
        raise KeyUnusable("key-damaged", file=INDEX_FILE) from None


def _replace(folder: Path, name: str, kid: str, *, pem: bytes, index: dict[str, object]) -> None:
    for left in folder.glob(f".{name}.*.new"):  # of a renewal that never came to its index
        left.unlink(missing_ok=True)
    _write(renewed_file(folder, name, kid), pem)
    draft = folder / f".{INDEX_FILE}.new"
    _write(draft, index_bytes(index))
    draft.replace(folder / INDEX_FILE)
    sync_folder(folder)
    finish_renewal(folder, name, kid)


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, to the end."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
