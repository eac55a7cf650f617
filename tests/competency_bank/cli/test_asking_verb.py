"""``verify`` asks other issuers if the settings allow it, and nobody with ``--offline``."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from certificates.asking.other_issuers import OtherIssuers
from competency_bank.cli import certificate_verbs
from competency_bank.founding import create_bank
from competency_bank.settings import Settings
from tests.certificates.tls_host import TlsHost
from tests.certificates.web_issuer import HOST, INDEX, WebIssuer
from tests.competency_bank.cli.test_program import run

ISSUER = WebIssuer()
AT = "2026-05-04T05:15:00Z"
FETCH = "COMPETENCY_BANK_FETCH_ALLOWED"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("home")
    create_bank(Settings(home=found)).database.close()
    return found


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> TlsHost:
    """Let the program reach one host that revoked the badge."""
    found = ISSUER.host(ISSUER.token(ISSUER.status_list(INDEX)))
    asked = partial(OtherIssuers, network=found.network(), seconds=20)
    monkeypatch.setattr(certificate_verbs, "OtherIssuers", asked)
    return found


def verdict(home: Path, folder: Path, *words: str) -> tuple[int, str, dict[str, Any]]:
    file = folder / "badge.jwt"
    file.write_text(ISSUER.token(ISSUER.credential()))
    result = run(home, "verify", str(file), "--at", AT, "--json", *words)
    (found,) = json.loads(result.stdout)
    return result.exit_code, found["verdict"], {one["step"]: one["code"] for one in found["steps"]}


def test_an_allowed_issuer_is_asked(
    home: Path, tmp_path: Path, host: TlsHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FETCH, HOST)
    status, said, steps = verdict(home, tmp_path)

    assert (status, said, steps["status"]) == (4, "changed", "revoked")
    assert host.looked_up == [HOST, HOST]


def test_offline_and_by_default_nobody_is_asked(
    home: Path, tmp_path: Path, host: TlsHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(FETCH, raising=False)
    assert verdict(home, tmp_path)[:2] == (3, "unknown")
    monkeypatch.setenv(FETCH, HOST)
    status, said, steps = verdict(home, tmp_path, "--offline")

    assert (status, said, steps["credential"]) == (3, "unknown", "issuer-unknown")
    assert host.looked_up == []


def test_another_host_is_not_asked(
    home: Path, tmp_path: Path, host: TlsHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FETCH, "other.example")
    status, said, steps = verdict(home, tmp_path)

    assert (status, said, steps["credential"]) == (3, "unknown", "elsewhere-not-allowed")
    assert host.looked_up == []
