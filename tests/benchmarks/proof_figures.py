"""What signing and checking a credential costs, beside the bare signature and beside a peer.

Times are processor time; every ratio is of one run.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from openbadgeslib.ob3.ldp import add_data_integrity_proof
from openbadgeslib.ob3.signer import OB3Signer

from certificates.credential.open_badge import to_open_badge
from certificates.sealing.data_integrity import ProofKey, add_proof, method_of, open_proof
from certificates.sealing.keys import CheckpointKey, Window
from certificates.sealing.p256 import key_of_jwk, verify_raw
from certificates.sealing.status_list import StatusList, sign_status_list
from certificates.sealing.token import VerificationKey, open_credential, sign_credential
from tests.certificates.statements import UNIT_LETTER
from tests.certificates.workshop import STATUS_URI, ring

AT = datetime(2026, 5, 5, tzinfo=UTC)
ENTRIES = 1_000_000
ONE_LIST = 131_072


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its goal."""

    name: str
    unit: str
    ours: float
    limit: float
    goal: str
    met: bool
    peers: dict[str, float] = field(default_factory=dict)


def measure_proofs(seconds: float = 0.4) -> list[Row]:
    """Measure everything once."""
    return [*_tokens(seconds), *_linked(seconds), _status()]


def _rate(act: Callable[[], Any], seconds: float) -> float:
    """Return how often a second ``act`` runs: the best of three tries."""
    return _rates(act, seconds=seconds)[0]


def _rates(*acts: Callable[[], Any], seconds: float) -> list[float]:
    """Return how often a second each runs, best of three; they take turns, so noise hits all."""
    rounds = [[_once(act, seconds / 3) for act in acts] for _ in range(3)]
    return [max(tries) for tries in zip(*rounds, strict=True)]


def _once(act: Callable[[], Any], seconds: float) -> float:
    done, begun = 0, process_time()
    while process_time() - begun < seconds:
        for _ in range(10):
            act()
        done += 10
    return done / (process_time() - begun)


def _tokens(seconds: float) -> list[Row]:
    keys, badge = ring(), to_open_badge(UNIT_LETTER)
    key = keys.credential
    token = sign_credential(badge, key)
    signed = token.rpartition(".")[0].encode()
    public = key_of_jwk(key.jwk)
    raw_signature = key.sign(signed)
    trusted = {key.kid: VerificationKey(key.kid, keys.issuer.id, public, key.window)}
    raw, issue, peer = _rates(
        lambda: key.sign(signed),
        lambda: sign_credential(badge, key),
        _peer_token(badge),
        seconds=seconds,
    )
    raw_check, check = _rates(
        lambda: verify_raw(public, raw_signature, signed),
        lambda: open_credential(token, trusted),
        seconds=seconds,
    )
    return [
        Row(
            "VC-JWT issue",
            "/s",
            issue,
            raw,
            ">= 60% of raw ES256 and 1.3 x the peer",
            issue / raw >= 0.6 and issue / peer >= 1.3,
            {"openbadgeslib": peer},
        ),
        Row("VC-JWT check", "/s", check, raw_check, ">= 50% of raw", check / raw_check >= 0.5),
    ]


def _peer_token(badge: dict[str, Any]) -> Callable[[], Any]:
    """Return the peer's way to sign the same credential."""
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signer = OB3Signer(pem, algorithm="ES256")
    return lambda: signer.sign_payload(badge)


def _linked(seconds: float) -> list[Row]:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    window = Window(AT - timedelta(days=1), AT + timedelta(days=1))
    key = CheckpointKey("k", public, window, private.sign)
    badge = to_open_badge(UNIT_LETTER)
    secured = add_proof(badge, key, at=AT)
    method = method_of(UNIT_LETTER.issuer.id, public)
    keys = {method: ProofKey(UNIT_LETTER.issuer.id, public, window)}
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    issue = _rate(lambda: add_proof(badge, key, at=AT), seconds)
    check = _rate(lambda: open_proof(secured, keys), seconds)
    raw = _rate(lambda: private.sign(b"x" * 64), seconds)
    peer = _rate(lambda: add_data_integrity_proof(badge, pem, method, created=AT), seconds)
    peers = {"openbadgeslib": peer}
    return [
        Row("Data Integrity issue", "/s", issue, raw, ">= 3,000/s", issue >= 3_000, peers),
        Row("Data Integrity check", "/s", check, raw, "none set", met=True),
    ]


def _status() -> Row:
    """Publish a million entries, a hundredth of them revoked, as lists of 131,072."""
    key, lists = ring().status, -(-ENTRIES // ONE_LIST)
    begun = perf_counter()
    for number in range(lists):
        revoked = range(number % 100, ONE_LIST, 100)
        content = StatusList.revoked(
            revoked, uri=f"{STATUS_URI}/{number}", issuer="https://a.example"
        )
        sign_status_list(content, key, at=AT)
    ours = perf_counter() - begun
    return Row("status of 1,000,000 entries", "s", ours, ours, "< 1 s", met=ours < 1)
