"""Two banks that do not know each other: one checks the other's papers by what that publishes."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
from starlette.testclient import TestClient

from certificates.asking.other_issuers import OtherIssuers
from certificates.credential.snapshot import CertificateKind
from certificates.report import Report, Verdict, examine
from certificates.sealing.trust_file import read_trust_list
from certificates.sealing.trust_list import TrustList
from certificates.verifying.journal import Outcome, Step
from competency_bank.bank import Bank, now
from competency_bank.founding import create_bank
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.settings import Settings
from competency_bank.storage.people_rows import find_person
from competency_bank.web.app import create_app
from tests.banks import expect_clean
from tests.certificates.tls_host import Behaviour, TlsHost, answer
from tests.everything_issued import Serials, every_form, issue_every_kind

HOST = "competency-bank.example"
FORMS = ("unit.jwt", "unit.json", "unit.token.png", "unit.linked.svg", "portfolio.json")


@dataclass
class ServedHost(TlsHost):
    """A host on which a whole bank answers."""

    browser: TestClient | None = None
    served: list[str] = field(default_factory=list)

    def page(self, path: str) -> Behaviour:
        """Ask the bank as the one who connected asked."""
        assert self.browser is not None
        lines = self.requests[-1].decode().split("\r\n")[1:]
        headers = dict(line.split(": ", 1) for line in lines if line)
        found = self.browser.get(path, headers={"Accept": headers["Accept"]})
        self.served.append(path)
        kind = found.headers["content-type"]

        def say(connection: ssl.SSLSocket) -> None:
            status = f"{found.status_code} Said"
            answer(found.content, kind=kind, status=status)(connection)

        return say


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bank, Serials]]:
    bank, serials = issue_every_kind(tmp_path_factory.mktemp("one"))
    yield bank, serials
    expect_clean(bank)
    bank.database.close()


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> TrustList:
    """Whom the other bank trusts: itself alone."""
    home = tmp_path_factory.mktemp("two")
    bank = create_bank(Settings(home=home, issuer_id="https://other.example/issuers/two"))
    trust = read_trust_list(bank.publish().read_bytes())
    bank.database.close()
    return trust


def check(bank: Bank, trust: TrustList, data: bytes) -> tuple[Report, ServedHost]:
    host = ServedHost(HOST, browser=TestClient(create_app(bank, now)))
    others = OtherIssuers(frozenset({HOST}), host.network(), seconds=60)
    found = others.answering(partial(examine, data, name="x", trust=trust, at=now()))
    return found, host


def outcome(report: Report, step: Step) -> tuple[Outcome, str]:
    return next((done.outcome, done.code) for done in report.steps if done.step is step)


def test_what_one_bank_issued_and_revoked_another_finds_out_by_asking(
    issued: tuple[Bank, Serials], stranger: TrustList
) -> None:
    bank, serials = issued
    forms = every_form(bank, serials)
    for name in (*FORMS, "unit.sd-jwt"):
        report, host = check(bank, stranger, forms[name])

        assert report.verdict is Verdict.UNKNOWN, (name, report.steps)
        assert outcome(report, Step.CREDENTIAL) == (Outcome.OK, "proved"), (name, report.steps)
        assert outcome(report, Step.STATUS) == (Outcome.OK, "proved"), (name, report.steps)
        assert outcome(report, Step.MANDATE)[1] == "issuer-elsewhere"
        assert 1 < len(host.served) <= 4
    with bank.writing() as transaction:
        registrar = find_person(transaction, "R-001").id
        serial = serials[CertificateKind.UNIT]
        revoke_certificate(transaction, serial, reason="issued-in-error", by=registrar)
    for name in ("unit.jwt", "unit.json", "unit.sd-jwt"):
        report, _ = check(bank, stranger, forms[name])
        assert report.verdict is Verdict.CHANGED, (name, report.steps)
        assert outcome(report, Step.STATUS) == (Outcome.FAILED, "revoked")
