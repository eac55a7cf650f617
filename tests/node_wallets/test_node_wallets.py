"""A wallet made of other people's programs collects a letter, shows a unit, and cannot cheat.

``make test`` brings the programs with npm; where node or a package registry is absent they are
not there, and these tests say so.
"""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from competency_bank import bank as opened
from competency_bank.bank import Bank, now
from competency_bank.domain.people import Role
from competency_bank.settings import Settings
from competency_bank.web.app import create_app
from tests.competency_bank.web.school import UNITS, build_school, link_for
from tests.competency_bank.web.test_wallet_trip import question, send, unit_letter

HERE = Path(__file__).parent
ADDRESS = "https://bank.example"
pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (HERE / "node_modules").is_dir(),
    reason="node or its packages are not installed (`make node-judges` brings them)",
)


@dataclass(frozen=True)
class NodeWallet:
    """The wallet's process, and the bank that answers its requests."""

    process: "subprocess.Popen[str]"
    bank: TestClient

    def do(self, verb: str, **values: object) -> dict[str, Any]:
        """Let the wallet do something, answering what it asks of the bank meanwhile."""
        message: dict[str, Any] = {"verb": verb, **values}
        while True:
            heard = self._tell(message)
            if "fetch" not in heard:
                assert "done" in heard, heard
                done: dict[str, Any] = heard["done"]
                return done
            message = self._answer(heard["fetch"])

    def _tell(self, message: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the wallet ended"
        heard: dict[str, Any] = json.loads(line)
        return heard

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert asked["url"].startswith(ADDRESS)
        answer = self.bank.request(
            asked["method"],
            asked["url"],
            headers=asked["headers"],
            content=asked["body"],
        )
        kind = {"content-type": answer.headers.get("content-type", "")}
        return {"status": answer.status_code, "headers": kind, "body": answer.text}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a bank that no test may write to."""
    found = tmp_path_factory.mktemp("school") / "home"
    build_school(found)
    return found


@pytest.fixture
def bank(home: Path, tmp_path: Path) -> Iterator[Bank]:
    """Yield the school's bank, reached as it is in production: encrypted."""
    shutil.copytree(home, tmp_path / "home")
    found = opened.open_bank(Settings(home=tmp_path / "home", public_url=ADDRESS))
    yield found
    found.database.close()


@pytest.fixture
def wallet(bank: Bank) -> Iterator[NodeWallet]:
    """Yield a wallet that runs on Node."""
    process = subprocess.Popen(
        ["node", "wallet.mjs"],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield NodeWallet(process, TestClient(create_app(bank, now), base_url=ADDRESS))
        process.terminate()


def learner(bank: Bank) -> TestClient:
    """Return the browser of the learner."""
    app = create_app(bank, now)
    browser = TestClient(app, base_url=ADDRESS, follow_redirects=False)
    assert browser.post(f"/sign-in/{link_for(bank, Role.LEARNER)}").status_code == 303
    return browser


def offered(browser: TestClient) -> tuple[str, str]:
    """Return the offer as it stands in the QR, and the digits."""
    page = browser.post(f"/me/wallet/{unit_letter(browser)}").text
    (address,) = re.findall(r'href="(openid-credential-offer:[^"]+)"', page)
    (pin,) = re.findall(r'class="pin">(\d+)<', page)
    return html.unescape(address), pin


def test_an_independent_wallet_collects_a_letter_and_shows_one_unit_of_it(
    bank: Bank, wallet: NodeWallet
) -> None:
    found, visitor = bank.audit().findings, TestClient(create_app(bank, now), base_url=ADDRESS)
    offer, pin = offered(learner(bank))
    got = wallet.do("collect", offer=offer, pin=pin)
    assert (got["again"], got["code"]) == ("refused", "refused")
    assert got["version"] == "V1"
    asked, path = question(visitor)
    (query,) = json.loads(asked["dcql_query"])["credentials"]
    key = bank.keys.credential.jwk
    shown = wallet.do(
        "show",
        credential=got["credential"],
        issuerJwk=key,
        names=[claim["path"][0] for claim in query["claims"]],
        audience=asked["client_id"],
        nonce=asked["nonce"],
        now=int(now().timestamp()),
    )
    assert shown["claims"]["unit_code"] in UNITS
    judged = wallet.do(
        "judge", presentation=shown["presentation"], issuerJwk=key, nonce=asked["nonce"]
    )
    assert judged["valid"]
    assert "name" not in judged["claims"]
    assert send(visitor, asked, shown["presentation"]).status_code == 200
    page = visitor.get(path).text
    assert 'class="verdict valid"' in page
    assert shown["claims"]["unit_code"] in page
    assert bank.audit().findings == found


def test_what_is_altered_is_refused_by_the_independent_verifier_and_by_ours(
    bank: Bank, wallet: NodeWallet
) -> None:
    visitor = TestClient(create_app(bank, now), base_url=ADDRESS)
    offer, pin = offered(learner(bank))
    credential = wallet.do("collect", offer=offer, pin=pin)["credential"]
    asked, path = question(visitor)
    key = bank.keys.credential.jwk
    shown = wallet.do(
        "show",
        credential=credential,
        issuerJwk=key,
        names=["unit_code"],
        audience=asked["client_id"],
        nonce=asked["nonce"],
        now=int(now().timestamp()),
    )["presentation"]
    altered = shown.replace(".", ".A", 1)
    for text, nonce in ((altered, asked["nonce"]), (shown, "another")):
        assert not wallet.do("judge", presentation=text, issuerJwk=key, nonce=nonce)["valid"]
    assert send(visitor, asked, altered).status_code == 200
    assert 'class="verdict forged"' in visitor.get(path).text
