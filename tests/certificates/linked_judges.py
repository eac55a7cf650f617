"""Other people's JSON-LD: the published contexts as a package brings them, and PyLD."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from certificates.credential.linked_terms import CONTEXT_NAMES

FILES = {
    "vc": "credentials-v2.json",
    "ob": "ob-v3p0-context-3.0.3.json",
    "ext": "ob-v3p0-extensions.json",
    "clr": "clr_context_2.0.1.json",
}


@cache
def published(address: str) -> dict[str, Any]:
    """Return a published context; skips where no package brought it."""
    pytest.importorskip("openbadgeslib")
    name = FILES[CONTEXT_NAMES[address]]
    folder = files("openbadgeslib") / "ob3" / "contexts"
    context: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return context


def _load(address: str, _options: object) -> dict[str, Any]:
    return {
        "contextUrl": None,
        "documentUrl": address,
        "document": published(address),
        "contentType": "application/ld+json",
    }


def canonical_by_pyld(document: dict[str, Any]) -> bytes:
    """Return the canonical N-Quads of a document as PyLD makes them."""
    jsonld = pytest.importorskip("pyld").jsonld
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": _load,
    }
    return str(jsonld.normalize(document, options)).encode()


def canonical_quads_by_pyld(quads: str) -> bytes:
    """Return N-Quads in PyLD's canonical labelling."""
    jsonld = pytest.importorskip("pyld").jsonld
    options = {
        "algorithm": "URDNA2015",
        "inputFormat": "application/n-quads",
        "format": "application/n-quads",
    }
    return str(jsonld.normalize(quads, options)).encode()
