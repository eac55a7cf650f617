"""What must be true of ECDSA signatures, by public vectors and by example."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from certificates.errors import Refused
from certificates.sealing.p256 import (
    ORDER,
    PublicKey,
    jwk_of,
    key_of_jwk,
    low_der,
    raw_of_der,
    thumbprint,
    verify_der,
    verify_low_der,
    verify_raw,
)
from tests.certificates.workshop import ring

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "wycheproof"
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason="no public vectors beside the tree")
Check = Callable[[PublicKey, bytes, bytes], None]


def _vectors(name: str) -> Iterator[tuple[PublicKey, dict[str, str]]]:
    for group in json.loads((VECTORS / name).read_text("utf-8"))["testGroups"]:
        key = load_der_public_key(bytes.fromhex(group["publicKeyDer"]))
        assert isinstance(key, PublicKey)
        for test in group["tests"]:
            yield key, test


@needs_vectors
@pytest.mark.parametrize(
    ("name", "check", "count"),
    [
        ("ecdsa_secp256r1_sha256_p1363_test.json", verify_raw, 262),
        ("ecdsa_secp256r1_sha256_test.json", verify_der, 484),
    ],
    ids=["raw", "der"],
)
def test_every_public_signature_vector_is_judged_right(name: str, check: Check, count: int) -> None:
    wrong = []
    for key, test in _vectors(name):
        count -= 1
        try:
            check(key, bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"]))
        except Refused:
            wrong += [test["tcId"]] * (test["result"] == "valid")
        else:
            wrong += [test["tcId"]] * (test["result"] != "valid")
    assert (wrong, count) == ([], 0)


def test_the_higher_twin_of_a_signature_verifies_but_is_no_seal() -> None:
    key = ring().credential
    low = low_der(key.sign(b"text"))
    raw = raw_of_der(low)
    s = int.from_bytes(raw[32:], "big")
    twin = raw[:32] + (ORDER - s).to_bytes(32, "big")
    public = key_of_jwk(key.jwk)
    verify_low_der(public, low, b"text")
    verify_raw(public, twin, b"text")
    assert low_der(twin) == low

    with pytest.raises(Refused):
        verify_low_der(
            public, encode_dss_signature(int.from_bytes(raw[:32], "big"), ORDER - s), b"text"
        )


def test_a_key_survives_its_jwk_and_has_the_published_thumbprint() -> None:
    jwk = ring().credential.jwk
    assert jwk_of(key_of_jwk(jwk)) == jwk
    assert len(thumbprint(jwk)) == 43


@pytest.mark.parametrize(
    "change",
    [
        {"crv": "P-384"},
        {"kty": "oct"},
        {"d": "AAAA"},
        {"x": "AAAA"},
        {"y": "A" * 43},
        {"x": "not base64url!"},
    ],
    ids=str,
)
def test_what_is_no_public_p256_key_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reading fault
        key_of_jwk({**ring().credential.jwk, **change})
