"""How secrets are kept: as their hash, so that the database opens nothing."""

import hashlib


def hash_of(secret: str) -> str:
    """Return SHA-256 (hex) of a secret of at least 128 random bits; others need a slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
