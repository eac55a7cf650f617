"""Files of private keys: read only where nobody but their owner can."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from certificates.errors import KeyUnusable

LARGEST_FILE: Final = 64 * 1024


def read_private_file(folder: Path, name: str) -> bytes:
    """Return at most 64 KB of a plain file; raises KeyUnusable (``key-missing``, ``-exposed``)."""
    path = folder / name
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        raise KeyUnusable("key-missing", file=name) from None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise KeyUnusable("key-missing", file=name)
        require_private(path, found)
        return file.read(LARGEST_FILE)


def require_private(path: Path, found: os.stat_result | None) -> None:
    """Require that ``path`` is there, and that neither group nor others can read it."""
    if found is None:
        raise KeyUnusable("key-missing", file=path.name)
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyUnusable("key-exposed", file=path.name)


def read_private_key(folder: Path, name: str) -> object:
    """Return the key of a PKCS#8 file without password; raises KeyUnusable."""
    try:
        return load_pem_private_key(read_private_file(folder, f"{name}.pem"), password=None)
    except (ValueError, TypeError):  # TypeError: encrypted, and there is nobody to ask
        raise KeyUnusable("key-damaged", file=f"{name}.pem") from None


def renewed_file(folder: Path, name: str, kid: str) -> Path:
    """Return where a key's next private half waits until the index names it by ``kid``."""
    return folder / f".{name}.{kid}.new"


def finish_renewal(folder: Path, name: str, kid: str) -> None:
    """Put the private half of ``kid``, which the index names, in the place of the one before.

    A renewal that was killed after the index was written left this to whoever reads the key next;
    another reader may do it at the same time.

    Raises:
        KeyUnusable: ``keys-unwritable``.

    """
    waiting = renewed_file(folder, name, kid)
    try:
        if waiting.exists():
            with suppress(FileNotFoundError):
                waiting.replace(folder / f"{name}.pem")
            sync_folder(folder)
    except OSError as error:
        raise KeyUnusable("keys-unwritable", folder=folder.name) from error


def sync_folder(folder: Path) -> None:
    """Make renamings in a folder last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_certificates(folder: Path, name: str) -> tuple[bytes, ...]:
    """Return the certificates of a PEM file as DER, at least one; raises KeyUnusable."""
    try:
        found = x509.load_pem_x509_certificates(read_private_file(folder, name))
    except ValueError:
        raise KeyUnusable("key-damaged", file=name) from None
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in found)
