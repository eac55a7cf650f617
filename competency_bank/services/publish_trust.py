"""Trip: what verifiers need, signed: status lists, the trust list, the keys in the ledger."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from certificates.sealing.certificate_chain import public_key_of, read_certificate
from certificates.sealing.controller_document import PublishedKey
from certificates.sealing.ed25519 import ed25519_jwk
from certificates.sealing.key_renewal import PROOF_NAME
from certificates.sealing.keys import CheckpointKey, KeyRing, P256Key, Window
from certificates.sealing.p256 import jwk_of
from certificates.sealing.school_mandate import SchoolMandate
from certificates.sealing.status_history import (
    SUFFIX,
    Episode,
    EpisodeKind,
    revoked_at,
    sign_status_history,
)
from certificates.sealing.status_list import StatusList, prove_status_list, sign_status_list
from certificates.sealing.token_status import sign_token_status
from certificates.sealing.trust_file import write_trust_list
from certificates.sealing.trust_list import (
    NO_END,
    KeyPurpose,
    Mandate,
    TrustedKey,
    TrustedLog,
    TrustList,
    Witness,
    own_issuer,
    own_time_stampers,
)
from competency_bank.domain.errors import NotFound
from competency_bank.domain.ledger import EntryKind
from competency_bank.domain.terms import Terms, status_list_uri
from competency_bank.storage import (
    certificate_rows,
    ledger_rows,
    mandate_rows,
    public_key_rows,
    status_rows,
)
from competency_bank.storage.cosignature_rows import cosigned
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.public_key_rows import KeptKey
from competency_bank.storage.tile_rows import newest_checkpoint

_TRUSTED = {purpose.value: purpose for purpose in KeyPurpose}
"""Purposes of keys that others check signatures with."""


def log_origin(keys: KeyRing, number: int = 1) -> str:
    """Return the name of the bank's log: its issuer's URI without scheme (C2SP checkpoints).

    With ``number`` the name of a log that was begun anew after entries had been lost; whoever
    trusts the first name and its key trusts the later ones (``open_checkpoint``).
    """
    name = f"{keys.issuer.id.partition('://')[2] or keys.issuer.id}/log"
    return name if number == 1 else f"{name}/{number}"


def trust_list(
    transaction: Transaction,
    *,
    keys: KeyRing,
    terms: Terms,
    witnesses: tuple[Witness, ...] = (),
) -> bytes:
    """Return ``trust.json`` as it stands now, with fresh status lists and the newest checkpoint."""
    lists = _status_lists(transaction, keys, terms)
    tokens = _status_tokens(transaction, lists, keys)
    owners = {edition.owner for edition in load_catalogue(transaction).editions}
    window = Window(keys.document.window.start, NO_END)
    mandate = Mandate(owners=tuple(sorted(owners)), sectors=(), units=(), window=window)
    own = own_issuer(keys, role="issuer", mandates=(mandate,), status_lists=tuple(sorted(lists)))
    keys_then = _trusted_keys(transaction) or own.keys
    issuer = replace(own, keys=keys_then, schools=_school_mandates(transaction, terms))
    log = TrustedLog(
        origin=log_origin(keys),
        public_key=keys.checkpoint.public_bytes,
        address=f"{terms.public_url}/log",
    )
    trust = TrustList(
        root=keys.document.chain[-1],
        made_at=transaction.now,
        demonstration=keys.development,
        issuers=(issuer,),
        log=log,
        witnesses=witnesses,
        status_tokens=tokens,
        checkpoint=_checkpoint(transaction),
        replaced={
            entry.text("serial"): entry.text("by_serial")
            for entry in ledger_rows.entries_of(transaction, EntryKind.CERTIFICATE_REPLACED)
        },
        time_stampers=own_time_stampers(keys),
    )
    return write_trust_list(trust, keys.trust)


def _checkpoint(transaction: Transaction) -> str | None:
    newest = newest_checkpoint(transaction)
    return None if newest is None else cosigned(transaction, *newest)


def status_list(
    transaction: Transaction, number: int, *, keys: KeyRing, terms: Terms, at: datetime | None
) -> StatusList:
    """Return one status list as it stands, or as it stood at a moment.

    Raises NotFound("unknown-list").
    """
    slots = certificate_rows.revoked_slots(transaction)
    if number not in slots:
        raise NotFound("unknown-list", name=number)
    revoked = slots[number] if at is None else revoked_at(_episodes(transaction, number), at)
    uri = status_list_uri(terms, number)
    return StatusList.revoked(revoked, uri=uri, issuer=keys.issuer.id)


def status_token(content: StatusList, keys: KeyRing, *, now: datetime, at: datetime | None) -> str:
    """Return a list as a token, good for a day from now, or from the past moment it speaks of."""
    return sign_status_list(content, keys.status, at=at or now)


def wallet_status_token(
    transaction: Transaction, number: int, *, keys: KeyRing, terms: Terms
) -> str:
    """Return the same list as wallets read it; raises NotFound("unknown-list")."""
    content = status_list(transaction, number, keys=keys, terms=terms, at=None)
    return sign_token_status(content, keys.status, at=transaction.now)


def linked_status(content: StatusList, key: CheckpointKey, *, now: datetime) -> dict[str, object]:
    """Return a list with a Data Integrity proof, good for a day from now."""
    return prove_status_list(content, key, at=now)


def published_keys(transaction: Transaction) -> list[PublishedKey]:
    """Return every key that others may meet in a signature of the bank, retired ones too."""
    return [
        PublishedKey(key.kid, key.jwk)
        for key, _ in public_key_rows.kept_keys(transaction)
        if key.purpose in _TRUSTED
    ]


def introduce_keys(transaction: Transaction, keys: KeyRing, proof: CheckpointKey) -> int:
    """Write down every key the ledger does not know yet; returns how many were new."""
    return public_key_rows.introduce_keys(transaction, list(_own_keys(keys, proof)))


def _own_keys(keys: KeyRing, proof: CheckpointKey) -> Iterator[KeptKey]:
    signing: dict[str, P256Key] = {
        "credential": keys.credential,
        "status": keys.status,
        "trust": keys.trust,
    }
    document = jwk_of(public_key_of(read_certificate(keys.document.chain[0])))
    yield KeptKey(keys.document.kid, "document", document, keys.document.window.end)
    for purpose, key in signing.items():
        yield KeptKey(key.kid, purpose, key.jwk, key.window.end)
    for name, each in (("checkpoint", keys.checkpoint), (PROOF_NAME, proof)):
        yield KeptKey(each.kid, name, ed25519_jwk(each.public_bytes), each.window.end)


def _trusted_keys(transaction: Transaction) -> tuple[TrustedKey, ...]:
    """Return the keys for the trust list, each with the time the ledger gives it."""
    return tuple(
        TrustedKey(key.kid, _TRUSTED[key.purpose], jwk=key.jwk, window=Window(given.begins, end))
        for key, given in public_key_rows.kept_keys(transaction)
        if key.purpose in _TRUSTED
        # A window holds both its ends; from ``until`` on, the key is not believed.
        for end in (key.ends if given.until is None else given.until - timedelta(seconds=1),)
        if end >= given.begins
    )


def _school_mandates(transaction: Transaction, terms: Terms) -> tuple[SchoolMandate, ...]:
    """Return every mandate ever given to a school: what was passed under one stays passed."""
    return tuple(
        SchoolMandate(
            school=f"{terms.issuer.id}/schools/{each.holder}",
            owner=each.owner,
            scope=each.scope,
            window=Window(each.begins, each.ends or NO_END),
        )
        for each in mandate_rows.given_mandates(transaction)
    )


def _status_lists(transaction: Transaction, keys: KeyRing, terms: Terms) -> dict[str, StatusList]:
    return {
        status_list_uri(terms, number): StatusList.revoked(
            revoked, uri=status_list_uri(terms, number), issuer=keys.issuer.id
        )
        for number, revoked in certificate_rows.revoked_slots(transaction).items()
    }


def _status_tokens(
    transaction: Transaction, lists: dict[str, StatusList], keys: KeyRing
) -> dict[str, str]:
    """Return the signed lists by name, and the history of each that has one."""
    at = transaction.now
    tokens = {uri: sign_status_list(content, keys.status, at=at) for uri, content in lists.items()}
    for number, setbacks in status_rows.setbacks(transaction).items():
        uri = next(each for each in lists if each.endswith(f"/{number}"))
        episodes = [_episode(each) for each in setbacks]
        tokens[uri + SUFFIX] = sign_status_history(
            uri, episodes, keys.status, issuer=keys.issuer.id, at=at
        )
    return tokens


def _episodes(transaction: Transaction, number: int) -> list[Episode]:
    return [_episode(each) for each in status_rows.setbacks(transaction).get(number, [])]


def _episode(setback: status_rows.Setback) -> Episode:
    kind = EpisodeKind.REVOKED if setback.for_good else EpisodeKind.SUSPENDED
    return Episode(setback.index, kind, setback.start, setback.end)
