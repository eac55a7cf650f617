"""Ed25519 signatures through our own function: the published vectors, none wrong."""

import json
from pathlib import Path

import pytest

from certificates.errors import Refused
from certificates.sealing.ed25519 import ed25519_jwk, ed25519_of_jwk, verify_ed25519

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "wycheproof" / "ed25519_test.json"


@pytest.mark.skipif(not VECTORS.is_file(), reason="no public vectors beside the tree")
def test_no_published_vector_is_judged_wrongly() -> None:
    judged, wrong = 0, []
    for group in json.loads(VECTORS.read_text("utf-8"))["testGroups"]:
        public = bytes.fromhex(group["publicKey"]["pk"])
        for test in group["tests"]:
            judged += 1
            try:
                verify_ed25519(public, bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"]))
                accepted = True
            except Refused:
                accepted = False
            if accepted != (test["result"] == "valid"):
                wrong.append(test["tcId"])

    assert judged > 100
    assert wrong == []


def test_a_public_key_survives_its_jwk_and_nothing_else_is_read_as_one() -> None:
    key = bytes(range(32))

    assert ed25519_of_jwk(ed25519_jwk(key)) == key
    for change in ({"crv": "X25519"}, {"kty": "EC"}, {"x": "AA"}, {"kid": "x"}):
        with pytest.raises(ValueError, match=r"key"):
            ed25519_of_jwk(ed25519_jwk(key) | change)
