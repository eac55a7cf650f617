"""Verb: archive, so that documents outlive the authorities behind their seals."""

from typing import Annotated

import typer

from certificates.errors import StampMissing
from certificates.report import Verdict, examine
from certificates.sealing.archiving import Evidence, archive_pdf
from certificates.sealing.trust_file import read_trust_list
from competency_bank import bank as opened
from competency_bank.bank import Bank
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json
from competency_bank.cli.opening import opened_bank
from competency_bank.domain.errors import NotFound
from competency_bank.storage.certificate_rows import find_certificate
from competency_bank.storage.issued_files import keep_document, read_document

verbs = typer.Typer()


@verbs.command()
def archive(
    context: typer.Context,
    serials: Annotated[list[str], typer.Argument(metavar="SERIAL...")],
    *,
    as_json: Json = False,
) -> None:
    """Add evidence and a time stamp over everything (PAdES B-LTA); again: prolong it."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        done = {serial: len(_archive(bank, serial)) for serial in serials}
        if as_json:
            answers.say_json({"archived": done, "folder": str(bank.settings.archive)})
        else:
            for serial, length in done.items():
                answers.say(f"{serial}  {length} bytes in {bank.settings.archive}")


def _archive(bank: Bank, serial: str) -> bytes:
    """Write the archived document beside the issued one, whose digest stands in the ledger.

    Raises NotFound("unknown-certificate"); StampMissing("stamp-not-configured"), also for a file
    that is not genuine ("stamp-not-genuine") or where the authority does not answer.
    """
    folders = (bank.settings.archive, bank.settings.issued)
    found = (read_document(folder, serial) for folder in folders)
    document = next((each for each in found if each is not None), None)
    if document is None:
        raise NotFound("unknown-certificate", name=serial)
    authority = opened.time_stamps_of(bank.keys, bank.settings)
    if authority is None:
        raise StampMissing("stamp-not-configured")
    if not _is_ours(bank, document, serial):
        raise StampMissing("stamp-not-genuine", serial=serial)
    kept = Evidence(_certificates(bank), bank.keys.revocation_lists)
    archived = archive_pdf(
        document, kept, stamp_digest=authority.stamp_digest, longest=authority.longest
    )
    keep_document(bank.settings.archive, serial, archived)
    return archived


def _certificates(bank: Bank) -> tuple[bytes, ...]:
    own = bank.keys.time_stamps
    stamping = () if own is None else (own.certificate,)
    return (*bank.keys.document.chain, *stamping, *bank.keys.other_stampers)


def _is_ours(bank: Bank, document: bytes, serial: str) -> bool:
    with bank.reading() as transaction:
        find_certificate(transaction, serial)
        trust = read_trust_list(bank.trust_list(transaction))
        report = examine(document, name=serial, trust=trust, at=transaction.now)
    return report.verdict in {Verdict.VALID, Verdict.CHANGED}
