"""Tokens of other issuers: every published attack is refused, every sound signature taken."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from certificates.errors import NotChecked, Refused
from certificates.sealing.foreign_jws import open_jws
from certificates.sealing.public_jwk import SigningJwk, read_jwk, read_jwk_set
from certificates.sealing.token import LONGEST_TOKEN

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "wycheproof"
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason="no public vectors beside the tree")
DISPUTED = {346, 347, 350, 351, 367, 370, 372, 373}
"""Vectors whose answer the README beside them calls disputed."""


def _tests(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for group in json.loads((VECTORS / name).read_text("utf-8"))["testGroups"]:
        for test in group["tests"]:
            yield group.get("public") or group["private"], test


def _accepts(keys: dict[str, SigningJwk], token: object) -> bool:
    try:
        open_jws(str(token), keys)
    except (Refused, NotChecked):
        return False
    return True


def _keys(form: dict[str, Any]) -> dict[str, SigningJwk]:
    """Read a key or a set; what is not read opens nothing."""
    try:
        if "keys" in form:
            return read_jwk_set(form)
        key = read_jwk(form)
    except ValueError:
        return {}
    return {key.kid: key}


@needs_vectors
@pytest.mark.parametrize(
    ("name", "total"), [("json_web_signature_test.json", 401), ("json_web_key_test.json", 26)]
)
def test_no_published_vector_is_judged_wrongly(name: str, total: int) -> None:
    """Shared secrets (HMAC) are refused on purpose: whoever can check them can forge."""
    judged, wrong, secrets = 0, [], 0
    for form, test in _tests(name):
        judged += 1
        shared = "oct" in json.dumps(form)
        accepted = _accepts(_keys(form), test["jws"])
        secrets += shared
        expected = test["result"] == "valid" and not shared
        if accepted != expected and test["tcId"] not in DISPUTED:
            wrong.append(test["tcId"])

    assert judged == total
    assert wrong == []
    assert secrets < judged


def test_a_header_names_a_known_key_and_nothing_critical() -> None:
    keys = {"k": SigningJwk("k", "EdDSA", bytes(32))}
    assert not _accepts(keys, "e30.e30.AA")
    with pytest.raises(NotChecked, match="token-key-unknown"):
        open_jws("eyJhbGciOiJFZERTQSIsImtpZCI6IngifQ.e30.AA", keys)
    with pytest.raises(Refused, match="token-header"):
        open_jws("eyJhbGciOiJFZERTQSIsImNyaXQiOltdfQ.e30.AA", keys)
    with pytest.raises(Refused, match="token-too-long"):
        open_jws("a" * (LONGEST_TOKEN + 1), keys)


@pytest.mark.parametrize(
    "form",
    [
        None,
        {"kty": "OKP", "crv": "Ed25519", "x": "AA", "kid": "k"},
        {"kty": "OKP", "crv": "X25519", "x": "A" * 43, "kid": "k"},
        {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43, "kid": "k", "d": "A" * 43},
        {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43},
        {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43, "kid": "k"},
        {"kty": "EC", "crv": "P-256", "x": 1, "y": "A" * 43, "kid": "k"},
        {"kty": "oct", "k": "AAAA", "kid": "k"},
    ],
)
def test_what_is_no_sound_public_key_is_not_read(form: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_jwk(form)
    with pytest.raises(ValueError, match=r"."):
        read_jwk_set({"keys": [form]})


def test_two_keys_of_one_name_spoil_a_set() -> None:
    key = {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43, "kid": "k"}
    assert set(read_jwk_set({"keys": [key]})) == {"k"}
    with pytest.raises(ValueError, match="two keys"):
        read_jwk_set({"keys": [key, key]})
