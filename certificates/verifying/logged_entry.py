"""Whether a certificate stands in the public record, by the proof that it carries."""

from hashlib import sha256
from typing import Final

from certificates.errors import NotChecked, Refused
from certificates.sealing.log_proof import prove_inclusion, read_log_proof
from certificates.sealing.strict_json import canonical, parse_object
from certificates.sealing.trust_list import TrustedLog

VERSION_LINE: Final = b"competency-bank/entry/1\n"
"""How every entry begins; the rest is canonical JSON."""
KIND: Final = "certificate-planned"


def prove_logged(
    data: bytes, credential: dict[str, object], *, serial: str, log: TrustedLog | None
) -> None:
    """Prove that the log planned this very certificate, before it was sealed.

    1. The log is the one on the trust list.
    2. The log holds the entry: checkpoint, path, leaf.
    3. The entry plans the certificate of this serial, with this credential's SHA-256.

    Raises:
        Refused: ``log-proof-malformed``, ``log-proof-checkpoint`` or ``log-proof-path`` (2);
            ``log-proof-differs`` (3).
        NotChecked: ``log-unknown`` (1).

    """
    proof = read_log_proof(data)
    origin = proof.checkpoint.partition("\n")[0]
    if log is None or log.origin != origin:  # 1
        raise NotChecked("log-unknown", origin=origin)
    entry = prove_inclusion(proof, origin=log.origin, public_key=log.public_key).entry  # 2
    digest = sha256(canonical(credential)).hexdigest()
    if _planned(entry) != (KIND, serial, digest):  # 3
        raise Refused("log-proof-differs", serial=serial)


def _planned(entry: bytes) -> tuple[object, ...]:
    try:
        facts = parse_object(entry.removeprefix(VERSION_LINE))
    except ValueError:
        raise Refused("log-proof-differs") from None
    if not entry.startswith(VERSION_LINE):
        raise Refused("log-proof-differs")
    return tuple(facts.get(name) for name in ("kind", "serial", "digest"))
