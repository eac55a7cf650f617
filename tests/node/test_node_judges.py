"""What the bank issues is verified by other people's programs on Node, and what is altered is not.

``make test`` brings the programs with npm; where node or a package registry is absent they are
not there, and these tests say so.
"""

import json
import shutil
import subprocess
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from certificates.credential.open_badge import CONTEXTS, SCHEMA, to_open_badge
from certificates.sealing.controller_document import (
    PublishedKey,
    controller_document,
    key_document,
)
from certificates.sealing.data_integrity import add_proof
from certificates.sealing.ed25519 import ed25519_jwk, multikey
from certificates.sealing.keys import Window
from certificates.sealing.status_list import StatusList, prove_status_list
from certificates.sealing.token import key_address, sign_credential
from tests.certificates.linked_judges import published
from tests.certificates.sealing.test_data_integrity import Signer
from tests.certificates.statements import COURSE_LETTER, ISSUER, UNIT_LETTER
from tests.certificates.workshop import ring

HERE = Path(__file__).parent
SCHEMAS = HERE.parents[2] / "shared" / "schemas" / "ob-3.0"
NOW = datetime.now(UTC).replace(microsecond=0)
"""The judges read their own clock, and a status list is good for a day."""
SIGNER = Signer(window=Window(NOW - timedelta(days=1), NOW + timedelta(days=1)))
needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (HERE / "node_modules").is_dir(),
    reason="node or its packages are not installed (`make node-judges` brings them)",
)


def _documents(revoked: list[int]) -> dict[str, Any]:
    proof_key = PublishedKey("proof", ed25519_jwk(SIGNER.public_bytes))
    token_key = PublishedKey(ring().credential.kid, ring().credential.jwk)
    keys = [proof_key, token_key]
    names = [multikey(SIGNER.public_bytes), token_key.kid]
    found: dict[str, Any] = {
        key_address(ISSUER.id, name): key_document(ISSUER.id, name, keys) for name in names
    }
    found[ISSUER.id] = controller_document(ISSUER.id, ISSUER.id, keys)
    found[CONTEXTS[2]] = published(CONTEXTS[2])
    status = StatusList.revoked(revoked, uri=UNIT_LETTER.status.list_uri, issuer=ISSUER.id)
    found[status.uri] = prove_status_list(status, SIGNER, at=NOW)
    if SCHEMAS.is_dir():
        name = SCHEMA["id"].rpartition("/")[2]
        found[SCHEMA["id"]] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return found


def _judged(cases: list[dict[str, Any]], revoked: list[int]) -> dict[str, dict[str, Any]]:
    question = json.dumps({"documents": _documents(revoked), "cases": cases})
    run = subprocess.run(
        ["node", "judge.mjs"],
        cwd=HERE,
        input=question,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    answers: dict[str, dict[str, Any]] = json.loads(run.stdout)
    return answers


@needs_node
def test_other_programs_verify_what_we_issue_and_refuse_what_is_altered() -> None:
    unit, course = (
        add_proof(to_open_badge(letter), SIGNER, at=NOW) for letter in (UNIT_LETTER, COURSE_LETTER)
    )
    renamed, added, other_proof = deepcopy(unit), deepcopy(unit), deepcopy(unit)
    renamed["credentialSubject"]["achievement"]["name"] += "x"  # type: ignore[index]
    added["credentialSubject"]["uocLevel"] = "7"  # type: ignore[index]
    other_proof["proof"] = course["proof"]
    token = sign_credential(to_open_badge(UNIT_LETTER), ring().credential)
    head, payload, seal = token.split(".")
    altered = {"renamed": renamed, "undefined term": added, "another's proof": other_proof}
    cases: list[dict[str, Any]] = [
        {"name": "unit", "credential": unit},
        {"name": "course", "credential": course},
        {"name": "token", "token": token},
        {"name": "altered token", "token": f"{head}.{payload[:-2]}AA.{seal}"},
        *({"name": name, "credential": each} for name, each in altered.items()),
    ]

    answers = _judged(cases, revoked=[])
    assert answers["unit"] == {"consortium": True, "bazaar": True}
    assert answers["course"] == {"consortium": True, "bazaar": True}
    assert answers["token"] == {"jose": True}
    assert answers["altered token"]["jose"] is not True
    for name in altered:
        assert True not in answers[name].values(), name


@needs_node
def test_other_programs_see_a_revocation_in_our_list() -> None:
    unit = add_proof(to_open_badge(UNIT_LETTER), SIGNER, at=NOW)
    answers = _judged([{"name": "unit", "credential": unit}], [UNIT_LETTER.status.index])

    steps = {step["id"]: step["valid"] for step in json.loads(answers["unit"]["consortium"])}
    assert (steps["valid_signature"], steps["revocation_status"]) == (True, False)
    assert answers["unit"]["bazaar"] is True  # it was told not to look at the status
