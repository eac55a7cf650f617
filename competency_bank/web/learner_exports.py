"""A learner's letters in the form that other systems read."""

import json

from fastapi import APIRouter, Response

from certificates.credential.learning_model import to_learning_model
from certificates.credential.open_badge import statement_of
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.errors import Conflict, NotFound
from competency_bank.issue_run import token_in
from competency_bank.storage.certificate_rows import find_certificate
from competency_bank.web.access import Learner
from competency_bank.web.door import AtDoor, Reading

router = APIRouter(include_in_schema=False)


@router.get("/me/exports/{serial}.elm.json")
def european(serial: str, who: Learner, door: AtDoor, transaction: Reading) -> Response:
    """Return one of the learner's own unit letters as ELM JSON-LD, our signature inside."""
    kept = find_certificate(transaction, serial)
    if kept.learner != who.person:
        raise NotFound("unknown-certificate", name=serial)
    if kept.kind != "unit" or kept.state is not CertificateState.ISSUED:
        raise Conflict("letter-not-in-force", name=serial)
    token = token_in(door.bank, serial)
    if token is None:
        raise Conflict("document-missing", serial=serial)
    document = to_learning_model(statement_of(json.loads(kept.plan)), token)
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    headers = {"Content-Disposition": f'attachment; filename="{serial}.elm.json"'}
    return Response(content, media_type="application/ld+json", headers=headers)
