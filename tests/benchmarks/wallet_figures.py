"""How long a wallet waits: token, nonce and credential, through the whole application."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from starlette.testclient import TestClient

from certificates.verifying.presentation import verify_presentation
from competency_bank import bank as opened
from competency_bank.bank import Bank, now
from competency_bank.services import offer_to_wallet
from competency_bank.services.offer_to_wallet import SD_JWT
from competency_bank.settings import Settings
from competency_bank.storage import certificate_rows
from competency_bank.web.app import create_app
from competency_bank.web.oauth_endpoints import PRE_AUTHORISED
from tests.certificates.wallet import Wallet
from tests.competency_bank.web.school import build_school

ROUNDS = 60


@dataclass(frozen=True)
class WalletFigures:
    """Milliseconds of one core, medians."""

    exchange_ms: float
    """Three requests: token, nonce, credential; with the commits they make."""
    raw_ms: float
    """Two bare ECDSA P-256 signatures: the least such an exchange can cost."""
    verify_ms: float
    """Checking the credential with every disclosure."""


def measure_wallets() -> WalletFigures:
    """Collect one letter sixty times into sixty wallets."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        build_school(home)
        bank = opened.open_bank(Settings(home=home))
        door = TestClient(create_app(bank, now))
        taken, checked = [], []
        for _ in range(ROUNDS):
            seconds, credential = _collect(bank, door)
            taken.append(seconds)
            checked.append(_check(bank, credential))
        figures = WalletFigures(median(taken) * 1e3, _raw(bank) * 1e3, median(checked) * 1e3)
        bank.database.close()
    return figures


def _collect(bank: Bank, door: TestClient) -> tuple[float, str]:
    with bank.writing() as transaction:
        kept = next(
            one
            for one in certificate_rows.all_certificates(transaction)
            if one.kind == "unit" and one.revoked_at is None
        )
        made, _ = offer_to_wallet.offer(transaction, kept.learner, kept.serial, pepper=bank.pepper)
    wallet, base = Wallet(), bank.settings.public_url
    start = time.process_time()
    form = {"grant_type": PRE_AUTHORISED, "pre-authorized_code": made.code, "tx_code": made.pin}
    token = door.post("/oauth/token", data=form).json()["access_token"]
    nonce = door.post("/oid4vci/nonce").json()["c_nonce"]
    proof = wallet.prove(base, nonce, now())
    answer = door.post(
        "/oid4vci/credential",
        json={"credential_configuration_id": SD_JWT, "proofs": {"jwt": [proof]}},
        headers={"Authorization": f"Bearer {token}"},
    )
    taken = time.process_time() - start
    return taken, str(answer.json()["credentials"][0]["credential"])


def _check(bank: Bank, credential: str) -> float:
    with bank.reading() as transaction:
        trust = create_app(bank, now).state.door.shelf.current(transaction).trust
    start = time.process_time()
    verify_presentation(credential, trust=trust, at=now())
    return time.process_time() - start


def _raw(bank: Bank) -> float:
    start = time.process_time()
    for _ in range(ROUNDS):
        bank.keys.credential.sign(b"x" * 1000)
        bank.keys.credential.sign(b"x" * 1000)
    return (time.process_time() - start) / ROUNDS
