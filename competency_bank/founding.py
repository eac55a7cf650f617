"""Founding a bank, or bringing an older one up to date; what a serving process never needs."""

import os
import secrets
from pathlib import Path

from certificates.credential.snapshot import Party
from certificates.document.issuer_folder import read_issuer_folder
from certificates.document.typeface import Weight, web_font
from certificates.sealing.development_pki import create_development_keys
from certificates.sealing.key_renewal import PROOF_NAME, has_proof_key, renew_key
from competency_bank.bank import PEPPER_FILE, Bank, assemble, now, open_bank, token_of
from competency_bank.services import load_standards, publish_trust
from competency_bank.services.manage_keys import list_keys, note_rotation
from competency_bank.settings import Settings
from competency_bank.storage.issued_files import write_whole
from competency_bank.storage.upgrading import upgrade
from standards.shipped import shipped_editions

PEPPER_BYTES = 32
OWNER_ONLY = 0o600
FONTS = {"sarabun-400.woff2": Weight.REGULAR, "sarabun-700.woff2": Weight.BOLD}
"""The pages' own type, cut from the installed typeface; without it pages use the device's."""


def create_bank(settings: Settings) -> Bank:
    """Create what is missing and bring the rest up to date; safe to repeat.

    Settings that cannot be used are refused before anything is made: MarkUnusable, CannotSet.
    """
    read_issuer_folder(settings.issuer)
    settings.home.mkdir(parents=True, exist_ok=True)
    if not (settings.keys / PEPPER_FILE).exists():
        party = Party(settings.issuer_id, settings.issuer_name_th, settings.issuer_name_en)
        token = token_of(settings)
        create_development_keys(settings.keys, now=now(), issuer=party, token=token)
        _write_pepper(settings.keys / PEPPER_FILE)
    if not has_proof_key(settings.keys):
        renew_key(settings.keys, PROOF_NAME, now=now())
    bank = assemble(settings)
    upgrade(bank.database)
    with bank.writing() as transaction:
        publish_trust.introduce_keys(transaction, bank.keys, bank.proof_key)
        load_standards.load_editions(transaction, shipped_editions())
    bank.publish()
    return bank


def renew(settings: Settings, purpose: str) -> tuple[str, str]:
    """Make a key of a bank anew; return the ids of the old and the new one.

    Raises KeyUnusable("key-not-renewable") for keys that are made with a certificate.
    """
    bank = open_bank(settings)
    with bank.reading() as transaction:
        before = [known for known in list_keys(transaction) if known.purpose == purpose]
    new = renew_key(settings.keys, purpose, now=now())
    bank.database.close()
    bank = assemble(settings)
    with bank.writing() as transaction:
        publish_trust.introduce_keys(transaction, bank.keys, bank.proof_key)
        for known in before:
            note_rotation(transaction, known.kid)
    bank.publish()
    bank.database.close()
    return before[-1].kid if before else "", new


def _write_pepper(path: Path) -> None:
    """Write the matching key last: its presence says that the bank's keys are complete."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(PEPPER_BYTES))


def cut_fonts(folder: Path) -> None:
    """Cut the fonts of the pages once; they only change with the typeface."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, weight in FONTS.items():
        if not (folder / name).exists():
            write_whole(folder / name, web_font(weight))
