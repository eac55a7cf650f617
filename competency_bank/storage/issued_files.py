"""Sealed documents as files, each whole or not there.

Trust: an attacker who owns this folder can remove or damage documents, never forge one: the
audit compares each with the digest in the ledger, and every reader checks the seal.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def keep_document(folder: Path, serial: str, document: bytes) -> Path:
    """Write a document so that it survives a power failure before it is called issued."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{serial}.pdf"
    write_whole(path, document)
    return path


def write_whole(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Replace a file in one step: readers see the old content or the new, never a part.

    What is not ``lasting`` survives the end of the program, but perhaps not a loss of power. One
    writer at a time in a folder, whatever process it is in: two that wrote the same part would
    put a mixture of both in place.
    """
    part = path.with_name(f".{path.name}.part")
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        part.replace(path)
        if lasting:
            os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait until no other process holds the lock, then hold it.

    Two runs sealing the same plan would write two different documents under one serial.
    """
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def read_document(folder: Path, serial: str) -> bytes | None:
    """Return a sealed document, or None when the file is gone."""
    try:
        return (folder / f"{serial}.pdf").read_bytes()
    except FileNotFoundError:
        return None


def destroy_document(folder: Path, serial: str) -> None:
    """Remove a sealed document for good; one that is gone already is no fault."""
    (folder / f"{serial}.pdf").unlink(missing_ok=True)


def document_digest(folder: Path, serial: str) -> str | None:
    """Return the SHA-256 (hex) of a kept document, or None when it is gone."""
    document = read_document(folder, serial)
    return None if document is None else hashlib.sha256(document).hexdigest()
