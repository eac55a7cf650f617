"""Trip: what verifiers need, signed: status lists, the trust list, the keys in the ledger."""

from certificates.sealing.keys import KeyRing, Window
from certificates.sealing.status_list import StatusList, sign_status_list
from certificates.sealing.token_status import sign_token_status
from certificates.sealing.trust_file import write_trust_list
from certificates.sealing.trust_list import (
    NO_END,
    Mandate,
    TrustedLog,
    TrustList,
    Witness,
    own_issuer,
)
from competency_bank.domain.errors import NotFound
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind
from competency_bank.domain.terms import Terms, status_list_uri
from competency_bank.storage import certificate_rows, ledger_rows
from competency_bank.storage.cosignature_rows import cosigned
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.tile_rows import newest_checkpoint


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
    tokens = {
        status_list_uri(terms, number): status_token(transaction, number, keys=keys, terms=terms)
        for number in certificate_rows.revoked_slots(transaction)
    }
    owners = {edition.owner for edition in load_catalogue(transaction).editions}
    window = Window(keys.document.window.start, NO_END)
    mandate = Mandate(owners=tuple(sorted(owners)), sectors=(), units=(), window=window)
    issuer = own_issuer(
        keys, role="issuer", mandates=(mandate,), status_lists=tuple(sorted(tokens))
    )
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
    )
    return write_trust_list(trust, keys.trust)


def _checkpoint(transaction: Transaction) -> str | None:
    newest = newest_checkpoint(transaction)
    return None if newest is None else cosigned(transaction, *newest)


def status_token(transaction: Transaction, number: int, *, keys: KeyRing, terms: Terms) -> str:
    """Return one status list, signed now and good for a day; raises NotFound("unknown-list")."""
    content = _revoked(transaction, number, keys=keys, terms=terms)
    return sign_status_list(content, keys.status, at=transaction.now)


def wallet_status_token(
    transaction: Transaction, number: int, *, keys: KeyRing, terms: Terms
) -> str:
    """Return the same list as wallets read it; raises NotFound("unknown-list")."""
    content = _revoked(transaction, number, keys=keys, terms=terms)
    return sign_token_status(content, keys.status, at=transaction.now)


def _revoked(transaction: Transaction, number: int, *, keys: KeyRing, terms: Terms) -> StatusList:
    slots = certificate_rows.revoked_slots(transaction)
    if number not in slots:
        raise NotFound("unknown-list", name=number)
    return StatusList.revoked(
        slots[number], uri=status_list_uri(terms, number), issuer=keys.issuer.id
    )


def introduce_keys(transaction: Transaction, keys: KeyRing) -> int:
    """Write down every key the ledger does not know yet; returns how many were new."""
    known = {
        entry.text("kid") for entry in ledger_rows.entries_of(transaction, EntryKind.KEY_INTRODUCED)
    }
    purposes = {
        "document": keys.document.kid,
        "credential": keys.credential.kid,
        "status": keys.status.kid,
        "trust": keys.trust.kid,
        "checkpoint": keys.checkpoint.kid,
    }
    entries = [
        Entry(EntryKind.KEY_INTRODUCED, transaction.now, SYSTEM, {"kid": kid, "purpose": purpose})
        for purpose, kid in purposes.items()
        if kid not in known
    ]
    if entries:
        ledger_rows.append_entries(transaction, entries)
    return len(entries)
