"""The whole trip: prepared and sealed by the issuing side, proved by the verifier."""

from datetime import timedelta
from functools import partial

import pytest

from certificates.credential.snapshot import Statement
from certificates.issuing import prepare
from certificates.sealing.pades import seal_pdf
from certificates.sealing.token import sign_credential
from certificates.verifying.verification import verify
from tests.certificates.statements import COURSE_LETTER, UNIT_LETTER
from tests.certificates.workshop import CHECKED, ring, trust


@pytest.mark.parametrize("statement", [UNIT_LETTER, COURSE_LETTER], ids=["unit", "course"])
def test_what_was_issued_is_what_is_proved(statement: Statement) -> None:
    keys = ring()
    at = statement.issued_at + timedelta(seconds=3)
    issued = prepare(statement).seal(
        sign_credential=partial(sign_credential, key=keys.credential),
        seal_pdf=partial(seal_pdf, key=keys.document, at=at),
    )
    for data in (issued.pdf, issued.credential_jwt.encode()):
        assert verify(data, trust=trust(), at=CHECKED).statement == statement
