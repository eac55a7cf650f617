"""A status list that is handed in as if it were a certificate: sound or not, it is none."""

from certificates.report import Report, Verdict, examine
from certificates.sealing.status_list import StatusList, sign_status_list
from certificates.sealing.token_status import sign_token_status
from tests.certificates.statements import ISSUER
from tests.certificates.workshop import CHECKED, STATUS_URI, ring, trust

CONTENT = StatusList.revoked((), uri=STATUS_URI, issuer=ISSUER.id)
KEY = ring().status
STRANGER = ring("another").status


def found(text: str) -> tuple[Verdict, str]:
    report: Report = examine(text.encode(), name="list", trust=trust(), at=CHECKED)
    assert report.credential is None
    return report.verdict, next(step.code for step in report.steps if step.step == "credential")


def test_a_sound_list_of_either_kind_is_no_certificate_and_not_forged() -> None:
    for text in (
        sign_status_list(CONTENT, KEY, at=CHECKED),
        sign_token_status(CONTENT, KEY, at=CHECKED),
    ):
        assert found(text) == (Verdict.UNKNOWN, "status-list-alone")


def test_a_list_for_wallets_with_another_signature_is_forged() -> None:
    text = sign_token_status(CONTENT, KEY, at=CHECKED)
    head, payload, _ = text.split(".")
    other = sign_token_status(
        StatusList.revoked((1,), uri=STATUS_URI, issuer=ISSUER.id), KEY, at=CHECKED
    )

    mark = other.split(".")[2]
    assert found(f"{head}.{payload}.{mark}") == (Verdict.FORGED, "signature-wrong")


def test_a_list_by_a_key_that_is_not_on_the_trust_list_is_not_judged() -> None:
    for text in (
        sign_status_list(CONTENT, STRANGER, at=CHECKED),
        sign_token_status(CONTENT, STRANGER, at=CHECKED),
    ):
        assert found(text) == (Verdict.UNKNOWN, "status-unreadable")
